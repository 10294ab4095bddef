"""A rehearsal from the first code to the last row: the true rules, its own tables, labelled everywhere, wiped by one act."""

import random
from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from portal import clock
from portal.models import LogEntry
from projects.models import Rehearsal, RehearsalPerson, RehearsalProject, Round
from projects.proposals.standings import Standing
from projects.rehearsal import rules, services
from projects.rounds.rules import DEFAULTS
from projects.tally.pb.read import parse
from projects.voting import ballots
from tests import factories as f
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
LABEL = "不计入任何投票"


@pytest.fixture(autouse=True)
def _day():
    with clock.pretend(f.NOON):
        yield


@pytest.fixture
def home():
    return f.community()


def others():
    """Rows of every table that is neither the rehearsal's nor the log's."""
    spared = {"portal_logentry", "portal_logseal", "django_session", "usersessions_usersession"}
    found = {}
    for model in apps.get_models():
        table = model._meta.db_table
        if table not in spared and "rehearsal" not in table:
            found[table] = model._default_manager.count()
    return found


def code(act, **given):
    with pytest.raises(Exception) as refused:
        act(**{"now": f.NOON, **given})
    return refused.value.refusal.code


def said(answer):
    return answer.content.decode()


def at(name, batch, home):
    return reverse(f"rehearsal:{name}", args=[batch.number, home.code])


@pytest.mark.parametrize("form", ["approval", "points", "knapsack"])
def test_a_whole_rehearsal_leaves_only_the_log(home, form):
    officer = f.street_officer(home.parent)
    batch = f.round_at("deliberation", home, officer=officer, ballot=form, max_choices=2)
    proposer = f.resident(home)
    for number in range(4):
        f.proposal(batch, proposer, standing=Standing.SHORTLISTED, title=f"凉亭{number}", estimate=700_000_00 + number)
    before, logged = others(), LogEntry.objects.count()
    office = sign_in(Client(), officer)
    manage = at("rehearsal", batch, home)
    assert "开始演练" in said(office.get(reverse("rehearsal:rehearsals", args=[batch.number])))
    for typed in ("", "2", "61", "9" * 40, "x\x00"):
        assert office.post(manage, {"people": typed}).status_code == 422, typed
    assert office.post(manage, {"people": "5"}).status_code == 302
    held = Rehearsal.objects.get()
    assert held.projects.count() == 4 and held.rules["ballot"] == form and LABEL in said(office.get(manage))
    test_person(held, form)
    assert office.get(at("ballots_pb", batch, home)).status_code == 404
    office.post(at("fill", batch, home))
    assert not RehearsalPerson.objects.filter(choices__isnull=True).exists()
    assert office.post(at("count", batch, home)).status_code == 302
    result = said(office.get(manage))
    assert LABEL in result and "试投 5 张" in result and "凉亭0" in result
    file = said(office.get(at("ballots_pb", batch, home)))
    meta = dict(line.split(";", 1) for line in file.split("PROJECTS")[0].splitlines()[2:])
    assert meta["experimental"] == "1" and "REHEARSAL" in meta["description"] and "REHEARSAL" in meta["comment"]
    assert parse(file.encode()).election.ballots.voters == 5
    assert code(services.fill_rehearsal, rehearsal_id=held.pk, by=officer) == "rehearsal_counted"
    assert others() == before, "nothing but the rehearsal's own rows"
    assert office.post(at("wipe", batch, home)).status_code == 302
    assert not any(model.objects.exists() for model in (Rehearsal, RehearsalPerson, RehearsalProject))
    acts = list(LogEntry.objects.order_by("pk")[logged:].values_list("action", flat=True))
    assert acts == ["rehearsal.start_rehearsal", "rehearsal.count_rehearsal", "rehearsal.wipe_rehearsal"]
    assert others() == before


