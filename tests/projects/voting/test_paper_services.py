"""The paper channel on PostgreSQL: one paper a person, blind double keying, totals, voiding, sample, close."""

from datetime import timedelta

import pytest

from portal.models import Job, LogEntry, Notice
from portal.refusals import Refused
from projects import engine
from projects.models import (
    Ballot,
    CountedBallot,
    CountedTracker,
    Keying,
    PaperBatch,
    PaperSheet,
    Participation,
    Slate,
    SpoiltSheet,
)
from projects.voting import keys, queries, services
from projects.voting.gate import holding
from tests import factories as f
from tests.projects.voting.papers import paper_poll

pytestmark = pytest.mark.django_db
OVER = f.NOON + timedelta(days=29)


@pytest.fixture
def poll():
    made = paper_poll()
    yield made
    keys.destroy_key(made.slate.round_id)


def code(act, **arguments):
    with pytest.raises(Refused) as refused:
        act(**{"now": f.NOON, **arguments})
    return refused.value.refusal.code


def accept(poll, batch, by=None):
    return services.accept_batch(batch_id=batch.pk, by=by or poll.second, now=f.NOON)


def keyed_by_two(poll, batch, count, places=(1,)):
    for serial in poll.serials(batch)[:count]:
        poll.key(batch, serial, poll.first, places)
        poll.key(batch, serial, poll.second, places)


def test_an_envelope_has_random_serials_and_asks_for_its_print(poll):
    batch = poll.printed(12)
    again = poll.printed(10)
    assert (batch.envelope, again.envelope) == (1, 2)
    assert len(set(poll.serials(batch))) == 12
    assert Job.objects.get(key=f"paper-{batch.pk}").args == {"batch": batch.pk}
    assert code(services.print_sheets, slate_id=poll.slate.pk, count=9, by=poll.first) == "sheets_out_of_range"
    assert code(services.print_sheets, slate_id=poll.slate.pk, count=10, by=poll.voters[0]) == "not_yours"


def test_roll_first_then_one_paper_a_person(poll):
    """B1, A20: one row of the register for all channels."""
    batch = poll.handed(1)
    assert batch.handed_out == 1
    assert Participation.objects.get().channel == "paper"
    assert code(services.hand_out_paper, entry_id=poll.entries[0], by=poll.second) == "has_paper"
    assert PaperBatch.objects.get().handed_out == 1
    late = {"entry_id": poll.entries[1], "by": poll.first, "now": OVER}
    assert code(services.hand_out_paper, **late) == "closed"


def test_no_sheet_no_paper(poll):
    assert code(services.hand_out_paper, entry_id=poll.entries[0], by=poll.first) == "no_sheet_left"
    assert not Participation.objects.exists()


def test_paper_withdraws_what_was_cast_online_and_is_final(poll):
    """B1: she is told, and online is refused afterwards."""
    voter = poll.voters[0]
    services.cast_ballot(slate_id=poll.slate.pk, by=voter, choices={poll.numbers[0]: 1}, now=f.NOON)
    poll.handed(1)
    assert not Ballot.objects.exists() and Participation.objects.get().channel == "paper"
    assert "已经撤回" in Notice.objects.get(person=voter, kind="voting.paper").text
    again = {"slate_id": poll.slate.pk, "by": voter, "choices": {poll.numbers[0]: 1}}
    assert code(services.cast_ballot, **again) == "paper_is_final"
    assert not Ballot.objects.exists()


def test_no_row_joins_a_sheet_to_a_person(poll):
    """B8: handing out writes the register and a count; the log names no serial."""
    batch = poll.handed(3)
    for model in (PaperSheet, PaperBatch, Keying):
        assert not {"person", "participation", "entry"} & {field.name for field in model._meta.fields}
    told = str(list(LogEntry.objects.values_list("detail", "about_id")))
    assert not any(serial in told for serial in poll.serials(batch))


