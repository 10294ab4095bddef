"""manage.py catalogue: bring the English catalogue in line with the sources and compile it; --check only looks."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal import catalogue


class Command(BaseCommand):
    help = "Collect the source strings, merge them into locale/en, compile. --check fails where a translation is wrong."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: object, check: bool, **options: object) -> None:
        merged = catalogue.merge(catalogue.sources())
        found = catalogue.faults(merged)
        if check and found:
            raise CommandError("\n".join(found[:50]))
        if not check:
            merged.save(str(catalogue.CATALOGUE))
            merged.save_as_mofile(str(catalogue.CATALOGUE.with_suffix(".mo")))
        self.stdout.write(f"{len(merged)} strings, {len(found)} to do")
