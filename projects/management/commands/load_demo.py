"""manage.py load_demo: Longgang with invented people and rounds at every stage, into an empty database."""

from __future__ import annotations

import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from projects.demo.load import load
from projects.models import Round


class Command(BaseCommand):
    help = "Load the demo. Refused outside demo mode and where rounds exist already."

    def handle(self, *args: object, **options: object) -> None:
        if not settings.DEMO:
            raise CommandError("only in demo mode (PORTAL_DEMO=1)")
        if Round.objects.exists():
            raise CommandError("there are rounds already; make demo-reset starts afresh")
        begun = time.monotonic()
        with transaction.atomic():
            load(lambda line: self.stdout.write(f"  {line} ({time.monotonic() - begun:.0f}s)"))
        self.stdout.write(f"演示数据已载入，用时 {time.monotonic() - begun:.0f} 秒")
