"""What pabulib-checker 1.0.8 calls an error in a file, asked of ours without it (docs/counting.md says how to run it)."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from datetime import datetime

from projects.tally.pb.write import COLUMN_ORDER, META_ORDER

NEEDED = ("description", "country", "unit", "instance", "num_projects", "num_votes", "budget", "vote_type", "rule",
          "date_begin", "date_end")  # fmt: skip
RULES = ("greedy", "greedy-no-skip", "greedy-threshold", "equalshares", "equalshares/add1", "unknown")


def faults_in(text: str) -> list[str]:
    """Each fault in a few words; empty for a file that passes."""
    if text.startswith("\ufeff") or "\r" in text or any(not line for line in text.split("\n")[:-1]):
        return ["byte order mark, carriage return or empty line"]
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    at = [rows.index([name]) for name in ("META", "PROJECTS", "VOTES")]
    meta = dict(rows[at[0] + 2 : at[1]])
    projects = [dict(zip(rows[at[1] + 1], row, strict=True)) for row in rows[at[1] + 2 : at[2]]]
    votes = [dict(zip(rows[at[2] + 1], row, strict=True)) for row in rows[at[2] + 2 :]]
    wrong = {
        **_of_meta(meta, projects, votes),
        **_of_projects(meta, projects, list(rows[at[1] + 1])),
        **_of_votes(meta, projects, votes),
    }
    return [fault for fault, is_wrong in wrong.items() if is_wrong]


def _of_meta(meta: dict, projects: list[dict], votes: list[dict]) -> dict[str, bool]:
    begin, end = (datetime.strptime(meta[key], "%d.%m.%Y") for key in ("date_begin", "date_end"))
    numbers = [int(number) for number in re.findall(r"#(\d+): ", meta["comment"])]
    whole = sum(int(float(each["cost"])) for each in projects) <= int(float(meta["budget"]))
    return {
        "a needed field is missing": any(not meta.get(key) for key in NEEDED),
        "META is out of order": list(meta) != sorted(meta, key=META_ORDER.index),
        "unknown rule": meta["rule"] not in RULES,
        "dates": begin > end,
        "comment": numbers != list(range(1, len(numbers) + 1)) or not meta["comment"].startswith("#1: "),
        "num_projects": int(meta["num_projects"]) != len(projects),
        "num_votes": int(meta["num_votes"]) != len(votes),
        "fully_funded": (meta.get("fully_funded") == "1") != whole,
        "currency or language": (meta["currency"], meta["language"]) != ("CNY", "zh"),
    }


def _of_projects(meta: dict, projects: list[dict], header: list[str]) -> dict[str, bool]:
    budget, field = float(meta["budget"]), "score" if "score" in header else "votes"
    chosen = {each["project_id"] for each in projects if each["selected"] == "1"}
    left, greedy = budget, set()
    for each in projects:
        if float(each["cost"]) <= left:
            left -= float(each["cost"])
            greedy.add(each["project_id"])
    known = ["project_id", "cost", "votes", "score", *COLUMN_ORDER]
    return {
        "columns": header != sorted(header, key=known.index),
        "cost": any(not 0 < float(each["cost"]) <= budget for each in projects),
        "not by score": [float(each[field]) for each in projects]
        != sorted((float(each[field]) for each in projects), reverse=True),
        "over budget": sum(float(each["cost"]) for each in projects if each["selected"] == "1") > budget,
        "greedy not followed": meta["rule"] == "greedy" and chosen != greedy,
    }


def _of_votes(meta: dict, projects: list[dict], votes: list[dict]) -> dict[str, bool]:
    known = {each["project_id"] for each in projects}
    listed = [each["vote"].split(",") for each in votes]
    points = [[int(p) for p in each["points"].split(",")] for each in votes] if "points" in votes[0] else None
    counted = Counter(project for ballot in listed for project in ballot)
    scored: Counter[str] = Counter()
    for ballot, given in zip(listed, points or [], strict=False):
        scored.update(dict(zip(ballot, given, strict=True)))
    pointed = meta["vote_type"] in ("cumulative", "scoring")
    return {
        "empty or unknown vote": any(not set(ballot) <= known for ballot in listed),
        "a project twice on a ballot": any(len(set(ballot)) != len(ballot) for ballot in listed),
        "voter ids": [each["voter_id"] for each in votes] != [str(n) for n in range(1, len(votes) + 1)],
        "votes per project": any(int(each["votes"]) != counted[each["project_id"]] for each in projects),
        "score per project": pointed and any(int(each["score"]) != scored[each["project_id"]] for each in projects),
        "max_length": max(map(len, listed)) > int(meta.get("max_length", len(known))),
        "points": pointed != (points is not None)
        or any(given != sorted(given, reverse=True) for given in points or []),
        "max_sum_points": any(sum(given) > int(meta.get("max_sum_points", 10**9)) for given in points or []),
    }
