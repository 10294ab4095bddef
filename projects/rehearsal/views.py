"""A rehearsal's pages: the office starts, counts and wipes it; test people try the ballot with a code."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from portal import clock
from portal.files import TEXT, download
from portal.refusals import insist
from portal.web import attempt, back, page, posted
from projects import permissions
from projects.parties import parties_at
from projects.rehearsal import queries, services
from projects.rehearsal.forms import CodeForm, StartForm
from projects.rehearsal.models import Rehearsal, RehearsalPerson
from projects.rehearsal.pages import sheet_for
from projects.rounds.models import Envelope
from projects.rounds.queries import rounds_of_office
from projects.tally.rules import REASONS, RULE_TITLES
from projects.voting.forms import FORMS
from projects.voting.pages import Sheet, checked, marked

KEY = "rehearsal"


@never_cache
@login_required
def rehearsals(request: HttpRequest, number: str) -> HttpResponse:
    """The communities of a round, each with its rehearsal."""
    batch = get_object_or_404(rounds_of_office(request.user, clock.today()), number=number)
    return page(request, "projects/rehearsal/rehearsals.html", {"round": batch, "rows": queries.envelopes_of(batch)})


@never_cache
@login_required
def rehearsal(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Start one; or its codes, how far it is, its result, and the way to wipe it."""
    envelope = envelope_or_404(request, number, code)
    form = StartForm(**posted(request))
    given = {"envelope_id": envelope.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.start_rehearsal, people=form.cleaned_data["people"], **given):
        return back(request, "rehearsal:rehearsal", number, code, said=_("演练开始了，请把演练码发给测试人员。"))
    held = queries.rehearsal_of(envelope)
    context = {"round": envelope.round, "community": envelope.community, "held": held, "form": form}
    people = list(held.people.all()) if held else []
    told = {"people": people, "tried": sum(each.choices is not None for each in people), "rehearsing": True}
    return page(request, "projects/rehearsal/rehearsal.html", {**context, **told, **words_of(held)})


@login_required
@require_POST
def fill(request: HttpRequest, number: str, code: str) -> HttpResponse:
    held = rehearsal_or_404(request, number, code)
    count = services.fill_rehearsal(rehearsal_id=held.pk, by=request.user, now=clock.now())
    said = _("已替 %(count)s 位测试人员随机投票。") % {"count": count}
    return back(request, "rehearsal:rehearsal", number, code, said=said)


@login_required
@require_POST
def count(request: HttpRequest, number: str, code: str) -> HttpResponse:
    held = rehearsal_or_404(request, number, code)
    services.count_rehearsal(rehearsal_id=held.pk, by=request.user, now=clock.now())
    return back(request, "rehearsal:rehearsal", number, code, said=_("演练计票完成。"))


@login_required
@require_POST
def wipe(request: HttpRequest, number: str, code: str) -> HttpResponse:
    held = rehearsal_or_404(request, number, code)
    services.wipe_rehearsal(rehearsal_id=held.pk, by=request.user, now=clock.now())
    return back(request, "rehearsal:rehearsals", number, said=_("演练已全部清除，只保留操作日志。"))


@never_cache
@login_required
def ballots_pb(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """The rehearsal's ballots; the file says in its head that it is experimental."""
    held = rehearsal_or_404(request, number, code)
    if held.result is None:
        raise Http404
    return download(queries.ballots_file(held), TEXT, f"rehearsal-{number}-{code}.pb")


@never_cache
def enter(request: HttpRequest) -> HttpResponse:
    """A test person types her code."""
    form = CodeForm(**posted(request))
    if form.is_valid():
        request.session[KEY] = form.person.pk
        return redirect("rehearsal:ballot")
    return page(request, "projects/rehearsal/enter.html", {"form": form, "rehearsing": True})


@never_cache
def ballot(request: HttpRequest) -> HttpResponse:
    _form, sheet = filled(request, person_or_404(request))
    return page(request, "projects/rehearsal/ballot.html", {"sheet": sheet, "form": None, "rehearsing": True})


@never_cache
@require_POST
def review(request: HttpRequest) -> HttpResponse:
    """As the real one: everything chosen, before it is cast; the ballot again when something is wrong with it."""
    form, sheet = filled(request, person_or_404(request))
    fine = form.is_valid() and checked(form, sheet)
    shown = "projects/rehearsal/review.html" if fine else "projects/rehearsal/ballot.html"
    return page(request, shown, {"sheet": sheet, "form": form, "rehearsing": True})


@never_cache
@require_POST
def bar(request: HttpRequest) -> HttpResponse:
    """The sticky bar for what is ticked now; nothing is kept."""
    _form, sheet = filled(request, person_or_404(request))
    return page(request, "projects/voting/_bar.html", {"sheet": sheet})


@never_cache
@require_POST
def cast(request: HttpRequest) -> HttpResponse:
    person = person_or_404(request)
    form, sheet = filled(request, person)
    if form.is_valid() and attempt(form, services.try_ballot, person_id=person.pk, choices=form.chosen()):
        return redirect("rehearsal:receipt")
    return page(request, "projects/rehearsal/ballot.html", {"sheet": sheet, "form": form, "rehearsing": True})


@never_cache
def receipt(request: HttpRequest) -> HttpResponse:
    person = person_or_404(request)
    if person.choices is None:
        raise Http404
    return page(request, "projects/rehearsal/receipt.html", {"person": person, "rehearsing": True})


def filled(request: HttpRequest, person: RehearsalPerson) -> tuple[BaseForm, Sheet]:
    """The test person's sheet, and what was sent of it."""
    sheet = sheet_for(person)
    form = FORMS[sheet.form_kind](**posted(request), candidates=sheet.candidates)
    return form, marked(sheet, form)


def envelope_or_404(request: HttpRequest, number: str, code: str) -> Envelope:
    batch = get_object_or_404(rounds_of_office(request.user, clock.today()).select_related("street"), number=number)
    roles = parties_at(request.user, batch.street, day=clock.today())
    insist(permissions.objection_to("rehearsal.wipe_rehearsal", roles=roles, stage=batch.stage))
    if (found := queries.envelope_in(batch, code)) is None:
        raise Http404
    found.round = batch
    return found


def rehearsal_or_404(request: HttpRequest, number: str, code: str) -> Rehearsal:
    if (held := queries.rehearsal_of(envelope_or_404(request, number, code))) is None:
        raise Http404
    return held


def person_or_404(request: HttpRequest) -> RehearsalPerson:
    """Whose code this browser has typed, while the round is before its vote."""
    if (person := queries.person_of(request.session.get(KEY))) is None:
        raise Http404
    insist(services.objection_to_stage(person.rehearsal.round))
    return person


def words_of(held: Rehearsal | None) -> dict:
    """The result's codes in words."""
    if held is None or held.result is None:
        return {}
    lines = [{**line, "why": _(REASONS.get(line["reason"], line["reason"]))} for line in held.result["lines"]]
    return {"lines": lines, "rule": _(RULE_TITLES.get(held.result["rule"], held.result["rule"]))}
