"""The living style page: every shared component with its states, at /style."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from portal.style import samples
from portal.style.forms import SampleFilter, SampleForm
from portal.web import page


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    context = {
        **samples.ALL,
        "blank_form": SampleForm(),
        "wrong_form": SampleForm({"title": "", "phone": ""}, prefix="wrong"),
        "filter_form": SampleFilter({"stage": "screening"}),
        "paged": Paginator(range(120), 20).page(2),
        "today": samples.at(21, 14),
        "tomorrow": samples.at(22),
        "files": samples.FILES,
    }
    return page(request, "portal/style.html", context)


@require_safe
def style_staff(request: HttpRequest) -> HttpResponse:
    return page(request, "portal/style_staff.html", samples.ALL)


@require_safe
def style_ballot(request: HttpRequest) -> HttpResponse:
    return page(request, "portal/style_ballot.html", samples.ALL)


@require_safe
def style_sheet(request: HttpRequest) -> HttpResponse:
    return page(request, "portal/style_sheet.html", {**samples.ALL, "today": samples.at(21, 14)})
