"""The result page as plain values."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from projects.rounds.models import Round
from projects.tally import queries
from projects.tally.models import Outcome, Tally
from projects.tally.rules import COUNCIL_SENTENCE, REASONS, RULE_SENTENCES, RULE_TITLES
from projects.voting.models import CountedTracker
from projects.voting.queries import Turnout, turnout_of


@dataclass(frozen=True)
class Line:
    """A row of the result. `running` is the money spent up to and including it, in fen; None when not chosen."""

    outcome: Outcome
    running: int | None
    reason: str


@dataclass(frozen=True)
class Sheet:
    tally: Tally
    lines: list[Line]
    turnout: Turnout
    rule_title: str
    rule_sentence: str
    ties: list[dict]
    ballots_public: bool
    earlier: int

    @property
    def left(self) -> int:
        return self.tally.budget - self.tally.spent

    @property
    def by_council(self) -> bool:
        return not self.tally.slate.roll_size

    @property
    def chosen_count(self) -> int:
        return sum(line.outcome.chosen for line in self.lines)

    @property
    def bars(self) -> list[dict[str, object]]:
        """Rows for the chart beside the table."""
        return [{"label": line.outcome.proposal.title, "value": line.outcome.votes} for line in self.lines]


def sheet_of(tally: Tally) -> Sheet:
    rows = list(queries.lines_of(tally))
    titles = {row.proposal.number: row.proposal.title for row in rows}
    return Sheet(
        tally=tally,
        lines=_running(rows),
        turnout=turnout_of(tally.slate),
        rule_title=_(RULE_TITLES.get(tally.rule, tally.rule)),
        rule_sentence=_(_sentence(tally)),
        ties=[_tie(tie, titles) for tie in tally.result["ties"]],
        ballots_public=queries.ballots_may_be_published(tally),
        earlier=queries.earlier_tallies(tally).count(),
    )


def tracker_found(batch: Round, tracker: str) -> bool:
    return CountedTracker.objects.filter(slate__round=batch, tracker=tracker).exists()


def _sentence(tally: Tally) -> str:
    if not tally.slate.roll_size:
        return COUNCIL_SENTENCE
    return RULE_SENTENCES.get(tally.rule, "")


def _running(rows: list[Outcome]) -> list[Line]:
    lines, spent = [], 0
    for row in rows:
        spent += row.cost if row.chosen else 0
        lines.append(Line(row, spent if row.chosen else None, _(REASONS[row.reason])))
    return lines


def _tie(tie: dict, titles: dict[str, str]) -> dict:
    how = {"cost": _("金额低的优先"), "votes": _("得票多的优先"), "lot": _("按事先公布的抽签数")}
    return {"among": [titles.get(number, number) for number in tie["among"]], "how": how.get(tie["broken_by"], "")}
