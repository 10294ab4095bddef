"""The ballot page, its review, casting, the receipt."""

from __future__ import annotations

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from portal import clock
from portal.web import attempt, back, page, posted
from projects.voting import pages, queries, services, unfinished
from projects.voting.forms import FORMS
from projects.voting.models import Slate
from projects.voting.visits import voter_required


@never_cache
@voter_required
def ballot(request: HttpRequest, number: str) -> HttpResponse:
    """The ballot with what she has chosen before, or with what she sends along; or the reason why she cannot vote."""
    _form, sheet = filled(request, slate_or_404(request, number))
    return page(request, "projects/voting/ballot.html", {"sheet": sheet, "form": None})


@never_cache
@voter_required
@require_POST
def review(request: HttpRequest, number: str) -> HttpResponse:
    """Everything chosen, before it is cast; the ballot again when something is wrong with it, or why she cannot vote."""
    slate = slate_or_404(request, number)
    form, sheet = filled(request, slate)
    if not sheet.why_not and form.is_valid() and pages.checked(form, sheet):
        services.note_started(slate, by=request.voter, now=clock.now())
        return unfinished.remember(request, page(request, "projects/voting/review.html", {"sheet": sheet}), number)
    return page(request, "projects/voting/ballot.html", {"sheet": sheet, "form": form})


@never_cache
@voter_required
@require_POST
def bar(request: HttpRequest, number: str) -> HttpResponse:
    """The sticky bar for what is ticked now; nothing is kept."""
    _form, sheet = filled(request, slate_or_404(request, number))
    return page(request, "projects/voting/_bar.html", {"sheet": sheet})


@never_cache
@voter_required
@require_POST
def cast(request: HttpRequest, number: str) -> HttpResponse:
    """Cast what was reviewed; a second click gets the same receipt. The page is laid out only for who is refused."""
    slate = slate_or_404(request, number)
    form = FORMS[slate.round.rules["ballot"]](**posted(request), candidates=queries.titles_on(slate))
    who = {"slate_id": slate.pk, "by": request.voter, "centre": request.kiosk and request.kiosk.kiosk.centre_id}
    if form.is_valid() and attempt(form, services.cast_ballot, choices=form.chosen(), **who):
        return unfinished.forget(back(request, "voting:receipt", number))  # says it; a session row would tell when
    sheet = pages.marked(sheet_of(request, slate), form)
    return page(request, "projects/voting/ballot.html", {"sheet": sheet, "form": form})


@never_cache
@voter_required
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """Her receipt: the tracker while voting is open, and where to find it afterwards."""
    slate = slate_or_404(request, number)
    took_part = queries.participation_of(slate, request.voter)
    if took_part is None:
        raise Http404
    held = queries.ballot_of(slate, request.voter)
    told = {"slate": slate, "took_part": took_part, "ballot": held, "window": queries.window_of(slate.round)}
    return page(request, "projects/voting/receipt.html", {**told, "qr": pages.qr_of(held)})


def slate_or_404(request: HttpRequest, number: str) -> Slate:
    """The voter's slate; at a device only the one that the device is for."""
    slate = queries.slate_of(number, request.voter)
    if slate is None or (request.kiosk and request.kiosk.kiosk.slate_id != slate.pk):
        raise Http404
    return slate


def filled(request: HttpRequest, slate: Slate) -> tuple[BaseForm, pages.Sheet]:
    """Her sheet, and what she sent of it."""
    sheet = sheet_of(request, slate)
    form = FORMS[sheet.form_kind](**posted(request), candidates=sheet.candidates)
    return form, pages.marked(sheet, form)


def sheet_of(request: HttpRequest, slate: Slate) -> pages.Sheet:
    """At a device what she cast before is not shown: whoever let her in must not see it either."""
    return pages.sheet_for(slate, request.voter, now=clock.now(), blank=request.kiosk is not None)
