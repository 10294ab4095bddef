"""How long the search takes at 100,000 rows: proposals, services, bodies and every community of the city, in a scratch database.

    python -m bench search
"""

from __future__ import annotations

import random
import statistics
import time

from bench import own

ROWS, TIMES = 100_000, 20
ASKED = ("路灯", "灯", "社区", "无障碍坡道", "金运花园 路灯", "ll", "longling", "lnogling", "WSS-2026-054321", "没有这个东西")


def fill() -> int:
    """Entries as the sources make them, written to the index; answers how many."""
    from django.core.management import call_command

    from bench.pages import PLACES, THINGS
    from communities.divisions.files import SHENZHEN
    from projects.search import services
    from projects.search.models import SearchEntry
    from projects.search.sources import SOURCES, Found
    from tests import factories as make

    call_command("import_divisions", str(SHENZHEN), "--apply", verbosity=0)
    chance, written = random.Random(1), 0  # noqa: S311
    for found in SOURCES["c"](None):
        services._write([services._entry("c", found, stamp=1)])
        written += 1
    kinds = ["p"] * 80 + ["s"] * 12 + ["b"] * 5 + ["n"] * 3
    rows = []
    for number in range(ROWS - written):
        kind, thing, place = chance.choice(kinds), chance.choice(THINGS), chance.choice(PLACES)
        title = f"{place}加装{thing}" if kind == "p" else f"{thing}{place}服务{number % 97}"
        about = f"{place}{thing}：晚上看不清路，老人和孩子走得不放心，请社区看看能不能装上。"
        found = Found(number, title, "/", about, f"WSS-2026-{number:06d}", "金运花园", make.NOON, sounds=kind == "b")
        rows.append(services._entry(kind, found, stamp=1))
        if len(rows) == 2000:
            written += services._write(rows)
            rows = []
    written += services._write(rows)
    return SearchEntry.objects.count()


def show() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from projects.search.queries import search

    with own.database():
        print(f"search over {fill():,} rows")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(f"{'asked':20} {'found':>6} {'p50 ms':>8} {'p95 ms':>8} {'queries':>8}")
        for text in ASKED:
            with CaptureQueriesContext(connection) as made:
                found = sum(len(group.hits) for group in search(text).groups)
            took = []
            for _again in range(TIMES):
                began = time.perf_counter()
                search(text)
                took.append((time.perf_counter() - began) * 1000)
            high = sorted(took)[int(TIMES * 0.95) - 1]
            print(f"{text:20} {found:6} {statistics.median(took):8.1f} {high:8.1f} {len(made):8}", flush=True)
