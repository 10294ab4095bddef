"""The result page as plain values."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal import figures
from projects.rounds.models import Round
from projects.tally import queries
from projects.tally.models import Outcome, Tally
from projects.tally.rules import COUNCIL_SENTENCE, REASONS, RULE_SENTENCES, RULE_TITLES, TIE_WORDS
from projects.tally.takeaway import digests_of
from projects.voting.queries import Turnout, turnout_of


@dataclass(frozen=True)
class Line:
    """A row of the result. `running` is the money spent up to and including it, in fen; None when not chosen."""

    outcome: Outcome
    running: int | None
    reason: str
    why: str = ""


@dataclass(frozen=True)
class Beside:
    """What the other rule would have chosen, project by project. titles of both rules; rows (title, ours, theirs)."""

    ours: str
    theirs: str
    rows: list[tuple[str, bool, bool]]
    spent: int

    @property
    def same(self) -> bool:
        return all(ours == theirs for _title, ours, theirs in self.rows)


@dataclass(frozen=True)
class Sheet:
    tally: Tally
    lines: list[Line]
    turnout: Turnout
    rule_title: str
    rule_sentence: str
    ties: list[dict]
    digests: list[dict[str, str]]
    earlier: int
    beside: Beside | None = None
    confirmation: dict[str, int] | None = None

    @property
    def left(self) -> int:
        return self.tally.budget - self.tally.spent

    @property
    def by_council(self) -> bool:
        return not self.tally.slate.roll_size

    @property
    def ballots_public(self) -> bool:
        return bool(self.tally.result.get("ballots_sha256"))

    @property
    def least_votes(self) -> int:
        return self.tally.result["least_votes"]

    @property
    def bare(self) -> int:
        return self.tally.result.get("bare", 0)

    @property
    def counted(self) -> int:
        return self.tally.ballots - self.tally.blank - self.bare

    @property
    def chosen(self) -> list[Line]:
        return [line for line in self.lines if line.outcome.chosen]

    @property
    def bars(self) -> list[dict[str, object]]:
        """Rows for the chart of votes, beside the table."""
        return [{"label": line.outcome.proposal.title, "value": line.outcome.votes} for line in self.lines]

    @property
    def shares(self) -> list[dict[str, object]]:
        """Rows for the chart of the envelope."""
        return [{"label": line.outcome.proposal.title, "value": line.outcome.cost} for line in self.chosen]


def sheet_of(tally: Tally) -> Sheet:
    rows = list(queries.lines_of(tally))
    titles = {row.proposal.number: row.proposal.title for row in rows}
    return Sheet(
        tally=tally,
        lines=_running(rows, tally.result.get("why", {}), titles),
        turnout=turnout_of(tally.slate),
        rule_title=_(RULE_TITLES.get(tally.rule, tally.rule)),
        rule_sentence=_(_sentence(tally)),
        ties=[_tie(tie, titles) for tie in tally.result["ties"]],
        digests=digests_of(tally),
        earlier=queries.earlier_tallies(tally).count(),
        beside=_beside(tally, titles),
        confirmation=queries.confirmation_of(tally),
    )


def explained(row: Outcome, why: dict | None, titles: dict[str, str]) -> str:
    """One more sentence for Equal Shares: who paid for it, or how much its supporters still had and where the rest went."""
    if why and why["phase"] == "shares":
        told = {"step": why["step"], "price": figures.yuan(why["price"]), "votes": why["effective"]}
        return _("第 %(step)s 轮入选：支持者每人出 %(price)s，折合有效票 %(votes)s。") % told
    if why and why["phase"] == "completion" and row.chosen:
        return _("均分的钱用完后，第 %(step)s 轮按得票补选。") % {"step": why["step"]}
    if why and why["held"] is not None and not row.chosen:
        told = {"held": figures.yuan(why["held"]), "share": why["held_percent"]}
        text = _("支持者手里还有 %(held)s，是所需金额的 %(share)s%%。") % told
        spent = figures.listed(titles.get(number, number) for number, _fen in why["spent_on"][:5])
        return text + (_("其余的钱出给了：%(titles)s。") % {"titles": spent} if spent else "")
    return ""


def _beside(tally: Tally, titles: dict[str, str]) -> Beside | None:
    held = tally.result.get("beside")
    if not held:
        return None
    theirs = set(held["selected"])
    ours_title, theirs_title = RULE_TITLES[tally.rule], RULE_TITLES[held["rule"]]
    rows = [
        (titles[line["number"]], line["chosen"], line["number"] in theirs)
        for line in tally.result["projects"]
        if line["reason"] not in ("settled", "left_out")
    ]
    return Beside(_(ours_title), _(theirs_title), rows, held["spent"])


def _sentence(tally: Tally) -> str:
    if not tally.slate.roll_size:
        return COUNCIL_SENTENCE
    return RULE_SENTENCES.get(tally.rule, "")


def _running(rows: list[Outcome], why: dict, titles: dict[str, str]) -> list[Line]:
    lines, spent = [], 0
    for row in rows:
        spent += row.cost if row.chosen else 0
        lines.append(
            Line(
                row,
                spent if row.chosen else None,
                _(REASONS[row.reason]),
                explained(row, why.get(row.proposal.number), titles),
            )
        )
    return lines


def _tie(tie: dict, titles: dict[str, str]) -> dict:
    among = [titles.get(number, number) for number in tie["among"]]
    how = TIE_WORDS[tie["broken_by"]]
    return {"among": among, "how": _(how), "step": tie["at"], "decisive": tie["decisive"]}


def key_told(batch: Round) -> dict[str, object]:
    """What became of the round's key, by role and never by name; empty where residents did not vote."""
    held = queries.key_of(batch)
    if held is None:
        return {}
    return {"end": held.end, "signed": [each.at for each in held.signatures], "street": batch.street.name}
