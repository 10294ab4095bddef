"""Pages on which a street prepares a round and opens its call."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communities.divisions.models import Division
from portal import clock
from portal.files import JSON, download
from portal.refusals import insist
from portal.web import attempt, back, page, posted
from portal.web import words as words_of
from projects import permissions
from projects.parties import parties_at
from projects.rounds import forms, queries, services, terms
from projects.rounds.models import Round
from projects.rounds.services.prepare import objection_to_change


def _load(request: HttpRequest, number: str) -> Round:
    return get_object_or_404(queries.rounds_of_office(request.user, clock.today()), number=number)


@login_required
def office(request: HttpRequest) -> HttpResponse:
    """The rounds of my streets, those in preparation first."""
    rounds = list(queries.rounds_of_office(request.user, clock.today())[:100])
    streets = queries.streets_of_office(request.user, clock.today())
    return page(request, "projects/rounds/office.html", {"rounds": rounds, "may_prepare": streets.exists()})


@login_required
def prepare_round(request: HttpRequest) -> HttpResponse:
    streets = queries.streets_of_office(request.user, clock.today())
    place = streets.first() or get_object_or_404(Division, level="city")
    roles = parties_at(request.user, place, day=clock.today())
    insist(permissions.objection_to("rounds.prepare_round", roles=roles, stage="rounds"))
    form = forms.PrepareForm(**posted(request), streets=streets)
    if form.is_valid():
        data = form.cleaned_data
        given = {"street_id": data["street"].pk, "title": data["title"], "intro": data["intro"]}
        given |= {"first_day": data["first_day"], "unused_stages": form.unused()}
        if done := attempt(form, services.prepare_round, by=request.user, now=clock.now(), **given):
            return back(request, "rounds:check", done.value.number, said=_("批次已经建好，逐项核对后发布"))
    return page(request, "projects/rounds/prepare_round.html", {"form": form})


@login_required
def copy_round(request: HttpRequest, number: str) -> HttpResponse:
    round = _load(request, number)
    form = forms.CopyForm(**posted(request))
    given = {"by": request.user, "now": clock.now(), "round_id": round.pk}
    if form.is_valid() and (done := attempt(form, services.copy_round, **given, **form.cleaned_data)):
        return back(request, "rounds:check", done.value.number, said=_("已照原批次建好，逐项核对后发布"))
    return page(request, "projects/rounds/copy_round.html", {"form": form, "round": round})


def objection_said(round: Round, roles: frozenset) -> str:
    """Why this person cannot open the call, in words; empty when she can."""
    objection = permissions.objection_to("rounds.open_call", roles=roles, stage=round.stage)
    objection = objection or objection_to_change(round)
    return words_of(objection) if objection else ""


@login_required
def check(request: HttpRequest, number: str) -> HttpResponse:
    """The list that must be green, each line with the page on which it is mended, and the button that opens the call."""
    round = _load(request, number)
    lines = queries.checks(round, day=clock.today())
    roles = parties_at(request.user, round.street, day=clock.today())
    context = {
        "round": round,
        "lines": [
            (line, _(line.problem) % line.params, reverse(f"rounds:{line.where}", args=[number])) for line in lines
        ],
        "red": sum(not line.ok for line in lines),
        "objection": objection_said(round, roles),
        "money": sum(held.amount for held in round.envelopes.all()),
    }
    return page(request, "projects/rounds/check.html", context)


@login_required
def edit(request: HttpRequest, number: str) -> HttpResponse:
    round = _load(request, number)
    held = {"title": round.title, "intro": round.intro, "combine": round.rules.get("combine")}
    form = forms.BasicsForm(**posted(request), initial=held)
    if form.is_valid():
        given = {
            "title": form.cleaned_data["title"],
            "intro": form.cleaned_data["intro"],
            "unused_stages": form.unused(),
        }
        if attempt(form, services.set_basics, round_id=round.pk, by=request.user, now=clock.now(), **given):
            return back(request, "rounds:check", number, said=_("已保存"))
    return page(request, "projects/rounds/edit.html", {"form": form, "round": round})


@login_required
def envelopes(request: HttpRequest, number: str) -> HttpResponse:
    round = _load(request, number)
    held = dict(round.envelopes.values_list("community", "amount"))
    form = forms.EnvelopesForm(**posted(request), places=queries.communities_of(round.street), held=held)
    given = {"round_id": round.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.set_envelopes, amounts=form.amounts(), **given):
        return back(request, "rounds:check", number, said=_("各社区额度已保存"))
    return page(request, "projects/rounds/envelopes.html", {"form": form, "round": round, "money": sum(held.values())})


@login_required
def calendar(request: HttpRequest, number: str) -> HttpResponse:
    round = _load(request, number)
    held = {row.stage: queries.days_of(row) for row in round.windows.all()}
    form = forms.CalendarForm(**posted(request), stages=queries.used_stages(round), held=held)
    given = {"round_id": round.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.set_windows, days=form.days(), **given):
        return back(request, "rounds:check", number, said=_("日程已保存"))
    return page(request, "projects/rounds/calendar.html", {"form": form, "round": round, "lay": forms.FirstDayForm()})


@login_required
@require_POST
def lay_calendar(request: HttpRequest, number: str) -> HttpResponse:
    """The whole calendar anew from one day on."""
    round = _load(request, number)
    form = forms.FirstDayForm(**posted(request))
    given = {"round_id": round.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.lay_calendar, **given, **form.cleaned_data):
        return back(request, "rounds:calendar", number, said=_("日程已从这一天起重新排好"))
    return page(request, "projects/rounds/lay_calendar.html", {"form": form, "round": round})


@login_required
def rules(request: HttpRequest, number: str) -> HttpResponse:
    round = _load(request, number)
    form = forms.RulesForm(**posted(request), held=round.rules)
    given = {"round_id": round.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.set_rules, changes=form.changes(), **given):
        return back(request, "rounds:check", number, said=_("规则已保存"))
    return page(request, "projects/rounds/rules.html", {"form": form, "round": round})


@login_required
@require_POST
def open_call(request: HttpRequest, number: str) -> HttpResponse:
    round = _load(request, number)
    services.open_call(round_id=round.pk, by=request.user, now=clock.now())
    return back(request, "desk:round_desk", number, said=_("规则、日程和额度已封存并公布，摘要写在批次页面"))


@login_required
@require_POST
def move_on(request: HttpRequest, number: str) -> HttpResponse:
    """The stage to leave is posted, so that a second click on an old page moves nothing."""
    round = _load(request, number)
    leaving = request.POST.get("leaving", "")
    moved = services.move_on(round_id=round.pk, leaving=leaving, by=request.user, now=clock.now())
    return back(request, "desk:round_desk", number, said=_("已进入下一阶段") if moved else _("这一步已经办过了"))


@login_required
def send_back(request: HttpRequest, number: str) -> HttpResponse:
    round = _load(request, number)
    form = forms.SendBackForm(**posted(request), round=round)
    given = {"round_id": round.pk, "leaving": round.stage, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.send_back, **given, **form.cleaned_data):
        return back(request, "desk:round_desk", number, said=_("已退回，理由已公开"))
    return page(request, "projects/rounds/send_back.html", {"form": form, "round": round})


@login_required
def cancel_round(request: HttpRequest, number: str) -> HttpResponse:
    round = _load(request, number)
    form = forms.ReasonForm(**posted(request))
    given = {"round_id": round.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.cancel_round, **given, **form.cleaned_data):
        return back(request, "desk:round_desk", number, said=_("批次已取消，理由已公开"))
    return page(request, "projects/rounds/cancel_round.html", {"form": form, "round": round})


@require_safe
def frozen(request: HttpRequest, number: str) -> HttpResponse:
    """The frozen text itself, byte for byte, so that anybody can take its digest."""
    round = get_object_or_404(queries.published_rounds(), number=number)
    return download(services.frozen_text(round), JSON, f"{round.number}.json")


@login_required
def words(request: HttpRequest, code: str) -> HttpResponse:
    """The words of a district."""
    district = get_object_or_404(Division, code=code, level="district")
    roles = parties_at(request.user, district, day=clock.today())
    insist(permissions.objection_to("rounds.set_words", roles=roles, stage="rounds"))
    held = queries.wording_of(district)
    form = forms.WordsForm(**posted(request), initial={"vocabulary": held.vocabulary, **held.words})
    given = {"district_id": district.pk, "by": request.user, "now": clock.now()}
    if form.is_valid():
        given |= {"vocabulary": form.cleaned_data["vocabulary"], "words": form.words()}
        if attempt(form, services.set_words, **given):
            return back(request, "rounds:words", code, said=_("用语已保存，居民页面随即改用"))
    return page(request, "projects/rounds/words.html", {"form": form, "district": district, "words": terms.DISHES})
