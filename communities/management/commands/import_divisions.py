"""import_divisions FILE.csv [--apply]: shows what the official list would change; --apply does it."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from communities.divisions import files, services
from portal import clock

SHOWN = 20


class Command(BaseCommand):
    help = "Bring districts, streets and residents' committees in line with a CSV file (code,name,level,parent_code)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", default=str(files.SHENZHEN), help="the list; Shenzhen's when left out")
        parser.add_argument("--apply", action="store_true", help="write; without it only a preview is shown")

    def handle(self, *, file: str, apply: bool, **options: object) -> None:
        try:
            reading = files.read_csv(Path(file).read_bytes())
        except (OSError, files.NotReadable) as error:
            raise CommandError(str(error)) from error
        change = services.import_divisions(reading=reading, by=None, now=clock.now(), apply=apply)
        for title, lines in (
            ("added", change.added),
            ("renamed", change.renamed),
            ("moved", change.moved),
            ("back again", change.revived),
            ("abolished", change.abolished),
        ):
            self.tell(title, lines)
        self.stdout.write(f"unchanged: {change.unchanged}")
        for row in change.bad:
            self.stderr.write(f"line {row['line']}: {row['reason']}  {row['text']}")
        self.stdout.write("written" if apply else "preview only; add --apply to write")

    def tell(self, title: str, lines: list[str]) -> None:
        self.stdout.write(f"{title}: {len(lines)}")
        for line in lines[:SHOWN]:
            self.stdout.write(f"  {line}")
        if len(lines) > SHOWN:
            self.stdout.write(f"  … {len(lines) - SHOWN} more")
