"""The district's tables of indicators, and the pages on which a project or a community is scored."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communities.divisions.models import Division
from portal import clock
from portal.refusals import insist
from portal.web import attempt, back, page, posted
from projects import permissions
from projects.evaluation import forms, services
from projects.evaluation import indicators as tables
from projects.evaluation.models import Indicator
from projects.funding import acts
from projects.parties import parties_anywhere, parties_at


def district_for(request: HttpRequest) -> Division:
    """The district of the visitor's office; refused for whoever has none."""
    parties = parties_anywhere(request.user, day=clock.today())
    insist(permissions.objection_to("desk.see_dossier", roles=parties, stage="done"))
    district = tables.district_of(request.user, today=clock.today())
    if district is None:
        raise Http404
    return district


def may_set(request: HttpRequest, district: Division) -> bool:
    parties = parties_at(request.user, district, day=clock.today())
    return permissions.objection_to("evaluation.set_indicators", roles=parties, stage="done") is None


@login_required
def indicators(request: HttpRequest) -> HttpResponse:
    """Both tables of the district; its officers add lines, everybody in an office reads."""
    district = district_for(request)
    form = forms.IndicatorForm(**posted(request))
    given = {"district": district, "by": request.user, "now": clock.now()}
    if form.is_valid() and (done := attempt(form, services.write_indicator, **given, **form.cleaned_data)):
        return back(request, "evaluation:indicators", said=_("已添加“%(title)s”。") % {"title": done.value.title})
    found = [(of, of.label, list(tables.table_of(district, of))) for of in Indicator.Of]
    shown = [(of, label, rows, sum(row.most for row in rows)) for of, label, rows in found]
    context = {"form": form, "district": district, "tables": shown, "may_set": may_set(request, district)}
    return page(request, "projects/evaluation/indicators.html", context)


@login_required
def change_indicator(request: HttpRequest, key: int) -> HttpResponse:
    """A changed line replaces the old one, whose points stay as they were given."""
    district = district_for(request)
    row = get_object_or_404(Indicator, pk=key, district=district, retired_at=None)
    parties = parties_at(request.user, district, day=clock.today())
    insist(permissions.objection_to("evaluation.set_indicators", roles=parties, stage="done"))
    held = {name: getattr(row, name) for name in ("of", "group", "title", "means", "most")}
    form = forms.IndicatorForm(**posted(request), initial=held)
    given = {"district": district, "by": request.user, "now": clock.now(), "replaces": row.pk}
    if form.is_valid() and attempt(form, services.write_indicator, **given, **form.cleaned_data):
        return back(request, "evaluation:indicators", said=_("已修改，以后评分按新的标准。"))
    return page(request, "projects/evaluation/change_indicator.html", {"form": form, "row": row})


@login_required
@require_POST
def retire_indicator(request: HttpRequest, key: int) -> HttpResponse:
    row = get_object_or_404(Indicator, pk=key, district=district_for(request))
    services.retire_indicator(indicator_id=row.pk, by=request.user, now=clock.now())
    return back(request, "evaluation:indicators", said=_("“%(title)s”已停用。") % {"title": row.title})


@login_required
@require_POST
def adopt_examples(request: HttpRequest) -> HttpResponse:
    of = Indicator.Of.COMMUNITY if request.POST.get("of") == "community" else Indicator.Of.PROJECT
    given = {"district": district_for(request), "by": request.user, "now": clock.now()}
    made = services.adopt_examples(of=of, **given)
    return back(request, "evaluation:indicators", said=_("已写入 %(count)s 条示例指标，请按本区要求修改。") % {"count": made})


@login_required
def score(request: HttpRequest, number: str) -> HttpResponse:
    """A project, line by line; lines may be scored over several days."""
    project, _parties = acts.load_for(request, number, "evaluation.score_project")
    scored = tables.scored_of(project)
    form = forms.ScoresForm(**posted(request), scored=scored)
    given = {"project_id": project.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.score, points=form.points(), **given):
        return back(request, "evaluation:score", number, said=_("评分已保存。"))
    context = {"form": form, "project": project, "scored": scored}
    return page(request, "projects/evaluation/score.html", context)


@login_required
def score_community(request: HttpRequest, code: str) -> HttpResponse:
    """A community's ten dimensions for this year; ?year= for the last."""
    place = get_object_or_404(Division, code=code, level=Division.Level.COMMUNITY)
    today, last = clock.today(), clock.today().year - 1
    parties = parties_at(request.user, place, day=today)
    insist(permissions.objection_to("evaluation.score_community", roles=parties, stage="done"))
    year = last if request.GET.get("year") == str(last) else today.year
    scored = tables.scored_in(place, year)
    form = forms.ScoresForm(**posted(request), scored=scored)
    given = {"community": place, "year": year, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.score, points=form.points(), **given):
        to = f"{reverse('evaluation:score_community', args=[code])}?year={year}"
        return back(request, to, said=_("评分已保存。"))
    context = {"form": form, "place": place, "scored": scored, "year": year, "last": last, "this": today.year}
    return page(request, "projects/evaluation/score_community.html", context)
