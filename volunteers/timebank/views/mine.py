"""A volunteer's own hours, points and certificates; what anybody may read: the tariff, and whether a certificate is true."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from communities.divisions.models import Division
from portal import clock
from portal.files import PAPERS, download
from portal.web import attempt, back, page, posted
from volunteers.teams.models import Volunteer
from volunteers.timebank import forms, pages, queries, services
from volunteers.timebank.certificate import pdf_of

A_PAGE = 20


def own(request: HttpRequest) -> Volunteer:
    """The visitor as a volunteer; 404 for who never was one."""
    volunteer = queries.volunteer_of(request.user)
    if volunteer is None:
        raise Http404
    return volunteer


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Hours by how they came in, what waits, points with their last days, each record with its reason."""
    volunteer, today = own(request), clock.today()
    found = Paginator(queries.records_of(volunteer), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "held": queries.balances_of(volunteer),
        "tariff": queries.tariff_on(volunteer.community, today),
        "found": found,
        "lines": [pages.line_of(record) for record in found],
        "certificates": queries.certificates_of(volunteer)[:5],
        "today": today,
    }
    return page(request, "volunteers/timebank/mine.html", context)


@never_cache
@login_required
def certify(request: HttpRequest) -> HttpResponse:
    """Choose the period; the certificate is made from the ledger."""
    volunteer, today = own(request), clock.today()
    form = forms.PeriodForm(**posted(request), initial={"first_on": date(today.year, 1, 1), "last_on": today})
    given = {"by": request.user, "now": clock.now()}
    if form.is_valid() and (done := attempt(form, services.issue_certificate, **given, **form.cleaned_data)):
        said = _("证书 %(number)s 已开具，可以下载了。") % {"number": done.value.number}
        return back(request, "timebank:certify", said=said)
    context = {"form": form, "found": queries.certificates_of(volunteer)[:A_PAGE]}
    return page(request, "volunteers/timebank/certify.html", context)


@never_cache
@login_required
@require_safe
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """The volunteer's own certificate with her full name; nobody else gets this file from here."""
    held = queries.certificates_of(own(request)).filter(number=number).select_related("volunteer__person").first()
    if held is None:
        raise Http404
    address = request.build_absolute_uri(f"{reverse('timebank:verify')}?number={held.number}")
    return download(pdf_of(held, address=address), PAPERS["pdf"], f"{held.number}.pdf")


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Is this certificate true? Shows the figures and a masked name."""
    form = forms.VerifyForm(request.GET if "number" in request.GET else None)
    asked = form.is_valid()
    held = queries.certificate_numbered(form.cleaned_data["number"]) if asked else None
    context = {"form": form, "asked": asked, "found": pages.verified(held) if held else None}
    return page(request, "volunteers/timebank/verify.html", context)


@require_safe
def tariff(request: HttpRequest) -> HttpResponse:
    """What an hour is worth in points, by district, now and before."""
    districts = Division.objects.filter(tariffs__isnull=False).distinct().order_by("code")[:20]
    rows = [(district, queries.tariffs_of(district)[:10]) for district in districts]
    return page(request, "volunteers/timebank/tariff.html", {"rows": rows, "today": clock.today()})
