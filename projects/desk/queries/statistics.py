"""The public figures, each with numerator, denominator and definition. A fixed number of queries for any place."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Sum

from communities.divisions.models import Division
from portal.refusals import gettext_noop as _
from projects.desk.queries.below import Below
from projects.desk.queries.months import CONTENT
from projects.desk.queries.programme import Line, Programme
from projects.evaluation.models import Rating, RatingWindow
from projects.models import Project, Proposal
from projects.proposals.models import Category, ContentClass


@dataclass(frozen=True, slots=True)
class Figure:
    """part ÷ whole; `base` says both in words, `means` is the definition. Money is in fen."""

    key: str
    title: str
    part: int
    whole: int
    base: str
    means: str
    money: bool = False


@dataclass(frozen=True, slots=True)
class Mix:
    """How proposals and approved money are spread over types or classes."""

    key: str
    title: str
    proposals: int
    projects: int
    budget: int


def figures_of(below: Below, whole: Line) -> list[Figure]:
    """What every resident may ask: how much of it was done, paid, liked, and whose it was. `whole`: the place's line."""
    rated = Rating.objects.filter(**below.inside("project__"))
    scores = rated.aggregate(all=Count("pk"), content=Count("pk", filter=Q(score__gte=CONTENT)))
    asked = RatingWindow.objects.filter(**below.inside("project__"))
    invited = asked.aggregate(people=Sum("residents"))["people"] or 0
    return [
        Figure(
            "origin", _("居民自己提的"), whole.residents, whole.declared,
            _("%(part)s 份，共提交 %(whole)s 份提案"), _("来源登记为“居民”的提案，除以全部已提交的提案。"),
        ),
        Figure(
            "refused", _("议事会否决率"), whole.refused, whole.heard,
            _("否决 %(part)s 份，已评议 %(whole)s 份"), _("议事会评议没有通过的提案，除以议事会已经评议的提案。从来不否决，未必是好事。"),
        ),
        Figure(
            "started", _("已开工"), whole.started, whole.projects,
            _("%(part)s 个，共批准 %(whole)s 个项目"), _("至少报过一次进度，或者已进入验收、评价的项目，除以全部已批准的项目。"),
        ),
        Figure(
            "built", _("已完成"), whole.done, whole.projects,
            _("%(part)s 个，共批准 %(whole)s 个项目"), _("验收通过、进入评价或已经办结的项目，除以全部已批准的项目。"),
        ),
        Figure(
            "overdue", _("超期的项目"), whole.overdue, whole.projects,
            _("%(part)s 个，共批准 %(whole)s 个项目"), _("超期未开工、进展停滞（超过规定天数没有上报）或计划节点落后的项目，除以全部已批准的项目。"),
        ),
        Figure(
            "paid", _("支付率"), whole.paid, whole.budget,
            _("已支付 %(part)s，批准金额 %(whole)s"), _("已支付给承接单位的钱，除以批准金额。"), money=True,
        ),
        Figure(
            "content", _("满意的比例"), scores["content"], scores["all"],
            _("%(part)s 人打 4 分或 5 分，共 %(whole)s 人评价"), _("打 4 分和 5 分的人数，除以参加评价的人数（满分 5 分）。"),
        ),
        Figure(
            "answered", _("评价参与率"), scores["all"], invited,
            _("%(part)s 人次评价，可参加 %(whole)s 人次"), _("参加评价的人次，除以评价开始时各项目所在社区已核实的居民人次。"),
        ),
    ]  # fmt: skip


def mix_of(counted: Programme, field: str) -> list[Mix]:
    """By category or content class: proposals lodged, projects approved and their money."""
    lines = {"category": lambda key: counted.of_category(key), "content_class": lambda key: counted.of_class(key)}[field]
    choices = {"category": Category, "content_class": ContentClass}[field]
    found = [(choice, lines(choice.value)) for choice in choices]
    return [Mix(choice.value, str(choice.label), line.declared, line.projects, line.budget) for choice, line in found]


def places_of_statistics() -> list[Division]:
    """City, districts and streets: where the figures may be looked at."""
    community = Division.objects.filter(level=Division.Level.COMMUNITY)
    used = Exists(Project.objects.filter(community=OuterRef("pk"))) | Exists(Proposal.objects.filter(community=OuterRef("pk")))
    above = {code for path in community.filter(used).values_list("path", flat=True) for code in path.split("/")[:-2]}
    return list(Division.objects.filter(code__in=above).order_by("path"))
