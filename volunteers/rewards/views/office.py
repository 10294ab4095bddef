"""The street's desk of merchants: who takes part, what they give, who acts for them, the month in sums."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from communities.divisions.models import Division
from communities.roles.queries import within
from communities.roles.rules import Role
from portal import clock
from portal.fields import plain
from portal.web import attempt, back, page, posted
from volunteers.rewards import forms, pages, queries, services
from volunteers.rewards.models import Merchant, MerchantTerm, Offer

A_PAGE = 30
STREET = frozenset({Role.STREET_OFFICER})


def in_sight(request: HttpRequest, key: int) -> Merchant:
    return get_object_or_404(queries.merchants_in_sight(request.user, clock.today()), pk=key)


def to_manage(request: HttpRequest, key: int) -> Merchant:
    """A merchant of the visitor's own street."""
    reach = within(request.user, STREET, clock.today(), "community")
    return get_object_or_404(queries.merchants_shown().filter(reach), pk=key)


def communities_of(request: HttpRequest) -> QuerySet[Division]:
    """Where the visitor registers merchants; 404 when nowhere."""
    rows = Division.objects.filter(within(request.user, STREET, clock.today()), level="community", abolished_on=None)
    if not rows.exists():
        raise Http404
    return rows.order_by("code")


def places_of(request: HttpRequest) -> QuerySet[Division]:
    """Where the visitor publishes benefits; 404 when nowhere."""
    reach = within(request.user, queries.OFFICE, clock.today())
    rows = Division.objects.filter(reach, level__in=["district", "street"], abolished_on=None)
    if not rows.exists():
        raise Http404
    return rows.order_by("path")


@never_cache
@login_required
@require_safe
def office(request: HttpRequest) -> HttpResponse:
    """Merchants of my places with the sums of a month, by place and name: never by how much was redeemed (G15)."""
    month = pages.Month(request.GET.get("month", "")[:7], today=clock.today())
    asked = plain(request.GET.get("q", ""))[:40].strip()
    rows = queries.merchants_in_sight(request.user, clock.today()).filter(name__contains=asked)
    found = Paginator(queries.with_offers(rows, clock.today()), A_PAGE).get_page(request.GET.get("page"))
    sums = queries.sums_by_merchant([row.pk for row in found], *month.span)
    listed = [(row, *sums.get(row.pk, (0, 0))) for row in found]
    context = {"found": found, "listed": listed, "month": month, "asked": asked}
    return page(request, "volunteers/rewards/office.html", context)


@login_required
def register_merchant(request: HttpRequest) -> HttpResponse:
    form = forms.MerchantForm(**posted(request), communities=communities_of(request))
    given = {"by": request.user, "now": clock.now()}
    if form.is_valid() and (done := attempt(form, services.register_merchant, **given, **form.cleaned_data)):
        return back(request, "rewards:manage", done.value.pk, said=_("商家已登记，接着可以发布礼遇、指定经办人。"))
    return page(request, "volunteers/rewards/register_merchant.html", {"form": form})


@never_cache
@login_required
@require_safe
def manage(request: HttpRequest, key: int) -> HttpResponse:
    """One merchant: its offers with what is left, its people, the way to its statements."""
    held = in_sight(request, key)
    terms = queries.terms_of(held, clock.today())[:20]
    context = {"merchant": held, "offers": queries.offers_of(held)[:50], "terms": terms, "today": clock.today()}
    return page(request, "volunteers/rewards/manage.html", context)


@login_required
def publish_offer(request: HttpRequest, key: int) -> HttpResponse:
    held = to_manage(request, key)
    form = forms.OfferForm(**posted(request), initial={"starts_on": clock.today()})
    given = {"merchant_id": held.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.publish_offer, **given, **form.cleaned_data):
        return back(request, "rewards:manage", held.pk, said=_("礼遇已发布。"))
    return page(request, "volunteers/rewards/publish_offer.html", {"form": form, "merchant": held})


@login_required
@require_POST
def withdraw_offer(request: HttpRequest, key: int) -> HttpResponse:
    mine = queries.merchants_in_sight(request.user, clock.today())
    offer = get_object_or_404(Offer, pk=key, merchant__in=mine)
    services.withdraw_offer(offer_id=offer.pk, by=request.user, now=clock.now())
    return back(request, "rewards:manage", offer.merchant_id, said=_("礼遇已停止兑换，已经换到的码仍然有效。"))


@login_required
def appoint(request: HttpRequest, key: int) -> HttpResponse:
    held = to_manage(request, key)
    form = forms.TermForm(**posted(request), initial={"starts_on": clock.today()})
    given = {"merchant_id": held.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.appoint_person, **given, **form.cleaned_data):
        return back(request, "rewards:manage", held.pk, said=_("经办人已指定，他会收到通知。"))
    return page(request, "volunteers/rewards/appoint.html", {"form": form, "merchant": held})


@login_required
@require_POST
def end_appointment(request: HttpRequest, key: int) -> HttpResponse:
    mine = queries.merchants_in_sight(request.user, clock.today())
    term = get_object_or_404(MerchantTerm, pk=key, merchant__in=mine)
    services.end_appointment(term_id=term.pk, by=request.user, now=clock.now())
    return back(request, "rewards:manage", term.merchant_id, said=_("已停止他的经办权限。"))


@login_required
def publish_benefit(request: HttpRequest) -> HttpResponse:
    form = forms.BenefitForm(**posted(request), places=places_of(request), initial={"starts_on": clock.today()})
    given = {"by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.publish_benefit, **given, **form.cleaned_data):
        return back(request, "rewards:benefits", said=_("礼遇已发布。"))
    return page(request, "volunteers/rewards/publish_benefit.html", {"form": form})