def test_two_different_people_key_each_sheet(poll):
    """B11"""
    batch = poll.handed(2)
    serial = poll.serials(batch)[0]
    given = {"batch_id": batch.pk, "serial": serial, "choices": {poll.numbers[0]: 1}}
    assert code(services.key_sheet, **given, by=poll.first) == "not_sealed"
    poll.seal(batch, 18, 2)
    poll.key(batch, serial, poll.first)
    assert code(services.key_sheet, **given, by=poll.first) == "keyed_by_you"
    poll.key(batch, serial, poll.second)
    third = f.worker(poll.home)
    assert code(services.key_sheet, **given, by=third) == "keyed_twice"
    wrong = {**given, "serial": "000000000"}
    assert code(services.key_sheet, **wrong, by=third) == "unknown_serial"
    assert code(services.key_sheet, **given, by=poll.voters[0]) == "not_yours"


def test_over_the_limit_is_a_reason_not_a_ballot(poll):
    """B6: an over-filled sheet cannot be keyed as a ballot, only as spoilt."""
    batch = poll.sealed(1)
    poll.slate.round.rules["max_choices"] = 1
    poll.slate.round.save(update_fields=["rules"])
    serial = poll.serials(batch)[0]
    many = {"batch_id": batch.pk, "serial": serial, "choices": dict.fromkeys(poll.numbers, 1), "by": poll.first}
    assert code(services.key_sheet, **many) == "over_limit"
    assert code(services.key_sheet, **many, spoilt="over_limit") == "spoilt_or_not"
    assert poll.key(batch, serial, poll.first, (), "over_limit").spoilt == "over_limit"


def test_a_difference_goes_to_a_third_person(poll):
    """B11: a mismatch blocks the envelope until somebody else has looked at the paper."""
    batch = poll.sealed(2)
    one, two = poll.serials(batch)[:2]
    for by in (poll.first, poll.second):
        poll.key(batch, one, by)
    poll.key(batch, two, poll.first, (1,))
    poll.key(batch, two, poll.second, (2,))
    assert code(services.accept_batch, batch_id=batch.pk, by=poll.first) == "differences"
    third = {"batch_id": batch.pk, "serial": two, "choices": {poll.numbers[1]: 1}}
    assert code(services.settle_sheet, **third, by=poll.second) == "third_person"
    assert code(services.settle_sheet, **{**third, "serial": one}, by=poll.officer) == "no_difference"
    services.settle_sheet(**third, by=poll.officer, now=f.NOON)
    accept(poll, batch)
    assert sorted(str(each.choices) for each in Ballot.objects.all()) == sorted(
        [str({str(poll.numbers[0]): 1}), str({str(poll.numbers[1]): 1})]
    )
    assert code(services.key_sheet, **third, by=f.worker(poll.home)) == "accepted"


def test_an_envelope_counts_only_when_its_totals_match(poll):
    batch = poll.sealed(3)
    keyed_by_two(poll, batch, 2)
    assert code(services.accept_batch, batch_id=batch.pk, by=poll.first) == "not_all_keyed"
    assert not Ballot.objects.exists()
    keyed = poll.serials(batch)[2]
    poll.key(batch, keyed, poll.first)
    assert code(services.accept_batch, batch_id=batch.pk, by=poll.first) == "not_all_keyed"
    poll.key(batch, keyed, poll.second)
    accept(poll, batch)
    sheets = set(PaperSheet.objects.values_list("tracker", flat=True))
    assert Ballot.objects.count() == 3
    assert {each.tracker for each in Ballot.objects.all()} <= sheets
    assert {each.channel for each in Ballot.objects.all()} == {"paper"}
    assert code(services.accept_batch, batch_id=batch.pk, by=poll.first) == "accepted"


def test_two_people_void_an_envelope_whole(poll):
    batch = poll.sealed(2)
    keyed_by_two(poll, batch, 2)
    accept(poll, batch)
    services.ask_void(batch_id=batch.pk, reason="录入时拿错了信封。", by=poll.first, now=f.NOON)
    assert Ballot.objects.count() == 2
    assert code(services.answer_void, batch_id=batch.pk, agree=True, by=poll.first) == "two_people"
    assert code(services.ask_void, batch_id=batch.pk, reason="再来", by=poll.second) == "void_asked"
    assert [hold.code for hold in holding(poll.slate.round, now=OVER)] == ["paper_open"]
    services.answer_void(batch_id=batch.pk, agree=True, by=poll.second, now=f.NOON)
    batch.refresh_from_db()
    assert not Ballot.objects.exists() and batch.attempt == 2 and batch.sealed_at is None
    poll.seal(batch, 18, 2)
    keyed_by_two(poll, batch, 2, (2,))
    accept(poll, batch)
    assert [each.choices for each in Ballot.objects.all()] == [{str(poll.numbers[1]): 1}] * 2
    assert Keying.objects.count() == 8


