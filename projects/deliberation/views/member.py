"""The member's phone: the papers, declaring an interest, voting, and the chair's signature."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communities.accounts.models import User
from portal import clock
from portal.refusals import insist
from portal.web import Done, attempt, back, page, posted
from projects import permissions
from projects.deliberation import forms, pages, queries, services
from projects.deliberation.models import AgendaItem
from projects.deliberation.views import load
from projects.parties import parties_at
from projects.permissions import Party


def _insist_member(request: HttpRequest, action: str, item: AgendaItem) -> None:
    roles = parties_at(request.user, item.meeting.community, day=clock.today())
    insist(permissions.objection_to(action, roles=roles, stage=item.meeting.round.stage))


def _item(pk: int) -> AgendaItem:
    rows = AgendaItem.objects.select_related("proposal", "meeting__round", "meeting__community")
    return get_object_or_404(rows, pk=pk)


@login_required
def papers(request: HttpRequest, number: str) -> HttpResponse:
    """What a member reads before and during the meeting: plan, people, money; with the item at the vote on top."""
    row = load(number)
    if not parties_at(request.user, row.community, day=clock.today()) & {Party.COUNCIL, Party.WORKER}:
        raise Http404
    context = {**pages.public_sheet(row), **pages.papers_sheet(row, request.user)}
    return page(request, "projects/deliberation/papers.html", context, fragment="projects/deliberation/_at_vote.html")


@login_required
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    item = _item(pk)
    _insist_member(request, "deliberation.vote_item", item)
    done, context = _cast(request, item, request.user)
    if done:
        return back(request, "deliberation:papers", item.meeting.number, said=_("您的表决已收到"))
    return page(request, "projects/deliberation/vote.html", context)


@login_required
def vote_for(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    """The vote that the member casts for another who let her: apart from her own."""
    item = _item(pk)
    _insist_member(request, "deliberation.vote_item", item)
    giver = next((each for each in queries.carried_by(item.meeting, request.user) if each.pk == person), None)
    if giver is None:
        raise Http404
    done, context = _cast(request, item, giver)
    if done:
        return back(request, "deliberation:papers", item.meeting.number, said=_("受托的表决已收到"))
    return page(request, "projects/deliberation/vote_for.html", context)


def _cast(request: HttpRequest, item: AgendaItem, person: User) -> tuple[Done | None, dict]:
    """The vote that stands for `person`, sent or shown."""
    held = item.votes.filter(person=person).first()
    form = forms.VoteForm(**posted(request), initial={"choice": held.choice if held else ""})
    who = {"item_id": item.pk, "person_id": person.pk, "by": request.user, "now": clock.now()}
    done = attempt(form, services.vote_item, **who, **form.cleaned_data) if form.is_valid() else None
    return done, {"form": form, "item": item, "meeting": item.meeting, "held": held, "person": person}


@login_required
def interest(request: HttpRequest, pk: int) -> HttpResponse:
    item = _item(pk)
    _insist_member(request, "deliberation.declare_interest", item)
    form = forms.InterestForm(**posted(request))
    who = {"item_id": item.pk, "person_id": request.user.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.declare_interest, **who, **form.cleaned_data):
        return back(request, "deliberation:papers", item.meeting.number, said=_("已记录您的回避"))
    return page(request, "projects/deliberation/interest.html", {"form": form, "item": item, "meeting": item.meeting})


@require_POST
@login_required
def chair_sign(request: HttpRequest, number: str) -> HttpResponse:
    row = load(number)
    services.sign_minutes(meeting_id=row.pk, as_chair=True, by=request.user, now=clock.now())
    return back(request, "deliberation:minutes", number, said=_("您已作为主持人签字"))
