"""Scores with their base, once each; a low result holds the balance; the project closes when all is done."""

from datetime import timedelta

import pytest

from portal.models import Notice
from portal.refusals import Refused
from projects.evaluation import gate, queries, services
from projects.evaluation.models import Rating
from projects.funding import services as funding
from tests import factories as make
from tests.factories import NOON
from tests.projects import project_worlds as worlds
from tests.projects.project_worlds import AFTER, RATED

pytestmark = pytest.mark.django_db


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


def given(world, by, now=RATED):
    return {"project_id": world.project.pk, "by": by, "now": now}


def codes(world, now):
    return [hold.code for hold in gate.holding(world.again(), now=now)]


def test_proposer_and_supporters_are_asked_and_the_base_is_said():
    world = worlds.in_evaluation()
    stranger = make.resident(world.home, "路过的邻居")
    asked = set(Notice.objects.filter(kind="evaluation.opened").values_list("person_id", flat=True))
    assert asked == {world.proposer.pk, world.supporter.pk}
    services.rate_project(**given(world, world.proposer), score=5, text="")
    services.rate_project(**given(world, stranger), score=2, text="施工太吵了。")
    found = queries.satisfaction_of(world.again(), today=RATED.date())
    assert (found.total, found.answers, found.asked, found.answered, found.content) == (7, 2, 2, 1, 1)
    assert found.mean_text == "3.5" and found.residents == 4  # the window counted those proved when it opened
    assert dict(found.by_score) == {5: 1, 4: 0, 3: 0, 2: 1, 1: 0}
    assert found.closes_on == (NOON + timedelta(days=36)).date() and not found.closed


def test_one_score_each_that_may_change_until_the_window_closes():
    world = worlds.in_evaluation()
    services.rate_project(**given(world, world.supporter), score=3, text="一般")
    services.rate_project(**given(world, world.supporter), score=4, text="后来修好了")
    rating = Rating.objects.get()
    assert (rating.score, rating.text, rating.changed_at) == (4, "后来修好了", RATED)
    with refused("rating_closed"):
        services.rate_project(**given(world, world.supporter, AFTER), score=1, text="")
    with refused("personal_number"):
        services.rate_project(**given(world, world.supporter), score=4, text="找 13800138000 聊聊")


def test_strangers_providers_and_officers_do_not_rate():
    world = worlds.in_evaluation()
    unproved = make.resident(world.home, proved=False)
    for person in (make.resident(make.community("南坑社区")), unproved, world.officer, world.contract.responsible):
        with refused("not_yours"):
            services.rate_project(**given(world, person), score=5, text="")


def test_a_resident_who_delivers_does_not_rate_her_own_work():
    world = worlds.approved()
    from communities.accounts import phones

    neighbour = make.resident(world.home, "本社区的承接人")
    world.contract = worlds.sign(world, responsible_phone=phones.unseal(neighbour.phone_cipher))
    world.project.stage = "evaluation"
    world.project.save()
    gate.enter(world.project, now=NOON)
    with refused("own_work"):
        services.rate_project(**given(world, neighbour, NOON), score=5, text="")


def test_supervisors_rate_four_aspects():
    world = worlds.in_evaluation()
    scores = {"content": 5, "site": 4, "budget": 3, "quality": 4, "text": ""}
    services.rate_as_supervisor(**given(world, world.supervisor), **scores)
    services.rate_as_supervisor(**given(world, world.supervisor), **{**scores, "budget": 5})
    found = queries.supervisor_scores(world.project)
    assert (found["n"], found["budget"], found["site"]) == (1, 5, 4)
    with refused("not_yours"):
        services.rate_as_supervisor(**given(world, world.supporter), **scores)
    assert queries.satisfaction_of(world.project).answers == 0


def test_result_waits_for_the_window_and_the_proposer():
    world = worlds.in_evaluation()
    assert codes(world, RATED) == ["window_open", "proposer_missing", "not_concluded", "not_settled"]
    with refused("still_open"):
        services.conclude_ratings(**given(world, world.worker))
    with refused("proposer_missing"):
        services.conclude_ratings(**given(world, world.worker, AFTER))
    with refused("still_open"):
        services.record_absence(**given(world, world.worker), reason="点菜人回老家了。")
    services.record_absence(**given(world, world.worker, AFTER), reason="点菜人回老家了，电话不通。")
    ruling = services.conclude_ratings(**given(world, world.worker, AFTER))
    assert (ruling.answers, ruling.holds) == (0, False)
    with refused("already_concluded"):
        services.conclude_ratings(**given(world, world.worker, AFTER))


def test_due_results_are_published_by_the_tick_once():
    world = worlds.in_evaluation()
    services.rate_project(**given(world, world.proposer), score=2, text="")
    assert services.conclude_due(now=RATED) == 0
    assert services.conclude_due(now=AFTER) == 1
    assert services.conclude_due(now=AFTER) == 0
    assert world.again().balance_ruling.holds is True


def test_the_whole_way_to_done():
    world = worlds.concluded(score=5)
    worlds.pay(world, 54_000_00, now=AFTER)
    worlds.pay(world, 6_000_00, instalment="balance", now=AFTER)
    with refused("held"):
        services.close_project(**given(world, world.officer, AFTER))
    funding.settle_project(project_id=world.project.pk, by=world.officer, now=AFTER)
    assert codes(world, AFTER) == []
    assert services.close_project(**given(world, world.officer, AFTER)) is True
    assert world.again().stage == "done"
    assert list(world.project.moves.order_by("pk").values_list("left", "entered")) == [
        ("funding", "delivery"),
        ("delivery", "acceptance"),
        ("acceptance", "evaluation"),
        ("evaluation", "done"),
    ]
    assert "5.0 分" in queries.chapters(world.project.proposal)[-1].title
