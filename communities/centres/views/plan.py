"""The keepers' pages of activities: planning, publishing, lists, the code at the door, rooms that nobody came to."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from communities.centres import parts, queries, services
from communities.centres.forms.taking_part import ActivityForm, ReasonOnlyForm, SpansForm
from communities.centres.models import Activity, RoomUse, Session
from communities.centres.views.activities import code_of
from communities.centres.views.keep import acting, kept
from portal import clock
from portal.web import attempt, back, page, posted

A_PAGE = 50


def run(request: HttpRequest, key: int) -> Activity:
    """The activity, when the person keeps its centre. Errors: Http404."""
    found = queries.activities().filter(pk=key).first()
    if found is None or not kept(request, found.centre_id):
        raise Http404
    return found


@login_required
def plan_activity(request: HttpRequest, key: int) -> HttpResponse:
    """Text, places and times on one page."""
    centre, today = kept(request, key), clock.today()
    form = ActivityForm(**posted(request), rooms=queries.rooms_of(centre, today), initial={"opens_on": today})
    times = SpansForm(**posted(request))
    ready = form.is_valid() & times.is_valid()
    given = {"centre_id": key, **acting(request)}
    if ready and (done := attempt(times, services.plan_activity, spans=times.spans(), **form.values(), **given)):
        return back(request, "centres:run_activity", done.value.pk, said=_("已存为草稿，核对后发布。"))
    shown = {"form": form, "also_form": times, "centre": centre}
    return page(request, "communities/centres/plan_activity.html", shown)


@login_required
def run_activity(request: HttpRequest, key: int) -> HttpResponse:
    """Everything about an activity: state, sessions, who has a place, who waits."""
    activity = run(request, key)
    rows = activity.enrolments.filter(ended_at=None).select_related("person").order_by("pk")
    shown = parts.card_of(activity, now=clock.now()) | {
        "centre": activity.centre,
        "placed": rows.filter(seat__isnull=False).order_by("seat")[:500],
        "queue": rows.filter(seat=None)[:100],
        "times": [{"row": each, "said": parts.span(each.starts_at, each.ends_at)} for each in activity.times],
        "now": clock.now(),
    }
    return page(request, "communities/centres/run_activity.html", shown)


@login_required
def change_activity(request: HttpRequest, key: int) -> HttpResponse:
    activity = run(request, key)
    held = {name: getattr(activity, name, None) for name in ActivityForm.base_fields}
    held["opens_on"] = timezone.localdate(activity.opens_at)
    form = ActivityForm(**posted(request), initial=held, rooms=queries.rooms_of(activity.centre, clock.today()))
    given = {"activity_id": key, **acting(request)}
    if form.is_valid() and attempt(form, services.change_activity, **form.values(), **given):
        return back(request, "centres:run_activity", key, said=_("已保存"))
    shown = {"form": form, "centre": activity.centre, "activity": activity}
    return page(request, "communities/centres/change_activity.html", shown)


@require_POST
@login_required
def publish_activity(request: HttpRequest, key: int) -> HttpResponse:
    run(request, key)
    services.publish_activity(activity_id=key, **acting(request))
    return back(request, "centres:run_activity", key, said=_("已发布，居民可以看到了。"))


@login_required
def add_session(request: HttpRequest, key: int) -> HttpResponse:
    activity, form = run(request, key), SpansForm(**posted(request))
    given = {"activity_id": key, **acting(request)}
    if form.is_valid() and attempt(form, services.add_session, spans=form.spans(), **given):
        return back(request, "centres:run_activity", key, said=_("已保存"))
    shown = {"form": form, "centre": activity.centre, "activity": activity}
    return page(request, "communities/centres/add_session.html", shown)


@require_POST
@login_required
def drop_session(request: HttpRequest, key: int) -> HttpResponse:
    session = get_object_or_404(Session, pk=key)
    run(request, session.activity_id)
    services.drop_session(session_id=key, **acting(request))
    return back(request, "centres:run_activity", session.activity_id, said=_("这一场已取消，报名的人会收到通知。"))


@login_required
def call_off(request: HttpRequest, key: int) -> HttpResponse:
    activity, form = run(request, key), ReasonOnlyForm(**posted(request))
    given = {"activity_id": key, **acting(request)}
    if form.is_valid() and attempt(form, services.call_off, **form.cleaned_data, **given):
        return back(request, "centres:run_activity", key, said=_("已取消，报名的人会收到通知。"))
    shown = {"form": form, "centre": activity.centre, "activity": activity}
    return page(request, "communities/centres/call_off.html", shown)


@login_required
def session_list(request: HttpRequest, key: int) -> HttpResponse:
    """The list at the door: tick who came."""
    session = get_object_or_404(Session, pk=key)
    activity = run(request, session.activity_id)
    if request.method == "POST":
        ticked = [int(each) for each in request.POST.getlist("present")[:5000] if each.isascii() and each.isdigit() and len(each) < 12]
        came = services.mark_attendance(session_id=key, present=ticked, **acting(request))
        told = ngettext("已记录，%(count)d 人到场", "已记录，%(count)d 人到场", came) % {"count": came}
        return back(request, "centres:session_list", key, said=told)
    shown = {"activity": activity, "session": session, "said": parts.span(session.starts_at, session.ends_at)}
    shown["rows"] = list(queries.list_of(session)[:500])
    return page(request, "communities/centres/session_list.html", shown)


@login_required
def session_code(request: HttpRequest, key: int) -> HttpResponse:
    """A sheet for the door with the code to check in."""
    session = get_object_or_404(Session, pk=key)
    activity = run(request, session.activity_id)
    address = request.build_absolute_uri(reverse("centres:check_in", args=[queries.door_code(session)]))
    shown = {"activity": activity, "qr": code_of(address), "said": parts.span(session.starts_at, session.ends_at)}
    return page(request, "communities/centres/session_code.html", shown)


@login_required
def room_uses(request: HttpRequest, key: int) -> HttpResponse:
    """Who has which room of the centre, from a week ago on."""
    centre = kept(request, key)
    since = clock.now() - timedelta(days=7)
    rows = RoomUse.objects.filter(room__centre=centre, cancelled_at=None, ends_at__gt=since)
    rows = rows.select_related("room", "person", "session__activity").order_by("starts_at")[:200]
    listed = [{"row": row, "said": parts.span(row.starts_at, row.ends_at), "begun": row.starts_at <= clock.now()} for row in rows]
    return page(request, "communities/centres/room_uses.html", {"centre": centre, "listed": listed})


@require_POST
@login_required
def mark_missed(request: HttpRequest, key: int) -> HttpResponse:
    row = get_object_or_404(RoomUse.objects.select_related("room"), pk=key, person__isnull=False, cancelled_at=None)
    kept(request, row.room.centre_id)
    services.mark_missed(use_id=key, **acting(request))
    return back(request, "centres:room_uses", row.room.centre_id, said=_("已记下没有来"))
