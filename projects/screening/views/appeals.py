"""The proposer asks that somebody else looks at a rejection; the street answers."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from portal import clock, figures, previews
from portal.refusals import insist
from portal.web import attempt, back, page, posted, words
from projects.proposals import queries as proposals
from projects.screening import forms, queries, services
from projects.screening.views.desk import in_reach


@login_required
def appeal(request: HttpRequest, number: str) -> HttpResponse:
    """The proposer's own page: the reason of the rejection, and why it is not accepted."""
    proposal = get_object_or_404(proposals.mine(request.user), number=number)
    form = forms.AppealForm(**posted(request))
    asking = {"proposal_id": proposal.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and (done := attempt(form, services.appeal_finding, **asking, **form.cleaned_data)):
        said = _("复核申请已收到，街道会在 %(day)s 前答复。") % {"day": figures.day(done.value.answer_by)}
        return back(request, proposals.page_of(proposal), said=said)
    blocked = queries.objection_to_appeal(proposal, by=request.user, now=clock.now())
    context = {"proposal": proposal, "form": form, "finding": queries.last_finding(proposal)}
    return page(request, "projects/screening/appeal.html", {**context, "why": words(blocked) if blocked else ""})


@login_required
def decide(request: HttpRequest, number: str) -> HttpResponse:
    """The street answers an appeal; the screener cannot."""
    proposal = in_reach(request, number)
    asked = get_object_or_404(queries.appeals(), proposal=proposal)
    insist(queries.objection_to_act("decide_appeal", proposal, by=request.user, now=clock.now()))
    form = forms.DecisionForm(**posted(request))
    deciding = {"proposal_id": proposal.pk, "by": request.user, "now": clock.now()}
    labels = {"title": proposal.title, "button": _("发出复核结果")}
    if form.is_valid():
        shown, done = previews.sent(request, form, services.decide_appeal, **labels, **deciding, **form.answers())
        if shown or done:
            where = reverse("screening:queue") + "?view=appeals"
            return shown or back(request, where, said=_("复核结果已发给提案人。"))
    blocked = queries.objection_to_decide(asked, by=request.user, now=clock.now())
    context = {"proposal": proposal, "appeal": asked, "form": form, "why": words(blocked) if blocked else ""}
    return page(request, "projects/screening/decide.html", context)