def test_person(held, form):
    """With a code, without an account: enter, ballot, review, cast, change; the same limits as the real ballot."""
    phone, person = Client(), held.people.first()
    enter = reverse("rehearsal:enter")
    for wrong in ("", "AAAA", "2" * 8, "\x00", "９" * 8):
        assert phone.post(enter, {"code": wrong}).status_code == 422
    assert phone.get(reverse("rehearsal:ballot")).status_code == 404
    typed = f" {person.code[:4].lower()}-{person.code[4:]} "
    pages = [phone.get(enter), phone.post(enter, {"code": typed}, follow=True)]
    ids = list(held.projects.values_list("pk", flat=True))
    points = {f"points_{each}": "3" for each in ids[:3]}
    fine = points if form == "points" else {"choices": ids[:2]}
    over = {f"points_{each}": "9" for each in ids} if form == "points" else {"choices": ids if form == "approval" else [*ids, 9]}
    refused = phone.post(reverse("rehearsal:cast"), over)
    assert refused.status_code == 422 and ('value="9"' if form == "points" else " checked") in said(refused), "nothing is lost"
    for name, mark in (("ballot", 'value="3"' if form == "points" else " checked"), ("review", "您还没有提交")):
        page = said(phone.post(reverse(f"rehearsal:{name}") + "?elder=1", fine))
        assert 'data-elder="1"' in page and mark in page and f'"{reverse(f"rehearsal:{name}")}?elder=0"' in page
    pages.append(phone.post(reverse("rehearsal:review"), fine))
    assert "您还没有提交" in said(pages[-1]) and reverse("rehearsal:cast") in said(pages[-1])
    assert "/voting/" not in said(pages[-1]) and "/voting/" not in said(pages[1])
    pages.append(phone.post(reverse("rehearsal:cast"), fine, follow=True))
    assert "试投的选票已收到" in said(pages[-1])
    assert "已选" in said(phone.post(reverse("rehearsal:bar"), fine)) or form == "points"
    assert all(page.status_code == 200 and LABEL in said(page) for page in pages)
    person.refresh_from_db()
    assert person.revision == 1 and len(person.choices) == (3 if form == "points" else 2)


test_person.__test__ = False


def test_who_and_when(home):
    officer, worker = f.street_officer(home.parent), f.worker(home)
    batch = f.round_at("proposals", home, officer=officer)
    envelope = batch.envelopes.get().pk
    start = {"envelope_id": envelope, "people": 3}
    assert code(services.start_rehearsal, **start, by=worker) == "not_yours"
    held = services.start_rehearsal(**start, by=officer, now=f.NOON)
    assert {each.number[:2] for each in held.projects.all()} == {"演练"}, "too few proposals: invented ones"
    assert code(services.start_rehearsal, **start, by=officer) == "rehearsal_stands"
    Round.objects.filter(pk=batch.pk).update(stage="voting")
    person = held.people.first()
    assert code(lambda now: services.try_ballot(person_id=person.pk, choices={})) == "not_now"
    assert code(services.count_rehearsal, rehearsal_id=held.pk, by=officer) == "not_now"
    phone = Client()
    phone.post(reverse("rehearsal:enter"), {"code": person.code})
    assert phone.get(reverse("rehearsal:ballot")).status_code == 409
    assert code(services.wipe_rehearsal, rehearsal_id=held.pk, by=worker) == "not_yours"
    services.wipe_rehearsal(rehearsal_id=held.pk, by=officer, now=f.NOON + timedelta(days=90))
    assert not Rehearsal.objects.exists()


@pytest.mark.parametrize("form", sorted(ballots.FORMS))
def test_ballots_by_lot_keep_the_limits(form):
    costs = {number: 20_000_00 * number for number in range(1, 9)}
    given = {"budget": 100_000_00, "rules": {**DEFAULTS, "max_choices": 3}}
    for seed in range(50):
        ballot = rules.invented_ballot(form, costs, **given, chance=random.Random(seed))
        assert ballot and ballots.fault_in(form, ballot, costs=costs, **given) is None
