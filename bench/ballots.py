"""Ballots through HTTP on the real processes: voters signed in beforehand, each casts and then changes her ballot.

The demo runs with two web workers; 4,000 people join the roll of an open poll. CPU is that of the web processes and of
the database's backends, per accepted ballot; CPU says more than time on a machine that also plays the voters.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import psutil

VOTERS, THREADS = int(os.environ.get("BENCH_VOTERS", "4000")), 16


def show() -> None:
    from tests.journeys.crowd import Crowd
    from tests.journeys.stack import demo_portal

    told = {"WEB_WORKERS": "2", "WEB_THREADS": "8", "PORTAL_MANIFEST": "1"}
    with tempfile.TemporaryDirectory() as folder, demo_portal("bench", Path(folder) / "var", **told) as portal:
        crowd = Crowd.enrol(portal, VOTERS)
        name = portal.environment["DATABASE_URL"].rsplit("/", 1)[1]
        master = portal.find("web")
        web = [master, *master.children()]
        print(f"{'ballots':>12} {'taken':>7} {'s':>7} {'a second':>9} {'web ms':>7} {'database ms':>12}")
        for title, seed in (("cast", 1), ("changed", 2)):
            before = cpu(web), cpu(backends(name))
            took = crowd.votes(THREADS, seed)
            after = cpu(web), cpu(backends(name))
            good = sum(voter.answers[-1] == 302 for voter in crowd.voters)
            web_ms, base_ms = (1000 * (late - early) / max(good, 1) for early, late in zip(before, after, strict=True))
            print(f"{title:>12} {good:7,} {took:7.1f} {good / took:9.1f} {web_ms:7.1f} {base_ms:12.1f}", flush=True)


def backends(name: str) -> list[psutil.Process]:
    """The server's processes that serve this database."""
    found = []
    for process in psutil.process_iter(["name", "cmdline"]):
        words = " ".join(process.info["cmdline"] or ())
        if words.startswith("postgres:") and f" {name} " in f" {words} ":
            found.append(process)
    return found


def cpu(processes: list[psutil.Process]) -> float:
    return sum(sum(process.cpu_times()[:2]) for process in processes if process.is_running())
