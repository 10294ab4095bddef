"""A worker types in what came on paper, sees what is like it, and hands it in for the resident (A20)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from portal import clock
from portal.web import attempt, page, posted, words
from projects.proposals import queries, services, similar, steps
from projects.proposals.forms import EntryForm
from projects.proposals.views import shown


@login_required
def enter(request: HttpRequest) -> HttpResponse:
    """The paper form on one page, for the communities where the visitor works and a call is open."""
    calls = queries.calls_to_enter(request.user, day=clock.today())
    form = EntryForm(
        **posted(request), calls=list(calls.items()), initial=dict.fromkeys(["call"], next(iter(calls), ""))
    )
    if form.is_valid() and (
        done := attempt(form, services.enter_for_resident, **typed(form), by=request.user, now=clock.now())
    ):
        return redirect("proposals:check_entry", done.value.pk)
    waiting = queries.entries_of(request.user)[:20]
    return page(request, "projects/proposals/enter.html", {"form": form, "calls": calls, "waiting": waiting})


def typed(form: EntryForm) -> dict:
    round_id, _dash, community_id = form.cleaned_data["call"].partition("-")
    answers = {name: form.cleaned_data[name] for name in steps.FIELDS}
    names = ("paper_ref", "name", "phone", "namesake", "origin")
    return {
        "round_id": int(round_id),
        "community_id": int(community_id),
        "answers": answers,
        **{name: form.cleaned_data[name] for name in names},
    }


@login_required
def check_entry(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """What was typed, what is like it, and handing in. A second person sees it at screening."""
    proposal = get_object_or_404(queries.entered_by(request.user), pk=proposal_id)
    if proposal.number:
        return redirect("proposals:lodged", proposal.number)
    if request.method == "POST":
        lodged = services.lodge_entry(proposal_id=proposal.pk, by=request.user, now=clock.now())
        return redirect("proposals:lodged", lodged.number)
    blocked = queries.objection_to_lodging(proposal, by=request.user, now=clock.now(), at=clock.now())
    context = {"proposal": proposal, "rows": shown.rows(proposal), "matches": similar.like(proposal)}
    context |= {"why": words(blocked) if blocked else "", "photos": shown.photos(proposal)}
    return page(request, "projects/proposals/check_entry.html", context)
