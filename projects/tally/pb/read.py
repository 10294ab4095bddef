"""Reading a `.pb` file into an Election. Whatever cannot be counted is refused with the number of its line."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from projects.tally.count.ballots import KINDS, WITH_POINTS, ElectionError
from projects.tally.count.election import MOST_MONEY, Election, Project

NUMBER = re.compile(r"[0-9]{1,15}([.,][0-9]{1,6})?")
SECTIONS = ("META", "PROJECTS", "VOTES")
REQUIRED = {"META": ("key", "value"), "PROJECTS": ("project_id", "cost"), "VOTES": ("voter_id", "vote")}


class PbError(ValueError):
    """A malformed file. `line` counts from 1."""

    def __init__(self, line: int, fault: str) -> None:
        super().__init__(f"line {line}: {fault}")
        self.line, self.fault = line, fault


@dataclass(frozen=True, eq=False)
class PbFile:
    """A file as read: its META, its projects' columns by id, and the election it describes."""

    meta: dict[str, str]
    projects: dict[str, dict[str, str]]
    election: Election

    @property
    def threshold(self) -> Fraction:
        """META `min_project_score_threshold`, 0 where absent."""
        return Fraction(self.meta.get("min_project_score_threshold", "0").replace(",", ".") or 0)


Row = tuple[int, list[str]]


def read(path: Path | str, *, places: int = 0) -> PbFile:
    """Read a file. Raises PbError, or OSError where it cannot be opened."""
    return parse(Path(path).read_bytes(), places=places)


def parse(data: bytes, *, places: int = 0) -> PbFile:
    """Read the bytes of a file: UTF-8, with or without BOM, any line ends. Raises PbError.

    places: decimal places of the minor unit at least; 0 takes as many as the amounts in the file have.
    """
    sections = _sections(data)
    meta, lines = _meta(sections["META"])
    budget = _number(meta["budget"], lines["budget"], "budget")
    kind = meta["vote_type"]
    if kind not in KINDS:
        raise PbError(lines["vote_type"], f"unknown vote_type {kind!r}")
    if "min_project_score_threshold" in meta:
        _number(meta["min_project_score_threshold"], lines["min_project_score_threshold"], "threshold")
    columns, costs = _projects(sections["PROJECTS"])
    minor = 10 ** max(places, *(_decimals(money) for money in (budget, *costs.values())))
    if budget * minor >= MOST_MONEY:
        raise PbError(lines["budget"], "the budget is too large")
    ballots = _votes(sections["VOTES"], kind, set(costs))
    for key, count in (("num_projects", len(costs)), ("num_votes", ballots.total())):
        if key in meta and meta[key] != str(count):
            raise PbError(lines[key], f"{key} is {meta[key]}, but the file has {count}")
    projects = [Project(project, int(cost * minor)) for project, cost in costs.items()]
    try:
        election = Election.of(projects, int(budget * minor), kind, ballots, minor=minor)
    except ElectionError as fault:
        raise PbError(sections["VOTES"][0][0], str(fault)) from None
    return PbFile(meta, columns, election)


