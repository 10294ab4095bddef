"""The desk of those who run calls: leaders and community workers."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communities.divisions import queries as divisions
from communities.divisions.models import Division
from portal import clock
from portal.refusals import insist
from portal.web import attempt, back, page, posted
from projects.delivery.models import Milestone
from volunteers.activities import forms, pages, queries, services
from volunteers.activities.models import Call, Presence, Shift, SignUp
from volunteers.parties import parties_at
from volunteers.permissions import Party, objection_to
from volunteers.teams import queries as people

A_PAGE = 20


def run_call(request: HttpRequest, key: int) -> Call:
    """The call for whoever may run it."""
    call = get_object_or_404(queries.calls(), pk=key)
    parties = queries.parties_to_call(request.user, call, day=clock.today())
    insist(objection_to("activities.run_call", roles=parties))
    return call


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """My calls, the lists that wait for my word, and where I can make a new call."""
    day = clock.today()
    places, led = people.communities_of_worker(request.user, day)[:20], people.led_by(request.user)[:20]
    if not places and not led:
        raise Http404
    found = Paginator(queries.run_by(request.user, day), A_PAGE).get_page(request.GET.get("page"))
    context = {"found": found, "places": places, "led": led}
    context["lists"] = queries.lists_to_confirm(request.user, day)[:50]
    return page(request, "volunteers/activities/desk.html", context)


def maker(request: HttpRequest, code: str) -> tuple[Division, object]:
    """The community, and the teams that this person may send; 403 for whoever may make no call here."""
    place = get_object_or_404(divisions.living(), code=code, level=Division.Level.COMMUNITY)
    parties = parties_at(request.user, place, day=clock.today())
    teams = people.teams_found(community=place)
    if Party.WORKER not in parties:
        teams = teams.filter(pk__in=people.led_by(request.user).values("pk"))
        parties |= {Party.LEADER} if teams.exists() else set()
    insist(objection_to("activities.make_call", roles=parties))
    return place, teams


def step_of(request: HttpRequest, place: Division) -> Milestone | None:
    """The step of a project for which helpers are called: ?milestone=."""
    asked = request.GET.get("milestone", "")
    rows = Milestone.objects.select_related("project__proposal").filter(project__community=place, done_on=None)
    return get_object_or_404(rows, pk=int(asked)) if asked.isdecimal() and len(asked) < 10 else None


@login_required
def make(request: HttpRequest, code: str) -> HttpResponse:
    """A call with its first shift; for a step of a project with ?milestone=."""
    place, teams = maker(request, code)
    step = step_of(request, place)
    first = {"kind": Call.Kind.WATCH, "place": step.project.proposal.place, "on": step.due_on} if step else {}
    form = forms.CallForm(**posted(request), teams=teams, initial=first)
    given = {"community_id": place.pk, "milestone_id": step.pk if step else None, "by": request.user}
    if form.is_valid() and (done := attempt(form, services.make_call, **given, **form.wanted(), now=clock.now())):
        return back(request, "activities:run", done.value.pk, said=_("已存为草稿，核对后发布。"))
    return page(request, "volunteers/activities/make.html", {"form": form, "place": place, "step": step})


@login_required
@require_safe
def run(request: HttpRequest, key: int) -> HttpResponse:
    """Everything about one call: shifts, who comes, whom to ask, the code at the door, the report."""
    call = run_call(request, key)
    now = clock.now()
    shifts = [pages.shift_row(shift, call, None, None, now) for shift in queries.shifts_of(call)]
    for row in shifts:
        row["roster"] = queries.roster(row["shift"])
    return page(request, "volunteers/activities/run.html", {"call": call, "shifts": shifts})


@login_required
def add_shift(request: HttpRequest, key: int) -> HttpResponse:
    call = run_call(request, key)
    form = forms.SpanForm(**posted(request))
    if form.is_valid() and attempt(
        form, services.add_shift, call_id=call.pk, by=request.user, now=clock.now(), **form.span()
    ):
        return back(request, "activities:run", call.pk, said=_("班次已添加。"))
    return page(request, "volunteers/activities/add_shift.html", {"form": form, "call": call})


@login_required
@require_POST
def publish(request: HttpRequest, key: int) -> HttpResponse:
    call = run_call(request, key)
    services.publish_call(call_id=call.pk, by=request.user, now=clock.now())
    return back(request, "activities:run", call.pk, said=_("活动已发布，志愿者可以报名了。"))


@login_required
def cancel(request: HttpRequest, key: int) -> HttpResponse:
    call = run_call(request, key)
    form = forms.ReasonOnlyForm(**posted(request))
    given = {"call_id": call.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.cancel_call, **given, **form.cleaned_data):
        return back(request, "activities:run", call.pk, said=_("活动已取消，报名的人会收到消息。"))
    return page(request, "volunteers/activities/cancel.html", {"form": form, "call": call})


@login_required
def report(request: HttpRequest, key: int) -> HttpResponse:
    call = run_call(request, key)
    form = forms.ReportForm(**posted(request))
    given = {"call_id": call.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.write_report, **given, **form.cleaned_data):
        return back(request, "activities:run", call.pk, said=_("小结已发布。"))
    return page(request, "volunteers/activities/report.html", {"form": form, "call": call})


@login_required
def match(request: HttpRequest, key: int) -> HttpResponse:
    """供需对接: whom a shift would suit and why; those ticked are asked."""
    shift = get_object_or_404(Shift.objects.select_related("call"), pk=key)
    call = run_call(request, shift.call_id)
    rows = pages.suited(queries.coming(clock.now()).filter(pk=shift.pk).first() or shift)
    if request.method == "POST":
        chosen = [int(each) for each in request.POST.getlist("who")[:50] if each.isdecimal() and len(each) < 12]
        asked = services.invite(shift_id=shift.pk, by=request.user, volunteers=chosen, now=clock.now())
        return back(request, "activities:run", call.pk, said=_("已邀请 %(count)s 位志愿者。") % {"count": asked})
    return page(request, "volunteers/activities/match.html", {"shift": shift, "call": call, "rows": rows})


def seat_of(request: HttpRequest, key: int) -> SignUp:
    row = get_object_or_404(SignUp.objects.select_related("shift__call", "volunteer__person"), pk=key)
    run_call(request, row.shift.call_id)
    return row


@login_required
def mark(request: HttpRequest, key: int) -> HttpResponse:
    row = seat_of(request, key)
    form = forms.MarkForm(**posted(request))
    given = {"sign_up_id": row.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(
        form, services.mark_on_list, **given, way=form.cleaned_data["way"], at=form.moment(row.shift)
    ):
        return back(request, "activities:run", row.shift.call_id, said=_("已登记在名单上。"))
    held = Presence.objects.filter(sign_up=row).first()
    return page(request, "volunteers/activities/mark.html", {"form": form, "row": row, "presence": held})


@login_required
def release(request: HttpRequest, key: int) -> HttpResponse:
    row = seat_of(request, key)
    form = forms.ReasonOnlyForm(**posted(request))
    given = {"sign_up_id": row.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.release_place, **given, **form.cleaned_data):
        return back(request, "activities:run", row.shift.call_id, said=_("名额已放出，对方会收到消息。"))
    return page(request, "volunteers/activities/release.html", {"form": form, "row": row})


@login_required
@require_POST
def confirm_list(request: HttpRequest, key: int) -> HttpResponse:
    held = get_object_or_404(queries.lists_to_confirm(request.user, clock.today()), pk=key)
    services.confirm_list(presence_id=held.pk, by=request.user, now=clock.now())
    return back(request, "activities:desk", said=_("时长已登记。"))
