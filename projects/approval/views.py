"""The street's approval desk, and the approved list for everybody."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from communities.divisions.models import Division
from portal import clock, previews
from portal.refusals import insist
from portal.sheets import answered
from portal.web import attempt, back, page, posted
from projects import permissions
from projects.approval import forms, pages, queries, services
from projects.parties import parties_at
from projects.permissions import Party
from projects.proposals.models import Proposal
from projects.rounds.models import Round

DECIDE = "approval.decide_proposal"


def _round(number: str) -> Round:
    return get_object_or_404(Round.objects.select_related("street"), number=number)


def _allow(request: HttpRequest, action: str, place: Division, stage: str) -> None:
    roles = parties_at(request.user, place, day=clock.today())
    insist(permissions.objection_to(action, roles=roles, stage=stage))


def _proposal(request: HttpRequest, number: str) -> Proposal:
    row = get_object_or_404(Proposal.objects.select_related("round__street", "community"), number=number)
    _allow(request, DECIDE, row.community, row.round.stage)
    return row


@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """Rounds of my street that wait for approval, and decisions that wait for my second signature."""
    today = clock.today()
    rounds = [{"round": row, "due": queries.due_of(row)} for row in queries.rounds_of(request.user, today=today)[:50]]
    seconds = queries.to_second(request.user, today=today)[:50]
    return page(request, "projects/approval/desk.html", {"rounds": rounds, "seconds": seconds})


@login_required
def round(request: HttpRequest, number: str) -> HttpResponse:
    """All items of a round with their decisions, and what each envelope bears."""
    batch = _round(number)
    _allow(request, DECIDE, batch.street, batch.stage)
    return page(request, "projects/approval/round.html", pages.round_desk(batch))


@login_required
def decide(request: HttpRequest, number: str) -> HttpResponse:
    row = _proposal(request, number)
    form = forms.DecideForm(**posted(request))
    who = {"proposal_id": row.pk, "by": request.user, "now": clock.now()}
    labels = {"title": row.title, "button": _("发出审批决定")}
    if form.is_valid():
        shown, done = previews.sent(request, form, services.decide_proposal, **labels, **who, **form.given())
        if done:
            said = _("审批决定已记录，等复核签字") if done.value.needs_second else _("审批决定已生效，已通知提案人")
            return back(request, "approval:round", row.round.number, said=said)
        if shown:
            return shown
    return page(request, "projects/approval/decide.html", {"form": form, **pages.dossier(row)})


@login_required
def approve_list(request: HttpRequest, number: str) -> HttpResponse:
    """Approve several items as asked, in one go; what is lowered, refused or conditional is decided item by item."""
    batch = _round(number)
    _allow(request, DECIDE, batch.street, batch.stage)
    form = forms.ListForm(**posted(request), items=queries.open_items(batch))
    who = {"round_id": batch.pk, "by": request.user, "now": clock.now()}
    labels = {"title": batch.title, "button": _("发出审批决定")}
    if form.is_valid():
        chosen = {"proposals": form.cleaned_data["proposals"]}
        shown, done = previews.sent(request, form, services.approve_list, **labels, **who, **chosen)
        if shown or done:
            return shown or back(request, "approval:round", batch.number, said=_("审批决定已记录"))
    return page(request, "projects/approval/approve_list.html", {"form": form, "round": batch})


@login_required
def second(request: HttpRequest, number: str) -> HttpResponse:
    row = _proposal(request, number)
    decision = queries.pending_decision(row)
    if decision is None:
        return back(request, "approval:round", row.round.number, said=_("这一项不需要复核，或已经复核"))
    form = forms.SecondForm(**posted(request))
    who = {"decision_id": decision.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.sign_second, **who, **form.cleaned_data):
        return back(request, "approval:round", row.round.number, said=_("复核意见已记录"))
    return page(request, "projects/approval/second.html", {"form": form, "decision": decision, **pages.dossier(row)})


@login_required
def refill(request: HttpRequest, number: str) -> HttpResponse:
    """Whether the refused items' money goes to the next in line."""
    batch = _round(number)
    _allow(request, "approval.answer_refill", batch.street, batch.stage)
    form = forms.RefillForm(**posted(request))
    who = {"round_id": batch.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and (done := attempt(form, services.answer_refill, **who, **form.cleaned_data)):
        said = _("已退回重新计票") if done.value.refill else _("已记录：不递补")
        return back(request, "desk:round", batch.number, said=said)
    return page(request, "projects/approval/refill.html", {"form": form, **pages.round_desk(batch)})


def approved(request: HttpRequest, number: str) -> HttpResponse:
    """The approved list with amounts, for everybody and for paper."""
    batch = _round(number)
    roles = parties_at(request.user, batch.street, day=clock.today())
    context = {**pages.public_list(batch), "may_file": Party.DISTRICT in roles}
    return page(request, "projects/approval/approved.html", context)


def approved_csv(request: HttpRequest, number: str) -> HttpResponse:
    batch = _round(number)
    lines = queries.approved_list(batch)
    if not lines:
        raise Http404
    return answered([pages.sheet_of(lines)], form="csv", name=f"approved-{batch.number}")


@login_required
def file(request: HttpRequest, number: str) -> HttpResponse:
    """The district's filing of the list as it stands."""
    batch = _round(number)
    _allow(request, "approval.file_list", batch.street, batch.stage)
    form = forms.FilingForm(**posted(request))
    who = {"round_id": batch.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.file_list, **who, **form.cleaned_data):
        return back(request, "approval:approved", batch.number, said=_("名单已备案"))
    return page(request, "projects/approval/file.html", {"form": form, **pages.public_list(batch)})
