"""Preparing a round, opening its call, moving it by hand and by the clock."""

import hashlib
import json
from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from communities.roles.rules import Role
from portal.models import LogEntry, Notice
from portal.refusals import Refused
from projects import engine
from projects.models import Round, StageMove
from projects.rounds import queries, services
from projects.rounds.rules import DEFAULTS
from tests import factories
from tests.factories import NOON, SHANGHAI

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


@pytest.fixture
def street():
    return factories.street("布吉街道")


@pytest.fixture
def officer(street):
    return factories.street_officer(street)


@pytest.fixture
def home(street):
    return factories.community("龙岭社区", street)


@pytest.fixture
def prepared(street, officer, home):
    """A round that is ready to open today."""
    factories.worker(home)
    factories.council(home, seats=3)
    made = services.prepare_round(by=officer, street_id=street.pk, title="第一批", first_day=TODAY, now=NOON)
    services.set_envelope(round_id=made.pk, by=officer, community_id=home.pk, amount=200_000_00, now=NOON)
    return made


def refusal(call, **arguments):
    with pytest.raises(Refused) as caught:
        call(**arguments)
    return caught.value.refusal


def test_a_round_gets_a_number_of_year_street_and_count(street, officer):
    first = services.prepare_round(by=officer, street_id=street.pk, title="第一批", now=NOON)
    second = services.prepare_round(by=officer, street_id=street.pk, title="第二批", now=NOON)
    assert (first.number, second.number) == ("2026-BJ-01", "2026-BJ-02")
    assert first.stage == "rounds"
    assert first.rules == DEFAULTS
    assert LogEntry.objects.filter(action="rounds.prepare_round", about_id=str(first.pk)).exists()


@pytest.mark.parametrize("role", [Role.DISTRICT_OFFICER, Role.ADMINISTRATOR, Role.COMMUNITY_WORKER, Role.AUDITOR])
def test_only_the_street_prepares(street, home, role):
    places = {Role.DISTRICT_OFFICER: street.parent, Role.ADMINISTRATOR: street.parent, Role.AUDITOR: street.parent}
    who = factories.holder(role, places.get(role, home))
    assert refusal(services.prepare_round, by=who, street_id=street.pk, title="x", now=NOON).status == 403


def test_an_officer_of_another_street_does_not_prepare_here(street):
    other = factories.street_officer(factories.street("坂田街道"))
    assert refusal(services.prepare_round, by=other, street_id=street.pk, title="x", now=NOON).code == "not_yours"


def test_the_calendar_follows_from_the_first_day(prepared):
    days = {row.stage: queries.days_of(row) for row in prepared.windows.all()}
    assert days["proposals"] == (date(2026, 3, 2), date(2026, 3, 31))
    assert list(days) and days["screening"][0] == date(2026, 4, 1)
    opens = prepared.windows.get(stage="proposals").opens_at
    assert opens == datetime(2026, 3, 2, tzinfo=SHANGHAI)


def test_only_an_optional_stage_may_be_left_out(street, officer):
    made = services.prepare_round(
        by=officer, street_id=street.pk, title="x", unused_stages=("voting",), first_day=TODAY, now=NOON
    )
    assert not made.windows.filter(stage="voting").exists()
    objection = refusal(
        services.set_basics, round_id=made.pk, by=officer, title="x", unused_stages=("publicity",), now=NOON
    )
    assert objection.field == "unused_stages"


def test_windows_may_be_set_by_hand_but_not_overlap(prepared, officer):
    given = {"round_id": prepared.pk, "by": officer, "now": NOON}
    services.set_window(stage="proposals", first=TODAY, last=date(2026, 3, 20), **given)
    objection = refusal(services.set_window, stage="proposals", first=TODAY, last=date(2026, 5, 1), **given)
    assert objection.field == "first_screening"
    assert queries.days_of(prepared.windows.get(stage="proposals"))[1] == date(2026, 3, 20)


