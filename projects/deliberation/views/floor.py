"""The speaking order: the clerk's queue of an item, and the member's asking for the floor."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal import clock
from portal.web import attempt, back, page, posted
from projects.deliberation import forms, queries, services
from projects.deliberation.models import AgendaItem, Turn
from projects.deliberation.services.locked import allow


@login_required
def floor(request: HttpRequest, pk: int) -> HttpResponse:
    """The clerk's queue of one item; a part of it is fetched again every few seconds."""
    rows = AgendaItem.objects.select_related("proposal", "meeting__round", "meeting__community")
    item = get_object_or_404(rows, pk=pk)
    allow("deliberation.run_meeting", item.meeting, by=request.user, now=clock.now())
    form = forms.SpeakerForm(**posted(request), people=queries.may_speak(item))
    who = {"item_id": item.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.ask_floor, person_id=form.cleaned_data["person"], **who):
        return back(request, "deliberation:floor", pk, said=_("已排入发言顺序"))
    context = {"form": form, "item": item, "meeting": item.meeting, "floor": queries.floor_of(item)}
    return page(request, "projects/deliberation/floor.html", context, fragment="projects/deliberation/_floor.html")


@require_POST
@login_required
def ask_floor(request: HttpRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(AgendaItem.objects.select_related("meeting"), pk=pk)
    services.ask_floor(item_id=item.pk, person_id=request.user.pk, by=request.user, now=clock.now())
    return back(request, "deliberation:papers", item.meeting.number, said=_("已申请发言，请等主持人请您"))


@require_POST
@login_required
def leave_floor(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Turn.objects.select_related("item__meeting"), pk=pk)
    services.leave_floor(turn_id=row.pk, by=request.user, now=clock.now())
    own = row.person_id == request.user.pk
    place = ("deliberation:papers", row.item.meeting.number) if own else ("deliberation:floor", row.item_id)
    return back(request, *place, said=_("发言申请已取消"))


@require_POST
@login_required
def call_turn(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Turn, pk=pk)
    done = services.call_turn(turn_id=row.pk, by=request.user, now=clock.now())
    return back(request, "deliberation:floor", row.item_id, said=_("请%(name)s发言") % {"name": done.person.name})


@require_POST
@login_required
def end_turn(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Turn, pk=pk)
    services.end_turn(turn_id=row.pk, by=request.user, now=clock.now())
    return back(request, "deliberation:floor", row.item_id)
