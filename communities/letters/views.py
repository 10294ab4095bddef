"""Codes on paper: the worker prints and stops them, the resident types hers in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communities.letters import forms, queries, services
from communities.letters.models import CodeBatch
from communities.residents.queries import residency_of
from communities.roles.queries import places_held
from portal import clock
from portal.files import serve
from portal.web import attempt, back, page, posted

A_PAGE = 20


def batch_in_sight(request: HttpRequest, number: int) -> CodeBatch:
    batch = queries.in_sight(request.user, clock.today(), number)
    if batch is None:
        raise Http404
    return batch


@login_required
def batches(request: HttpRequest) -> HttpResponse:
    """Have letters printed; the earlier batches below."""
    places = places_held(request.user, queries.WORKERS, clock.today())
    if not places:
        raise Http404
    form = forms.BatchForm(**posted(request), places=places)
    given = {"address": request.build_absolute_uri(reverse("letters:use")), "by": request.user, "now": clock.now()}
    if form.is_valid() and (done := attempt(form, services.print_codes, **form.ordered(), **given)):
        return redirect("letters:batch", done.value.pk)
    listed = Paginator(queries.batches_of(request.user, clock.today()), A_PAGE).get_page(request.GET.get("page"))
    return page(request, "communities/letters/batches.html", {"form": form, "listed": listed})


@login_required
def batch(request: HttpRequest, number: int) -> HttpResponse:
    """One print: its file, how many were used, stopping it."""
    held, form = batch_in_sight(request, number), forms.StopForm(**posted(request))
    given = {"batch_id": held.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.stop_batch, reason=form.cleaned_data["reason"], **given):
        return back(request, "letters:batch", held.pk, said=_("已作废，没有用过的验证码不能再用。"))
    busy = not held.file and held.job is not None and held.job.state in ("waiting", "running")
    shown = {"batch": held, "form": form, "busy": busy, "over": clock.today() > held.last_day}
    return page(request, "communities/letters/batch.html", shown, fragment="communities/letters/_batch.html")


@login_required
@require_POST
def for_printer(request: HttpRequest, number: int) -> HttpResponse:
    """The file for the printer."""
    held = batch_in_sight(request, number)
    if not held.file:
        raise Http404
    services.fetch_letters(batch_id=held.pk, by=request.user, now=clock.now())
    return serve(held.file, title=f"验证码信-{held.pk}.pdf")


@login_required
def use(request: HttpRequest) -> HttpResponse:
    """Type the code of a letter in."""
    home = residency_of(request.user)
    if home is None:
        return redirect("residents:choose_home")
    form = forms.CodeForm(**posted(request))
    given = {"by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.use_code, code=form.cleaned_data["code"], **given):
        return back(request, "residents:home", said=_("验证码正确，您的居住登记已核实。"))
    return page(request, "communities/letters/use.html", {"form": form, "residency": home})
