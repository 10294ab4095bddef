"""A resident chooses, checks and sends; the office publishes and closes."""

from datetime import timedelta

import pytest
from django.urls import reverse

from portal import clock
from projects.evaluation import queries
from projects.evaluation.models import Rating
from projects.funding import services as funding
from projects.permissions import Party
from tests import factories as make
from tests.projects import project_worlds as worlds
from tests.projects.project_worlds import AFTER, RATED
from tests.signing_in import forget, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rated_day():
    with clock.pretend(RATED):
        yield


def text_of(answer):
    return answer.content.decode()


def test_resident_rates_after_checking_and_may_change(client):
    """U7, A14: checked before it is sent, changed until the window closes."""
    world = worlds.in_evaluation()
    sign_in(client, world.supporter)
    url = reverse("evaluation:rate", args=[world.number])
    answer = client.post(url, {"do": "check", "text": "坡道好走"})
    assert answer.status_code == 422 and "请选择一项" in text_of(answer) and "坡道好走" in text_of(answer)
    answer = client.post(url, {"do": "check", "score": "4", "text": "坡道好走"})
    assert "核对后提交" in text_of(answer) and not Rating.objects.exists()
    assert f'formaction="{url}?elder=1" formnovalidate="formnovalidate" name="do" value="check"' in text_of(answer)
    answer = client.post(url + "?elder=1", {"do": "change", "text": "坡道好走"})
    assert answer.status_code == 200 and "坡道好走" in text_of(answer) and 'data-elder="1"' in text_of(answer)
    assert "请选择一项" not in text_of(answer), "who chooses how to read is not told yet what is missing"
    answer = client.post(url, {"do": "send", "score": "4", "text": "坡道好走"}, follow=True)
    assert "评价已提交" in text_of(answer) and "满意" in text_of(answer)
    assert "您已经评过" in text_of(client.get(url))
    client.post(url, {"do": "send", "score": "2", "text": "下雨打滑"})
    assert Rating.objects.get().score == 2
    for score in ("0", "6", "\x00", "9" * 300, "四"):
        assert client.post(url, {"do": "send", "score": score}).status_code == 422
    with clock.pretend(AFTER):
        answer = client.post(url, {"do": "send", "score": "5"})
        assert answer.status_code == 422 and "已经截止" in text_of(answer)


def test_supervisor_rates_four_aspects(client):
    world = worlds.in_evaluation()
    sign_in(client, world.supervisor)
    url = reverse("evaluation:rate_supervisor", args=[world.number])
    assert client.post(url, {"content": "5"}).status_code == 422
    client.post(url, {"content": "5", "site": "4", "budget": "3", "quality": "5", "text": "资料齐全。"})
    assert queries.supervisor_scores(world.project)["budget"] == 3


def test_office_publishes_settles_and_closes(client):
    world = worlds.in_evaluation()
    sign_in(client, world.worker)
    page = reverse("evaluation:project", args=[world.number])
    assert "评价还没有截止" in text_of(client.get(page))
    assert client.post(reverse("evaluation:conclude", args=[world.number])).status_code == 409
    with clock.pretend(AFTER):
        client.post(reverse("evaluation:record_absence", args=[world.number]), {"reason": "点菜人回老家，电话不通。"})
        client.post(reverse("evaluation:conclude", args=[world.number]))
        sign_in(client, world.officer)
        assert client.post(reverse("evaluation:close_project", args=[world.number])).status_code == 409
        funding.settle_project(project_id=world.project.pk, by=world.officer, note="没有付款，全部核减。", now=AFTER)
        assert "办结项目" in text_of(client.get(page))
        client.post(reverse("evaluation:close_project", args=[world.number]))
        assert client.get(page).status_code == 200
    assert world.again().stage == "done"


def test_texts_are_shown_with_masked_names_and_offers_say_why_not(client):
    """P11"""
    world = worlds.in_evaluation()
    sign_in(client, world.supporter)
    client.post(reverse("evaluation:rate", args=[world.number]), {"do": "send", "score": "5", "text": "好用"})
    sign_in(client, world.worker)
    page = text_of(client.get(reverse("evaluation:project", args=[world.number])))
    assert "周**" in page and "周建国" not in page and "1 人评价" in page
    told = {"person": world.supporter, "parties": frozenset({Party.RESIDENT})}
    (offer,) = queries.offers(world.project.proposal, now=RATED, **told)
    assert offer.url and "修改" in offer.text
    (offer,) = queries.offers(world.project.proposal, now=RATED + timedelta(days=30), **told)
    assert not offer.url and "截止" in offer.why_not


def test_only_those_concerned_get_in(client):
    """S28"""
    world = worlds.in_evaluation()
    for person in (make.resident(make.community("南坑社区")), make.street_officer(make.street("坂田街道"))):
        sign_in(client, person)
        for name in ("rate", "rate_supervisor", "project", "record_absence"):
            assert client.get(reverse(f"evaluation:{name}", args=[world.number])).status_code == 403
    forget(client)
    assert client.get(reverse("evaluation:rate", args=[world.number])).status_code == 302
