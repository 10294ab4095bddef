"""Rows of the boards: rounds, notices, projects, tiles, and what the help and site map list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from communities.divisions.models import Division
from portal import figures
from projects.delivery.models import Evidence, ProgressReport
from projects.delivery.queries import BOARD_STAGES, BoardRow
from projects.delivery.rules import FLAGS, PUBLIC_EVIDENCE, Flag
from projects.desk import cards, sayings
from projects.desk.queries.statistics import Figure, Mix
from projects.models import Project, Round
from projects.publicity.models import PublicNotice
from projects.rounds.queries import published_rounds

BUILDING = ("delivery", "acceptance")


def rounds_listed() -> QuerySet[Round]:
    """Every published round: on its way first, then finished, then cancelled."""
    rank = Case(
        When(cancelled_at__isnull=False, then=Value(2)),
        When(stage="done", then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    return published_rounds().annotate(rank=rank).order_by("rank", "-frozen_at", "-pk")


def notices_listed(asked: Mapping[str, Any], *, today: date) -> QuerySet[PublicNotice]:
    found = PublicNotice.objects.select_related("round", "community", "street").annotate(
        objections_count=Count("objections")
    )
    if code := asked.get("community"):
        found = found.filter(community__code=code)
    if asked.get("open"):
        found = found.filter(starts_on__lte=today, ends_on__gte=today)
    return found.order_by("-at", "-pk")


def places_with_notices() -> QuerySet[Division]:
    used = PublicNotice.objects.order_by().values("community").distinct()
    return Division.objects.filter(pk__in=used).order_by("code")


def streets_with_projects() -> QuerySet[Division]:
    below = Project.objects.filter(community__parent=OuterRef("pk"))
    return Division.objects.filter(Exists(below), level=Division.Level.STREET).order_by("code")


def projects_of_round(round: Round) -> QuerySet[Project]:
    return _for_cards(Project.objects.filter(round=round)).order_by("community__code", "pk")


def projects_at(community: Division | None, most: int) -> list[Project]:
    """Projects that are being built, then the others, the newest first, the community's or all; one query.

    The newest of each stage are taken by the index: the home page does not sort every project that there ever was.
    """
    found = Project.objects.filter(community=community) if community is not None else Project.objects.all()
    parts = [_for_cards(found.filter(stage=stage)).order_by("-stage_since", "-pk")[:most] for stage in BOARD_STAGES]
    rows = sorted(parts[0].union(*parts[1:], all=True), key=lambda row: (row.stage_since, row.pk), reverse=True)
    return sorted(rows, key=lambda row: row.stage not in BUILDING)[:most]


def _for_cards(found: QuerySet[Project]) -> QuerySet[Project]:
    """With what `project_cards` says: the proposal's number, the community, how far the last report said the work is."""
    last = ProgressReport.objects.filter(project=OuterRef("pk")).order_by("-at", "-pk")
    return found.select_related("proposal", "community").annotate(percent=Subquery(last.values("percent")[:1]))


def project_cards(projects: Iterable[Project], *, today: date) -> list[dict]:
    """Cards with the last photo; one query for any number of projects."""
    projects = list(projects)
    photos = photos_of(projects)
    made = []
    for project in projects:
        photo = photos.get(project.pk)
        more = {"photo": f"{reverse('delivery:photo', args=[photo.pk])}?size=small", "photo_alt": photo.caption} if photo else {}
        made.append(cards.project_card(project, percent=project.percent, **more))
    return made


def photos_of(projects: Iterable[Project]) -> dict[int, Evidence]:
    """The newest public photo of each project."""
    found = Evidence.objects.filter(project__in=list(projects), is_photo=True, kind__in=PUBLIC_EVIDENCE)
    return {photo.project_id: photo for photo in found.order_by("at", "pk")}


def board_card(row: BoardRow) -> dict:
    words = figures.listed(_(word) for word in row.flag_words)
    card = cards.project_card(
        row.project,
        percent=row.percent,
        paid=row.paid,
        late=bool(row.flags),
        last_on=row.last_report_at,
        last_update=row.stop_reason or (_("已报进度") if row.last_report_at else ""),
        milestone=row.next_title,
        milestone_on=row.next_due,
    )
    return {**card, "status": words, "tone": "urgent"} if words else card


