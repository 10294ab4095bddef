"""The worker seats the panel, members mark, the proposer signs, the record is public and masked."""

from datetime import timedelta

import pytest
from django.urls import reverse

from communities.accounts import phones
from portal import clock
from projects.acceptance import queries
from tests import factories as make
from tests.factories import NOON
from tests.projects import project_worlds as worlds
from tests.signing_in import forget, sign_in

pytestmark = pytest.mark.django_db
DAY = NOON + timedelta(days=22)


@pytest.fixture(autouse=True)
def noon():
    with clock.pretend(DAY):
        yield


def text_of(answer):
    return answer.content.decode()


def test_worker_seats_a_panel_by_list_and_by_phone(client):
    world = worlds.in_delivery()
    sign_in(client, world.worker)
    url = reverse("acceptance:appoint", args=[world.number])
    client.post(url, {"seat": "proposer"})
    answer = client.post(url, {"seat": "resident", "phone": ""})
    assert answer.status_code == 422 and "手机号" in text_of(answer)
    answer = client.post(url, {"seat": "resident", "phone": "138 9999 9999"})
    assert answer.status_code == 422 and "没有找到" in text_of(answer)
    answer = client.post(url, {"seat": "resident", "phone": phones.unseal(world.supporter.phone_cipher)}, follow=True)
    assert "周建国" in text_of(answer)
    answer = client.post(url, {"seat": "technical", "phone": phones.unseal(world.contract.responsible.phone_cipher)})
    assert answer.status_code == 422 and "承接单位" in text_of(answer)
    client.post(url, {"seat": "community", "official": world.worker.pk})
    assert queries.panel_of(world.project).count() == 3
    member = world.project.panel.get(person=world.supporter)
    client.post(reverse("acceptance:release", args=[member.pk]), {"reason": "出差在外"})
    assert queries.panel_of(world.project).count() == 2


def test_marks_signature_and_the_masked_record(client):
    """P11: the public record shows a masked name and no number."""
    world = worlds.in_acceptance()
    worlds.mark_all(world, now=DAY, but=(world.engineer,))
    sign_in(client, world.engineer)
    url = reverse("acceptance:mark", args=[world.number])
    answer = client.post(url, {"meets": "no", "text": ""})
    assert answer.status_code == 422 and "哪里不合格" in text_of(answer)
    assert "意见已提交" in text_of(client.post(url, {"meets": "yes", "text": ""}, follow=True))
    sign_in(client, world.proposer)
    url = reverse("acceptance:sign_off", args=[world.number])
    assert client.post(url, {"satisfaction": "9"}).status_code == 422
    answer = client.post(url, {"satisfaction": "5", "text": "老人上下方便了。"}, follow=True)
    assert "签字已记录" in text_of(answer)
    assert "已经签过字" in text_of(client.get(url))
    sign_in(client, world.worker)
    client.post(reverse("acceptance:accept", args=[world.number]))
    assert world.again().stage == "evaluation"
    forget(client)
    record = text_of(client.get(reverse("acceptance:record", args=[world.number])))
    assert "李**" in record and "李秀兰" not in record and "老人上下方便了" in record and "验收合格" in record


def test_rework_from_the_page(client):
    world = worlds.in_acceptance()
    worlds.mark_all(world, now=DAY, meets=False)
    sign_in(client, world.worker)
    page = text_of(client.get(reverse("acceptance:project", args=[world.number])))
    assert "退回整改" in page and "扶手松动" in page
    url = reverse("acceptance:rework", args=[world.number])
    assert client.post(url, {"due_on": "2026-03-01", "reason": "把扶手重新加固。"}).status_code == 422
    client.post(url, {"due_on": "2026-04-08", "reason": "把扶手重新加固。"})
    assert world.again().stage == "delivery"


def test_absence_is_offered_after_her_time_and_cosigned_by_another(client):
    world = worlds.in_acceptance()
    worlds.mark_all(world, now=DAY, but=(world.proposer,))
    sign_in(client, world.worker)
    url = reverse("acceptance:project", args=[world.number])
    assert "签字期限到" in text_of(client.get(url))
    with clock.pretend(NOON + timedelta(days=60)):
        client.post(reverse("acceptance:record_absence", args=[world.number]), {"reason": "打了三次电话都没人接。"})
        assert "不能是同一个人" in text_of(client.get(url))
        assert client.post(reverse("acceptance:cosign_absence", args=[world.number])).status_code == 403
        sign_in(client, make.worker(world.home, "邓丽"))
        client.post(reverse("acceptance:cosign_absence", args=[world.number]))
        client.post(reverse("acceptance:accept", args=[world.number]))
    assert world.again().stage == "evaluation"


def test_only_those_concerned_get_in(client):
    """S28"""
    world = worlds.in_acceptance()
    private = ["project", "appoint", "mark", "sign_off", "rework", "record_absence"]
    for person in (world.supporter, world.contract.responsible, make.street_officer(make.street("坂田街道"))):
        sign_in(client, person)
        assert {client.get(reverse(f"acceptance:{name}", args=[world.number])).status_code for name in private} == {403}
    for data in ({"meets": "\x00"}, {"meets": "yes", "text": "长" * 5000}, {}):
        sign_in(client, world.engineer)
        assert client.post(reverse("acceptance:mark", args=[world.number]), data).status_code == 422
