"""A volunteer's home and her hours among 65,000 volunteers and 2,000,000 hours, and 1,000 merchants' monthly statements.

    python -m bench volunteers

The rows are made by SQL in a scratch database that is dropped again; balances are set as the triggers would have set them.
Aims: each page at most 300 ms (p95) and 15 queries, all statements as Excel within 60 seconds.
"""

from __future__ import annotations

import random
import statistics
import time

from bench import own

PEOPLE, RECORDS, MERCHANTS, REDEMPTIONS, TEAMS = 65_000, 2_000_000, 1_000, 200_000, 1_000
TIMES = 60

FILL = """
SET LOCAL session_replication_role = replica;
INSERT INTO communities_user (id, password, is_superuser, name, email, is_staff, is_active, date_joined, show_name, elder_mode, sessions_ended)
    SELECT 100000 + n, '!', false, '志愿者' || n, '', false, true, %(now)s, false, false, 0 FROM generate_series(1, %(people)s) n;
INSERT INTO volunteers_volunteer (id, person_id, community_id, estate, band, times, registered_on, agreed_at, agreed_version)
    SELECT n, 100000 + n, %(community)s, '', 'adult', '{}', %(day)s, %(now)s, '1' FROM generate_series(1, %(people)s) n;
INSERT INTO volunteers_account (id, kind, origin, volunteer_id, expires_on, balance)
    VALUES (1, 'service', 'scanned', NULL, NULL, 0), (2, 'redeemed', '', NULL, NULL, 0);
INSERT INTO volunteers_account (id, kind, origin, volunteer_id, expires_on, balance)
    SELECT 10 + n, 'counted', 'scanned', n, NULL, 60 * (%(records)s / %(people)s) FROM generate_series(1, %(people)s) n;
INSERT INTO volunteers_account (id, kind, origin, volunteer_id, expires_on, balance)
    SELECT 100010 + n, 'free', '', n, '2027-12-31', 300 FROM generate_series(1, %(people)s) n;
INSERT INTO volunteers_hourrecord (id, volunteer_id, origin, activity_ref, title, started_at, ended_at, minutes, reason, entered_at)
    SELECT n, 1 + n %% %(people)s, 'scanned', 'b-' || n, '社区清洁日', at, at + interval '1 hour', 60, '', at
    FROM (SELECT n, %(now)s - n / %(people)s * interval '9 days' - interval '2 hours' AS at FROM generate_series(1, %(records)s) n) made;
INSERT INTO volunteers_portion (id, record_id, "on", band, minutes) SELECT id, id, started_at::date, 'at_once', 60 FROM volunteers_hourrecord;
INSERT INTO volunteers_posting (id, kind, key, volunteer_id, portion_id, reason, at)
    SELECT id, 'earn', 'earn-' || id, volunteer_id, id, '', ended_at FROM volunteers_hourrecord;
INSERT INTO volunteers_entry (posting_id, account_id, amount)
    SELECT id, side.account, side.amount FROM volunteers_posting, LATERAL (VALUES (1::bigint, -60), (10 + volunteer_id, 60)) AS side (account, amount);
INSERT INTO volunteers_team (id, name, kind, community_id, about, meets_at, founded_by_id, founded_on)
    SELECT n, '队伍' || n, 'community', %(community)s, '', '', %(officer)s, %(day)s FROM generate_series(1, %(teams)s) n;
INSERT INTO volunteers_membership (team_id, volunteer_id, leads, asked_at, joined_on, reason)
    SELECT 1 + n %% %(teams)s, n, false, %(now)s, %(day)s, '' FROM generate_series(1, %(people)s) n;
INSERT INTO volunteers_call (id, number, title, kind, community_id, team_id, about, place, brings, adults_only, made_by_id, made_at, published_at,
    cancel_reason)
    SELECT n, 'B-' || n, '清洁日' || n, 'green', %(community)s, n, '', '小公园', '', false, %(officer)s, %(now)s, %(now)s, ''
    FROM generate_series(1, %(teams)s) n;
INSERT INTO volunteers_shift (id, call_id, starts_at, ends_at, places, taken, secret)
    SELECT n, 1 + n %% %(teams)s, %(now)s + n / %(teams)s * interval '1 day', %(now)s + n / %(teams)s * interval '1 day' + interval '2 hours', 100, 65, ''
    FROM generate_series(1, %(teams)s * 3) n;
INSERT INTO volunteers_signup (shift_id, volunteer_id, state, asked_at, moved_at, code_tries)
    SELECT 1 + (n + side * %(teams)s) %% (%(teams)s * 3), n, 'held', %(now)s, %(now)s, 0
    FROM generate_series(1, %(people)s) n, generate_series(0, 2) side;
INSERT INTO volunteers_merchant (id, name, kind, community_id, address, phone, about, joined_on, by_id)
    SELECT n, '商家' || n, 'food', %(community)s, '路' || n || '号', '', '', %(day)s, %(officer)s FROM generate_series(1, %(merchants)s) n;
INSERT INTO volunteers_offer (id, merchant_id, title, about, points, stock, "left", per_person, starts_on, ends_on, published_at, published_by_id)
    SELECT n, 1 + n %% %(merchants)s, '礼遇' || n, '', 20, 100000, 90000, 9, %(day)s, '2027-12-31', %(now)s, %(officer)s
    FROM generate_series(1, %(merchants)s * 3) n;
INSERT INTO volunteers_redemption (offer_id, volunteer_id, points, code, state, held_at, expires_at, ended_at, confirmed_by_id)
    SELECT 1 + n %% (%(merchants)s * 3), 1 + n %% %(people)s, 20, lpad(to_hex(n), 8, '0'), 'redeemed', at, at, at, %(officer)s
    FROM (SELECT n, %(now)s - n %% 20 * interval '1 hour' AS at FROM generate_series(1, %(redemptions)s) n) made;
"""


