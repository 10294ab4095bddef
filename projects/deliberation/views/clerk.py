"""The clerk's side: calling a meeting, the roll, item by item, closing, the minutes."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communities.accounts.models import User
from communities.divisions.models import Division
from portal import clock, previews
from portal.refusals import insist
from portal.web import attempt, back, page, posted
from projects import permissions
from projects.deliberation import forms, pages, queries, services
from projects.deliberation.models import AgendaItem, Meeting
from projects.deliberation.services.locked import allow
from projects.deliberation.views import load
from projects.parties import parties_at
from projects.rounds.models import Round

RUN = "deliberation.run_meeting"


def _meeting(request: HttpRequest, number: str, action: str = "deliberation.convene_meeting") -> Meeting:
    row = load(number)
    allow(action, row, by=request.user, now=clock.now())
    return row


def _item(request: HttpRequest, pk: int) -> AgendaItem:
    rows = AgendaItem.objects.select_related("proposal", "meeting__round", "meeting__community", "meeting__council")
    row = get_object_or_404(rows, pk=pk)
    allow(RUN, row.meeting, by=request.user, now=clock.now())
    return row


@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """Where a meeting is to be called, and the meetings of my communities."""
    rows = queries.meetings_run_by(request.user, today=clock.today())
    chunk = Paginator(rows, 20).get_page(request.GET.get("page"))
    to_call = queries.places_to_convene(request.user, today=clock.today())
    context = {"page": chunk, "cards": [pages.card(row) for row in chunk], "to_call": to_call}
    context["hearings"] = queries.hearings_kept_by(request.user, today=clock.today())
    return page(request, "projects/deliberation/desk.html", context)


@login_required
def convene(request: HttpRequest, number: str, code: str) -> HttpResponse:
    batch = get_object_or_404(Round, number=number)
    community = get_object_or_404(Division, code=code, envelopes__round=batch)
    parties = parties_at(request.user, community, day=clock.today())
    insist(permissions.objection_to("deliberation.convene_meeting", roles=parties, stage=batch.stage))
    form = forms.ConveneForm(**posted(request), proposals=list(queries.unscheduled(batch, community)[:100]))
    who = {"round_id": batch.pk, "community_id": community.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and (done := attempt(form, services.convene_meeting, **who, **form.given())):
        return back(request, "deliberation:run", done.value.number, said=_("会议已召集，议程已送达议事代表"))
    council = queries.council_of(community)
    first = pages.first_day_in_words(batch, council) if council else ""
    context = {"form": form, "round": batch, "community": community, "council": council, "first": first}
    return page(request, "projects/deliberation/convene.html", context)


@login_required
def run(request: HttpRequest, number: str) -> HttpResponse:
    return page(request, "projects/deliberation/run.html", pages.console(_meeting(request, number)))


@login_required
def roll(request: HttpRequest, number: str) -> HttpResponse:
    row = _meeting(request, number, RUN)
    people = [seat.person for seat in queries.seats_on(row.council, clock.today())]
    holders = {each.person_id: each.holder for each in queries.mandates_of(row)}
    given = dict.fromkeys(holders, "proxy") | queries.states_of(row)
    form = forms.RollForm(**posted(request), people=people, given=given, holders=holders)
    who = {"meeting_id": row.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.enter_roll, states=form.values(), **who):
        return back(request, "deliberation:run", number, said=_("到会情况已登记"))
    return page(request, "projects/deliberation/roll.html", {"form": form, "meeting": row})


@login_required
def open_meeting(request: HttpRequest, number: str) -> HttpResponse:
    row = _meeting(request, number, RUN)
    present = [each for each in queries.roll_of(row) if each.state == "present"]
    form = forms.OpenForm(**posted(request), present=present)
    who = {"meeting_id": row.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.open_meeting, chair_id=form.cleaned_data["chair"], **who):
        return back(request, "deliberation:run", number, said=_("会议开始，请逐项评议"))
    return page(request, "projects/deliberation/open_meeting.html", {"form": form, "meeting": row, "present": present})


@login_required
def adjourn(request: HttpRequest, number: str) -> HttpResponse:
    row = _meeting(request, number)
    form = forms.ReasonForm(**posted(request))
    who = {"meeting_id": row.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.adjourn_meeting, **who, **form.cleaned_data):
        return back(request, "deliberation:desk", said=_("会议已改期，已通知议事代表"))
    return page(request, "projects/deliberation/adjourn.html", {"form": form, "meeting": row})


@require_POST
@login_required
def close_meeting(request: HttpRequest, number: str) -> HttpResponse:
    row = _meeting(request, number, RUN)
    services.close_meeting(meeting_id=row.pk, by=request.user, now=clock.now())
    return back(request, "deliberation:run", number, said=_("会议结束，请补全讨论记录后签字"))


@login_required
def notes(request: HttpRequest, number: str) -> HttpResponse:
    row = _meeting(request, number, RUN)
    form = forms.NotesForm(**posted(request), items=queries.items_of(row))
    who = {"meeting_id": row.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.write_notes, notes=form.values(), **who):
        return back(request, "deliberation:run", number, said=_("讨论记录已保存"))
    return page(request, "projects/deliberation/notes.html", {"form": form, "meeting": row})


@require_POST
@login_required
def sign(request: HttpRequest, number: str) -> HttpResponse:
    row = load(number)
    services.sign_minutes(meeting_id=row.pk, as_chair=False, by=request.user, now=clock.now())
    return back(request, "deliberation:minutes", number, said=_("您已作为记录人签字"))


@require_POST
@login_required
def open_vote(request: HttpRequest, pk: int) -> HttpResponse:
    item = services.open_vote(item_id=_item(request, pk).pk, by=request.user, now=clock.now())
    return back(request, "deliberation:close_vote", item.pk, said=_("开始表决，代表可以用手机表决"))


@login_required
def hands(request: HttpRequest, pk: int) -> HttpResponse:
    """Show of hands: `?all=for` fills in the usual answer, so that the clerk changes only the others."""
    item = _item(request, pk)
    waiting, given = queries.hands_to_enter(item)
    filled = given or dict.fromkeys((each.pk for each in waiting), request.GET.get("all", ""))
    form = forms.HandsForm(**posted(request), people=waiting, given=filled)
    who = {"item_id": item.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.enter_hands, votes=form.values(), **who):
        return back(request, "deliberation:close_vote", pk, said=_("表决意见已登记"))
    return page(request, "projects/deliberation/hands.html", {"form": form, "item": item, "meeting": item.meeting})


@login_required
def slips(request: HttpRequest, pk: int) -> HttpResponse:
    item = _item(request, pk)
    form = forms.SlipsForm(**posted(request), people=queries.yet_to_vote(item))
    who = {"item_id": item.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.enter_slips, **who, **form.given()):
        return back(request, "deliberation:close_vote", pk, said=_("纸票已登记"))
    return page(request, "projects/deliberation/slips.html", {"form": form, "item": item, "meeting": item.meeting})


@login_required
def close_vote(request: HttpRequest, pk: int) -> HttpResponse:
    item = _item(request, pk)
    form = forms.CloseVoteForm(**posted(request))
    who = {"item_id": item.pk, "by": request.user, "now": clock.now()}
    labels = {"title": item.proposal.title, "button": _("发出决议")}
    if form.is_valid():
        shown, done = previews.sent(request, form, services.close_vote, **labels, **who, **form.cleaned_data)
        if done:
            said = _("表决结果：%(outcome)s") % {"outcome": done.value.get_outcome_display()}
            return back(request, "deliberation:run", item.meeting.number, said=said)
        if shown:
            return shown
    context = {"form": form, "item": item, "meeting": item.meeting, **pages.standing_of_vote(item)}
    return page(request, "projects/deliberation/close_vote.html", context)


@login_required
def defer(request: HttpRequest, pk: int) -> HttpResponse:
    item = _item(request, pk)
    form = forms.ReasonForm(**posted(request))
    who = {"item_id": item.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.defer_item, **who, **form.cleaned_data):
        return back(request, "deliberation:run", item.meeting.number, said=_("这一项改到下次会议再议"))
    return page(request, "projects/deliberation/defer.html", {"form": form, "item": item, "meeting": item.meeting})


@login_required
def recuse(request: HttpRequest, pk: int) -> HttpResponse:
    item = _item(request, pk)
    people = User.objects.filter(pk__in=queries.seats_on(item.meeting.council, clock.today()).values("person"))
    form = forms.RecuseForm(**posted(request), people=people.order_by("pk"))
    who = {"item_id": item.pk, "by": request.user, "now": clock.now()}
    given = {"person_id": form.cleaned_data["person"], "reason": form.cleaned_data["reason"]} if form.is_valid() else {}
    if given and attempt(form, services.declare_interest, **who, **given):
        return back(request, "deliberation:run", item.meeting.number, said=_("回避已记录"))
    return page(request, "projects/deliberation/recuse.html", {"form": form, "item": item, "meeting": item.meeting})
