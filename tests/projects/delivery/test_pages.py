"""The provider reports from a phone, a resident reports a problem, the office answers."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from communities.roles.rules import Role
from portal import clock
from projects.delivery import queries, services
from projects.delivery.models import Evidence, ProblemReport
from projects.permissions import Party
from tests import factories as make
from tests.factories import NOON
from tests.projects import project_worlds as worlds
from tests.signing_in import forget, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    with clock.pretend(NOON):
        yield


def text_of(answer):
    return answer.content.decode()


def test_provider_plans_reports_with_photos_and_finishes(client):
    """One page, one form: percentage, words, photos; P15: what is kept carries no EXIF and a random name."""
    world = worlds.in_delivery()
    sign_in(client, world.contract.responsible)
    assert world.project.title in text_of(client.get(reverse("delivery:mine")))
    client.post(reverse("delivery:add_milestone", args=[world.number]), {"title": "浇筑坡道", "due_on": "2026-03-12"})
    step = world.project.milestones.get()
    url = reverse("delivery:report", args=[world.number])
    data = {"percent": "40", "text": "地面已经打好，明天浇筑。", "kind": "during", "caption": "打好的地面"}
    bad = SimpleUploadedFile("x.jpg", b"<svg onload=alert(1)>", content_type="image/jpeg")
    answer = client.post(url, {**data, "files": [bad]})
    assert answer.status_code == 422 and "打不开" in text_of(answer) and "地面已经打好" in text_of(answer)
    answer = client.post(
        url, {**data, "files": [worlds.photo_file("a.jpg"), worlds.photo_file("b.jpg", "gold")]}, follow=True
    )
    assert "进度已上报" in text_of(answer) and Evidence.objects.count() == 2
    answer = client.post(url, {**data, "percent": "30"})
    assert "不能更低" in text_of(answer)
    answer = client.post(reverse("delivery:declare_finished", args=[world.number]), {"text": "坡道全部完工。"})
    assert "1 个节点没有完成" in text_of(answer)
    client.post(reverse("delivery:complete_milestone", args=[step.pk]))
    client.post(url, {**data, "percent": "100", "kind": "after", "files": [worlds.photo_file("c.jpg")]})
    answer = client.post(
        reverse("delivery:declare_finished", args=[world.number]), {"text": "坡道全部完工。"}, follow=True
    )
    assert "已申报完工" in text_of(answer)
    sign_in(client, world.worker)
    assert "开始验收" in text_of(client.get(reverse("delivery:project", args=[world.number])))
    client.post(reverse("delivery:open_acceptance", args=[world.number]))
    assert world.again().stage == "acceptance"


def test_photos_are_public_and_sheets_with_names_are_not(client):
    """P11: a sign-in sheet is for those who follow the project."""
    world = worlds.in_delivery()
    given = {"project_id": world.project.pk, "by": world.contract.responsible, "now": NOON, "caption": "培训现场"}
    photo = services.add_evidence(kind="during", file=worlds.kept_photo(), **given)
    sheet = services.add_evidence(kind="sign_in", file=worlds.kept_photo(), **given)
    assert client.get(reverse("delivery:photo", args=[photo.pk]))["Content-Type"] == "image/jpeg"
    assert client.get(reverse("delivery:photo", args=[sheet.pk])).status_code == 403
    sign_in(client, world.proposer)
    assert client.get(reverse("delivery:photo", args=[sheet.pk])).status_code == 403
    sign_in(client, world.worker)
    assert client.get(reverse("delivery:photo", args=[sheet.pk])).status_code == 200


def test_resident_writes_checks_sends_and_finds_the_number_again(client):
    """U7, U8: nothing is kept before it is sent; the number stands at the same address later."""
    world = worlds.in_delivery()
    sign_in(client, world.supporter)
    url = reverse("delivery:report_problem", args=[world.number])
    data = {"aspect": "site", "text": "围挡没有关好，孩子会跑进去。"}
    answer = client.post(url, {**data, "aspect": "", "do": "check"})
    assert answer.status_code == 422 and "哪方面" in text_of(answer) and "围挡" in text_of(answer)
    answer = client.post(url, {**data, "do": "check"})
    assert "核对后提交" in text_of(answer) and not ProblemReport.objects.exists()
    answer = client.post(url, {**data, "do": "change"})
    assert "围挡" in text_of(answer) and not ProblemReport.objects.exists()
    answer = client.post(url, {**data, "text": "打 13800138000 找我说。", "do": "send"})
    assert answer.status_code == 422 and "号码" in text_of(answer)
    answer = client.post(url, {**data, "do": "send"}, follow=True)
    problem = ProblemReport.objects.get()
    assert problem.number in text_of(answer) and "2026年3月9日" in text_of(answer)
    sent = reverse("delivery:problem_sent", args=[problem.number])
    sign_in(client, world.worker)
    assert client.get(sent).status_code == 404
    answer = client.post(
        reverse("delivery:answer_problem", args=[problem.pk]), {"answer": "围挡已经加锁。"}, follow=True
    )
    assert "答复已公开" in text_of(answer)
    sign_in(client, world.supporter)
    assert "围挡已经加锁" in text_of(client.get(sent))


def test_supervisor_and_office_acts(client):
    world = worlds.in_delivery()
    sign_in(client, make.holder(Role.SUPERVISOR, world.home))
    answer = client.post(
        reverse("delivery:raise_concern", args=[world.number]), {"aspect": "budget", "text": "单价高于报价单。"}
    )
    assert answer.status_code == 302 and ProblemReport.objects.get().source == "supervisor"
    sign_in(client, world.officer)
    client.post(reverse("delivery:stop_project", args=[world.number]), {"reason": "地下管线要重新探测。"})
    assert "地下管线要重新探测" in text_of(client.get(reverse("delivery:project", args=[world.number])))
    client.post(reverse("delivery:resume_project", args=[world.number]), {"note": "管线探明，可以施工。"})
    assert not world.project.stops.filter(resumed_at=None).exists()


def test_strangers_get_no_work_page(client):
    """S28"""
    world = worlds.in_delivery()
    names = ["project", "report", "add_milestone", "declare_finished", "stop_project"]
    for person in (
        world.supporter,
        make.street_officer(make.street("坂田街道")),
        make.resident(make.community("南坑社区")),
    ):
        sign_in(client, person)
        assert {client.get(reverse(f"delivery:{name}", args=[world.number])).status_code for name in names} == {403}
    forget(client)
    assert {client.get(reverse(f"delivery:{name}", args=[world.number])).status_code for name in names} == {302}


def test_my_projects_and_the_work_page_ask_a_bounded_number_of_questions(client):
    world = worlds.in_delivery()
    sign_in(client, world.contract.responsible)
    url = reverse("delivery:project", args=[world.number])

    def asked():
        client.get(url)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url).status_code == 200
        return len(seen)

    given = {"project_id": world.project.pk, "by": world.contract.responsible}
    services.report_progress(**given, percent=1, text="材料进场了。", files=[worlds.kept_photo()], now=NOON)
    one = asked()
    for day in (2, 3):
        services.report_progress(
            **given, percent=day, text="继续施工中。", files=[worlds.kept_photo()], now=NOON + timedelta(days=day)
        )
    assert asked() == one


def test_offers_say_what_can_be_done_or_why_not():
    world = worlds.in_delivery()
    told = {"now": NOON, "person": world.supporter}
    (offer,) = queries.offers(world.project.proposal, parties=frozenset({Party.RESIDENT}), **told)
    assert offer.url and not offer.why_not
    (offer,) = queries.offers(world.project.proposal, parties=frozenset({Party.VISITOR}), **told)
    assert not offer.url and "居民" in offer.why_not


TYPED = some.one_of(
    some.text(max_size=40), some.sampled_from(["\x00", "9" * 300, "-1", "1e99", "٣", "2026-02-30", "　"])
)
BOXES = [
    "percent",
    "text",
    "kind",
    "caption",
    "title",
    "due_on",
    "planned_amount",
    "reason",
    "note",
    "aspect",
    "do",
    "answer",
]


@pytest.fixture
def step_of_fuzz(client):
    world = worlds.in_delivery()
    step = services.add_milestone(
        project_id=world.project.pk, by=world.contract.responsible, title="浇筑", due_on=NOON.date(), now=NOON
    )
    return world, step


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.dictionaries(some.sampled_from(BOXES), TYPED))
def test_bad_input_is_answered_never_broken(client, step_of_fuzz, data):
    """D7"""
    world, step = step_of_fuzz
    sign_in(client, world.contract.responsible)
    for name in ("report", "add_evidence", "add_milestone", "declare_finished", "report_problem"):
        answer = client.post(reverse(f"delivery:{name}", args=[world.number]), data)
        assert answer.status_code in (200, 302, 403, 409, 422)
    answer = client.post(reverse("delivery:change_milestone", args=[step.pk]), data)
    assert answer.status_code in (200, 302, 404, 409, 422)
