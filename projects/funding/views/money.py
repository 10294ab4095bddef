"""A project's money: the office's page, and the page that anybody may read."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal import clock
from portal.web import attempt, back, page, posted
from projects.funding import acts, forms, queries, rules, services
from projects.funding.models import Payment, Project
from projects.permissions import Party


def acts_of(project: Project, parties: frozenset[Party]) -> list:
    number, told = project.proposal.number, {"parties": parties, "stage": project.stage}
    free = queries.free_of(project)
    none_left = rules.objection_to_contract(1, free=free)
    ruling = getattr(project, "balance_ruling", None)
    settled = getattr(project, "settlement", None)
    may_settle = not settled and (project.stage == "evaluation" or queries.ended_stop(project))
    settle = acts.act("funding.settle_project", _("办理结算"), reverse("funding:settle_project", args=[number]), **told)
    made = acts.possible(
        acts.act(
            "funding.sign_contract",
            _("登记合同"),
            reverse("funding:sign_contract", args=[number]),
            also=none_left,
            primary=True,
            **told,
        ),
        acts.act(
            "funding.enter_cofunding", _("登记社会资金"), reverse("funding:enter_cofunding", args=[number]), **told
        ),
        settle if may_settle else None,
    )
    if settled and settled.retained and queries.retention_held(project):
        forfeit = reverse("funding:forfeit_retention", args=[number])
        made += acts.possible(acts.act("funding.forfeit_retention", _("扣留质保金"), forfeit, **told))
    if ruling and ruling.holds and not ruling.lifted_at:
        made += acts.possible(
            acts.act("funding.lift_hold", _("解除尾款暂缓"), reverse("funding:lift_hold", args=[number]), **told)
        )
    return made


def warnings_of(project: Project, money: queries.Money) -> list:
    """Contracts that look cut in pieces."""
    return [warning for contract in money.contracts[:20] for warning in queries.splitting_of(project, contract)]


@login_required
@require_safe
def project(request: HttpRequest, number: str) -> HttpResponse:
    """The office's page: what holds the project, its contracts with warnings, payments to ask for and to release."""
    project, parties = acts.load_for(request, number)
    money = queries.money_of_project(project)
    context = acts.frame(project, parties) | {
        "money": money,
        "warnings": [_(warning.text) % warning.params for warning in warnings_of(project, money)],
        "concentration": [_(warning.text) % warning.params for warning in queries.concentration_of(project, money.contracts)],
        "kept": queries.retention_held(project, money.contracts),
        "warranty_on": queries.warranty_over_on(project),
        "acts": acts_of(project, parties),
        "may_pay": Party.STREET in parties and (money.settlement is None or money.settlement.retained > 0),
        "may_start": Party.STREET in parties and project.stage == "funding",
    }
    return page(request, "projects/funding/project.html", context)


@require_safe
def money(request: HttpRequest, number: str) -> HttpResponse:
    """Public: from the approved amount to each payment, with contract, voucher and the two acts."""
    project = acts.load(number)
    known = queries.money_of_project(project)
    paid = [row for row in known.payments if row.state == Payment.State.RELEASED]
    return page(request, "projects/funding/money.html", {"project": project, "money": known, "payments": paid})


@login_required
@require_POST
def start_delivery(request: HttpRequest, number: str) -> HttpResponse:
    project = acts.load(number)
    services.start_delivery(project_id=project.pk, by=request.user, now=clock.now())
    return back(request, "delivery:project", number, said=_("项目已进入实施阶段，承接单位会收到通知。"))


@login_required
def enter_cofunding(request: HttpRequest, number: str) -> HttpResponse:
    project, parties = acts.load_for(request, number, "funding.enter_cofunding")
    form = forms.CoFundingForm(**posted(request))
    given = {"project_id": project.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.enter_cofunding, **given, **form.cleaned_data):
        return back(request, "funding:project", number, said=_("社会资金已登记到账。"))
    return page(request, "projects/funding/enter_cofunding.html", {"form": form, "project": project})


@login_required
def settle_project(request: HttpRequest, number: str) -> HttpResponse:
    project, parties = acts.load_for(request, number, "funding.settle_project")
    form = forms.SettleForm(**posted(request))
    given = {"project_id": project.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.settle_project, **given, **form.cleaned_data):
        return back(request, "funding:project", number, said=_("项目已结算，结余已退回。"))
    context = {"form": form, "project": project, "money": queries.money_of_project(project)}
    context |= {"ended": queries.ended_stop(project), "kept": queries.retention_held(project)}
    return page(request, "projects/funding/settle_project.html", context)


@login_required
def forfeit_retention(request: HttpRequest, number: str) -> HttpResponse:
    """扣留质保金: the provider did not mend what broke."""
    project, parties = acts.load_for(request, number, "funding.forfeit_retention")
    form = forms.ForfeitForm(**posted(request))
    given = {"project_id": project.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.forfeit_retention, **given, **form.cleaned_data):
        return back(request, "funding:project", number, said=_("质保金已退回社区额度。"))
    context = {"form": form, "project": project, "kept": queries.retention_held(project)}
    return page(request, "projects/funding/forfeit_retention.html", context)


@login_required
def lift_hold(request: HttpRequest, number: str) -> HttpResponse:
    project, parties = acts.load_for(request, number, "funding.lift_hold")
    form = forms.LiftForm(**posted(request))
    given = {"project_id": project.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.lift_hold, **given, **form.cleaned_data):
        return back(request, "funding:project", number, said=_("尾款可以支付了。"))
    return page(request, "projects/funding/lift_hold.html", {"form": form, "project": project})


@login_required
@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """Projects of my offices, those in funding first."""
    found = queries.projects_for(request.user, queries.OFFICE, today=clock.today()).order_by("-stage_since", "pk")
    stage = request.GET.get("stage", "")
    found = found.filter(stage=stage) if stage in rules.WAY else found
    shown = Paginator(found, 30).get_page(request.GET.get("page"))
    return page(request, "projects/funding/work.html", {"page": shown, "stage": stage})
