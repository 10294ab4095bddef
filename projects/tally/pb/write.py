"""Writing a counted election as a `.pb` file that anybody can count again."""

import csv
import io
import random
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from projects.tally.count.ballots import WITH_POINTS
from projects.tally.count.election import Election
from projects.tally.count.ties import TieOrder

FIRST = ("description", "country", "unit", "instance", "num_projects", "num_votes", "budget", "vote_type", "rule",
         "date_begin", "date_end")  # fmt: skip
RULES = {
    "greedy_votes": "greedy",
    "greedy_votes_threshold": "greedy-threshold",
    "greedy_no_skip": "greedy-no-skip",
    "mes_cost": "equalshares",
    "mes_cost_add1_integral_noexh": "equalshares/add1",
}


def rule_value(rule: str) -> tuple[str, str]:
    """Pabulib's META `rule` for one of ours, and the comment that names it where Pabulib has no value for it."""
    if rule in RULES:
        return RULES[rule], ""
    return "unknown", f"Counted by the rule {rule} of projects.tally."


def write(
    election: Election,
    meta: Mapping[str, str],
    *,
    rule: str,
    ties: TieOrder,
    shuffle: random.Random,
    columns: Mapping[str, Mapping[str, str]] | None = None,
    selected: Sequence[str] | None = None,
) -> str:
    """The text of the file: UTF-8 when encoded, `;`, lines ended by a line feed.

    meta      description, country, unit, instance, date_begin, date_end (DD.MM.YYYY) and whatever the round adds; the
              counts, budget, vote_type and rule are written from the election
    columns   project id -> further columns (name, category, ...), the same for every project
    selected  ids for the column `selected`; None leaves the column out
    shuffle   puts the ballots in random order; voters are then numbered from 1, so that a row tells nobody's place

    Projects stand by score, equal ones in tie order. No personal column is written.
    """
    value, comment = rule_value(rule)
    comments = [text for text in (meta.get("comment", ""), comment) if text]
    known = {
        **meta,
        "num_projects": str(len(election.projects)),
        "num_votes": str(election.ballots.voters),
        "budget": decimal(Fraction(election.budget, election.minor)),
        "vote_type": election.ballots.kind,
        "rule": value,
    }
    known.pop("comment", None)
    if comments:
        known["comment"] = " ".join(f"#{number}: {text}" for number, text in enumerate(comments, start=1))
    out = io.StringIO()
    sheet = csv.writer(out, delimiter=";", lineterminator="\n")
    sheet.writerows((("META",), ("key", "value")))
    sheet.writerows((key, known[key]) for key in FIRST if key in known)
    sheet.writerows((key, text) for key, text in known.items() if key not in FIRST)
    _write_projects(sheet, election, ties, columns or {}, selected)
    _write_votes(sheet, election, shuffle)
    return out.getvalue()


def _write_projects(
    sheet, election: Election, ties: TieOrder, columns: Mapping, selected: Sequence[str] | None
) -> None:
    scored = election.ballots.kind in (*WITH_POINTS, "ordinal")
    more = list(next(iter(columns.values()), {}))
    header = ["project_id", "cost", "votes", *(["score"] if scored else []), *more]
    sheet.writerows((("PROJECTS",), header + (["selected"] if selected is not None else [])))
    ranks, chosen = ties.ranks(election), set(selected or ())
    for p in sorted(range(len(election.projects)), key=lambda p: (-election.scores[p], ranks[p])):
        project = election.projects[p]
        row = [project.id, decimal(Fraction(project.cost, election.minor)), str(election.votes[p])]
        if scored:
            row.append(decimal(election.points(p)))
        row += [columns[project.id][column] for column in more]
        if selected is not None:
            row.append("1" if project.id in chosen else "0")
        sheet.writerow(row)


def _write_votes(sheet, election: Election, shuffle: random.Random) -> None:
    ballots = election.ballots
    pointed = ballots.kind in WITH_POINTS
    rows = []
    for row, times in enumerate(ballots.times.tolist()):
        listed = ballots.listed(row)
        text = [",".join(election.projects[p].id for p, _ in listed)]
        if pointed:
            text.append(",".join(decimal(points) for _, points in listed))
        rows += [text] * times
    shuffle.shuffle(rows)
    sheet.writerows((("VOTES",), ("voter_id", "vote", "points") if pointed else ("voter_id", "vote")))
    sheet.writerows((voter, *text) for voter, text in enumerate(rows, start=1))


def decimal(value: Fraction) -> str:
    """An exact decimal without trailing zeros: 500.25, 700. Raises ValueError for one that does not end."""
    text = Decimal(value.numerator) / Decimal(value.denominator)
    if Fraction(text) != value:
        raise ValueError(f"{value} is not a decimal that ends")
    return f"{text.normalize():f}"
