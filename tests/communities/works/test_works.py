"""Staff see what runs in the background, why something failed, and have it done again (D5)."""

import pytest
from django.urls import reverse

from communities.roles.rules import Role
from communities.works import rules
from portal import clock, jobs
from portal.models import Job, LogEntry
from tests import factories as make
from tests.factories import NOON
from tests.signing_in import sign_in

KIND = "test.works"


@pytest.fixture
def world(db, monkeypatch):
    monkeypatch.setitem(jobs.KINDS, KIND, lambda job, report: {"rows": job.args["rows"] + 1})
    with clock.pretend(NOON):
        home = make.community()
        yield home, make.worker(home), make.worker(home, "李国辉")


def failed(by, title="导入名册"):
    """A job that failed three times: what it was given is no number."""
    job = jobs.ask(KIND, title=title, by=by, now=NOON, rows="x")
    for _minute in range(3):
        Job.objects.filter(pk=job.pk).update(not_before=NOON)
        assert jobs.run(job.pk, now=NOON)
    job.refresh_from_db()
    assert job.state == "failed"
    return job


def shown(client, who, state=""):
    return sign_in(client, who).get(reverse("works:works"), {"state": state})


def test_a_failure_is_read_and_done_again(client, world):
    home, worker, _colleague = world
    job = failed(worker)
    text = shown(client, worker, "failed").content.decode()
    assert "导入名册" in text and "TypeError" in text and "Traceback" not in text
    Job.objects.filter(pk=job.pk).update(args={"rows": 1})
    again = reverse("works:retry", args=[job.pk])
    assert client.get(again).status_code == 405 and client.post(again).status_code == 302
    assert jobs.run(job.pk, now=NOON)
    job.refresh_from_db()
    assert (job.state, job.answer, job.error) == ("done", {"rows": 2}, "")
    assert client.post(again).status_code == 409
    assert LogEntry.objects.filter(action="works.retry_job", actor_id=worker.pk).count() == 1


def test_who_sees_whose(client, world):
    """One's own; the administrator of the place also her people's and the clock's; no other district's."""
    home, worker, colleague = world
    district = home.parent.parent
    away = make.division("district", "福田区", district.parent)
    here, there = make.holder(Role.ADMINISTRATOR, district), make.holder(Role.ADMINISTRATOR, away)
    job = failed(worker)
    jobs.ask(KIND, title="夜里清理", now=NOON, rows=1)
    for who, titles in ((worker, {"导入名册"}), (colleague, set()), (here, {"导入名册", "夜里清理"}), (there, {"夜里清理"})):
        answer = shown(client, who)
        assert {row["title"] for row in answer.context["rows"]} == titles, who
        status = client.post(reverse("works:retry", args=[job.pk])).status_code
        assert (status == 404) == ("导入名册" not in titles)
        Job.objects.filter(pk=job.pk).update(state="failed")
    assert shown(client, make.resident(home)).status_code == 404


def test_a_list_costs_the_same_whatever_its_length(client, world, django_assert_num_queries):
    """Session, person, terms; count, page, counts of the tabs."""
    home, worker, _colleague = world
    failed(worker)
    shown(client, worker)
    for number in range(3):
        with django_assert_num_queries(6):
            client.get(reverse("works:works"))
        jobs.ask(KIND, title=f"任务{number}", by=worker, now=NOON, rows=1)



def test_only_what_failed_is_done_again():
    assert rules.objection_to_retry(state="failed") is None
    assert rules.objection_to_retry(state="running").code == "not_failed"
    assert rules.first_line("ValueError: 第 3 行\nTraceback …") == "ValueError: 第 3 行"