def show() -> None:
    with own.database():
        measure()


def measure() -> None:
    from django.db import connection, transaction
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from bench import cost
    from communities.accounts.models import User
    from portal import clock, sheets
    from tests import factories as make
    from tests.signing_in import sign_in
    from volunteers.models import Entry, Merchant
    from volunteers.rewards import pages

    home, now = make.community(), make.NOON.replace(day=20)
    told = {
        "people": PEOPLE,
        "records": RECORDS,
        "merchants": MERCHANTS,
        "redemptions": REDEMPTIONS,
        "teams": TEAMS,
        "now": now,
        "day": now.date(),
    }
    told |= {"community": home.pk, "officer": make.street_officer(home.parent).pk}
    began = time.perf_counter()
    for statement in FILL.strip().split(";\n"):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(statement, told)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    print(
        f"{PEOPLE:,} volunteers, {RECORDS:,} hours, {Entry.objects.count():,} entries in {time.perf_counter() - began:.0f} s",
        flush=True,
    )
    backend = cost.one_core()
    with clock.pretend(now):
        print(f"{'page':18} {'p50 ms':>7} {'p95 ms':>7} {'CPU ms':>7} {'queries':>8}")
        for address, words in (("/volunteers/mine/", "清洁日"), ("/timebank/", "社区清洁日")):
            chance, took, asked_most, used = random.Random(3), [], 0, 0.0  # noqa: S311
            for number in chance.sample(range(1, PEOPLE), TIMES):
                client = sign_in(Client(), User.objects.get(pk=100000 + number))
                client.get(address)
                began, before = time.perf_counter(), cost.spent(backend)
                with CaptureQueriesContext(connection) as asked:
                    answer = client.get(address)
                took.append((time.perf_counter() - began) * 1000)
                used += cost.spent(backend) - before
                asked_most = max(asked_most, len(asked))
                assert answer.status_code == 200 and words in answer.content.decode()
            high = sorted(took)[int(TIMES * 0.95) - 1]
            print(f"{address:18} {statistics.median(took):7.0f} {high:7.0f} {used * 1000 / TIMES:7.0f} {asked_most:8}", flush=True)
        month, size = pages.Month(f"{now:%Y-%m}", today=now.date()), 0
        began, before = time.perf_counter(), cost.spent(backend)
        for merchant in Merchant.objects.order_by("pk"):
            size += len(sheets.xlsx_of(pages.statement_sheets(merchant, month)))
    print(
        f"{MERCHANTS:,} statements of {REDEMPTIONS:,} redemptions as Excel: {time.perf_counter() - began:.1f} s, "
        f"{cost.spent(backend) - before:.1f} s CPU, {size / 1e6:.1f} MB",
        flush=True,
    )