def test_a_voiding_that_is_refused_leaves_the_envelope(poll):
    batch = poll.sealed(1)
    keyed_by_two(poll, batch, 1)
    accept(poll, batch)
    services.ask_void(batch_id=batch.pk, reason="看错了。", by=poll.first, now=f.NOON)
    services.answer_void(batch_id=batch.pk, agree=False, by=poll.officer, now=f.NOON)
    assert Ballot.objects.count() == 1 and queries.unfinished_in(poll.slate.round) == 0


def test_open_envelopes_hold_the_round(poll):
    """B11: mismatch blocks close."""
    batch = poll.sealed(2)
    poll.printed(10)
    [hold] = holding(poll.slate.round, now=OVER)
    assert hold.text == "%(count)s 批纸质选票没有录完" and hold.count == 2
    with pytest.raises(Refused):
        services.close_ballots(poll.slate.round, now=OVER)
    assert PaperBatch.objects.get(pk=batch.pk).accepted_at is None


def finished(poll):
    """18 handed out: 14 read alike, 1 unreadable, 1 over the limit, 2 not returned; 2 residents vote online."""
    for voter in poll.voters[18:]:
        services.cast_ballot(slate_id=poll.slate.pk, by=voter, choices={poll.numbers[0]: 1}, now=f.NOON)
    batch = poll.sealed(18, returned=16, why="两位居民没有交回。")
    keyed_by_two(poll, batch, 14)
    for serial, reason in zip(poll.serials(batch)[14:16], ("unreadable", "over_limit"), strict=True):
        poll.key(batch, serial, poll.first, (), reason)
        poll.key(batch, serial, poll.second, (), reason)
    return accept(poll, batch)


def compared(poll, *people):
    for sheet in queries.sample_of(poll.slate):
        for by in people:
            services.check_sample(sheet_id=sheet.pk, agrees=True, by=by, now=OVER)


def test_a_sample_is_compared_by_two_people_before_the_count(poll):
    finished(poll)
    sample = queries.sample_of(poll.slate)
    assert len(sample) == 5
    early = {"sheet_id": sample[0].pk, "agrees": True, "by": poll.first}
    assert code(services.check_sample, **early) == "poll_runs"
    assert [(hold.code, hold.count) for hold in holding(poll.slate.round, now=OVER)] == [("paper_sample", 5)]
    compared(poll, poll.first)
    assert [(hold.code, hold.count) for hold in holding(poll.slate.round, now=OVER)] == [("paper_sample", 5)]
    assert code(services.check_sample, **{**early, "now": OVER}) == "checked_by_you"
    compared(poll, poll.officer)
    assert holding(poll.slate.round, now=OVER) == []


def test_two_clerks_who_keyed_falsely_cannot_confirm_it_themselves(poll):
    """B11: of the two who say that a sampled sheet agrees, one at least has not keyed it; to say no is always open."""
    finished(poll)
    compared(poll, poll.first)
    sheet, other = queries.sample_of(poll.slate)[:2]
    given = {"sheet_id": sheet.pk, "by": poll.second, "now": OVER}
    assert code(services.check_sample, agrees=True, **given) == "keyers_only"
    assert [row["kept"] for row in queries.sample_rows(poll.slate, poll.second)] == [True] * 5
    assert not any(row["kept"] for row in queries.sample_rows(poll.slate, poll.officer))
    assert [(hold.code, hold.count) for hold in holding(poll.slate.round, now=OVER)] == [("paper_sample", 5)]
    services.check_sample(agrees=False, **{**given, "sheet_id": other.pk})
    compared(poll, poll.officer)
    assert [(hold.code, hold.count) for hold in holding(poll.slate.round, now=OVER)] == [("paper_sample", 1)]


