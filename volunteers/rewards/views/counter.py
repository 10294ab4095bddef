"""The merchant's phone: find a code, hand the thing over once; the month's statement."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal import clock, sheets
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _
from portal.web import attempt, back, page, posted
from volunteers import permissions
from volunteers.rewards import forms, pages, queries, rules, services
from volunteers.rewards.models import Merchant, Redemption

A_PAGE = 30


def acting(request: HttpRequest) -> list[Merchant]:
    """The merchants for which the visitor acts; a volunteer who scans her own code is told who scans it."""
    mine = list(queries.merchants_of(request.user, clock.today())[:20])
    if not mine:
        who = _("这个页面给爱心商家的经办人使用。")
        insist(Refusal("not_a_merchant", who, next=_("请把二维码给商家扫。"), status=403))
    return mine


@never_cache
@login_required
@require_safe
def counter(request: HttpRequest) -> HttpResponse:
    """Type or scan a code; the page says what it is for before anything is confirmed."""
    mine = acting(request)
    form = forms.CodeForm(request.GET if "code" in request.GET else None)
    asked = form.is_valid()
    found = (
        queries.redemption_coded(form.cleaned_data["code"], queries.merchants_of(request.user, clock.today()))
        if asked
        else None
    )
    refusal = pages.refusal_at_counter(found, by=request.user, now=clock.now()) if found else ""
    context = {"form": form, "asked": asked, "found": found, "refusal": refusal, "merchants": mine}
    return page(request, "volunteers/rewards/counter.html", context)


@login_required
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Hand it over. A second press, or a second phone, is told that the code is used."""
    form = forms.CodeForm(**posted(request))
    given = {"by": request.user, "now": clock.now()}
    if form.is_valid() and (done := attempt(form, services.confirm_redemption, **given, **form.cleaned_data)):
        return back(request, "rewards:confirmed", done.value.pk)
    context = {"form": form, "merchants": acting(request)}
    return page(request, "volunteers/rewards/counter.html", context)


@never_cache
@login_required
@require_safe
def confirmed(request: HttpRequest, key: int) -> HttpResponse:
    mine = queries.merchants_of(request.user, clock.today())
    rows = Redemption.objects.filter(state="redeemed", offer__merchant__in=mine).select_related("offer__merchant")
    held = get_object_or_404(rows, pk=key)
    return page(request, "volunteers/rewards/confirmed.html", {"redemption": held, "code": rules.spoken(held.code)})


def readable(request: HttpRequest, key: int) -> Merchant:
    """A merchant whose statement the visitor may read."""
    held = get_object_or_404(queries.merchants_shown(), pk=key)
    parties = queries.parties_to_merchant(request.user, held, day=clock.today())
    if permissions.objection_to("rewards.see_statement", roles=parties):
        raise Http404
    return held


@never_cache
@login_required
@require_safe
def statement(request: HttpRequest, key: int) -> HttpResponse:
    """A month of one merchant: sums by offer, then each redemption; nobody's name stands here."""
    held, month = readable(request, key), pages.Month(request.GET.get("month", "")[:7], today=clock.today())
    lines = queries.statement(held, *month.span)
    rows = (
        queries.redeemed(*month.span).filter(offer__merchant=held).select_related("offer").order_by("-ended_at", "-pk")
    )
    found = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {"merchant": held, "month": month, "lines": lines, "sums": pages.counted(lines), "found": found}
    return page(request, "volunteers/rewards/statement.html", context)


@login_required
@require_safe
def statement_xlsx(request: HttpRequest, key: int) -> HttpResponse:
    held, month = readable(request, key), pages.Month(request.GET.get("month", "")[:7], today=clock.today())
    return sheets.answered(pages.statement_sheets(held, month), form="xlsx", name=f"statement-{held.pk}-{month.key}")