def test_an_envelope_belongs_to_a_community_of_the_street(prepared, officer, home):
    given = {"round_id": prepared.pk, "by": officer, "now": NOON}
    strange = factories.community("南坑社区", factories.street("坂田街道"))
    assert refusal(services.set_envelope, community_id=strange.pk, amount=1, **given).code == "other_street"
    assert refusal(services.set_envelope, community_id=home.pk, amount=-1, **given).code == "amount_out_of_range"
    services.set_envelope(community_id=home.pk, amount=0, **given)
    assert not prepared.envelopes.exists()


def test_a_setting_out_of_range_is_refused_at_its_field(prepared, officer):
    given = {"round_id": prepared.pk, "by": officer, "now": NOON}
    assert refusal(services.set_rules, changes={"notice_days": 0}, **given).field == "notice_days"
    with pytest.raises(KeyError):
        services.set_rules(changes={"no_such_setting": 1}, **given)
    services.set_rules(changes={"notice_days": 3}, **given)
    prepared.refresh_from_db()
    assert prepared.rules["notice_days"] == 3


def test_a_red_line_keeps_the_call_closed(street, officer, home):
    made = services.prepare_round(by=officer, street_id=street.pk, title="第一批", first_day=TODAY, now=NOON)
    objection = refusal(services.open_call, round_id=made.pk, by=officer, now=NOON)
    assert (objection.code, objection.params["count"]) == ("not_ready", 1), "no envelope yet"
    services.set_envelope(round_id=made.pk, by=officer, community_id=home.pk, amount=1, now=NOON)
    assert refusal(services.open_call, round_id=made.pk, by=officer, now=NOON).params["count"] == 2
    red = {line.code for line in queries.checks(made, day=TODAY) if not line.ok}
    assert red == {"councils", "workers"}


def test_opening_freezes_publishes_and_starts(prepared, officer):
    opened = services.open_call(round_id=prepared.pk, by=officer, now=NOON)
    assert opened.stage == "proposals"
    assert len(opened.rules["seed"]) == 32
    text = services.frozen_text(opened)
    assert opened.digest == hashlib.sha256(text.encode()).hexdigest()
    assert json.loads(text)["envelopes"] == {opened.envelopes.get().community.code: 200_000_00}
    assert services.frozen_fits(opened)
    assert Notice.objects.filter(kind="rounds.open_call").count() == 1
    assert StageMove.objects.get(round=opened).entered == "proposals"


@pytest.mark.parametrize(
    ("service", "arguments"),
    [
        ("set_basics", {"title": "另一个名字"}),
        ("set_rules", {"changes": {"notice_days": 1}}),
        ("lay_calendar", {"first_day": TODAY + timedelta(days=9)}),
        ("set_window", {"stage": "tally", "first": date(2027, 1, 1), "last": date(2027, 1, 2)}),
        ("set_envelope", {"amount": 900_000_00}),
        ("open_call", {}),
    ],
)
@pytest.mark.parametrize("starts_in", [0, 3])
def test_nothing_changes_once_the_call_is_open(prepared, officer, home, service, arguments, starts_in):
    """B12, G10: neither while the round waits for its published first day nor afterwards."""
    first_day = TODAY + timedelta(days=starts_in)
    services.lay_calendar(round_id=prepared.pk, by=officer, first_day=first_day, now=NOON)
    opened = services.open_call(round_id=prepared.pk, by=officer, now=NOON)
    before = services.frozen_text(opened)
    if service == "set_envelope":
        arguments = {**arguments, "community_id": home.pk}
    objection = refusal(getattr(services, service), round_id=opened.pk, by=officer, now=NOON, **arguments)
    assert objection.code == ("frozen" if starts_in else "not_now")
    opened.refresh_from_db()
    assert services.frozen_text(opened) == before
    assert services.frozen_fits(opened)


@pytest.mark.parametrize(
    "change",
    [
        lambda row: row.envelopes.update(amount=1),
        lambda row: row.envelopes.all().delete(),
        lambda row: row.envelopes.create(community=row.street, amount=1),
        lambda row: row.windows.filter(stage="tally").update(closes_at=NOON + timedelta(days=999)),
        lambda row: row.windows.all().delete(),
        lambda row: Round.objects.filter(pk=row.pk).update(rules={}),
        lambda row: Round.objects.filter(pk=row.pk).update(unused_stages=["voting"]),
        lambda row: Round.objects.filter(pk=row.pk).update(digest=""),
    ],
)
def test_the_database_keeps_what_was_frozen_whoever_writes(prepared, officer, change):
    """B12."""
    opened = services.open_call(round_id=prepared.pk, by=officer, now=NOON)
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        change(opened)
    assert services.frozen_fits(Round.objects.get(pk=opened.pk))