def test_a_sheet_that_does_not_agree_holds_until_its_envelope_is_void(poll):
    finished(poll)
    first = queries.sample_of(poll.slate)[0]
    services.check_sample(sheet_id=first.pk, agrees=False, by=poll.first, now=OVER)
    for sheet in queries.sample_of(poll.slate)[1:]:
        services.check_sample(sheet_id=sheet.pk, agrees=True, by=poll.first, now=OVER)
    compared_by = [poll.officer, f.street_officer(poll.home.parent, "林国栋")]
    for by in compared_by:
        for sheet in queries.sample_of(poll.slate):
            services.check_sample(sheet_id=sheet.pk, agrees=True, by=by, now=OVER)
    assert [(hold.code, hold.count) for hold in holding(poll.slate.round, now=OVER)] == [("paper_sample", 1)]


def test_the_close_counts_paper_and_forgets_the_sheets(poll, django_capture_on_commit_callbacks):
    """Ballots = participations, less the two spoilt and two missing sheets; afterwards no serial leads anywhere."""
    finished(poll)
    compared(poll, poll.first, poll.officer)
    spoilt = set(PaperSheet.objects.filter(keyings__spoilt__gt="").values_list("tracker", flat=True))
    with django_capture_on_commit_callbacks(execute=True):
        assert engine.advance(poll.slate.round, leaving="voting", now=OVER)
    assert CountedBallot.objects.filter(channel="paper").count() == 14
    assert CountedBallot.objects.count() == CountedTracker.objects.count() == 16
    assert Participation.objects.count() == 20
    assert set(SpoiltSheet.objects.values_list("tracker", flat=True)) == spoilt
    assert not PaperSheet.objects.exists() and not Keying.objects.exists() and not Ballot.slots.exists()


def test_a_ballot_slipped_among_the_paper_stops_the_close(poll):
    finished(poll)
    compared(poll, poll.first, poll.officer)
    slipped = Ballot.objects.filter(channel="paper").first()
    slipped.pk, slipped.link, slipped.tracker = None, b"x" * 32, "0" * 16
    slipped.save(force_insert=True)
    assert code(lambda now: services.close_ballots(poll.slate.round, now=now)) == "ballots_do_not_match"


def replace(poll, serial, *, person=0, reason="miswritten", by=None):
    given = {"entry_id": poll.entries[person], "serial": serial, "reason": reason}
    return services.replace_sheet(**given, by=by or poll.first, now=f.NOON)


def test_a_replaced_sheet_never_counts(poll, django_capture_on_commit_callbacks):
    """B11: spoilt and lost sheets are void from then on, by serial or by the tear-off; the account still adds up."""
    batch = poll.handed(5)
    spoilt, lost, *good = PaperSheet.objects.filter(batch=batch).order_by("pk")[:7]
    before = LogEntry.objects.count()
    replace(poll, spoilt.serial)
    replace(poll, lost.tracker, person=1, reason="lost")
    batch.refresh_from_db()
    assert (batch.handed_out, batch.replaced, Participation.objects.count()) == (7, 2, 5)
    told = str(list(LogEntry.objects.order_by("pk")[before:].values_list("detail", "about_id")))
    assert spoilt.serial not in told and lost.tracker not in told
    assert code(lambda now: replace(poll, spoilt.serial, person=2)) == "replaced_already"
    assert code(lambda now: replace(poll, "", person=2)) == "unknown_serial"
    assert code(lambda now: replace(poll, good[0].serial, person=9)) == "has_no_paper"
    assert code(lambda now: replace(poll, good[0].serial, by=poll.voters[0])) == "not_yours"
    poll.seal(batch, 13, 5)
    assert code(services.key_sheet, batch_id=batch.pk, serial=lost.serial, choices={}, by=poll.first) == "replaced"
    assert code(lambda now: replace(poll, good[0].serial)) in ("envelope_counted", "no_sheet_left")
    for each in good:
        poll.key(batch, each.serial, poll.first)
        poll.key(batch, each.serial, poll.second)
    accept(poll, batch)
    compared(poll, poll.first, poll.officer)
    with django_capture_on_commit_callbacks(execute=True):
        assert engine.advance(poll.slate.round, leaving="voting", now=OVER)
    assert CountedBallot.objects.count() == 5
    gone = dict(SpoiltSheet.objects.values_list("tracker", "reason"))
    assert gone == {spoilt.tracker: "miswritten", lost.tracker: "lost"}
    account = queries.account_of(Slate.objects.get(pk=poll.slate.pk))
    assert (account.printed, account.handed_out, account.left_over) == (20, 7, 13)
    assert account.counted + len(account.spoilt) + len(account.replaced) + account.missing == account.handed_out
