"""manage.py recount --round N: count again from the counted ballots and compare with what was published, byte for byte."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from projects.rounds.models import Round
from projects.tally.published import published_of, text_of
from projects.tally.queries import ballots_file, tallies_in_force


class Command(BaseCommand):
    help = "Count a round again. Prints each community's JSON; ends with 1 when one differs from the published result."

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--round", help="the round's public number")
        which.add_argument("--all", action="store_true", help="every counted round; only the verdicts (after a restore)")
        parser.add_argument("--community", default="", help="only this community (its code)")
        parser.add_argument("--ballots", type=Path, help="also write each community's ballots (.pb) into this folder")

    def handle(self, *args: Any, **options: Any) -> None:
        rounds = Round.objects.filter(slates__tallies__isnull=False).distinct().order_by("number")
        rounds = rounds if options["all"] else rounds.filter(number=options["round"])
        tallies = [each for batch in rounds for each in tallies_in_force(batch)]
        tallies = [each for each in tallies if options["community"] in ("", each.slate.community.code)]
        if not tallies and not options["all"]:
            raise CommandError("nothing was counted in this round")
        differs, verdicts = [], self.stdout if options["all"] else self.stderr
        for tally in tallies:
            _poll, again = published_of(tally.slate, out=set(tally.left_out), kept=set(tally.settled))
            if not options["all"]:
                self.stdout.write(text_of(again))
            if options["ballots"] and tally.slate.roll_size:
                options["ballots"].mkdir(parents=True, exist_ok=True)
                name = f"{tally.slate.round.number}-{tally.slate.community.code}.pb"
                (options["ballots"] / name).write_text(ballots_file(tally), encoding="utf-8")
            same = text_of(again) == text_of(tally.result)
            verdicts.write(f"{tally.slate.round.number} {tally.slate.community.code} {tally.digest} {'same' if same else 'DIFFERS'}")
            differs += [] if same else [tally]
        if differs:
            raise SystemExit(1)