def test_a_digest_that_is_not_the_rows_own_does_not_fit(home):
    assert not services.frozen_fits(factories.round_at("voting", home))


def test_a_call_that_opens_later_waits_for_its_published_day(prepared, officer):
    services.lay_calendar(round_id=prepared.pk, by=officer, first_day=date(2026, 3, 10), now=NOON)
    opened = services.open_call(round_id=prepared.pk, by=officer, now=NOON)
    assert (opened.stage, bool(opened.digest)) == ("rounds", True)
    assert [hold.code for hold in engine.holds(opened, now=NOON)] == ["before_first_day"]
    assert services.advance_due(now=NOON).moved == 0
    assert services.advance_due(now=datetime(2026, 3, 10, tzinfo=SHANGHAI)).moved == 1
    opened.refresh_from_db()
    assert opened.stage == "proposals"


def test_a_copy_keeps_rules_and_money_and_lays_a_new_calendar(prepared, officer):
    services.set_rules(round_id=prepared.pk, by=officer, changes={"max_choices": 5}, now=NOON)
    opened = services.open_call(round_id=prepared.pk, by=officer, now=NOON)
    made = services.copy_round(
        round_id=opened.pk, by=officer, title="第二批", first_day=date(2026, 9, 1), now=NOON + timedelta(days=100)
    )
    assert made.number == "2026-BJ-02"
    assert made.rules["max_choices"] == 5
    assert "seed" not in made.rules
    assert made.digest == ""
    assert list(made.envelopes.values_list("amount", flat=True)) == [200_000_00]
    assert queries.days_of(made.windows.get(stage="proposals"))[0] == date(2026, 9, 1)


def test_a_cancelled_round_keeps_its_history_and_moves_no_more(prepared, officer, home):
    opened = services.open_call(round_id=prepared.pk, by=officer, now=NOON)
    proposer = factories.resident(home)
    factories.proposal(opened, proposer)
    assert refusal(services.cancel_round, round_id=opened.pk, by=officer, reason="  ", now=NOON).field == "reason"
    services.cancel_round(round_id=opened.pk, by=officer, reason="资金调整", now=NOON)
    opened.refresh_from_db()
    assert (opened.stage, opened.cancel_reason) == ("proposals", "资金调整")
    assert opened.proposals.count() == 1
    assert Notice.objects.get(person=proposer).params["reason"] == "资金调整"
    assert queries.open_window(opened) is None
    assert services.advance_due(now=NOON + timedelta(days=400)).moved == 0
    assert refusal(services.move_on, round_id=opened.pk, leaving="proposals", by=officer, now=NOON).code == "round_cancelled"


def test_a_timed_stage_is_not_closed_early_by_anybody(prepared, officer):
    opened = services.open_call(round_id=prepared.pk, by=officer, now=NOON)
    objection = refusal(services.move_on, round_id=opened.pk, leaving="proposals", by=officer, now=NOON)
    assert objection.code == "window_open"
    assert objection.until == datetime(2026, 3, 31, 23, 59, 59, tzinfo=SHANGHAI)


def test_a_second_click_on_an_old_page_moves_nothing(prepared, officer):
    opened = services.open_call(round_id=prepared.pk, by=officer, now=NOON)
    assert services.move_on(round_id=opened.pk, leaving="rounds", by=officer, now=NOON) is False
    assert StageMove.objects.filter(round=opened).count() == 1


def test_the_clock_closes_the_call_at_the_end_of_its_last_day(prepared, officer):
    opened = services.open_call(round_id=prepared.pk, by=officer, now=NOON)
    assert services.advance_due(now=datetime(2026, 3, 31, 23, 59, tzinfo=SHANGHAI)).moved == 0
    assert services.advance_due(now=datetime(2026, 4, 1, tzinfo=SHANGHAI)).moved == 1
    opened.refresh_from_db()
    assert opened.stage == "screening"


