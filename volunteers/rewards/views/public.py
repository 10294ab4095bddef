"""What anybody may see: offers, merchants, benefits. What a volunteer does: take an offer, show its code."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal import clock
from portal.web import attempt, back, page, posted
from volunteers.rewards import forms, pages, queries, rules, services
from volunteers.rewards.models import Redemption

A_PAGE = 24


@never_cache
@require_safe
def offers(request: HttpRequest) -> HttpResponse:
    """What can be taken today; for a volunteer, in her street first of all, with what she still lacks."""
    today, volunteer = clock.today(), pages.volunteer_of(request.user)
    near = volunteer.community.parent if volunteer and "all" not in request.GET else None
    points = pages.points_of(volunteer, today)
    found = Paginator(queries.open_offers(today, place=near), A_PAGE).get_page(request.GET.get("page"))
    rows = [(offer, pages.lacks(offer, points)) for offer in found]
    context = {"found": found, "rows": rows, "near": near, "points": points, "volunteer": volunteer}
    return page(request, "volunteers/rewards/offers.html", context)


@require_safe
def merchant(request: HttpRequest, key: int) -> HttpResponse:
    held = get_object_or_404(queries.merchants_shown(), pk=key)
    today = clock.today()
    standing = queries.open_offers(today).filter(merchant=held)
    context = {"merchant": held, "offers": standing[:50], "acts": queries.acts_for_maybe(request.user, held, today)}
    return page(request, "volunteers/rewards/merchant.html", context)


@never_cache
@require_safe
def benefits(request: HttpRequest) -> HttpResponse:
    """What public bodies grant for hours; for a volunteer, what she has reached."""
    volunteer = pages.volunteer_of(request.user)
    place = volunteer.community if volunteer and "all" not in request.GET else None
    found = Paginator(queries.benefits_on(clock.today(), place=place), A_PAGE).get_page(request.GET.get("page"))
    context = {"found": found, "rows": pages.benefits_for(list(found), volunteer), "volunteer": volunteer}
    return page(request, "volunteers/rewards/benefits.html", context)


@never_cache
@login_required
def take(request: HttpRequest, key: int) -> HttpResponse:
    """Check what is taken, then take it."""
    offer = get_object_or_404(queries.offers_shown(), pk=key)
    form = forms.TakeForm(**posted(request))
    if form.is_valid() and (done := attempt(form, services.take_offer, offer_id=key, by=request.user, now=clock.now())):
        return back(request, "rewards:redemption", done.value.pk)
    points = pages.points_of(pages.volunteer_of(request.user), clock.today())
    context = {"form": form, "offer": offer, "points": points, "minutes": rules.HOLDS.seconds // 60}
    return page(request, "volunteers/rewards/take.html", context)


def own(request: HttpRequest, key: int) -> Redemption:
    """The visitor's own redemption; 404 for everybody else's."""
    rows = Redemption.objects.select_related("offer__merchant__community", "volunteer")
    return get_object_or_404(rows, pk=key, volunteer__person=request.user)


@never_cache
@login_required
@require_safe
def redemption(request: HttpRequest, key: int) -> HttpResponse:
    """The code for the counter, until when it is good; afterwards what became of it."""
    held = own(request, key)
    good = held.state == Redemption.State.HELD and held.expires_at > clock.now()
    context = {
        "redemption": held,
        "good": good,
        "qr": pages.qr_of(request, held) if good else "",
        "code": rules.spoken(held.code),
    }
    return page(request, "volunteers/rewards/redemption.html", context)


@login_required
@require_POST
def cancel(request: HttpRequest, key: int) -> HttpResponse:
    held = own(request, key)
    services.cancel_redemption(redemption_id=held.pk, by=request.user, now=clock.now())
    return back(request, "rewards:redemptions", said=_("已取消，积分已经退回。"))


@never_cache
@login_required
@require_safe
def redemptions(request: HttpRequest) -> HttpResponse:
    """My redemptions, newest first."""
    rows = Redemption.objects.filter(volunteer__person=request.user).select_related("offer__merchant")
    found = Paginator(rows.order_by("-held_at", "-pk"), A_PAGE).get_page(request.GET.get("page"))
    return page(request, "volunteers/rewards/redemptions.html", {"found": found})
