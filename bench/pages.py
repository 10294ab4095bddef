"""How long pages take and what they cost, on 500 and on 50,000 proposals, in a scratch database that is dropped again.

    python -m bench pages

The proposals are written by bulk insert: half of them in one round, half over the other rounds of the demo's size.
Each page is asked for in process, through all of the portal's middleware, so that no network hides what it costs.
"""

from __future__ import annotations

import random
import statistics
import time
from datetime import timedelta

TIMES = 25
THINGS = [
    "路灯",
    "坡道",
    "扶手",
    "充电棚",
    "雨棚",
    "座椅",
    "健身器材",
    "消防器材",
    "阅览室",
    "晾衣架",
    "停车位",
    "花坛",
]
PLACES = ["巷口", "三栋门口", "广场东侧", "幼儿园旁", "菜市场后门", "公交站", "小公园", "文体中心"]


def fill(number: int) -> tuple:
    """A community with a round at its call and `number` proposals; the round, the community, a worker, a resident."""
    from portal.bigrams import pairs
    from projects.models import Proposal
    from tests import factories as make

    chance, home = random.Random(1), make.community()  # noqa: S311
    round, author, worker = make.round_at("proposals", home), make.resident(home), make.worker(home)
    rows = []
    for place in range(number):
        title = f"{chance.choice(PLACES)}加装{chance.choice(THINGS)}"
        at = make.NOON - timedelta(minutes=place)
        rows.append(
            Proposal(
                number=f"WSS-2026-{place + 1:06d}", round=round, community=home, proposer=author, standing="lodged",
                standing_since=at, title=title, need=f"{title}：晚上看不清路，老人和孩子走得不放心。", wish="请社区看看能不能装上。",
                place="金运花园", beneficiaries="附近居民", beneficiary_count=chance.randint(20, 3000), category="works",
                content_class="convenience", estimate=chance.randint(3_000, 400_000) * 100, shuffle_key=chance.random(),
                bigrams=pairs(title), created_at=at, lodged_at=at,
            )
        )  # fmt: skip
    Proposal.objects.bulk_create(rows, batch_size=2000)
    return round, home, worker, author


def pages(round, home) -> list[tuple[str, str, str]]:
    return [
        ("home", "/", ""), ("list", "/xiangmu/", ""), ("list, page 9", "/xiangmu/?page=9", ""), ("search", "/sousuo/?q=路灯", ""),
        ("life page", "/xiangmu/WSS-2026-000007/", ""), ("round", f"/pici/{round.number}/", ""),
        ("community", f"/shequ/{home.code}/", ""), ("my page", "/wode/", "resident"), ("queue", "/daiban/", "worker"),
        ("screening", "/screening/", "worker"),
    ]  # fmt: skip


def measure(number: int) -> list[tuple]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    round, home, worker, author = fill(number)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    rows = []
    for title, path, who in pages(round, home):
        client = Client()
        if who:
            client.force_login(worker if who == "worker" else author)
        took = []
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(path, follow=True)
        questions = len(asked)  # counted now: the next request begins the list anew
        for _again in range(TIMES):
            began = time.perf_counter()
            client.get(path, follow=True)
            took.append((time.perf_counter() - began) * 1000)
        rows.append(
            (
                number,
                title,
                answer.status_code,
                statistics.median(took),
                sorted(took)[int(TIMES * 0.95) - 1],
                questions,
                len(answer.content),
            )
        )
    return rows
