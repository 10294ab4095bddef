"""Count any Pabulib file, without Django or a database:

    python -m projects.tally FILE.pb --rule mes_cost_add1u [--ties cost,votes,id] [--increment K] [--json]

Repeats a published result: the portal's own count is the same function. Where ties fall by lot, give the round id and
the public seed: `--ties cost,votes,lot --round ID --seed SEED`. `--explain` adds every step and reason to the JSON.
`--log` prints that alone, in the very bytes that a portal publishes as the log of its count.
Ends with 2 for a malformed file (naming the line) or a wrong argument, with 0 otherwise.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from fractions import Fraction

from projects.tally.count import NAMES, Minimums, Result, TieOrder, as_json, canonical, count, ties_as_json
from projects.tally.pb import PbError, PbFile, read

FEN = 2  # decimal places: a published log rounds to the fen


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    began = time.perf_counter()
    try:
        file = read(options.file, places=FEN if options.log else 0)
        ties = TieOrder.parse(options.ties, round_id=options.round, seed=options.seed)
        minimums = _minimums(options, file)
        result = count(file.election, options.rule, ties=ties, increment=options.increment, minimums=minimums)
    except (PbError, ValueError, OSError) as fault:
        sys.stderr.write(f"{options.file}: {fault}\n")
        return 2
    if options.log:
        sys.stdout.write(canonical(as_json(file.election, result)))
        return 0
    report = as_report(file, result, time.perf_counter() - began)
    if options.explain:
        report |= as_json(file.election, result)
    in_json = options.json or options.explain
    sys.stdout.write(json.dumps(report, ensure_ascii=False) + "\n" if in_json else _page(file, report))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m projects.tally", description="Count a Pabulib election exactly.")
    parser.add_argument("file", metavar="FILE.pb")
    parser.add_argument("--rule", required=True, help=f"{', '.join(NAMES)}; add1 rules also with _incK")
    parser.add_argument("--ties", default="cost,votes,id", help="keys in order: cost, votes, lot, id")
    parser.add_argument("--round", default="", help="round id, for ties by lot")
    parser.add_argument("--seed", default="", help="public seed, for ties by lot")
    parser.add_argument("--increment", type=_number, metavar="K", help="add1: currency units per voter and run")
    parser.add_argument("--least-votes", type=int, default=0, metavar="N", help="projects with fewer votes are out")
    parser.add_argument("--least-score", type=_number, metavar="N", help="default for _threshold rules: the file's")
    parser.add_argument("--least-share", type=_number, default=0, metavar="A/B", help="least votes / voters")
    parser.add_argument("--fair-share", action="store_true", help="votes / voters at least cost / (3 x budget)")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--explain", action="store_true", help="one JSON object with every step and reason")
    parser.add_argument("--log", action="store_true", help="the log of the count, byte for byte as it is published")
    return parser


def _minimums(options: argparse.Namespace, file: PbFile) -> Minimums:
    score = options.least_score
    if score is None:
        score = file.threshold if options.rule.endswith("_threshold") else 0
    return Minimums(options.least_votes, score, options.least_share, options.fair_share)


def _number(text: str) -> Fraction:
    try:
        return Fraction(text)
    except ZeroDivisionError:
        raise ValueError from None


def as_report(file: PbFile, result: Result, seconds: float) -> dict:
    """Money in currency units, exactly: `a` or `a/b`."""
    return {
        "rule": result.rule,
        "selected": list(result.selected),
        "order": list(result.order),
        "total_cost": str(Fraction(result.total_cost, file.election.minor)),
        "ties": ties_as_json(result),
        "certified": result.certified,
        "seconds": round(seconds, 3),
    }


def _page(file: PbFile, report: dict) -> str:
    lines = [f"{report['rule']}: {len(report['selected'])} of {len(file.projects)} projects, {report['total_cost']}"]
    for place, project in enumerate(report["order"], start=1):
        row = file.projects[project]
        lines.append(f"{place:4}. {project}  {row['cost']}  {row.get('name', '')}".rstrip())
    for tie in report["ties"]:
        effect = "decided the outcome" if tie["decisive"] else "without effect"
        lines.append(f"tie at step {tie['step']}: {', '.join(tie['among'])} by {tie['broken_by']}, {effect}")
    lines.append(f"certified exact, {report['seconds']} s")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
