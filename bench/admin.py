"""The administrator's pages on 800 communities, 5,000 bodies with 10,000 people in office, 100,000 residents.

    python -m bench admin

Each page is asked for in process, through all middleware, after one warm-up; the bound is 25 queries and 500 ms.
"""

from __future__ import annotations

import statistics
import time

PLACES, BODIES, RESIDENTS, TIMES = 800, 5_000, 100_000, 7
MOST_QUERIES, MOST_MS = 25, 500


def fill() -> dict[str, str]:
    """The city's administrator signs in afterwards; answers the pages' addresses by name."""
    from datetime import timedelta

    from communities.accounts.models import User
    from communities.bodies.models import Body, Office
    from communities.centres.models import Service, ServiceCentre
    from communities.councils.models import Council
    from communities.divisions.models import Division
    from communities.residents.models import Residency
    from portal.models import Job
    from tests import factories as make

    street = make.street()
    city = street.parent.parent
    rows = [
        Division(code=f"C{n:09d}", name=f"社区{n}", level="community", parent=street, path=f"{street.path}C{n:09d}/")
        for n in range(PLACES)
    ]
    places = Division.objects.bulk_create(rows)
    kinds = Body.Kind.values
    bodies = Body.objects.bulk_create(
        [Body(kind=kinds[n % len(kinds)], name=f"机构{n}", community=places[n % PLACES], phone="0755-1000") for n in range(BODIES)]
    )
    since = make.NOON.date() - timedelta(days=400)
    Office.objects.bulk_create(
        [Office(body=body, title=title, name=f"负责人{body.pk}", since=since) for body in bodies for title in ("主任", "书记")]
    )
    centres = ServiceCentre.objects.bulk_create([ServiceCentre(community=place, name=f"{place}党群服务中心", address="路1号") for place in places])
    Service.objects.bulk_create(
        [Service(centre=centre, category="affairs", name=f"服务{n}", about="…", who="所有居民", cost="免费") for centre in centres for n in range(3)]
    )
    Council.objects.bulk_create([Council(community=place, name=f"{place}居民议事会") for place in places])
    people = User.objects.bulk_create([User(name=f"居民{n}", date_joined=make.NOON, password="!") for n in range(RESIDENTS)], 5000)  # noqa: S106 - no password
    homes = [
        Residency(person=who, community=places[n % PLACES], since=since, proof="roster", proved_at=make.NOON) for n, who in enumerate(people)
    ]
    Residency.objects.bulk_create(homes, 5000)
    Job.objects.bulk_create([Job(kind="x", title=f"任务{n}", asked_at=make.NOON, state="done") for n in range(5_000)], 1000)
    body, centre = bodies[0].pk, centres[0].pk
    return {
        "city": city.code,
        "index": "/admin/",
        "divisions": "/admin/communities/division/",
        "division": f"/admin/communities/division/{places[0].pk}/change/",
        "bodies": "/admin/communities/body/",
        "bodies, a kind": "/admin/communities/body/?kind__exact=station",
        "bodies, found": "/admin/communities/body/?q=机构49",
        "body": f"/admin/communities/body/{body}/change/",
        "body, new": "/admin/communities/body/add/",
        "body, history": f"/admin/communities/body/{body}/history/",
        "bodies, import": "/records/?record=body",
        "bodies, export": "/admin/communities/body/export/",
        "in office": "/admin/communities/office/",
        "in office, found": "/admin/communities/office/?q=负责人49",
        "centres": "/admin/communities/servicecentre/",
        "centre": f"/admin/communities/servicecentre/{centre}/change/",
        "services": "/admin/communities/service/",
        "councils": "/admin/communities/council/",
        "calendar": "/admin/portal/specialday/",
        "background work": "/works/",
        "register": "/roles/",
    }


def measure() -> list[tuple[str, int, float, float, int]]:
    """(page, status, median ms, slowest ms, queries)."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from communities.divisions.models import Division
    from communities.roles.rules import Role
    from tests import factories as make
    from tests.signing_in import sign_in

    pages = fill()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    city = Division.objects.get(code=pages.pop("city"))
    client = sign_in(Client(), make.holder(Role.ADMINISTRATOR, city))
    found = []
    for name, path in pages.items():
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(path)
            number = len(asked)
        took = []
        for _time in range(TIMES):
            start = time.perf_counter()
            client.get(path)
            took.append((time.perf_counter() - start) * 1000)
        found.append((name, answer.status_code, statistics.median(took), max(took), number))
    return found


def show() -> None:
    from bench import own

    with own.database():
        print(f"{PLACES:,} communities, {BODIES:,} bodies, {RESIDENTS:,} residents: at most {MOST_QUERIES} queries, {MOST_MS} ms")
        print(f"{'page':18} {'status':>6} {'p50 ms':>8} {'max ms':>8} {'queries':>8}")
        for title, status, median, slowest, queries in measure():
            held = "" if queries <= MOST_QUERIES and median <= MOST_MS else "  over the bound"
            print(f"{title:18} {status:6} {median:8.1f} {slowest:8.1f} {queries:8}{held}", flush=True)
