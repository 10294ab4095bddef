"""A district's tables of indicators: written, changed without touching old points, scored with evidence; a low sum holds."""

import pytest
from django.urls import reverse

from communities.roles.rules import Role
from portal import clock
from projects.evaluation import examples, rules, services
from projects.evaluation import indicators as tables
from projects.models import BalanceRuling, Indicator, IndicatorScore
from tests import factories as make
from tests.projects import project_worlds as worlds
from tests.projects.funding.test_services import refused
from tests.signing_in import sign_in


def test_the_examples_are_eighteen_and_ten_of_a_hundred_points():
    assert (len(examples.PROJECT), len(examples.COMMUNITY)) == (18, 10)
    assert sum(row[3] for row in examples.PROJECT) == sum(row[3] for row in examples.COMMUNITY) == 100


@pytest.mark.parametrize(
    ("points", "most", "complete", "short"), [(59, 100, True, True), (60, 100, True, False), (0, 100, False, False), (0, 0, True, False)]
)
def test_a_whole_table_below_the_mark_falls_short(points, most, complete, short):
    assert rules.falls_short(points, most, complete=complete, percent=60) is short


@pytest.mark.django_db
def test_a_district_writes_its_table_and_a_low_score_holds_the_balance(client):
    world = worlds.in_evaluation()
    district = world.home.parent.parent
    officer = make.holder(Role.DISTRICT_OFFICER, district)
    with refused("not_yours"):
        services.adopt_examples(district=district, by=world.officer, of="project", now=worlds.RATED)
    sign_in(client, officer)
    with clock.pretend(worlds.RATED):
        assert "用示例开始" in client.get(reverse("evaluation:indicators")).content.decode()
        client.post(reverse("evaluation:adopt_examples"), {"of": "project"})
        client.post(reverse("evaluation:adopt_examples"), {"of": "project"})
        assert tables.table_of(district, "project").count() == 18
        first = tables.table_of(district, "project").first()
        line = {"of": "project", "group": "决策", "title": "居民提出", "means": "由居民提出的得满分。", "most": "10"}
        wrong = client.post(reverse("evaluation:change_indicator", args=[first.pk]), {**line, "title": "议事充分", "most": "十"})
        assert wrong.status_code == 422 and "没有看懂这个数" in wrong.content.decode()
        taken = client.post(reverse("evaluation:change_indicator", args=[first.pk]), {**line, "title": "议事充分"})
        assert "已经有同名的指标" in taken.content.decode()
        client.post(reverse("evaluation:change_indicator", args=[first.pk]), line)
        first.refresh_from_db()
        assert first.retired_at and tables.table_of(district, "project").first().most == 10
        for row in tables.table_of(district, "project")[2:]:
            client.post(reverse("evaluation:retire_indicator", args=[row.pk]))
    a, b = tables.table_of(district, "project")
    sign_in(client, world.officer)
    url = reverse("evaluation:score", args=[world.number])
    with clock.pretend(worlds.RATED):
        half = client.post(url, {f"points_{a.pk}": "3", f"evidence_{a.pk}": ""}).content.decode()
        assert "请写明“居民提出”得分的依据。" in half
        over = client.post(url, {f"points_{a.pk}": "11", f"evidence_{a.pk}": "提案登记表"}).content.decode()
        assert "这个数要在 0 到 10 之间" in over
        client.post(url, {f"points_{a.pk}": "3", f"evidence_{a.pk}": "提案登记表"})
        client.post(url, {f"points_{a.pk}": "4", f"evidence_{a.pk}": "提案登记表", f"points_{b.pk}": "2", f"evidence_{b.pk}": "会议纪要"})
        assert "得 6 分，满分 16 分" in " ".join(client.get(url).content.decode().split())
    assert IndicatorScore.objects.count() == 2 and IndicatorScore.objects.get(indicator=a).points == 4
    from projects.evaluation.services import conclude_ratings, rate_project

    rate_project(project_id=world.project.pk, by=world.proposer, score=5, text="", now=worlds.RATED)
    conclude_ratings(project_id=world.project.pk, by=world.worker, now=worlds.AFTER)
    assert BalanceRuling.objects.get().holds, "6 of 16 points is below 60%"


@pytest.mark.django_db
def test_a_community_is_scored_for_this_year_or_the_last(client):
    home = make.community()
    officer = make.street_officer(home.parent)
    district = home.parent.parent
    Indicator.objects.create(district=district, of="community", group="征集", title="点菜渠道", means="都能提。", most=10, place=1)
    line = Indicator.objects.get()
    with refused("year_out_of_range"):
        services.score(by=officer, points={}, community=home, year=2019, now=make.NOON)
    sign_in(client, officer)
    url = reverse("evaluation:score_community", args=[home.code])
    with clock.pretend(make.NOON):
        sent = client.post(f"{url}?year=2025", {f"points_{line.pk}": "８", f"evidence_{line.pk}": "走访两次"}, follow=True)
        assert "2025年社区评分" in sent.content.decode() and IndicatorScore.objects.get().year == 2025
        sign_in(client, make.street_officer(make.street("坂田街道")))
        assert client.get(url).status_code == 403
        sign_in(client, make.resident(home))
        assert client.get(reverse("evaluation:indicators")).status_code == 403