def tiles_of(counts: Mapping[str, int]) -> list[dict]:
    """How many stand where; the flags that are not zero come first."""
    told = []
    for flag in Flag:
        if count := counts[flag]:
            told.append({"label": _(FLAGS[flag]), "count": count, "url": f"?flag={flag}", "tone": "urgent"})
    for stage, (words, _tone) in sayings.OF_PROJECT.items():
        told.append({"label": _(words), "count": counts[stage], "url": f"?stage={stage}", "tone": "plain"})
    return told


def figure_tile(figure: Figure) -> dict:
    """A figure as the tile component takes it: share, both numbers in words, definition."""
    say = figures.money if figure.money else (lambda number: f"{number:,}")
    return {
        "key": figure.key,
        "label": _(figure.title),
        "figure": figures.percent(figure.part, figure.whole),
        "base": _(figure.base) % {"part": say(figure.part), "whole": say(figure.whole)},
        "means": _(figure.means),
    }


def mix_chart(key: str, mixes: list[Mix]) -> dict:
    titles = {"category": _("按类型看"), "content_class": _("按内容看")}
    return {
        "title": titles[key],
        "mixes": mixes,
        "rows": [{"label": mix.title, "value": mix.proposals, "says": f"{mix.proposals:,}"} for mix in mixes],
    }


def map_of_pages() -> list[dict]:
    """The site map: every public page that leads on, by group."""
    groups = (
        (
            _("看"),
            (
                ("desk:home", _("首页")),
                ("desk:communities", _("社区")),
                ("desk:rounds", _("项目批次")),
                ("desk:proposals", _("居民提案")),
                ("desk:notice_board", _("公示公告")),
                ("desk:delivery_board", _("办理进度")),
                ("desk:statistics", _("数据")),
                ("desk:public_money", _("资金去向")),
                ("desk:open_data", _("开放数据")),
            ),
        ),
        (_("办"), (("desk:mine", _("我的")), ("desk:search", _("搜索")), ("proposals:start", _("提一个提案")))),
        (
            _("帮助"),
            (
                ("desk:help", _("使用帮助")),
                ("desk:accessibility", _("无障碍声明")),
                ("desk:privacy", _("隐私说明")),
            ),
        ),
    )
    return [{"title": title, "links": [{"title": t, "url": reverse(n)} for n, t in pages]} for title, pages in groups]


def pages_named(text: str) -> list[dict]:
    """Pages of the portal whose name fits; the reading mode is found under every name that people use for it (A8)."""
    found = [link for group in map_of_pages() for link in group["links"] if text in link["title"]]
    if any(
        text in name or name in text
        for name in ("长者模式", "长辈版", "关怀版", "长者版", "适老版", "老年版", "大字版")
    ):
        url = f"{reverse('reading-mode')}?elder=1&next={reverse('desk:home')}"
        found.insert(0, {"title": _("打开长者模式（大字、大按钮）"), "url": url})
    return found


def glossary() -> list[tuple[str, str]]:
    """The words of the programme, for people who meet them the first time."""
    return [
        (_("点菜"), _("居民提出希望办的小事、急事、难事。")),
        (_("点菜人"), _("提出这件事的居民。实施前听取他的意见，验收时由他签字。")),
        (_("配菜"), _("街道落实资金，确定由谁来做。")),
        (_("做菜"), _("承接单位动工或开展服务，每月报一次进度。")),
        (_("评菜"), _("用过的居民给项目打分、提意见。")),
        (_("批次"), _("一个街道的一批项目，规则、日程和钱数事先公布，中途不改。")),
        (_("居民议事会"), _("由居民代表组成，逐项评议提案，可以通过，也可以否决。")),
        (_("初审"), _("社区工作者核对提案是否属于这个项目的范围，说明理由。")),
        (_("公示"), _("把入选项目贴出来，居民可以书面提意见，意见都要答复。")),
        (_("异议"), _("公示期内对某个项目的不同意见。")),
        (_("递补"), _("有项目被撤下时，按原来的选票由后面的项目补上。")),
        (_("支付率"), _("已付给承接单位的钱，占批准金额的比例。")),
    ]
