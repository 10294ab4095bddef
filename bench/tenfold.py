"""From ballots in PostgreSQL to a certified result, at ten times the size of Warszawa 2024: 752,550 ballots, 118 projects.

    python -m bench tenfold          BENCH_TIMES=1 for the city itself

CPU seconds of the counting process (reading the ballots included) and its peak memory, for each rule that the bars name.
The ballots are the made-up city of bench/tally.py, drawn ten times.
"""

from __future__ import annotations

import io
import json
import os
import resource
import time
import uuid

TIMES = int(os.environ.get("BENCH_TIMES", "10"))
BAR_SECONDS, BAR_MB = 60, 1024
RULES = ("greedy_votes", "mes_cost", "mes_cost_add1u")
AT_ONCE = 25_085


def show() -> None:
    from django.db import connection
    from django.test.utils import setup_test_environment, teardown_test_environment

    setup_test_environment()
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        slate = laid()
        print(f"{'rule':16} {'CPU s':>7} {'read':>6} {'count':>6} {'ballots':>9}  proof", flush=True)
        for rule in RULES:
            count_once(slate, rule)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"peak {peak} MB  bars {BAR_SECONDS} s for each rule, {BAR_MB} MB")
    finally:
        connection.creation.destroy_test_db(name.removeprefix("test_"), verbosity=0)
        teardown_test_environment()


def laid():
    """A slate with the city's projects and its counted ballots, copied in portions."""
    from django.db import connection

    from bench.tally import BUDGET, VOTERS, city_of, projects_of
    from projects.proposals.standings import Standing
    from projects.voting.models import Slate
    from projects.voting.queries import candidates_of
    from projects.voting.services import freeze_slates
    from tests import factories as f

    home = f.community()
    batch = f.round_at("tally", home, amount=BUDGET * 100)
    author = f.resident(home)
    rows = [
        f.proposal(batch, author, standing=Standing.SHORTLISTED, title=f"项目{each.id}", estimate=each.cost * 100)
        for each in projects_of()
    ]
    [slate] = freeze_slates(batch, with_roll=True, now=f.NOON)
    keys = {each.proposal_id: str(each.pk) for each in candidates_of(slate)}
    names = [keys[row.pk] for row in rows]
    left, seed = VOTERS * TIMES, 2024
    while left:
        held, size = io.StringIO(), min(AT_ONCE, left)
        for picks in city_of(size, seed):
            choices = json.dumps({names[place]: 1 for place in sorted(picks)})
            held.write(f"{uuid.uuid4()}\t{slate.pk}\t{choices}\tonline\n")
        held.seek(0)
        with connection.cursor() as cursor:
            columns = ("id", "slate_id", "choices", "channel")
            cursor.copy_expert(f"COPY projects_countedballot ({', '.join(columns)}) FROM STDIN", held)
        left, seed = left - size, seed + 1
    Slate.objects.filter(pk=slate.pk).update(roll_size=VOTERS * TIMES)
    return Slate.objects.select_related("round", "community").get(pk=slate.pk)


def count_once(slate, rule: str) -> None:
    from projects.tally.count import count
    from projects.tally.elections import poll_of

    began = time.process_time()
    slate.round.rules = {**slate.round.rules, "counting_rule": rule}
    poll = poll_of(slate, budget=slate.budget, without=frozenset())
    read = time.process_time() - began
    given = {"increment": poll.increment} if poll.increment is not None else {}
    result = count(poll.election, rule, ties=poll.ties, minimums=poll.minimums, **given)
    whole = time.process_time() - began
    proof = "exact" if result.margin is None else f"margin {result.margin:.1e}"
    print(f"{rule:16} {whole:7.1f} {read:6.1f} {whole - read:6.1f} {poll.ballots:9,}  {proof}", flush=True)
