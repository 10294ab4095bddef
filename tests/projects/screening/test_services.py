"""Findings, overrides, lapses and appeals on real rows, the clock held at NOON."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from communities.roles.rules import Role
from portal import clock
from portal.models import LogEntry, Notice
from portal.notices import words
from portal.refusals import Refused
from projects.models import Finding, Follow, Proposal, Support
from projects.proposals import services as proposals
from projects.proposals.standings import Standing
from projects.screening import gate, queries, services
from tests.factories import NOON, community, holder, proposal, resident, round_at, street_officer, worker

pytestmark = pytest.mark.django_db
REASON = "经核实，这件事由物业公司负责。"
LAST = date(2026, 3, 9)


@pytest.fixture(autouse=True)
def _noon():
    with clock.pretend(NOON):
        yield


@pytest.fixture
def home():
    return community()


@pytest.fixture
def batch(home):
    return round_at("screening", home)


@pytest.fixture
def author(home):
    return resident(home)


@pytest.fixture
def staff(home):
    return worker(home)


@pytest.fixture
def item(batch, author):
    return proposal(batch, author)


def find(item, staff, outcome="accepted", *, now=NOON, **given):
    fitting = {
        "accepted": {"content_class": "facilities", "estimate": 80_000_00},
        "returned": {"reason": "请补一张照片。", "correct_by": LAST},
        "rejected": {"reason": REASON, "codes": ["N01"]},
        "redirected": {"reason": REASON, "department": "区城管局"},
        "merged": {"reason": "两份说的是同一件事。"},
    }[outcome]
    return services.record_finding(proposal_id=item.pk, by=staff, outcome=outcome, now=now, **{**fitting, **given})


def refused(code: str):
    return pytest.raises(Refused, match=code)


def told(person, kind: str) -> str:
    return words(Notice.objects.get(person=person, kind=kind))


@pytest.mark.parametrize(
    ("outcome", "standing", "said"),
    [
        ("accepted", Standing.ACCEPTED, "通过了初审"),
        ("returned", Standing.RETURNED, "2026年3月9日（周一）"),
        ("rejected", Standing.REJECTED, "申请复核一次"),
        ("redirected", Standing.REDIRECTED, "区城管局"),
    ],
)
def test_each_outcome_settles_tells_and_logs(item, staff, author, outcome, standing, said):
    """DOMAIN §7.1: an answer with a reason and a date."""
    finding = find(item, staff, outcome)
    item.refresh_from_db()
    assert item.standing == standing and item.standing_since == NOON
    assert finding.proposal_id == item.pk and finding.by == staff
    assert said in told(author, f"screening.{outcome}")
    assert LogEntry.objects.get(action="screening.record_finding").detail["outcome"] == outcome


def test_a_decision_is_not_made_twice(item, staff):
    find(item, staff)
    with refused("not_waiting"):
        find(item, staff, "rejected")
    assert Finding.objects.count() == 1


def test_findings_only_grow(item, staff):
    """S47"""
    find(item, staff)
    with pytest.raises(DatabaseError), transaction.atomic():
        Finding.objects.update(reason="改掉")
    with pytest.raises(DatabaseError), transaction.atomic():
        Finding.objects.all().delete()


def test_the_proposer_and_whoever_typed_it_in_do_not_screen(batch, home, staff):
    """S31"""
    from communities.residents.models import Residency

    Residency.objects.create(person=staff, community=home, since=date(2020, 1, 1), proof="vouched", proved_at=NOON)
    own = proposal(batch, staff)
    with refused("own_proposal_screened"):
        find(own, staff)
    typed = proposal(batch, resident(home))
    Proposal.objects.filter(pk=typed.pk).update(entered_by=staff, paper_ref="纸-1")
    with refused("own_entry_screened"):
        find(typed, staff)
    find(typed, worker(home))


@pytest.mark.parametrize("who", ["resident", "street", "other", "council"])
def test_only_a_worker_of_the_community_screens(item, home, who):
    person = {
        "resident": lambda: resident(home),
        "street": lambda: street_officer(home.parent),
        "other": lambda: worker(community("别的社区")),
        "council": lambda: holder(Role.COUNCIL_MEMBER, home),
    }[who]()
    with refused("not_yours"):
        find(item, person)


@pytest.mark.parametrize(("stage", "may"), [("proposals", True), ("deliberation", True), ("voting", False)])
def test_the_stages_of_screening(home, stage, may):
    item, staff = proposal(round_at(stage, home), resident(home)), worker(home)
    if may:
        assert find(item, staff).outcome == "accepted"
    else:
        with refused("not_now"):
            find(item, staff)


def test_acceptance_fixes_type_class_and_amount_and_keeps_what_the_author_wrote(item, staff):
    find(item, staff, category="goods", content_class="convenience", estimate=60_000_00)
    item.refresh_from_db()
    assert (item.category, item.content_class, item.estimate) == ("goods", "convenience", 60_000_00)
    assert item.editions.get().why == "screened"


def test_above_the_cap_needs_the_streets_name_and_reason(batch, home, staff, author):
    """DOMAIN §5: 原则上, a recorded override, never a validation error"""
    item = proposal(batch, author, estimate=600_000_00)
    officer = street_officer(home.parent)
    with refused("over_cap"):
        find(item, staff, estimate=600_000_00)
    assert [task.text for task in queries.awaiting(officer, today=NOON.date())] == ["金额超过上限，请决定是否准许"]
    with refused("not_yours"):
        services.override_cap(proposal_id=item.pk, by=staff, estimate=600_000_00, reason="确有需要", now=NOON)
    row = services.override_cap(proposal_id=item.pk, by=officer, estimate=600_000_00, reason="确有需要", now=NOON)
    assert find(item, staff, estimate=600_000_00).override == row
    assert "街道准许超过上限" in [chapter.title for chapter in queries.chapters(item)]


def test_an_amount_above_the_override_is_refused_again(batch, home, staff, author):
    item = proposal(batch, author, estimate=600_000_00)
    officer = street_officer(home.parent)
    services.override_cap(proposal_id=item.pk, by=officer, estimate=550_000_00, reason="确有需要", now=NOON)
    with refused("over_cap"):
        find(item, staff, estimate=600_000_00)


def test_merging_moves_each_supporter_once_and_lets_the_proposer_follow(batch, home, staff, author):
    other_author = resident(home, "邻居")
    item, target = proposal(batch, author), proposal(batch, other_author)
    both, one = resident(home, "两份都支持"), resident(home, "只支持一份")
    for who, row in ((both, item), (both, target), (one, item)):
        proposals.support_proposal(proposal_id=row.pk, by=who, now=NOON)
    proposals.support_proposal(proposal_id=item.pk, by=other_author, now=NOON)
    proposals.follow_proposal(proposal_id=item.pk, by=one, now=NOON)
    find(item, staff, "merged", merged_into=f" {target.number.lower()} ")
    item.refresh_from_db()
    assert item.standing == Standing.MERGED
    assert set(Support.objects.filter(proposal=target).values_list("person", flat=True)) == {both.pk, one.pk}
    assert not item.supports.exists()
    assert Support.objects.get(proposal=target, person=one).moved_from == item
    assert set(Follow.objects.filter(proposal=target).values_list("person", flat=True)) == {author.pk, one.pk}
    assert target.number in told(author, "screening.merged")
    assert "您的支持也转过去了" in told(one, "screening.merged")


@pytest.mark.parametrize("kind", ["itself", "unknown", "elsewhere", "rejected"])
def test_what_cannot_be_merged_into(batch, home, staff, item, author, kind):
    if kind == "elsewhere":
        far = community("别的社区", home.parent)
        number = proposal(round_at("screening", far), resident(far)).number
    elif kind == "rejected":
        number = proposal(batch, author, standing=Standing.REJECTED).number
    else:
        number = item.number if kind == "itself" else "WSS-2026-999999"
    with pytest.raises(Refused) as caught:
        find(item, staff, "merged", merged_into=number)
    assert caught.value.refusal.field == "merged_into"


def test_a_correction_that_never_came_lapses_with_the_reason(item, staff, author):
    find(item, staff, "returned")
    assert services.lapse_overdue(NOON + timedelta(days=7)) == 0  # the last day counts
    late = NOON + timedelta(days=8)
    assert services.lapse_overdue(late) == 1
    assert services.lapse_overdue(late) == 0
    item.refresh_from_db()
    last = queries.last_finding(item)
    assert item.standing == Standing.REJECTED and last.by is None and last.codes == ["N90"]
    assert last.reason == "逾期未补正" and "申请复核" in told(author, "screening.lapsed")


def test_a_corrected_one_is_screened_again(item, staff, author):
    find(item, staff, "returned")
    proposals.correct_proposal(proposal_id=item.pk, by=author, now=NOON)
    assert services.lapse_overdue(NOON + timedelta(days=30)) == 0
    assert find(item, staff).outcome == "accepted"


def test_an_appeal_goes_once_to_somebody_else_and_back_to_screening(item, staff, author, home):
    officer = street_officer(home.parent)
    find(item, staff, "rejected")
    appeal = services.appeal_finding(proposal_id=item.pk, by=author, reason="物业说不归他们管。", now=NOON)
    assert appeal.answer_by == LAST
    assert "2026年3月9日" in told(officer, "screening.appealed")
    assert [task.due_on for task in queries.awaiting(officer, today=NOON.date())] == [LAST]
    with refused("appealed_already"):
        services.appeal_finding(proposal_id=item.pk, by=author, reason="再申请一次。", now=NOON)
    services.decide_appeal(proposal_id=item.pk, by=officer, upheld=True, reason="情况属实。", now=NOON)
    item.refresh_from_db()
    assert item.standing == Standing.LODGED and "社区会重新初审" in told(author, "screening.appeal_decided")
    with refused("decided_already"):
        services.decide_appeal(proposal_id=item.pk, by=officer, upheld=False, reason="再想想。", now=NOON)


def test_a_dismissed_appeal_leaves_the_rejection(item, staff, author, home):
    find(item, staff, "rejected")
    services.appeal_finding(proposal_id=item.pk, by=author, reason="物业说不归他们管。", now=NOON)
    officer = street_officer(home.parent)
    services.decide_appeal(proposal_id=item.pk, by=officer, upheld=False, reason="维持原来的意见。", now=NOON)
    item.refresh_from_db()
    assert item.standing == Standing.REJECTED


def test_the_screener_does_not_decide_the_appeal_even_as_street_officer(item, home, author):
    """S31"""
    from communities.roles.models import Appointment

    both = worker(home)
    Appointment.objects.create(
        person=both, role=Role.STREET_OFFICER, division=home.parent, starts_on=NOON.date() - timedelta(days=9)
    )
    find(item, both, "rejected")
    services.appeal_finding(proposal_id=item.pk, by=author, reason="物业说不归他们管。", now=NOON)
    with refused("screener_judges"):
        services.decide_appeal(proposal_id=item.pk, by=both, upheld=False, reason="维持原来的意见。", now=NOON)


def test_an_appeal_comes_in_time_and_from_the_proposer(item, staff, author, home):
    find(item, staff, "rejected")
    with refused("not_yours"):
        services.appeal_finding(proposal_id=item.pk, by=resident(home), reason="我觉得可以。", now=NOON)
    with refused("appeal_too_late"):
        services.appeal_finding(proposal_id=item.pk, by=author, reason="我觉得可以。", now=NOON + timedelta(days=8))


def test_the_gate_is_held_by_what_has_no_answer_only(batch, home, author, staff):
    rows = [proposal(batch, author) for _ in range(3)]
    assert [(hold.code, hold.count, hold.who) for hold in gate.holding(batch, now=NOON)] == [
        ("unscreened", 3, "社区工作者")
    ]
    find(rows[0], staff)
    find(rows[1], staff, "returned")
    find(rows[2], staff, "rejected")
    assert gate.holding(batch, now=NOON) == []
    services.appeal_finding(proposal_id=rows[2].pk, by=author, reason="我觉得可以。", now=NOON)
    assert [hold.code for hold in gate.holding(batch, now=NOON)] == ["open_appeals"]


def test_notes_are_for_colleagues(item, staff, home, author):
    services.add_note(proposal_id=item.pk, by=staff, text="周三去现场看。", now=NOON)
    services.add_note(proposal_id=item.pk, by=street_officer(home.parent), text="同意。", now=NOON)
    with refused("not_yours"):
        services.add_note(proposal_id=item.pk, by=author, text="我也看看。", now=NOON)
    assert "现场" not in str(queries.chapters(item))


def test_the_worker_hears_of_what_waits_but_not_of_her_own_entries(batch, home, staff, author):
    waits, typed = proposal(batch, author), proposal(batch, author)
    Proposal.objects.filter(pk=typed.pk).update(entered_by=staff)
    tasks = queries.awaiting(staff, today=NOON.date())
    assert [task.url for task in tasks] == [f"/screening/{waits.number}/"]
    assert tasks[0].due_on == LAST


def test_the_public_reads_every_finding_with_its_reason_and_no_name(item, staff, author):
    find(item, staff, "rejected")
    (chapter,) = queries.chapters(item)
    assert chapter.reason == REASON and "N01" in chapter.text and "物业" in chapter.text
    assert staff.name not in str(chapter) and chapter.by == item.community.name


def test_the_shipped_lists_are_rows(db):
    assert queries.reasons().count() == 10 and queries.kinds().count() == 7 and queries.replies().count() >= 8
