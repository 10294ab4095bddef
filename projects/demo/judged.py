"""龙岗区's tables of indicators, and the points that one finished project was given."""

from __future__ import annotations

from datetime import date, datetime

from projects.demo.people import Town
from projects.evaluation import services
from projects.evaluation.indicators import district_above, scored_of, table_of
from projects.models import Indicator, Project

SEEN = {"决策": "查看提案登记、会议纪要和公示照片", "过程": "查看进度报告和现场资料", "资金": "核对合同、凭证和付款记录", "成效": "现场回访，访谈居民"}


def judged(town: Town, today: date, now: datetime) -> None:
    """龙岗区：评价指标和评分"""
    officer = town.district[0]
    for project in Project.objects.select_related("community", "proposal").order_by("pk")[:1]:
        district = district_above(project.community)
        for of in Indicator.Of:
            services.adopt_examples(district=district, by=officer, of=of, now=now)
        points = {row.pk: (row.most, SEEN.get(row.group, "查看资料")) for row in table_of(district, Indicator.Of.COMMUNITY)}
        services.score(by=officer, points=points, community=project.community, year=now.year, now=now)
    for project in Project.objects.filter(stage="evaluation").select_related("community"):
        lines = scored_of(project).lines
        points = {row.pk: (row.most - place % 2, SEEN[row.group]) for place, (row, _held) in enumerate(lines)}
        services.score(by=officer, points=points, project_id=project.pk, now=now)
