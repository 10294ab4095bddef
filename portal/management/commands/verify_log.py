"""manage.py verify_log: does the chain of the log hold? Names the first row that does not fit (S47)."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from portal import log
from portal.models import LogSeal


class Command(BaseCommand):
    help = "Check every sealed row of the log against its digest; fails with the first row that does not fit."

    def handle(self, *args: object, **options: object) -> None:
        fault = log.first_fault()
        if fault is not None:
            raise CommandError(f"log row {fault} does not fit the chain")
        last = LogSeal.objects.order_by("-position").first()
        self.stdout.write(f"{last.position if last else 0} rows sealed, the chain holds: {last.digest if last else '-'}")
