"""The result page as plain values."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal import figures
from projects.rounds.models import Round
from projects.tally import queries
from projects.tally.models import Outcome, Tally
from projects.tally.rules import COUNCIL_SENTENCE, REASONS, RULE_SENTENCES, RULE_TITLES
from projects.voting.models import CountedTracker, SpoiltSheet
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
    """What the other rule would have chosen: titles that only it chooses, and those that it leaves out."""

    title: str
    more: list[str]
    fewer: list[str]


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
    beside: Beside | None = None

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
        lines=_running(rows, tally.result.get("why", {}), titles),
        turnout=turnout_of(tally.slate),
        rule_title=_(RULE_TITLES.get(tally.rule, tally.rule)),
        rule_sentence=_(_sentence(tally)),
        ties=[_tie(tie, titles) for tie in tally.result["ties"]],
        ballots_public=queries.ballots_may_be_published(tally),
        earlier=queries.earlier_tallies(tally).count(),
        beside=_beside(tally, titles),
    )


def recount_of(tally: Tally) -> dict[str, object]:
    """The arguments with which the public program repeats this count."""
    held = tally.result
    file = f"{held['round']}-{held['community']}.pb"
    command = f"python -m projects.tally {file} --rule {held['rule']} --ties cost,votes,lot"
    command += f" --round {held['round']} --seed {held['seed']} --least-votes {held['least_votes']}"
    command += f" --increment {held['increment']}" if held["increment"] else ""
    public = bool(tally.slate.roll_size) and queries.ballots_may_be_published(tally)
    return {"tally": tally, "command": f"{command} --explain", "public": public}


def explained(row: Outcome, why: dict | None, titles: dict[str, str]) -> str:
    """One more sentence for Equal Shares: who paid for it, or how much its supporters still had and where the rest went."""
    if why and why["phase"] == "shares":
        told = {"step": why["step"], "price": figures.yuan(why["price"]), "votes": why["effective"]}
        return _("第 %(step)s 轮入选：支持者每人出 %(price)s 元，折合有效票 %(votes)s。") % told
    if why and why["phase"] == "completion" and row.chosen:
        return _("均分的钱用完后，第 %(step)s 轮按得票补选。") % {"step": why["step"]}
    if why and why["held"] is not None and not row.chosen:
        told = {"held": figures.yuan(why["held"]), "share": why["held_percent"]}
        text = _("支持者手里还有 %(held)s 元，是所需金额的 %(share)s%%。") % told
        spent = figures.listed(titles.get(number, number) for number, _fen in why["spent_on"][:5])
        return text + (_("其余的钱出给了：%(titles)s。") % {"titles": spent} if spent else "")
    return ""


def _beside(tally: Tally, titles: dict[str, str]) -> Beside | None:
    held = tally.result.get("beside")
    if not held:
        return None
    ours = {line["number"] for line in tally.result["projects"] if line["reason"] == "chosen"}
    theirs = set(held["selected"])
    name = RULE_TITLES[held["rule"]]
    return Beside(
        _(name), [titles[each] for each in sorted(theirs - ours)], [titles[each] for each in sorted(ours - theirs)]
    )


def why_spoilt(batch: Round, tracker: str) -> str:
    """Why the paper ballot with this tracker does not count; "" when it is not one of the void ones."""
    row = SpoiltSheet.objects.filter(slate__round=batch, tracker=tracker).first()
    return row.get_reason_display() if row else ""


def tracker_found(batch: Round, tracker: str) -> bool:
    return CountedTracker.objects.filter(slate__round=batch, tracker=tracker).exists()


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
    how = {"cost": _("金额低的优先"), "votes": _("得票多的优先"), "lot": _("按事先公布的抽签数")}
    return {"among": [titles.get(number, number) for number in tie["among"]], "how": how.get(tie["broken_by"], "")}
