"""The end of the round's key: two street officers sign, one after the other."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from portal import clock
from portal.web import attempt, back, page, posted, words
from projects.rounds.queries import rounds_of_office
from projects.voting import queries, rules, services


@never_cache
@login_required
def ceremony(request: HttpRequest, number: str) -> HttpResponse:
    """How far it is, what this officer can do, and the button."""
    batch = get_object_or_404(rounds_of_office(request.user, clock.today()), number=number)
    form = Form(**posted(request))
    given = {"round_id": batch.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.sign_key_end, **given):
        return back(request, "voting:ceremony", number, said=_("您的确认已经记录。"))
    held = queries.ceremony_of(batch)
    objection = rules.objection_to_signing(person=request.user.pk, signed=held.signers, gone=held.end is not None)
    objection = objection or queries.objection_to_key_end(batch)
    told = {"round": batch, "held": held, "form": form, "why_not": words(objection) if objection else ""}
    return page(request, "projects/voting/ceremony.html", told)
