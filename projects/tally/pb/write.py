"""Writing a counted election as a `.pb` file that anybody can count again."""

import csv
import hashlib
import io
import shlex
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from projects.tally.count.ballots import WITH_POINTS
from projects.tally.count.election import Election
from projects.tally.count.minimums import NONE, Minimums
from projects.tally.count.ties import TieOrder

META_ORDER = (
    "description", "country", "unit", "district", "subunit", "instance", "num_projects", "num_votes", "budget",
    "vote_type", "rule", "date_begin", "date_end", "min_length", "max_length", "min_sum_cost", "max_sum_cost",
    "min_points", "max_points", "min_sum_points", "max_sum_points", "default_score", "min_project_cost",
    "max_project_cost", "min_project_score_threshold", "neighborhoods", "subdistricts", "categories", "edition",
    "language", "currency", "fully_funded", "experimental", "comment", "acknowledgments", "leftover_budget",
)  # fmt: skip
COLUMN_ORDER = ("name", "category", "beneficiaries", "selected", "neighborhood", "subunit", "district", "description")
RULES = {
    "greedy_votes": "greedy",
    "greedy_votes_threshold": "greedy-threshold",
    "greedy_no_skip": "greedy-no-skip",
    "mes_cost": "equalshares",
    "mes_cost_add1_integral_noexh": "equalshares/add1",
}


def rule_value(rule: str, minimums: Minimums = NONE) -> tuple[str, str]:
    """Pabulib's META `rule` for one of ours, and the comment that names it where Pabulib has no value for it."""
    known = Minimums(score=minimums.score) if rule == "greedy_votes_threshold" else NONE
    if rule in RULES and minimums == known:
        return RULES[rule], ""
    return "unknown", f"Counted by the rule {rule} of projects.tally."


def write(
    election: Election,
    meta: Mapping[str, str],
    *,
    rule: str,
    ties: TieOrder,
    shuffle: str,
    columns: Mapping[str, Mapping[str, str]] | None = None,
    selected: Sequence[str] | None = None,
    increment: Fraction | int | None = None,
    minimums: Minimums = NONE,
) -> str:
    """The text of the file: UTF-8 when encoded, `;`, lines ended by a line feed.

    meta      description, country, unit, instance, date_begin, date_end (DD.MM.YYYY) and whatever the round adds; the
              counts, budget, vote_type and rule are written from the election
    columns   project id -> further columns (name, category, ...), the same for every project
    selected  ids for the column `selected`; None leaves the column out
    increment, minimums   as given to `count`: a numbered comment holds the arguments that repeat the count
    shuffle   any text: the ballots stand in an order drawn from it and from what they say, the same on every machine
              and from any database; voters are then numbered from 1, so that a row tells nobody's place

    Projects stand by score, equal ones in tie order. No personal column is written.
    """
    binding = rule.endswith("_threshold") or minimums.missed(election)
    value, comment = rule_value(rule, minimums if binding else NONE)
    repeat = f"Count again: python -m projects.tally FILE.pb {arguments(rule, ties, increment, minimums)}"
    comments = [text for text in (meta.get("comment", ""), comment, repeat) if text]
    known = {
        **meta,
        "num_projects": str(len(election.projects)),
        "num_votes": str(election.ballots.voters),
        "budget": decimal(Fraction(election.budget, election.minor)),
        "vote_type": election.ballots.kind,
        "rule": value,
        "comment": " ".join(f"#{number}: {text}" for number, text in enumerate(comments, start=1)),
    }
    out = io.StringIO()
    sheet = csv.writer(out, delimiter=";", lineterminator="\n")
    if sum(election.costs) <= election.budget:
        known["fully_funded"] = "1"
    if minimums.score:
        known["min_project_score_threshold"] = decimal(Fraction(minimums.score))
    sheet.writerows((("META",), ("key", "value")))
    sheet.writerows((key, known[key]) for key in sorted(known, key=lambda key: _place(META_ORDER, key)))
    columns = {project.id: dict((columns or {}).get(project.id, {})) for project in election.projects}
    if selected is not None:
        for project, row in columns.items():
            row["selected"] = "1" if project in selected else "0"
    _write_projects(sheet, election, ties, columns)
    _write_votes(sheet, election, shuffle)
    return out.getvalue()


def arguments(rule: str, ties: TieOrder, increment: Fraction | int | None = None, minimums: Minimums = NONE) -> str:
    """The arguments of `python -m projects.tally` that repeat a count."""
    words = ["--rule", rule, "--ties", ",".join(ties.keys)]
    if "lot" in ties.keys:
        words += ["--round", ties.round_id, "--seed", ties.seed]
    if increment is not None:
        words += ["--increment", str(increment)]
    for option, least in (("votes", minimums.votes), ("score", minimums.score), ("share", minimums.share)):
        if least:
            words += [f"--least-{option}", str(least)]
    if minimums.fair_share:
        words.append("--fair-share")
    return shlex.join(words)


def _place(order: Sequence[str], name: str) -> int:
    return order.index(name) if name in order else len(order)


def _write_projects(sheet, election: Election, ties: TieOrder, columns: Mapping[str, Mapping[str, str]]) -> None:
    scored = election.ballots.kind in (*WITH_POINTS, "ordinal")
    more = sorted(next(iter(columns.values()), {}), key=lambda column: _place(COLUMN_ORDER, column))
    sheet.writerows((("PROJECTS",), ["project_id", "cost", "votes", *(["score"] if scored else []), *more]))
    ranks = ties.ranks(election)
    for p in sorted(range(len(election.projects)), key=lambda p: (-election.scores[p], ranks[p])):
        project = election.projects[p]
        row = [project.id, decimal(Fraction(project.cost, election.minor)), str(election.votes[p])]
        if scored:
            row.append(decimal(election.points(p)))
        sheet.writerow(row + [columns[project.id][column] for column in more])


def _write_votes(sheet, election: Election, shuffle: str) -> None:
    ballots = election.ballots
    pointed = ballots.kind in WITH_POINTS
    rows = []
    for row, times in enumerate(ballots.times.tolist()):
        listed = ballots.listed(row)
        if pointed:
            listed.sort(key=lambda pair: (-pair[1], election.projects[pair[0]].id))
        text = [",".join(election.projects[p].id for p, _ in listed)]
        if pointed:
            text.append(",".join(decimal(points) for _, points in listed))
        rows += [(_drawn(shuffle, text, copy), text) for copy in range(times)]
    rows.sort()
    sheet.writerows((("VOTES",), ("voter_id", "vote", "points") if pointed else ("voter_id", "vote")))
    sheet.writerows((voter, *text) for voter, (_place, text) in enumerate(rows, start=1))


def _drawn(shuffle: str, text: Sequence[str], copy: int) -> bytes:
    return hashlib.sha256("|".join((shuffle, *text, str(copy))).encode()).digest()


def decimal(value: Fraction) -> str:
    """An exact decimal without trailing zeros: 500.25, 700. Raises ValueError for one that does not end."""
    text = Decimal(value.numerator) / Decimal(value.denominator)
    if Fraction(text) != value:
        raise ValueError(f"{value} is not a decimal that ends")
    return f"{text.normalize():f}"
