"""The office and the team's leader: hours by hand, long days to review, reversal with the reason, the tariff."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from communities.accounts.models import User
from communities.divisions.models import Division
from communities.roles.queries import within
from communities.roles.rules import Role
from portal import clock
from portal.web import attempt, back, page, posted
from volunteers import permissions
from volunteers.parties import parties_to_volunteer
from volunteers.timebank import forms, pages, queries, services
from volunteers.timebank.models import HourRecord, Portion

A_PAGE = 30


@never_cache
@login_required
@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """Parts over eight hours a day that wait for my office, oldest first."""
    waiting = queries.portions_waiting(request.user, today=clock.today())
    found = Paginator(waiting, A_PAGE).get_page(request.GET.get("page"))
    offices = queries.offices_of(request.user, today=clock.today())
    context = {"found": found, "rows": [pages.waiting_of(row) for row in found], "offices": offices}
    return page(request, "volunteers/timebank/review.html", context)


def portion_in_sight(request: HttpRequest, key: int) -> Portion:
    return get_object_or_404(queries.portions_in_sight(request.user, today=clock.today()), pk=key)


@login_required
@require_POST
def confirm(request: HttpRequest, key: int) -> HttpResponse:
    portion = portion_in_sight(request, key)
    services.confirm_portion(portion_id=portion.pk, by=request.user, now=clock.now())
    return back(request, "timebank:review", said=_("这部分时长已计入。"))


@login_required
def refuse(request: HttpRequest, key: int) -> HttpResponse:
    portion = portion_in_sight(request, key)
    form = forms.ReasonForm(**posted(request))
    given = {"portion_id": portion.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.refuse_portion, **given, **form.cleaned_data):
        return back(request, "timebank:review", said=_("这部分时长没有计入，志愿者会看到理由。"))
    return page(request, "volunteers/timebank/refuse.html", {"form": form, "row": pages.waiting_of(portion)})


@never_cache
@login_required
def people(request: HttpRequest) -> HttpResponse:
    """Find a volunteer of mine by phone; nobody is listed."""
    if not queries.keeps_hours(request.user, today=clock.today()):
        raise Http404
    form = forms.FindForm(**posted(request))
    phone = form.cleaned_data["phone"] if form.is_valid() else ""
    mine = queries.volunteers_in_sight(request.user, today=clock.today())
    found = mine.filter(person=User.objects.with_phone(phone)).first() if phone else None
    if found:
        return back(request, "timebank:volunteer", found.pk)
    return page(request, "volunteers/timebank/people.html", {"form": form, "missed": bool(phone)})


@never_cache
@login_required
@require_safe
def volunteer(request: HttpRequest, key: int) -> HttpResponse:
    """One volunteer's hours, for the leader and the office: to enter what was not scanned, to reverse what is wrong."""
    held = get_object_or_404(queries.volunteers_in_sight(request.user, today=clock.today()), pk=key)
    found = Paginator(queries.records_of(held), A_PAGE).get_page(request.GET.get("page"))
    parties = parties_to_volunteer(request.user, held, day=clock.today())
    context = {
        "held": held,
        "balances": queries.balances_of(held),
        "found": found,
        "lines": [pages.line_of(record) for record in found],
        "reverses": permissions.objection_to("timebank.reverse_record", roles=parties) is None,
    }
    return page(request, "volunteers/timebank/volunteer.html", context)


@login_required
def enter(request: HttpRequest, key: int) -> HttpResponse:
    held = get_object_or_404(queries.volunteers_in_sight(request.user, today=clock.today()), pk=key)
    form = forms.HandForm(**posted(request), initial={"on": clock.today()})
    given = {"volunteer_id": held.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.record_by_hand, **given, **form.cleaned_data):
        return back(request, "timebank:volunteer", held.pk, said=_("已登记。这段时长永远标明是手工登记的。"))
    return page(request, "volunteers/timebank/enter.html", {"form": form, "held": held})


@login_required
def reverse(request: HttpRequest, key: int) -> HttpResponse:
    record: HourRecord | None = queries.record_in_sight(request.user, key, today=clock.today())
    if record is None:
        raise Http404
    form = forms.ReasonForm(**posted(request))
    given = {"record_id": record.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.reverse_record, **given, **form.cleaned_data):
        return back(request, "timebank:volunteer", record.volunteer_id, said=_("已冲正，原记录保留。需要的话请重新登记。"))
    return page(request, "volunteers/timebank/reverse.html", {"form": form, "line": pages.line_of(record)})


@login_required
def publish_tariff(request: HttpRequest, code: str) -> HttpResponse:
    """The district publishes what an hour is worth from a day on."""
    reach = within(request.user, frozenset({Role.DISTRICT_OFFICER}), clock.today())
    district = get_object_or_404(Division.objects.filter(reach, level="district"), code=code)
    form = forms.TariffForm(**posted(request), initial={"starts_on": clock.today(), "per_hour": 10, "lasts_years": 1})
    given = {"district_id": district.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.publish_tariff, **given, **form.cleaned_data):
        return back(request, "timebank:tariff", said=_("积分标准已公布。"))
    return page(request, "volunteers/timebank/publish_tariff.html", {"form": form, "district": district})
