"""Public hearings: the notice with its register, the worker's page, the record that two people sign."""

from __future__ import annotations

import segno
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal import clock
from portal.refusals import insist
from portal.web import attempt, back, page, posted
from projects import permissions
from projects.deliberation import forms, pages, queries, services
from projects.deliberation.models import Hearing, HearingPlace
from projects.parties import parties_at
from projects.permissions import Party
from projects.proposals.models import Proposal


def _hearing(number: str) -> Hearing:
    return get_object_or_404(queries.hearings_seen(), number=number)


def _allowed(request: HttpRequest, action: str, proposal: Proposal) -> frozenset[Party]:
    parties = parties_at(request.user, proposal.community, day=clock.today())
    insist(permissions.objection_to(action, roles=parties, stage=proposal.round.stage))
    return parties


def _who(request: HttpRequest, row: Hearing) -> dict:
    return {"hearing_id": row.pk, "by": request.user, "now": clock.now()}


@login_required
def call_hearing(request: HttpRequest, number: str) -> HttpResponse:
    """Announce a hearing on a proposal."""
    proposal = get_object_or_404(Proposal.objects.select_related("round", "community"), number=number)
    _allowed(request, "deliberation.call_hearing", proposal)
    form = forms.HearingForm(**posted(request))
    given = {"proposal_id": proposal.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and (done := attempt(form, services.call_hearing, **given, **form.given())):
        return back(request, "deliberation:hearing_desk", done.value.number, said=_("听证会已公告，并通知了有关居民和议事代表。"))
    return page(request, "projects/deliberation/call_hearing.html", {"form": form, "proposal": proposal})


@never_cache
@require_safe
def hearing(request: HttpRequest, number: str) -> HttpResponse:
    """Public: the notice, how to ask for a place, and the record once two people have signed it."""
    row = _hearing(number)
    parties = parties_at(request.user, row.proposal.community, day=clock.today())
    context = pages.hearing_sheet(row, parties=parties, today=clock.today()) | {"mine": queries.standing_of(row, request.user)}
    return page(request, "projects/deliberation/hearing.html", context)


@login_required
@require_POST
def ask_place(request: HttpRequest, number: str) -> HttpResponse:
    row = _hearing(number)
    services.ask_place(**_who(request, row), speaks="speaks" in request.POST)
    waits = queries.standing_of(row, request.user).get("waits")
    said = _("席位已满，您已排入候补，有席位会通知您。") if waits else _("报名成功，请按时到场。")
    return back(request, "deliberation:hearing", number, said=said)


@login_required
@require_POST
def leave_place(request: HttpRequest, number: str) -> HttpResponse:
    services.leave_place(**_who(request, _hearing(number)))
    return back(request, "deliberation:hearing", number, said=_("报名已取消。"))


@require_safe
def hearing_notice(request: HttpRequest, number: str) -> HttpResponse:
    """The same as an A4 sheet for the board, with a code that leads to the page."""
    address = request.build_absolute_uri(reverse("deliberation:hearing", args=[number]))
    qr = segno.make(address, error="m").svg_data_uri(scale=6, border=2)
    context = {"hearing": _hearing(number), "qr": qr, "address": address}
    return page(request, "projects/deliberation/hearing_notice.html", context)


@login_required
def register_place(request: HttpRequest, number: str) -> HttpResponse:
    """The worker enters somebody who comes or calls."""
    row = _hearing(number)
    _allowed(request, "deliberation.register_place", row.proposal)
    form = forms.GuestForm(**posted(request))
    if form.is_valid() and (done := attempt(form, services.register_place, **_who(request, row), **form.given())):
        waits = done.value.pk in {each.pk for each in queries.places_of(row)[1]}
        said = _("席位已满，已排入候补。") if waits else _("已登记，有席位。")
        return back(request, "deliberation:hearing_desk", number, said=said)
    return page(request, "projects/deliberation/register_place.html", {"form": form, "hearing": row})


@require_POST
@login_required
def strike_place(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(HearingPlace.objects.select_related("hearing"), pk=pk)
    services.strike_place(place_id=row.pk, by=request.user, now=clock.now())
    return back(request, "deliberation:hearing_desk", row.hearing.number, said=_("登记已取消。"))


@login_required
@require_safe
def hearing_desk(request: HttpRequest, number: str) -> HttpResponse:
    """The worker's page: who has a place, who waits, the record and its signatures."""
    row = _hearing(number)
    parties = _allowed(request, "deliberation.sign_hearing", row.proposal)
    seated, waiting = queries.places_of(row)
    context = pages.hearing_sheet(row, parties=parties, today=clock.today())
    context |= {"seated": seated, "waiting": waiting, "keeps": Party.WORKER in parties}
    return page(request, "projects/deliberation/hearing_desk.html", context)


@login_required
def call_off(request: HttpRequest, number: str) -> HttpResponse:
    row = _hearing(number)
    _allowed(request, "deliberation.keep_hearing", row.proposal)
    form = forms.ReasonForm(**posted(request))
    if form.is_valid() and attempt(form, services.call_off_hearing, **_who(request, row), **form.cleaned_data):
        return back(request, "deliberation:hearing_desk", number, said=_("听证会已取消，已通知报名的人。"))
    return page(request, "projects/deliberation/call_off.html", {"form": form, "hearing": row})


@login_required
def write_record(request: HttpRequest, number: str) -> HttpResponse:
    row = _hearing(number)
    _allowed(request, "deliberation.keep_hearing", row.proposal)
    before = {"came": row.came, "record": row.record, "outcome": row.outcome}
    form = forms.RecordForm(**posted(request), initial=before)
    if form.is_valid() and attempt(form, services.write_record, **_who(request, row), **form.cleaned_data):
        return back(request, "deliberation:hearing_desk", number, said=_("笔录已保存，请两个人分别签字。"))
    return page(request, "projects/deliberation/write_record.html", {"form": form, "hearing": row})


@login_required
@require_POST
def sign_record(request: HttpRequest, number: str) -> HttpResponse:
    row = _hearing(number)
    services.sign_record(**_who(request, row), as_chair=request.POST.get("as") == "chair")
    return back(request, "deliberation:hearing_desk", number, said=_("已签字。"))
