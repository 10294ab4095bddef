"""What the rooms of a project tell the desk: whose turn it is, what happened, what it cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal import clock
from projects.acceptance import queries as acceptance
from projects.delivery import queries as delivery
from projects.delivery import services as deliver
from projects.desk.queries import gather
from projects.desk.queries import proposals as listed
from projects.evaluation import queries as evaluation
from projects.evaluation import services as evaluate
from projects.funding import queries as funding
from projects.funding import services
from tests import factories as make
from tests.factories import NOON
from tests.projects import project_worlds as worlds

pytestmark = pytest.mark.django_db
ROOMS = (funding, delivery, acceptance, evaluation)


def turns(person, day):
    return [task.text for room in ROOMS for task in room.awaiting(person, today=day)]


def test_whose_turn_it_is_at_each_step():
    day = NOON.date()
    world = worlds.approved()
    assert turns(world.officer, day) == ["选定承接单位并登记合同"]
    assert turns(world.proposer, day) == turns(world.worker, day) == []
    world.contract = worlds.sign(world)
    services.start_delivery(project_id=world.project.pk, by=world.officer, now=NOON)
    provider = world.contract.responsible
    assert turns(provider, day) == ["填写实施计划"]
    services.request_payment(
        contract_id=world.contract.pk,
        by=world.officer,
        instalment="advance",
        amount=1_00,
        voucher="FP-1",
        purpose="预付款",
        now=NOON,
    )
    assert turns(world.officer, day) == [] and "1 元" in turns(world.second, day)[0].replace("\xa0", " ")
    problem = deliver.report_problem(
        project_id=world.project.pk, by=world.supporter, aspect="site", text="围挡没有关好。", now=NOON
    )
    assert turns(world.worker, day) == [f"答复{problem.number}号问题"]


def test_panel_proposer_and_office_at_the_end():
    world = worlds.in_acceptance()
    day = (NOON + timedelta(days=22)).date()
    assert "填写您的验收意见" in turns(world.engineer, day)
    assert "您提议的项目正在验收，请签字" in turns(world.proposer, day)
    assert turns(world.worker, day) == ["填写您的验收意见", "组织验收"]
    worlds.mark_all(world, now=NOON + timedelta(days=22))
    assert turns(world.engineer, day) == []


def test_proposer_rates_then_the_office_publishes_and_settles():
    world = worlds.in_evaluation()
    assert turns(world.proposer, worlds.RATED.date()) == ["评一评您提议的项目"]
    assert turns(world.proposer, worlds.AFTER.date()) == []
    assert turns(world.worker, worlds.AFTER.date()) == ["公布评价结果"]
    evaluate.record_absence(project_id=world.project.pk, by=world.worker, reason="点菜人电话不通。", now=worlds.AFTER)
    evaluate.conclude_ratings(project_id=world.project.pk, by=world.worker, now=worlds.AFTER)
    assert turns(world.officer, worlds.AFTER.date()) == ["办理尾款和结算"]


def test_the_story_is_told_in_order_and_names_nobody_in_full(client, django_assert_num_queries):
    """P11"""
    world = worlds.concluded(score=2)
    worlds.pay(world, 30_000_00, now=worlds.AFTER)
    proposal = world.project.proposal
    told = [chapter for room in ROOMS for chapter in room.chapters(proposal)]
    titles = [chapter.title for chapter in told]
    for words in ("资金下达", "确定承接单位", "支付进度款", "申报完工", "合格", "请大家评一评", "评价结果", "尾款暂缓"):
        assert any(words in title for title in titles), words
    everything = " ".join(f"{c.title}{c.text}{c.reason}{c.by}" for c in told)
    for name in ("李秀兰", "周建国", "黄志强", "林淑芬", "吴国栋"):
        assert name not in everything
    seen = listed.proposal_in_sight().get(pk=proposal.pk)
    with django_assert_num_queries(3):
        at_once = gather.life_of(seen)
    alone = [chapter for hook in gather.hooks("chapters") for chapter in hook(proposal)]
    assert at_once == sorted(alone, key=lambda chapter: chapter.at), "read with one question, told with the same words"
    assert [c.photos for c in at_once if c.photos] == [c.photos for c in told if c.photos] != []
    client.get(reverse("desk:proposal", args=[proposal.number]))
    with clock.pretend(worlds.AFTER), django_assert_num_queries(10):
        client.get(reverse("desk:proposal", args=[proposal.number]))


def test_hooks_ask_as_often_for_three_projects_as_for_one():
    world = worlds.in_delivery()
    day = NOON.date()

    def asked(person):
        person = type(person).objects.get(pk=person.pk)
        with CaptureQueriesContext(connection) as seen:
            turns(person, day)
        return len(seen)

    before = asked(world.second), asked(world.worker), asked(world.proposer)
    for _ in range(2):
        proposal = make.proposal(world.batch, world.proposer, standing="approved")
        services.receive_project(proposal=proposal, amount=1_000_00, now=NOON)
        worlds.pay(world, 1_00)
    assert (asked(world.second), asked(world.worker), asked(world.proposer)) == before


def test_offers_follow_the_stage():
    world = worlds.in_evaluation()
    with clock.pretend(worlds.RATED):
        texts = [
            offer.text
            for room in ROOMS
            for offer in room.offers(
                world.project.proposal,
                person=world.proposer,
                parties=frozenset({"resident", "proposer", "member"}),
                now=worlds.RATED,
            )
        ]
    assert texts == ["查看资金明细", "这里有问题，我要反映", "查看验收记录", "评一评这个项目"]


def test_totals_of_a_street_and_nothing_of_its_neighbour():
    world = worlds.in_delivery()
    worlds.pay(world, 20_000_00)
    found = funding.totals(world.home.parent)
    assert (found.projects, found.envelopes, found.budget, found.allotted) == (1, 2_000_000_00, 80_000_00, 80_000_00)
    assert (found.contracted, found.paid, dict(found.by_month)) == (60_000_00, 20_000_00, {"2026-03": 20_000_00})
    assert funding.totals(make.street("坂田街道")) == funding.Totals()
    with CaptureQueriesContext(connection) as seen:
        funding.totals(world.home.parent)
    assert len(seen) == 4
