"""Authorisations: a member lets another vote in her stead, the clerk enters a signed paper, either takes it back."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal import clock
from portal.web import attempt, back, page, posted
from projects.deliberation import forms, pages, queries, services
from projects.deliberation.models import Mandate
from projects.deliberation.services.locked import allow
from projects.deliberation.views import load


@login_required
def mandates(request: HttpRequest, number: str) -> HttpResponse:
    """The clerk's page: what stands, and a form for a signed paper."""
    row = load(number)
    allow("deliberation.convene_meeting", row, by=request.user, now=clock.now())
    form = forms.PaperMandateForm(**posted(request), people=queries.members_on_the_day(row))
    who = {"meeting_id": row.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.give_mandate, **who, **form.given()):
        return back(request, "deliberation:mandates", number, said=_("委托已登记，已通知双方"))
    return page(request, "projects/deliberation/mandates.html", {"form": form, **pages.mandates_sheet(row)})


@login_required
def mandate(request: HttpRequest, number: str) -> HttpResponse:
    """The member's page: whom she asks, and taking it back."""
    row = load(number)
    others = queries.fellows_of(request.user, row)
    if others is None:
        raise Http404
    form = forms.MandateForm(**posted(request), people=others)
    who = {"meeting_id": row.pk, "person_id": request.user.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.give_mandate, **who, **form.given()):
        return back(request, "deliberation:papers", number, said=_("委托已登记，已通知双方"))
    context = {"form": form, **pages.mandates_sheet(row), "given": queries.mandate_between(row, request.user)}
    return page(request, "projects/deliberation/mandate.html", context)


@require_POST
@login_required
def revoke_mandate(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Mandate.objects.select_related("meeting"), pk=pk)
    services.revoke_mandate(mandate_id=row.pk, by=request.user, now=clock.now())
    page_of = "papers" if request.user.pk in (row.person_id, row.holder_id) else "mandates"
    return back(request, f"deliberation:{page_of}", row.meeting.number, said=_("委托已撤回，已通知双方"))