def test_a_proposal_without_an_answer_holds_the_screening(prepared, officer, home):
    opened = services.open_call(round_id=prepared.pk, by=officer, now=NOON)
    factories.proposal(opened, factories.resident(home))
    assert services.advance_due(now=NOON + timedelta(days=60)).moved == 1
    opened.refresh_from_db()
    assert opened.stage == "screening"
    assert engine.holds(opened, now=NOON + timedelta(days=60))


def test_one_failure_never_stops_the_others(prepared, officer, home, monkeypatch):
    opened = services.open_call(round_id=prepared.pk, by=officer, now=NOON)
    broken = factories.round_at("approval", factories.community("上水径社区", home.parent), officer=officer)
    whole = engine.holds

    def holds(subject, *, now):
        if subject.pk == broken.pk and isinstance(subject, Round):
            raise RuntimeError("a gate that fails")
        return whole(subject, now=now)

    monkeypatch.setattr(engine, "holds", holds)
    ticked = services.advance_due(now=datetime(2026, 4, 1, tzinfo=SHANGHAI) + timedelta(days=0))
    assert (ticked.moved, ticked.failed) == (1, 1)
    opened.refresh_from_db()
    assert opened.stage == "screening"


def test_a_round_that_is_held_stays_without_a_word_in_the_log(street, officer, home):
    made = services.prepare_round(by=officer, street_id=street.pk, title="x", now=NOON)
    before = LogEntry.objects.count()
    assert services.advance_due(now=NOON + timedelta(days=999)) == services.move.Ticked(0, 0)
    made.refresh_from_db()
    assert (made.stage, LogEntry.objects.count()) == ("rounds", before)


def test_a_district_sets_its_words(home):
    district = home.parent.parent
    officer = factories.holder(Role.DISTRICT_OFFICER, district)
    assert queries.words_for(home)["delivery"] == "做菜：动工实施"
    services.set_words(district_id=district.pk, by=officer, vocabulary="city", words={"tally": "定项"}, now=NOON)
    words = queries.words_for(home)
    assert (words["delivery"], words["tally"], words["programme"]) == ("项目实施", "定项", "民生微实事")
    worker = factories.worker(home)
    given = {"vocabulary": "city", "words": {}, "now": NOON}
    assert refusal(services.set_words, district_id=district.pk, by=worker, **given).status == 403


def test_the_office_sees_its_rounds_and_the_public_the_published_ones(prepared, officer, home):
    other = factories.street_officer(factories.street("坂田街道"))
    resident = factories.resident(home)
    assert prepared in queries.rounds_in_sight(officer, TODAY)
    assert prepared not in queries.rounds_in_sight(other, TODAY)
    assert prepared not in queries.rounds_in_sight(resident, TODAY)
    services.open_call(round_id=prepared.pk, by=officer, now=NOON)
    assert prepared in queries.rounds_in_sight(resident, TODAY)
    assert list(queries.rounds_of_office(other, TODAY)) == []


def test_what_is_spoken_for_counts_budgets_once(prepared, officer, home):
    opened = services.open_call(round_id=prepared.pk, by=officer, now=NOON)
    proposer = factories.resident(home)
    factories.proposal(opened, proposer, standing="chosen", estimate=30_000_00)
    approved = factories.proposal(opened, proposer, standing="approved", estimate=50_000_00)
    factories.proposal(opened, proposer, standing="refused", estimate=99_000_00)
    assert queries.spoken_for(opened, home) == 80_000_00
    opened.projects.create(
        proposal=approved,
        community=home,
        title="x",
        category="works",
        content_class="facilities",
        budget=45_000_00,
        stage_since=NOON,
        approved_at=NOON,
    )
    assert queries.spoken_for(opened, home) == 75_000_00
    assert queries.envelope_of(opened, home) == 200_000_00


def test_a_lock_is_held_while_a_round_changes(prepared, officer, django_assert_num_queries):
    with connection.cursor() as cursor:
        services.set_rules(round_id=prepared.pk, by=officer, changes={"max_choices": 4}, now=NOON)
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s", [prepared.pk])
        assert cursor.fetchone()[0] == 1