def _sections(data: bytes) -> dict[str, list[Row]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PbError(data.count(b"\n", 0, error.start) + 1, "not UTF-8") from None
    found: dict[str, list[Row]] = {}
    rows: list[Row] | None = None
    line = 0
    for line, row in _rows(text):
        name = row[0].strip().upper() if len(row) == 1 else ""
        if name in SECTIONS:
            if len(found) == len(SECTIONS) or name != SECTIONS[len(found)]:
                raise PbError(line, f"{name} is not expected here")
            rows = found[name] = []
        elif rows is None:
            raise PbError(line, "the file must begin with META")
        else:
            rows.append((line, row))
    for name in SECTIONS:
        if name not in found:
            raise PbError(line or 1, f"section {name} is missing")
        if not found[name]:
            raise PbError(line, f"section {name} has no header")
        at, header = found[name][0]
        missing = [column for column in REQUIRED[name] if column not in map(str.strip, header)]
        if missing:
            raise PbError(at, f"{name} has no column {missing[0]}")
    return found


def _rows(text: str) -> Iterator[Row]:
    """Rows with the line on which each begins; empty lines are passed over."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    line = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise PbError(line, str(error)) from None
        if row:
            yield line, row
        line = reader.line_num + 1


def _meta(rows: list[Row]) -> tuple[dict[str, str], dict[str, int]]:
    meta, lines = {}, {}
    for line, row in rows[1:]:
        if len(row) != 2:
            raise PbError(line, "a META row is a key and a value")
        key, value = row[0].strip(), row[1].strip()
        if key in meta:
            raise PbError(line, f"{key} stands twice")
        meta[key], lines[key] = value, line
    for key in ("budget", "vote_type"):
        if key not in meta:
            raise PbError(rows[-1][0], f"META has no {key}")
    return meta, lines


def _projects(rows: list[Row]) -> tuple[dict[str, dict[str, str]], dict[str, Fraction]]:
    header = [column.strip() for column in rows[0][1]]
    columns, costs = {}, {}
    for line, row in rows[1:]:
        if len(row) != len(header):
            raise PbError(line, f"{len(row)} fields where the header has {len(header)}")
        values = dict(zip(header, row, strict=True))
        project = values["project_id"].strip()
        if not project or "," in project:
            raise PbError(line, "a project id is not empty and holds no comma")
        if project in columns:
            raise PbError(line, f"project {project} stands twice")
        columns[project], costs[project] = values, _number(values["cost"], line, "cost")
    return columns, costs


def _votes(rows: list[Row], kind: str, known: set[str]) -> Counter[tuple]:
    """How many voters cast each ballot. Equal texts are read once."""
    header = [column.strip() for column in rows[0][1]]
    pointed = kind in WITH_POINTS
    if pointed and "points" not in header:
        raise PbError(rows[0][0], f"VOTES has no column points, needed for {kind}")
    width, vote = len(header), header.index("vote")
    points, voter = header.index("points") if pointed else vote, header.index("voter_id")
    texts: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], int] = {}
    voters: set[str] = set()
    for line, row in rows[1:]:
        if len(row) != width:
            raise PbError(line, f"{len(row)} fields where the header has {width}")
        if row[voter] in voters:
            raise PbError(line, f"voter {row[voter]} stands twice")
        voters.add(row[voter])
        text = (row[vote], row[points])
        texts[text] += 1
        first.setdefault(text, line)
    ballots: Counter[tuple] = Counter()
    for (listed, given), times in texts.items():
        line = first[listed, given]
        ballots[_ballot(listed, given if pointed else None, line, known, kind)] += times
    return ballots


def _ballot(listed: str, given: str | None, line: int, known: set[str], kind: str) -> tuple:
    choices = tuple(map(str.strip, listed.split(","))) if listed.strip() else ()
    if not known.issuperset(choices):
        raise PbError(line, f"unknown project {next(c for c in choices if c not in known)!r}")
    if len(set(choices)) != len(choices):
        raise PbError(line, "a project is listed twice")
    if kind == "choose-1" and len(choices) > 1:
        raise PbError(line, "more than one project on a choose-1 ballot")
    if given is None:
        return choices
    points = given.split(",") if given.strip() else []
    if len(points) != len(choices):
        raise PbError(line, f"{len(points)} points for {len(choices)} projects")
    return tuple((choice, _number(value, line, "points")) for choice, value in zip(choices, points, strict=True))


def _number(text: str, line: int, what: str) -> Fraction:
    if not NUMBER.fullmatch(text.strip()):
        raise PbError(line, f"{what} is not a number from 0: {text.strip()!r}")
    return Fraction(text.strip().replace(",", "."))


def _decimals(value: Fraction) -> int:
    """Decimal places of an exact decimal."""
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    return places
