"""Providers, contracts and payments."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communities.divisions.models import Division
from communities.roles.queries import within
from portal import clock
from portal.fields import plain
from portal.refusals import insist
from portal.web import attempt, back, page, posted
from projects import permissions
from projects.funding import acts, forms, queries, services
from projects.funding.models import Contract, Payment
from projects.parties import parties_at


def _street_of(request: HttpRequest) -> Division:
    """The street for which the visitor registers; refused when she is no street officer."""
    place = Division.objects.filter(within(request.user, queries.STREET, clock.today()), level="street").first()
    place = place or get_object_or_404(Division, level="city")
    roles = parties_at(request.user, place, day=clock.today())
    insist(permissions.objection_to("funding.register_provider", roles=roles, stage="funding"))
    return place


@login_required
@require_safe
def providers(request: HttpRequest) -> HttpResponse:
    _street_of(request)
    asked = plain(request.GET.get("q", ""))[:40].strip()
    shown = Paginator(queries.providers(asked), 30).get_page(request.GET.get("page"))
    return page(request, "projects/funding/providers.html", {"page": shown, "asked": asked, "today": clock.today()})


@login_required
def register_provider(request: HttpRequest) -> HttpResponse:
    place = _street_of(request)
    form = forms.ProviderForm(**posted(request))
    given = {"at": place, "by": request.user, "now": clock.now()}
    if form.is_valid() and (done := attempt(form, services.register_provider, **given, **form.cleaned_data)):
        return back(request, "funding:providers", said=_("“%(name)s”已登记。") % {"name": done.value.name})
    return page(request, "projects/funding/register_provider.html", {"form": form})


@login_required
def sign_contract(request: HttpRequest, number: str) -> HttpResponse:
    project, parties = acts.load_for(request, number, "funding.sign_contract")
    form = forms.ContractForm(**posted(request), providers=queries.providers())
    given = {"project_id": project.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.sign_contract, **given, **form.cleaned_data):
        return back(request, "funding:project", number, said=_("合同已登记，负责人可以用手机号登录了。"))
    context = {"form": form, "project": project, "free": queries.free_of(project), "rules": queries.rules_of(project)}
    return page(request, "projects/funding/sign_contract.html", context)


@login_required
def set_start(request: HttpRequest, key: int) -> HttpResponse:
    contract = get_object_or_404(Contract.objects.select_related("project__proposal", "provider"), pk=key)
    number = contract.project.proposal.number
    acts.load_for(request, number, "funding.sign_contract")
    form = forms.StartForm(**posted(request))
    given = {"contract_id": contract.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.set_start, **given, **form.cleaned_data):
        return back(request, "funding:project", number, said=_("开工日期已记录。"))
    return page(request, "projects/funding/set_start.html", {"form": form, "contract": contract})


@login_required
def request_payment(request: HttpRequest, key: int) -> HttpResponse:
    contract = get_object_or_404(Contract.objects.select_related("project__proposal", "provider"), pk=key)
    number = contract.project.proposal.number
    acts.load_for(request, number, "funding.request_payment")
    form = forms.PaymentForm(**posted(request))
    given = {"contract_id": contract.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.request_payment, **given, **form.cleaned_data):
        return back(request, "funding:project", number, said=_("付款申请已提交，等另一位同事批准。"))
    context = {"form": form, "contract": contract, "seen": queries.standing_of(contract)}
    return page(request, "projects/funding/request_payment.html", context)


def _payment(request: HttpRequest, key: int) -> Payment:
    found = Payment.objects.select_related("contract__project__proposal", "contract__provider", "requested_by")
    payment = get_object_or_404(found, pk=key)
    acts.load_for(request, payment.contract.project.proposal.number, "funding.release_payment")
    return payment


@login_required
@require_POST
def release_payment(request: HttpRequest, key: int) -> HttpResponse:
    payment = _payment(request, key)
    services.release_payment(payment_id=payment.pk, by=request.user, now=clock.now())
    number = payment.contract.project.proposal.number
    return back(request, "funding:project", number, said=_("付款已批准并记账。"))


@login_required
def refuse_payment(request: HttpRequest, key: int) -> HttpResponse:
    payment = _payment(request, key)
    form = forms.RefuseForm(**posted(request))
    given = {"payment_id": payment.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.refuse_payment, **given, **form.cleaned_data):
        return back(request, "funding:project", payment.contract.project.proposal.number, said=_("申请已退回。"))
    return page(request, "projects/funding/refuse_payment.html", {"form": form, "payment": payment})
