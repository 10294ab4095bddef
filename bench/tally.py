"""How long a count takes, from ballots as the database gives them to a certified result.

    python bench/tally.py [FILE.pb] [--check] [--beside PYTHON]

Without a file: a made-up city of the size of Warszawa 2024 (75,255 voters, 118 projects, 652,000 approvals). Prints CPU
seconds of one thread (build included) and the peak memory of the process. --check ends with 1 where a bar is missed;
--beside counts the same file with pabutools under another Python (bench/beside.py) and compares who is elected.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from projects.tally.count import Election, Project, count
from projects.tally.count.counting import Counting
from projects.tally.count.rules.equal_shares import Runs, equal_share
from projects.tally.count.ties import BY_ID
from projects.tally.pb import read

BARS = {"greedy_votes": 0.5, "mes_cost": 1.0, "mes_cost_add1u": 5.0}
MOST_MB = 300
VOTERS, PROJECTS, CHOICES, BUDGET = 75_255, 118, 10, 30_428_140


def projects_of() -> list[Project]:
    """The same city every time: costs over two orders of magnitude."""
    rng = np.random.default_rng(2024)
    costs = np.exp(rng.normal(13.0, 1.2, PROJECTS)).astype(int) // 100 * 100 + 10_000
    return [Project(f"{i:03}", int(cost)) for i, cost in enumerate(costs)]


def city_of(voters: int, seed: int = 2024) -> list[list[int]]:
    """Ballots as places of projects: few projects draw many, up to ten choices each."""
    pull = np.random.default_rng(2025).pareto(1.3, PROJECTS) + 0.2
    rng = np.random.default_rng(seed)
    lengths = np.minimum(CHOICES, rng.binomial(CHOICES + 1, 0.79, voters))
    keys = rng.exponential(1.0, (voters, PROJECTS)) / pull
    best = np.argsort(keys, axis=1)[:, :CHOICES]
    return [row[:n].tolist() for row, n in zip(best, lengths, strict=True)]


def city() -> tuple[list[Project], int, list[tuple[str, ...]]]:
    projects = projects_of()
    return projects, BUDGET, [tuple(projects[place].id for place in row) for row in city_of(VOTERS)]


def from_file(path: str) -> tuple[str, list[Project], int, int, list[tuple]]:
    election = read(path).election
    ids, rows = [project.id for project in election.projects], []
    for row, times in enumerate(election.ballots.times.tolist()):
        listed = election.ballots.listed(row)
        pointed = election.ballots.kind in ("cumulative", "scoring")
        rows += [tuple((ids[p], w) for p, w in listed) if pointed else tuple(ids[p] for p, _ in listed)] * times
    return election.ballots.kind, list(election.projects), election.budget, election.minor, rows


def timed(work: Callable) -> tuple[float, object]:
    began = time.process_time()
    made = work()
    return time.process_time() - began, made


def beside(python: str, file: str, ours: dict[str, tuple[float, list[str]]]) -> None:
    """pabutools on the same file: CPU seconds, how many times ours, and whether the same are elected."""
    script = str(Path(__file__).with_name("beside.py"))
    with subprocess.Popen([python, script, file], stdout=subprocess.PIPE, text=True) as running:  # noqa: S603
        for line in running.stdout:
            told = json.loads(line)
            seconds, elected = ours[told["rule"]]
            same = "the same elected" if told["elected"] == elected else "others elected"
            times = told["cpu"] / seconds
            print(f"pabutools {told['rule']:16} {told['cpu']:8.2f} s  {times:6.1f} times ours  {same}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description="CPU seconds of a count.")
    parser.add_argument("file", nargs="?")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--beside", metavar="PYTHON")
    options = parser.parse_args()
    if options.beside and not options.file:
        parser.error("--beside needs a file")
    if options.file:
        kind, projects, budget, minor, rows = from_file(options.file)
    else:
        (projects, budget, rows), kind, minor = city(), "approval", 1
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    missed, ours = [], {}
    for rule in (*BARS, "greedy_ratio", "mes_card", "mes_card_add1u"):
        build, election = timed(lambda: Election.of(projects, budget, kind, Counter(rows), minor=minor))
        work, result = timed(lambda election=election, rule=rule: count(election, rule))
        ours[rule] = build + work, sorted(result.selected)
        bar = BARS.get(rule)
        proof = "exact" if result.margin is None else f"margin {result.margin:.1e}"
        print(f"{rule:16} {build + work:6.2f} s (build {build:.2f})  runs {result.runs or 1:5}  {proof}"
              + (f"  bar {bar} s" if bar else ""))  # fmt: skip
        if bar and build + work > bar:
            missed.append(rule)
    counting = Counting(election, tuple(range(len(projects))), BY_ID, "mes_cost")
    exact, _ = timed(lambda: Runs(counting, per_cost=True).exactly(equal_share(counting)))
    print(f"{'mes_cost, exact':16} {exact:6.2f} s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{len(rows)} voters, {len(projects)} projects; peak {peak} MB ({base} MB before the first count)  bar {MOST_MB} MB"
    )
    if peak > MOST_MB:
        missed.append("memory")
    if options.beside:
        beside(options.beside, options.file, ours)
    if missed:
        print("missed:", ", ".join(missed))
    return 1 if options.check and missed else 0


if __name__ == "__main__":
    sys.exit(main())
