"""Drafting, handing in, changing, taking back, backing; on real rows, the clock held at NOON."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction

from communities.residents.queries import proved_residents
from portal import clock
from portal.files import KeptFile
from portal.models import LogEntry, Notice
from portal.refusals import Refused
from projects.models import Edition, Follow, Proposal, Support
from projects.proposals import gate, queries, services, similar
from projects.proposals.standings import Standing
from tests.factories import NOON, community, person, proposal, resident, round_at, worker

pytestmark = pytest.mark.django_db
ANSWERS = {
    "need": "三栋门口有五级台阶，轮椅上不去。",
    "title": "三栋门口加装坡道",
    "wish": "在台阶旁边加一条坡道和扶手。",
    "place": "阳光花园三栋一单元",
    "beneficiaries": "三栋的老人",
    "beneficiary_count": 60,
    "category": "works",
    "estimate": 80_000_00,
}


@pytest.fixture(autouse=True)
def _noon():
    with clock.pretend(NOON):
        yield


@pytest.fixture
def home():
    return community()


@pytest.fixture
def call(home):
    return round_at("proposals", home)


def draft(call, who, **changes) -> Proposal:
    row = services.start_draft(round_id=call.pk, community_id=call.envelopes.get().community_id, by=who, now=NOON)
    return services.save_answers(proposal_id=row.pk, by=who, answers={**ANSWERS, **changes}, now=NOON)


def refused(code: str):
    return pytest.raises(Refused, match=code)


def test_a_draft_is_a_row_from_the_first_step(home, call):
    """A11, U1"""
    who = resident(home)
    row = services.start_draft(round_id=call.pk, community_id=home.pk, by=who, now=NOON)
    assert row.standing == Standing.DRAFT and row.number is None
    again = services.start_draft(round_id=call.pk, community_id=home.pk, by=who, now=NOON)
    assert again.pk == row.pk
    services.save_answers(proposal_id=row.pk, by=who, answers={"need": ANSWERS["need"]}, now=NOON)
    row.refresh_from_db()
    assert row.need and "台阶" in row.bigrams


def test_a_draft_is_in_nobody_elses_hand(home, call):
    """S28"""
    row = draft(call, resident(home))
    with pytest.raises(Proposal.DoesNotExist):
        services.save_answers(proposal_id=row.pk, by=resident(home, "邻居"), answers={"need": "改掉"}, now=NOON)


def test_saving_takes_only_answers(home, call):
    """S29"""
    who = resident(home)
    row = draft(call, who)
    services.save_answers(proposal_id=row.pk, by=who, answers={"standing": "approved", "number": "X"}, now=NOON)
    row.refresh_from_db()
    assert row.standing == Standing.DRAFT and row.number is None


def test_lodging_gives_a_number_an_edition_a_notice_and_a_log_row(home, call):
    """U8, S45"""
    who = resident(home)
    row = services.lodge_proposal(proposal_id=draft(call, who).pk, by=who, now=NOON)
    assert row.number.startswith("WSS-2026-") and len(row.number) == 15
    assert (row.standing, row.lodged_at, row.standing_since) == (Standing.LODGED, NOON, NOON)
    assert Edition.objects.get(proposal=row).words["title"] == ANSWERS["title"]
    notice = Notice.objects.get(person=who, kind="proposals.lodged")
    assert notice.params["number"] == row.number and notice.params["day"] == {"day": "2026-03-09"}
    assert LogEntry.objects.filter(action="proposals.lodge_proposal", about_id=str(row.pk)).count() == 1


def test_lodging_twice_is_lodging_once(home, call):
    """R4"""
    who = resident(home)
    row = draft(call, who)
    numbers = {services.lodge_proposal(proposal_id=row.pk, by=who, now=NOON).number for _ in range(2)}
    assert len(numbers) == 1 and Edition.objects.count() == 1


def test_a_number_in_use_is_passed_over(home, call):
    who = resident(home)
    taken = queries.next_count() + 1
    Proposal.objects.filter(pk=proposal(call, who).pk).update(number=f"WSS-2026-{taken:06d}")
    row = services.lodge_proposal(proposal_id=draft(call, who).pk, by=who, now=NOON)
    assert int(row.number[-6:]) > taken


def test_a_declared_resident_drafts_but_does_not_lodge(home, call):
    who = resident(home, proved=False)
    row = draft(call, who)
    with refused("residency_not_proved"):
        services.lodge_proposal(proposal_id=row.pk, by=who, now=NOON)


def test_somebody_from_elsewhere_does_not_draft(home, call):
    with refused("not_living_here"):
        services.start_draft(round_id=call.pk, community_id=home.pk, by=resident(community("别的社区")), now=NOON)
    with refused("not_living_here"):
        services.start_draft(round_id=call.pk, community_id=home.pk, by=person(), now=NOON)


def test_moving_away_after_drafting_stops_the_lodging(home, call):
    who = resident(home)
    row = draft(call, who)
    who.residencies.update(until=NOON.date())
    with refused("not_living_here"):
        services.lodge_proposal(proposal_id=row.pk, by=type(who).objects.get(pk=who.pk), now=NOON)


def test_the_databases_clock_closes_the_call(home, call):
    """B3: after the last minute nothing is lodged, whatever `now` says and although the round has not moved yet."""
    who = resident(home)
    row = draft(call, who)
    closes = queries.call_window(call).closes_at
    with clock.pretend(closes + timedelta(seconds=1)), refused("call_closed"):
        services.lodge_proposal(proposal_id=row.pk, by=who, now=NOON)
    with clock.pretend(closes):
        assert services.lodge_proposal(proposal_id=row.pk, by=who, now=NOON).number


@pytest.mark.parametrize("stage", ["screening", "voting"])
def test_after_the_call_nothing_is_lodged(home, stage):
    batch, who = round_at(stage, home), resident(home)
    row = draft(batch, who)
    batch.windows.filter(stage="proposals").update(closes_at=NOON + timedelta(days=1))
    with refused("not_now"):
        services.lodge_proposal(proposal_id=row.pk, by=who, now=NOON)


def test_an_incomplete_draft_is_not_lodged(home, call):
    who = resident(home)
    row = draft(call, who, place="")
    with refused("place_missing"):
        services.lodge_proposal(proposal_id=row.pk, by=who, now=NOON)


def test_a_cancelled_round_takes_nothing(home, call):
    who = resident(home)
    row = draft(call, who)
    type(call).objects.filter(pk=call.pk).update(cancelled_at=NOON)
    with refused("round_cancelled"):
        services.lodge_proposal(proposal_id=row.pk, by=who, now=NOON)


def test_cost_lines_are_kept_and_make_the_estimate(home, call):
    who = resident(home)
    row = draft(call, who, estimate=None)
    lines = [("扶手", 12, 180_00), ("人工", 1, 2_000_00)]
    row = services.save_answers(proposal_id=row.pk, by=who, answers={}, costs=lines, now=NOON)
    assert row.estimate == 4_160_00 and row.cost_items.count() == 2
    with refused("costs_above_estimate"):
        services.save_answers(proposal_id=row.pk, by=who, answers={"estimate": 100}, costs=lines, now=NOON)


def test_a_lodged_proposal_is_changed_with_an_edition_until_the_call_ends(home, call):
    who = resident(home)
    row = services.lodge_proposal(proposal_id=draft(call, who).pk, by=who, now=NOON)
    services.save_answers(proposal_id=row.pk, by=who, answers={"place": "四栋门口"}, now=NOON)
    assert [edition.why for edition in row.editions.all()] == ["lodged", "edited"]
    with refused("place_missing"):
        services.save_answers(proposal_id=row.pk, by=who, answers={"place": ""}, now=NOON)
    type(call).objects.filter(pk=call.pk).update(stage="screening")
    with refused("not_now"):
        services.save_answers(proposal_id=row.pk, by=who, answers={"place": "五栋"}, now=NOON)


def test_editions_only_grow(home, call):
    who = resident(home)
    services.lodge_proposal(proposal_id=draft(call, who).pk, by=who, now=NOON)
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.update(words={})
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.all().delete()


def test_a_correction_goes_back_to_screening_in_time_only(home):
    batch, who = round_at("screening", home), resident(home)
    row = proposal(batch, who, standing=Standing.RETURNED)
    Proposal.objects.filter(pk=row.pk).update(correct_by=NOON.date())
    services.save_answers(proposal_id=row.pk, by=who, answers={"place": "三栋西侧"}, now=NOON)
    with refused("correction_too_late"):
        services.correct_proposal(proposal_id=row.pk, by=who, now=NOON + timedelta(days=1))
    done = services.correct_proposal(proposal_id=row.pk, by=who, now=NOON)
    assert (done.standing, done.correct_by) == (Standing.LODGED, None)
    assert services.correct_proposal(proposal_id=row.pk, by=who, now=NOON).standing == Standing.LODGED


def test_taking_back_keeps_the_number_and_tells_followers(home, call):
    """A14"""
    who, friend = resident(home), resident(home, "邻居")
    row = services.lodge_proposal(proposal_id=draft(call, who).pk, by=who, now=NOON)
    services.follow_proposal(proposal_id=row.pk, by=friend, now=NOON)
    done = services.withdraw_proposal(proposal_id=row.pk, by=who, reason="", now=NOON)
    assert done.standing == Standing.WITHDRAWN and done.number == row.number
    assert Notice.objects.filter(person=friend, kind="proposals.withdrawn").count() == 1
    assert services.withdraw_proposal(proposal_id=row.pk, by=who, reason="", now=NOON).standing == Standing.WITHDRAWN


def test_backing_counts_once_and_can_be_taken_back(home, call):
    author, friend = resident(home), resident(home, "邻居")
    row = proposal(call, author)
    for _ in range(2):
        services.support_proposal(proposal_id=row.pk, by=friend, now=NOON)
    assert queries.supporters_of(row) == 1
    services.unsupport_proposal(proposal_id=row.pk, by=friend, now=NOON)
    assert queries.supporters_of(row) == 0


@pytest.mark.parametrize("kind", ["author", "declared", "elsewhere"])
def test_who_does_not_back(home, call, kind):
    author = resident(home)
    row = proposal(call, author)
    who = {
        "author": author,
        "declared": resident(home, proved=False),
        "elsewhere": resident(community("别的社区")),
    }[kind]
    with pytest.raises(Refused):
        services.support_proposal(proposal_id=row.pk, by=who, now=NOON)
    assert not Support.objects.exists()


def test_anybody_signed_in_follows_and_leaves(home, call):
    row, who = proposal(call, resident(home)), person()
    for _ in range(2):
        services.follow_proposal(proposal_id=row.pk, by=who, now=NOON)
    assert Follow.objects.count() == 1
    services.unfollow_proposal(proposal_id=row.pk, by=who, now=NOON)
    assert not Follow.objects.exists()


def entered(call, home, staff, **changes):
    given = {"paper_ref": "纸-001", "name": "何桂芳", "phone": "13900001111", "answers": ANSWERS, **changes}
    return services.enter_for_resident(round_id=call.pk, community_id=home.pk, by=staff, now=NOON, **given)


def test_a_paper_becomes_a_proposal_of_the_resident(home, call):
    """A20"""
    staff = worker(home)
    row = services.lodge_entry(proposal_id=entered(call, home, staff).pk, by=staff, now=NOON)
    assert row.proposer.name == "何桂芳" and row.entered_by == staff and row.number
    assert row.proposer.residencies.get().proof == "vouched"
    assert queries.lives_in(row.proposer, home) == (True, True)
    with refused("paper_entered_already"):
        entered(call, home, worker(home))


def test_a_known_resident_is_found_by_phone_and_one_without_a_phone_is_entered(home, call):
    staff, known = worker(home), resident(home)
    from communities.accounts.phones import unseal

    row = entered(call, home, staff, phone=unseal(known.phone_cipher))
    assert row.proposer == known
    other = entered(call, home, staff, paper_ref="纸-002", phone="")
    assert other.proposer.phone_index is None and not other.proposer.has_usable_password()


def test_two_papers_of_one_person_without_a_phone_make_one_account_and_one_ballot(home, call):
    """Somebody of her name lives here: the worker says whether it is she; nobody gets a second place on the roll."""
    staff = worker(home)
    first = entered(call, home, staff, phone="").proposer
    for more in ({"phone": ""}, {"phone": "13900002222"}):
        with refused("namesake"):
            entered(call, home, staff, paper_ref="纸-002", **more)
    assert entered(call, home, staff, paper_ref="纸-002", phone="", namesake="same").proposer == first
    other = entered(call, home, staff, paper_ref="纸-003", phone="", namesake="another").proposer
    assert other != first and proved_residents(home).filter(name="何桂芳").count() == 2
    with refused("namesake"):  # which of the two is meant cannot be told
        entered(call, home, staff, paper_ref="纸-004", phone="", namesake="same")


def test_a_phone_from_another_community_is_not_moved(home, call):
    from communities.accounts.phones import unseal

    stranger = resident(community("别的社区"))
    with refused("lives_elsewhere"):
        entered(call, home, worker(home), phone=unseal(stranger.phone_cipher))


def test_only_the_communitys_worker_enters_paper(home, call):
    for who in (resident(home), worker(community("别的社区"))):
        with refused("not_yours"):
            entered(call, home, who)


def test_the_worker_corrects_paper_but_not_what_came_on_line(home):
    staff, who = worker(home), resident(home)
    batch = round_at("screening", home)
    rows = [proposal(batch, who, standing=Standing.RETURNED) for _ in range(2)]
    Proposal.objects.update(correct_by=NOON.date())
    Proposal.objects.filter(pk=rows[0].pk).update(paper_ref="纸-009")
    assert services.correct_proposal(proposal_id=rows[0].pk, by=staff, now=NOON).standing == Standing.LODGED
    with pytest.raises(Proposal.DoesNotExist):
        services.correct_proposal(proposal_id=rows[1].pk, by=staff, now=NOON)


def test_photos_are_bounded_and_leave_no_file(home, call, settings, tmp_path, django_capture_on_commit_callbacks):
    settings.MEDIA_ROOT = tmp_path
    who = resident(home)
    row = draft(call, who)
    kept = [
        services.add_photo(
            proposal_id=row.pk,
            by=who,
            photo=KeptFile(b"x", suffix="jpg", title="a", is_photo=True),
            caption="台阶",
            now=NOON,
        )
        for _ in range(6)
    ]
    with refused("too_many_photos"):
        services.add_photo(
            proposal_id=row.pk,
            by=who,
            photo=KeptFile(b"x", suffix="jpg", title="a", is_photo=True),
            caption="台阶",
            now=NOON,
        )
    with django_capture_on_commit_callbacks(execute=True):
        services.discard_draft(proposal_id=row.pk, by=who, now=NOON)
    assert not Proposal.objects.exists()
    assert not any(default_storage.exists(photo.file.name) for photo in kept)


def test_what_is_lodged_is_not_thrown_away(home, call):
    who = resident(home)
    row = services.lodge_proposal(proposal_id=draft(call, who).pk, by=who, now=NOON)
    with refused("not_a_draft"):
        services.discard_draft(proposal_id=row.pk, by=who, now=NOON)


def test_similar_ones_are_found_with_the_reason(home, call, django_assert_num_queries):
    author = resident(home)
    near, far = proposal(call, author), proposal(call, author, title="电动车充电棚")
    Proposal.objects.filter(pk=far.pk).update(
        need="电动车没处充电，飞线危险。", wish="建一个充电棚。", place="北门停车场"
    )
    for row in Proposal.objects.all():
        Proposal.objects.filter(pk=row.pk).update(bigrams=similar.all_pairs(row))
    mine = draft(call, resident(home), place="三栋一单元门口")
    with django_assert_num_queries(2):
        found = similar.like(mine)
    assert [match.proposal.pk for match in found] == [near.pk]
    assert found[0].why == "地点相近、内容相近" and found[0].proposal.supporters == 0


def test_the_gate_waits_for_the_published_day_and_for_nothing_else(home, call):
    draft(call, resident(home))
    proposal(call, resident(home))
    closes = queries.call_window(call).closes_at
    assert [hold.code for hold in gate.holding(call, now=NOON)] == ["call_still_open"]
    assert gate.holding(call, now=closes + timedelta(seconds=1)) == []


def test_the_desk_hears_of_corrections_and_of_drafts_that_close(home, call):
    who = resident(home)
    returned = proposal(round_at("screening", home), who, standing=Standing.RETURNED)
    Proposal.objects.filter(pk=returned.pk).update(correct_by=NOON.date())
    draft(call, who)
    day = queries.call_window(call).closes_at.date()
    assert [task.due_on for task in queries.awaiting(who, today=NOON.date())] == [NOON.date()]
    assert len(queries.awaiting(who, today=day - timedelta(days=3))) == 2
    assert queries.awaiting(person(), today=day) == []


def test_the_public_reads_what_happened(home, call):
    who = resident(home)
    row = services.lodge_proposal(proposal_id=draft(call, who).pk, by=who, now=NOON)
    services.save_answers(proposal_id=row.pk, by=who, answers={"place": "四栋门口"}, now=NOON)
    services.withdraw_proposal(proposal_id=row.pk, by=who, reason="", now=NOON)
    row.refresh_from_db()
    told = [chapter.title for chapter in queries.chapters(row)]
    assert told == ["提案已提交", "提案人修改了内容", "提案人撤回了提案"]
    assert who.name not in str(queries.chapters(row))
