"""manage.py advance_due: what the beat does every minute, once, for an operator whose beat stands still."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from portal import clock
from projects.rounds import services


class Command(BaseCommand):
    help = "Move on every round and project whose time has come and that nothing holds."

    def handle(self, *args: object, **options: object) -> None:
        ticked = services.advance_due(now=clock.now())
        self.stdout.write(f"moved {ticked.moved}, failed {ticked.failed}")
        if ticked.failed:
            raise SystemExit(1)
