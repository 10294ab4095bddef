"""The offices' pages on 100,000 projects and 1,000,000 ledger entries, in a scratch database that is dropped again.

    python -m bench offices            BENCH_PROJECTS=20000 for a smaller one

One real project is walked through the services; its rows are then copied by SQL with other numbers, places, days and stages:
nine of ten are done, the rest stand on their way, some of them late. Pages are asked for in process, through all middleware.
"""

from __future__ import annotations

import os
import statistics
import time
from datetime import timedelta

from bench import own

PROJECTS = int(os.environ.get("BENCH_PROJECTS", "100000"))
STREETS, COMMUNITIES, TIMES = 12, 10, 15
BASE = 10_000_000


def clone(cursor, table: str, row: int, copies: int, **changes: str) -> None:
    """Insert copies of one row; `changes` are SQL expressions over g, the number of the copy from 1 on."""
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s ORDER BY ordinal_position", [table]
    )
    columns = [name for (name,) in cursor.fetchall()]
    given = ", ".join(changes.get(name, f't."{name}"') for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    cursor.execute(
        f"INSERT INTO {table} ({names}) SELECT {given} FROM {table} t, generate_series(1, {copies}) g WHERE t.id = {row}"
    )  # noqa: S608


def fill(number: int) -> dict:
    """The district with its officer, and the pages' addresses."""
    from django.db import connection

    from communities.roles.rules import Role
    from projects import models as m
    from tests import factories as make
    from tests.projects import project_worlds as worlds

    world = worlds.concluded()
    worlds.pay(world, 40_000_00, now=worlds.AFTER)
    worlds.pay(world, 14_000_00, now=worlds.AFTER)
    district = world.home.parent.parent
    places = [world.home.pk]
    for street in range(STREETS):
        above = make.street(f"街道{street}")
        places += [make.community(f"社区{street}-{place}", above).pk for place in range(COMMUNITIES)]
    officer = make.holder(Role.DISTRICT_OFFICER, district)
    project, contract = world.again(), world.contract
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        place = f"(ARRAY{places})[1 + g % {len(places)}]"
        back = "make_interval(days => (g % 2900)::int)"
        stage = "CASE WHEN g % 10 > 0 THEN 'done' WHEN g % 30 = 0 THEN 'funding' WHEN g % 20 = 0 THEN 'evaluation' ELSE 'delivery' END"
        kind = "(ARRAY['works','services','goods'])[1 + g % 3]"
        own = f"{BASE} + g"
        clone(
            cursor,
            "projects_proposal",
            project.proposal_id,
            number,
            id=own,
            number="'WSS-2019-' || lpad(g::text, 6, '0')",
            community_id=place,
            category=kind,
            lodged_at=f"t.lodged_at - {back}",
        )
        clone(
            cursor,
            "projects_project",
            project.pk,
            number,
            id=own,
            proposal_id=own,
            community_id=place,
            category=kind,
            stage=stage,
            approved_at=f"t.approved_at - {back}",
            stage_since=f"t.stage_since - {back}",
        )
        clone(
            cursor,
            "projects_contract",
            contract.pk,
            number,
            id=own,
            project_id=own,
            number="'HT-' || g",
            signed_on=f"(t.signed_on - {back})::date",
            starts_by=f"(t.starts_by - {back})::date",
        )
        for copy, payment in enumerate(m.Payment.objects.filter(contract=contract).order_by("pk")):
            clone(
                cursor,
                "projects_payment",
                payment.pk,
                number,
                id=f"{BASE * (copy + 1)} + g",
                contract_id=own,
                voucher=f"'FP-{copy}-' || g",
                decided_at=f"t.decided_at - {back}",
            )
        for row in m.Milestone.objects.filter(project=project):
            clone(
                cursor,
                "projects_milestone",
                row.pk,
                number,
                id=own,
                project_id=own,
                due_on=f"(t.due_on - {back})::date",
                done_on="CASE WHEN g % 10 > 0 THEN t.done_on END",
            )
        for row in m.ProgressReport.objects.filter(project=project):
            clone(cursor, "projects_progressreport", row.pk, number, id=own, project_id=own, at=f"t.at - {back}")
        for row in m.StageMove.objects.filter(project=project, entered="evaluation"):
            clone(cursor, "projects_stagemove", row.pk, number, id=own, project_id=own, at=f"t.at - {back}")
        rows = m.Posting.objects.filter(project=project).order_by("pk")[:5]
        for copy in range(5):  # five postings of two entries for each project: ten entries
            posting = rows[min(copy, len(rows) - 1)]
            clone(
                cursor,
                "projects_posting",
                posting.pk,
                number,
                id=f"{BASE * (copy + 1)} + g",
                key=f"'bench-{copy}-' || g",
                project_id=own,
                at=f"t.at - {back}",
            )
            for side, entry in enumerate(m.LedgerEntry.objects.filter(posting=posting)):
                clone(
                    cursor,
                    "projects_ledgerentry",
                    entry.pk,
                    number,
                    id=f"{BASE * (2 * copy + side + 1)} + g",
                    posting_id=f"{BASE * (copy + 1)} + g",
                )
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE")
    held = {"projects": m.Project.objects.count(), "entries": m.LedgerEntry.objects.count()}
    return {
        "district": district,
        "officer": officer,
        "street": world.officer,
        "held": held,
        "number": "WSS-2019-000030",
    }


def pages(told: dict) -> list[tuple[str, str, str]]:
    number = told["number"]
    return [
        ("overview, district", "/kanban/", "officer"), ("overdue rows", "/kanban/xiangmu/?state=overdue", "officer"),
        ("queue", "/daiban/", "street"), ("project, money", f"/funding/{number}/work/", "officer"),
        ("project, delivery", f"/delivery/{number}/work/", "officer"), ("life page", f"/xiangmu/{number}/", ""),
        ("public board", "/jindu/", ""), ("public figures", "/shuju/", ""), ("public money", "/zijin/", ""),
    ]  # fmt: skip


def measure() -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from bench import cost
    from portal import clock
    from projects.desk import returns
    from tests.factories import NOON
    from tests.signing_in import sign_in

    began = time.perf_counter()
    told = fill(PROJECTS)
    print(
        f"{told['held']['projects']:,} projects, {told['held']['entries']:,} ledger entries, made in {time.perf_counter() - began:.0f} s"
    )
    print(f"{'page':22} {'status':>6} {'p50 ms':>8} {'p95 ms':>8} {'CPU ms':>8} {'queries':>8}")
    backend = cost.one_core()
    with clock.pretend(NOON + timedelta(days=70)):
        for title, path, who in pages(told):
            client = sign_in(Client(), told[who]) if who else Client()
            client.get(path)  # the first page after signing in also writes the session
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(path)
            questions, took, before = len(asked), [], cost.spent(backend)  # counted now: the next request begins the list anew
            for _again in range(TIMES):
                begun = time.perf_counter()
                client.get(path)
                took.append((time.perf_counter() - begun) * 1000)
            used = (cost.spent(backend) - before) * 1000 / TIMES
            high = statistics.quantiles(took, n=20)[-1]
            print(
                f"{title:22} {answer.status_code:6} {statistics.median(took):8.0f} {high:8.0f} {used:8.0f} {questions:8}",
                flush=True,
            )
        begun, before = time.perf_counter(), cost.spent(backend)
        returns.pdf_of(returns.return_of(told["district"], 2026, 4, today=clock.today()))
        used = cost.spent(backend) - before
        print(f"monthly return of the district: {time.perf_counter() - begun:.1f} s, {used:.1f} s CPU", flush=True)


def show() -> None:
    with own.database():
        measure()
