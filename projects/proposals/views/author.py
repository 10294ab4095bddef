"""What the author does after handing in: reads the confirmation, changes, corrects, takes back."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import clock, figures
from portal.refusals import insist
from portal.web import attempt, back, page, posted, words
from projects.proposals import queries, rules, services
from projects.proposals.forms import WithdrawForm
from projects.proposals.models import Proposal
from projects.proposals.standings import Standing
from projects.proposals.views import shown


def own(request: HttpRequest, number: str) -> Proposal:
    """A proposal in the visitor's hand: her own, or for a worker one that came on paper."""
    found = queries.in_hand_of(request.user, day=clock.today()).exclude(standing=Standing.DRAFT)
    return get_object_or_404(found.select_related("round", "community", "proposer"), number=number)


@login_required
def lodged(request: HttpRequest, number: str) -> HttpResponse:
    """The confirmation, reachable again by its address (U8)."""
    found = queries.lodged().filter(Q(proposer=request.user) | Q(entered_by=request.user))
    proposal = get_object_or_404(found, number=number)
    due = queries.answer_due(proposal)
    following = [
        _("社区工作者会在 %(day)s 前初审，结果发到您的消息里。") % {"day": figures.day(due.on)},
        _("初审通过后，居民议事会逐项评议。"),
        _("进展都写在提案页上，凭编号随时可查。"),
    ]
    context = {"proposal": proposal, "following": following, "rows": shown.rows(proposal, change=False)}
    return page(request, "projects/proposals/lodged.html", context)


@login_required
def edit(request: HttpRequest, number: str) -> HttpResponse:
    """The answers of a lodged proposal, each with 更改; every change is kept as an edition."""
    proposal = own(request, number)
    insist(queries.objection_to_writing(proposal, by=request.user, now=clock.now()))
    if proposal.standing == Standing.RETURNED:
        return redirect("proposals:correct", number)
    return page(request, "projects/proposals/edit.html", {"proposal": proposal, "rows": shown.rows(proposal)})


@login_required
def correct(request: HttpRequest, number: str) -> HttpResponse:
    """What screening asks for, the answers with 更改, and handing in again."""
    proposal = own(request, number)
    if request.method == "POST":
        services.correct_proposal(proposal_id=proposal.pk, by=request.user, now=clock.now())
        return back(request, queries.page_of(proposal), said=_("已重新提交，社区会再次初审。"))
    insist(
        rules.objection_to_correction(
            standing=proposal.standing, correct_by=proposal.correct_by, today=timezone.localdate(clock.now())
        )
    )
    asked = proposal.findings.filter(outcome="returned").last()
    context = {"proposal": proposal, "rows": shown.rows(proposal), "asked": asked, "photos": shown.photos(proposal)}
    return page(request, "projects/proposals/correct.html", context)


@login_required
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    proposal = own(request, number)
    form = WithdrawForm(**posted(request))
    if form.is_valid() and attempt(
        form, services.withdraw_proposal, proposal_id=proposal.pk, by=request.user, now=clock.now(), **form.cleaned_data
    ):
        return back(request, queries.page_of(proposal), said=_("提案已撤回。"))
    blocked = rules.objection_to_withdrawal(standing=proposal.standing)
    context = {"proposal": proposal, "form": form, "why": words(blocked) if blocked else ""}
    return page(request, "projects/proposals/withdraw.html", context)
