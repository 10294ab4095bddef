"""A roster of 100,000 people: uploaded, checked, taken in, and the same again (at most 60 s and 300 MB).

python -m bench roster: the server's own steps on PostgreSQL, with the seconds of each and the process's highest memory.
"""

from __future__ import annotations

import random
import resource
import time

from bench import own

ROWS, BAD = 100_000, 2_000


def sheet() -> bytes:
    """An Excel file with five columns; every fiftieth row has something wrong."""
    from portal.sheets import LongSheet

    chance = random.Random(7)  # noqa: S311 - invented people
    writer = LongSheet(["姓名", "手机号", "小区", "是否满18周岁", "备注"])
    for number in range(ROWS):
        name = chance.choice("王李张刘陈杨黄赵吴周") + chance.choice("秀建志晓国海") + chance.choice("英华明强芳伟")
        phone = f"1{35 + number % 50}{number:08d}"
        if number % (ROWS // BAD) == 0:
            phone = phone[:9]
        writer.write([name, phone, f"{chance.choice('东西南北')}区花园", chance.choice("是是是否"), ""])
    return writer.finished().read()


def show() -> None:
    with own.database():
        measure()


def measure() -> None:
    from communities.rosters import services
    from portal import clock, jobs
    from tests import factories

    def timed(title: str, act: object) -> object:
        began, used = time.perf_counter(), time.process_time()
        answer = act()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{title:34} {time.perf_counter() - began:7.1f} s {time.process_time() - used:7.1f} s CPU {peak:7.0f} MB", flush=True)
        return answer

    def through(label: str, content: bytes) -> None:
        made = timed(f"{label}: upload", lambda: services.upload_roster(
            title="名册.xlsx", content=content, is_excel=True, place_id=home.pk, whole=True, by=by, now=factories.NOON
        ))
        services.match_columns(roster_id=made.pk, columns=made.columns, by=by, now=factories.NOON)
        made.refresh_from_db()
        timed(f"{label}: check and preview", lambda: jobs.run(made.job_id, now=factories.NOON))
        services.ask_taking_in(roster_id=made.pk, by=by, now=factories.NOON)
        made.refresh_from_db()
        timed(f"{label}: take in", lambda: jobs.run(made.job_id, now=factories.NOON))
        made.refresh_from_db()
        print({key: made.counts[key] for key in ("rows", "fresh", "changed", "moved", "gone", "same", "left_out")}, made.state)

    with clock.pretend(factories.NOON):
        home = factories.community()
        by = factories.worker(home)
        began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"before: {began:.0f} MB")
        content = sheet()
        print(f"{len(content) / 1e6:.1f} MB of Excel")
        through("first", content)
        through("the same again", content)
