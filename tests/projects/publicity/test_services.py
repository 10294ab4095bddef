"""Notices, objections and what an upheld one does, on PostgreSQL and with the real count."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from communities.models import Residency, User
from portal.models import Notice
from portal.refusals import Refused
from projects.models import StageMove
from projects.publicity import gate, services
from projects.publicity.models import Objection, PublicNotice
from tests import factories
from tests.projects.publicity.notices import POSTED, board

pytestmark = pytest.mark.django_db


def refused(code: str):
    return pytest.raises(Refused, match=f"^{code}$")


def held(b, now) -> dict[str, int]:
    return {hold.code: hold.count for hold in gate.holding(b.batch, now=now)}


def test_the_chosen_items_go_on_the_board_for_the_full_period():
    b = board()
    sheet = b.sheet
    assert b.stage() == "publicity"
    assert str(sheet) == "公示〔2026〕1号"
    assert [entry["title"] for entry in sheet.entries] == ["加装坡道1", "加装坡道2"]
    assert sheet.entries[0]["amount"] == 80_000_00
    # POSTED is Friday 6 March 2026: five working days end on Friday the 13th
    assert (sheet.starts_on, sheet.ends_on) == (date(2026, 3, 6), date(2026, 3, 13))
    assert Notice.objects.filter(kind="publicity.noticed").count() == 2
    assert held(b, POSTED + timedelta(days=7)) == {"notice_running": 1}
    assert held(b, POSTED + timedelta(days=8)) == {}


def test_calendar_days_when_the_round_says_so_and_numbers_run_by_street():
    b = board(notice_days=3, notice_unit="calendar")
    assert b.sheet.ends_on == date(2026, 3, 9)
    other = factories.round_at("publicity", factories.community("南坑社区", of=b.home.parent), officer=b.officer)
    factories.proposal(other, b.neighbour, standing="chosen")
    services.post_notices(other, now=POSTED)
    assert [row.serial for row in PublicNotice.objects.order_by("pk")] == [1, 2]


def test_an_objection_gets_a_number_a_date_and_holds_the_round():
    b = board()
    row = b.object()
    assert row.number == f"YY-2026-{row.pk:06d}"
    assert row.due_on == date(2026, 3, 13)
    assert held(b, POSTED + timedelta(days=20)) == {"unanswered": 1}
    assert Notice.objects.filter(kind="publicity.to_answer").count() == 2
    assert Notice.objects.get(kind="publicity.objected").person == b.proposals[0].proposer
    with refused("held"):
        b.move("publicity", POSTED + timedelta(days=20))
    services.answer_objection(objection_id=row.pk, answer="消防通道在另一侧，已现场核实。", by=b.worker, now=POSTED)
    assert b.move("publicity", POSTED + timedelta(days=20))
    assert b.stage() == "approval"


def test_only_a_proved_resident_objects_to_what_is_on_notice_in_time():
    b = board()
    with refused("not_yours"):
        b.object(by=factories.resident(b.home, "未核实", proved=False))
    with refused("not_yours"):
        b.object(by=factories.resident(factories.community("坂田社区"), "外社区"))
    with refused("not_on_notice"):
        b.object(2)
    b.object(now=POSTED + timedelta(days=7))
    with refused("notice_over"):
        b.object(1, now=POSTED + timedelta(days=8))


def test_one_open_objection_per_person_and_item():
    b = board()
    row = b.object()
    with refused("already_objected"):
        b.object()
    b.object(1)
    services.answer_objection(objection_id=row.pk, answer="已现场核实，不影响。", by=b.worker, now=POSTED)
    assert b.object(text="答复没有说清楚宽度。").pk != row.pk


@pytest.mark.parametrize("text", ["请打13800138000", "我的身份证11010519491231002X"])
def test_no_personal_number_is_published(text):
    """P11: neither in objections nor in answers nor in comments."""
    b = board()
    with refused("personal_number"):
        b.object(text=text)
    row = b.object()
    with refused("personal_number"):
        services.answer_objection(objection_id=row.pk, answer=text, by=b.worker, now=POSTED)
    with refused("personal_number"):
        services.comment_objection(objection_id=row.pk, comment=text, by=b.proposals[0].proposer, now=POSTED)


def test_paper_objections_carry_their_reference():
    """A20: the paper way."""
    b = board()
    given = {"proposal_id": b.proposals[0].pk, "text": "坡道会挡住消防通道。", "by": b.worker, "now": POSTED}
    with refused("paper_missing"):
        services.enter_objection(paper_ref=" ", **given)
    row = services.enter_objection(paper_ref="龙岭公示-3", **given)
    assert (row.objector, row.entered_by, row.paper_ref) == (None, b.worker, "龙岭公示-3")


def test_nobody_answers_his_own_objection():
    """S31: maker is not checker."""
    b = board()
    Residency.objects.create(
        person=b.worker, community=b.home, since=date(2020, 1, 1), proof="vouched", proved_at=POSTED
    )
    row = b.object(by=User.objects.get(pk=b.worker.pk))
    with refused("own_objection"):
        services.answer_objection(objection_id=row.pk, answer="没有问题的。", by=b.worker, now=POSTED)
    services.answer_objection(objection_id=row.pk, answer="已现场核实。", by=b.officer, now=POSTED)


def test_only_the_street_upholds_and_the_same_ballots_are_counted_without_the_item():
    b = board()
    assert b.chosen() == ["加装坡道1", "加装坡道2"]
    first, second = b.object(), b.object(by=factories.resident(b.home, "赵红梅"))
    with refused("not_yours"):
        services.uphold_objection(objection_id=first.pk, answer="确实挡住消防通道。", by=b.worker, now=POSTED)
    services.uphold_objection(objection_id=first.pk, answer="确实挡住消防通道。", by=b.officer, now=POSTED)
    assert (b.standing(0), b.stage()) == ("struck", "tally")
    move = StageMove.objects.get(round=b.batch, left="publicity", entered="tally")
    assert first.number in move.reason and move.by == b.officer
    second.refresh_from_db()
    assert (second.outcome, second.answer) == ("upheld", "确实挡住消防通道。")
    assert b.chosen() == ["加装坡道2", "加装坡道3"]
    assert Notice.objects.filter(kind="publicity.struck", person=b.proposals[0].proposer).count() == 1


def test_after_a_recount_only_the_newly_chosen_item_is_noticed_for_the_full_period():
    b = board()
    services.uphold_objection(objection_id=b.object().pk, answer="确实挡住消防通道。", by=b.officer, now=POSTED)
    later = POSTED + timedelta(days=3)
    assert b.move("tally", later)
    first, second = PublicNotice.objects.filter(round=b.batch).order_by("pk")
    assert first.ends_on == date(2026, 3, 13)
    assert [entry["title"] for entry in second.entries] == ["加装坡道3"]
    assert second.ends_on == date(2026, 3, 16)
    assert held(b, POSTED + timedelta(days=8)) == {"notice_running": 1}


def test_without_a_newly_chosen_item_no_notice_is_added_and_the_end_stays():
    b = board(proposals=2)
    services.uphold_objection(objection_id=b.object().pk, answer="确实挡住消防通道。", by=b.officer, now=POSTED)
    assert b.move("tally", POSTED + timedelta(days=3))
    assert PublicNotice.objects.get(round=b.batch).ends_on == date(2026, 3, 13)


def test_the_proposer_comments_once():
    b = board()
    row, proposer = b.object(), b.proposals[0].proposer
    with refused("not_yours"):
        services.comment_objection(objection_id=row.pk, comment="我来说两句。", by=b.neighbour, now=POSTED)
    services.comment_objection(objection_id=row.pk, comment="坡道靠墙，不占通道。", by=proposer, now=POSTED)
    with refused("commented"):
        services.comment_objection(objection_id=row.pk, comment="再补充一句。", by=proposer, now=POSTED)
    assert Objection.objects.get(pk=row.pk).comment == "坡道靠墙，不占通道。"


def test_a_cancelled_round_takes_no_more_objections_or_answers():
    b = board()
    row = b.object()
    type(b.batch).objects.filter(pk=b.batch.pk).update(cancelled_at=POSTED)
    for act in (
        lambda: b.object(1),
        lambda: services.answer_objection(objection_id=row.pk, answer="已现场核实。", by=b.worker, now=POSTED),
        lambda: services.uphold_objection(objection_id=row.pk, answer="确实挡住通道。", by=b.officer, now=POSTED),
    ):
        with pytest.raises(Refused, match="cancelled"):
            act()
