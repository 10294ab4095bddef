"""Codes on paper: printed, used once, limited, stopped (P10, S12, S17, S43, A16)."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from communities.accounts.models import User
from communities.letters import rules, services, work
from communities.letters.models import CodeBatch, PaperCode
from communities.residents import services as residents
from communities.residents.models import ProofTry, Residency, ResidencyCheck
from portal import clock, jobs
from portal.models import Job, LogEntry
from portal.refusals import Refused
from tests.factories import NOON, community, person, street_officer, worker
from tests.signing_in import sign_in

LATER = NOON + timedelta(days=2)


def printed(by, home, monkeypatch, count=3):
    """A batch, with the codes that stand on its letters."""
    codes, draw = [], work.drawn
    monkeypatch.setattr(work, "drawn", lambda: codes.append(draw()) or codes[-1])
    batch = services.print_codes(
        community_id=home.pk, estate="", count=count, way="boxes", days=30, address="https://portal.test/paper/use/", by=by, now=NOON
    )
    assert jobs.run(batch.job_id, now=NOON) and Job.objects.get(pk=batch.job_id).error == ""
    batch.refresh_from_db()
    return batch, codes


def waiting(home, name="王秀英"):
    who = person(name, adult=True)
    residents.declare_home(by=who, community_id=home.pk, estate="", now=NOON)
    return User.objects.get(pk=who.pk)


def code_of(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.refusal.code


@pytest.mark.django_db
def test_a_letter_proves_a_home_once(client, monkeypatch):
    """Who, when, on what evidence. The database holds no code, the log neither."""
    home = community()
    by = worker(home)
    batch, codes = printed(by, home, monkeypatch)
    assert batch.file.read(5) == b"%PDF-" and len(set(codes)) == 3
    assert not any(code in str(row) for code in codes for row in PaperCode.objects.values())
    who = waiting(home)
    with clock.pretend(LATER):
        typed = f" {codes[1][:4].lower()}－{codes[1][4:]} "
        answer = sign_in(client, who).post(reverse("letters:use"), {"code": typed})
    assert answer.status_code == 302
    held, check = Residency.objects.get(person=who), ResidencyCheck.objects.get()
    assert (held.proof, held.proved_at, held.proved_by) == ("letter", LATER, by)
    assert (check.evidence, check.reference, check.by) == ("letter", f"验证码 {batch.pk}-2", by)
    other = waiting(home, "李明")
    assert code_of(lambda: services.use_code(code=codes[1], by=other, now=LATER)) == "code_used"
    assert not any(code in str(row) for code in codes for row in LogEntry.objects.values())
    assert jobs.run(batch.job_id, now=NOON) is False and PaperCode.objects.count() == 3


@pytest.mark.django_db
def test_late_stopped_strange_and_foreign_codes_open_nothing(monkeypatch):
    home = community()
    by, batch, codes = worker(home), *printed(worker(home), home, monkeypatch)
    away = waiting(community("凤凰社区", home.parent))
    assert code_of(lambda: services.use_code(code=codes[0], by=away, now=LATER)) == "other_community"
    who = waiting(home)
    assert code_of(lambda: services.use_code(code="ABCDEFGH", by=who, now=LATER)) == "code_wrong"
    assert code_of(lambda: services.use_code(code=codes[0], by=who, now=NOON + timedelta(days=31))) == "code_expired"
    services.stop_batch(batch_id=batch.pk, reason="邮寄途中遗失", by=by, now=LATER)
    batch.refresh_from_db()
    assert code_of(lambda: services.use_code(code=codes[0], by=who, now=LATER)) == "code_stopped"
    assert not batch.file and code_of(lambda: services.stop_batch(batch_id=batch.pk, reason="再来一次", by=by, now=LATER)) == "stopped_already"


@pytest.mark.django_db
def test_guessing_ends_soon_and_the_tries_outlive_the_refusal():
    home = community()
    who = waiting(home)
    found = [code_of(lambda: services.use_code(code="ABCDEFGH", by=who, now=NOON)) for _try in range(6)]
    assert found == ["code_wrong"] * 5 + ["too_many_tries"] and ProofTry.objects.count() == 5
    later = [NOON + timedelta(hours=2), NOON + timedelta(hours=4)]
    assert [code_of(lambda at=at: services.use_code(code="ABCDEFGH", by=who, now=at)) for at in later] == ["code_wrong"] * 2
    assert code_of(lambda: services.use_code(code="ABCDEFGH", by=person(), now=NOON)) == "nothing_to_prove"


@pytest.mark.django_db
def test_only_the_communitys_worker_prints(client, monkeypatch):
    home = community()
    order = {"community_id": home.pk, "estate": "", "count": 1, "way": "boxes", "days": 30, "address": "x", "now": NOON}
    for other in (worker(community("凤凰社区", home.parent)), street_officer(home.parent)):
        assert code_of(lambda other=other: services.print_codes(by=other, **order)) == "not_worker"
    by = worker(home)
    sign_in(client, by)
    with clock.pretend(NOON):
        sent = {"community": home.pk, "count": "９００", "way": "boxes", "days": "30"}
        assert client.post(reverse("letters:batches"), sent).status_code == 422
        answer = client.post(reverse("letters:batches"), {**sent, "count": "2 封"})
        assert answer.status_code == 422  # 封 is no unit of people
        answer = client.post(reverse("letters:batches"), {**sent, "count": "2"})
        batch = CodeBatch.objects.get()
        assert answer["Location"] == reverse("letters:batch", args=[batch.pk])
        assert client.post(reverse("letters:for_printer", args=[batch.pk])).status_code == 404  # not made yet
        jobs.run(batch.job_id, now=NOON)
        assert client.get(reverse("letters:batch", args=[batch.pk])).status_code == 200
        answer = client.post(reverse("letters:for_printer", args=[batch.pk]))
        assert b"".join(answer.streaming_content)[:5] == b"%PDF-"
        assert LogEntry.objects.filter(action="letters.fetch_letters", actor_id=by.pk).count() == 1
        sign_in(client, worker(community("南坑社区", home.parent)))
        assert client.get(reverse("letters:batch", args=[batch.pk])).status_code == 404


@given(st.text(alphabet=rules.SIGNS, min_size=8, max_size=8))
def test_a_code_is_read_as_it_was_printed(code):
    assert rules.code_in(rules.grouped(code).lower()) == code
    assert rules.code_in(" ".join(code)) == code


@given(st.text(max_size=60))
def test_what_is_no_code_is_none(text):
    assert re.fullmatch(rf"[{rules.SIGNS}]{{8}}|", rules.code_in(text))
