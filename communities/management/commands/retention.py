"""manage.py retention [--dry-run]: what is past its time, class by class; without --dry-run it goes (P10)."""

from __future__ import annotations

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from communities import retention
from portal import clock


class Command(BaseCommand):
    help = "Delete personal records that are past their time; --dry-run only counts them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count, delete nothing")

    def handle(self, *args: object, dry_run: bool, **options: object) -> None:
        now = clock.now()
        due = retention.past_due(now)
        gone = {} if dry_run else retention.sweep(now)
        for kept, count in due:
            said = f"{count} to go" if dry_run else f"{gone.get(kept.key, 0)} gone"
            self.stdout.write(f"{kept.key:22} after {kept.days:4} days  {said:>12}  {kept.title}")
