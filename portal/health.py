"""Is the process alive, and is the portal ready (R7)? For load balancers and the office's monitoring, not for people."""

import hmac
import shutil
import time
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal import clock
from portal.cache import away
from portal.models import Job, LogEntry, Notice, SpecialDay

LEAST_DISK = 500 * 1024 * 1024
LONGEST_WAIT = timedelta(minutes=10)
WIDEST_CLOCK = 5.0  # seconds between this machine and the database
HOLIDAYS_AHEAD = timedelta(days=60)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; asks nobody else."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when requests can be served; 503 otherwise. What is only worth a look is listed under `watch`."""
    faults = [name for name, check in MUST.items() if not answers(check)]
    watch = [] if faults else [name for name, check in WATCHED.items() if not answers(check)]
    return JsonResponse({"ready": not faults, "faults": faults, "watch": watch}, status=503 if faults else 200)


def answers(check) -> bool:
    try:
        return bool(check())
    except Exception:  # noqa: BLE001 - a check that breaks is a check that fails
        return False


def database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def migrations() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def disk() -> bool:
    return shutil.disk_usage(settings.VAR).free > LEAST_DISK


def clock_agrees() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
        return abs(float(cursor.fetchone()[0]) - time.time()) < WIDEST_CLOCK


def queue() -> bool:
    """No job has waited for ten minutes: the worker or the beat is away otherwise."""
    return not Job.objects.filter(state=Job.State.WAITING, asked_at__lt=clock.now() - LONGEST_WAIT, attempts=0).exists()


def redis() -> bool:
    cache.set("readyz", "1", 10)
    return cache.get("readyz") == "1" and not away()


def holidays() -> bool:
    """Public holidays are entered for the next 60 days, else deadlines in working days are provisional."""
    return SpecialDay.objects.filter(on__year=(clock.now() + HOLIDAYS_AHEAD).year).exists()


MUST = {"database": database, "migrations": migrations, "disk": disk}
WATCHED = {"clock": clock_agrees, "queue": queue, "redis": redis, "holidays": holidays}


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus, out of the database so that every node tells the same (R8). Closed without a token (S8)."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").encode()
    if not settings.METRICS_TOKEN or not hmac.compare_digest(given, settings.METRICS_TOKEN.encode()):
        raise Http404
    return HttpResponse("\n".join([*figures(), ""]), content_type="text/plain; version=0.0.4; charset=utf-8")


def figures() -> list[str]:
    from django.db.models import Count, Min, Q

    now = clock.now()
    lines = ["# TYPE portal_jobs gauge"]
    jobs = Job.objects.values("state").annotate(number=Count("pk"))
    lines += [f'portal_jobs{{state="{row["state"]}"}} {row["number"]}' for row in jobs]
    oldest = Job.objects.filter(state=Job.State.WAITING).aggregate(at=Min("asked_at"))["at"]
    lines += ["# TYPE portal_queue_lag_seconds gauge"]
    lines += [f"portal_queue_lag_seconds {(now - oldest).total_seconds() if oldest else 0:.0f}"]
    notices = Notice.objects.aggregate(owed=Count("pk"), failed=Count("pk", filter=~Q(last_error="")))
    lines += ["# TYPE portal_notices gauge", f'portal_notices{{state="all"}} {notices["owed"]}']
    lines += [f'portal_notices{{state="failed"}} {notices["failed"]}']
    lines += ["# TYPE portal_acts_today gauge"]
    acts = (
        LogEntry.objects.filter(at__gte=now - timedelta(days=1)).values("action", "result").annotate(number=Count("pk"))
    )
    lines += [f'portal_acts_today{{action="{row["action"]}",result="{row["result"]}"}} {row["number"]}' for row in acts]
    return lines
