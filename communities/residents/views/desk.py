"""The community worker's desk: who says she lives here, and is it so."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communities.accounts import phones
from communities.residents import forms, queries, services
from communities.residents.models import Residency
from communities.roles.queries import roles_anywhere
from communities.roles.rules import Role
from portal import clock, masking
from portal.web import attempt, back, page, posted

A_PAGE = 30


def in_workers_sight(request: HttpRequest, number: int) -> Residency:
    residency = queries.in_sight(request.user, clock.today(), number)
    if residency is None:
        raise Http404
    return residency


def masked_phone(residency: Residency) -> str:
    sealed = residency.person.phone_cipher
    return masking.mask_phone(phones.unseal(sealed)) if sealed else ""


@login_required
def vouching(request: HttpRequest) -> HttpResponse:
    """Declared people of her communities, masked; those confirmed on a second tab."""
    if Role.COMMUNITY_WORKER not in roles_anywhere(request.user, clock.today()):
        raise Http404
    form, proved = forms.SearchForm(request.GET), request.GET.get("tab") == "proved"
    typed = form.typed()
    found = queries.waiting_for_check(request.user, clock.today(), text=typed, proved=proved)
    listed = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    rows = [(residency, masked_phone(residency)) for residency in listed]
    shown = {"rows": rows, "listed": listed, "typed": typed, "proved": proved}
    return page(request, "communities/residents/vouching.html", shown)


@login_required
def check(request: HttpRequest, number: int) -> HttpResponse:
    """Confirm at the counter, or refuse with a reason."""
    residency = in_workers_sight(request, number)
    form = forms.CheckForm(**posted(request))
    given = {"residency_id": residency.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.check_residency, **form.cleaned_data, **given):
        return back(request, "residents:vouching", said=_("已记录，居民会收到通知。"))
    shown = {"form": form, "residency": residency, "phone": masked_phone(residency), "ask": forms.ReasonForm()}
    shown["checks"] = residency.checks.select_related("by").order_by("at")
    return page(request, "communities/residents/check.html", shown)


@login_required
@require_POST
def reveal_phone(request: HttpRequest, number: int) -> HttpResponse:
    """The whole number, once, on the page that answers; never in an address or a list."""
    residency = in_workers_sight(request, number)
    ask = forms.ReasonForm(request.POST)
    given = {"residency_id": residency.pk, "by": request.user, "now": clock.now()}
    done = ask.is_valid() and attempt(ask, services.reveal_phone, reason=ask.cleaned_data["reason"], **given)
    shown = {"residency": residency, "phone": masked_phone(residency), "ask": ask, "whole": done.value if done else ""}
    return page(request, "communities/residents/reveal_phone.html", shown | {"form": ask})
