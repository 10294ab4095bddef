"""From the first step of the plan to the word that it is done; problems with numbers and answers."""

from datetime import timedelta

import pytest

from communities.roles.rules import Role
from portal.models import Notice
from portal.refusals import Refused
from projects.acceptance import gate as accepting
from projects.delivery import gate, queries, services
from projects.delivery.models import Evidence, Milestone
from projects.delivery.rules import Flag
from projects.funding import gate as paying
from projects.funding import services as funding
from tests import factories as make
from tests.factories import NOON
from tests.projects import project_worlds as worlds

pytestmark = pytest.mark.django_db


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


def given(world, by=None, now=NOON):
    return {"project_id": world.project.pk, "by": by or world.contract.responsible, "now": now}


def codes(world, now=NOON):
    return [hold.code for hold in gate.holding(world.again(), now=now)]


def test_delivery_begins_with_word_to_the_provider_and_the_proposer():
    world = worlds.in_delivery()
    assert Notice.objects.filter(person=world.contract.responsible, kind="delivery.entered").count() == 1
    assert Notice.objects.filter(person=world.proposer, kind="delivery.entered").count() == 1


def test_plan_stays_within_the_contract():
    world = worlds.in_delivery()
    step = {"title": "浇筑坡道", "due_on": NOON.date() + timedelta(days=10)}
    services.add_milestone(**given(world), **step, planned_amount=40_000_00)
    with refused("plan_over_contract"):
        services.add_milestone(**given(world), **step, planned_amount=20_000_01)
    with refused("due_in_past"):
        services.add_milestone(**given(world), title="过期", due_on=NOON.date() - timedelta(days=1))
    with refused("not_yours"):
        services.add_milestone(**given(world, by=world.officer), **step)


def test_changing_the_plan_tells_its_reason_and_rework_cannot_be_moved():
    world = worlds.in_delivery()
    step = services.add_milestone(**given(world), title="安装扶手", due_on=NOON.date() + timedelta(days=5))
    later = NOON.date() + timedelta(days=12)
    by = {"by": world.contract.responsible, "now": NOON}
    with refused("text_too_short"):
        services.change_milestone(milestone_id=step.pk, due_on=later, reason="雨", **by)
    change = services.change_milestone(milestone_id=step.pk, due_on=later, reason="连续下雨，混凝土没有干。", **by)
    assert (change.was, change.becomes) == (NOON.date() + timedelta(days=5), later)
    step.refresh_from_db()
    assert step.due_on == later
    services.change_milestone(milestone_id=step.pk, reason="设计取消了这一段扶手。", **by)
    assert not Milestone.objects.filter(pk=step.pk).exists()
    mended = Milestone.objects.create(project=world.project, title="验收整改", due_on=later, mends=True, added_at=NOON)
    with refused("rework_fixed"):
        services.change_milestone(milestone_id=mended.pk, due_on=later, reason="想晚一点再改。", **by)


def test_report_keeps_time_and_uploader_and_tells_the_proposer():
    world = worlds.in_delivery()
    report = services.report_progress(
        **given(world),
        percent=40,
        text="地面已经打好。",
        files=[worlds.kept_photo(), worlds.kept_photo()],
        caption="打好的地面",
    )
    photos = Evidence.objects.filter(report=report)
    assert [(photo.by, photo.at, photo.caption) for photo in photos] == [
        (world.contract.responsible, NOON, "打好的地面")
    ] * 2
    assert Notice.objects.get(person=world.proposer, kind="delivery.report").params["percent"] == 40
    with refused("percent_falls"):
        services.report_progress(**given(world), percent=39, text="返工重做一部分。")
    with refused("personal_number"):
        services.report_progress(**given(world), percent=50, text="有事打 13800138000 找我。")
    with refused("not_yours"):
        services.report_progress(**given(world, by=world.proposer), percent=50, text="我来替他报。")


def test_liaison_reports_too():
    world = worlds.approved()
    world.contract = worlds.sign(world, liaison_name="小吴", liaison_phone=worlds.phone())
    funding.start_delivery(project_id=world.project.pk, by=world.officer, now=NOON)
    assert services.report_progress(**given(world, by=world.contract.liaison), percent=5, text="材料已经进场。")


def test_stop_stays_with_its_reason_until_resumed():
    world = worlds.in_delivery()
    office = given(world, by=world.officer)
    services.stop_project(**office, reason="地下管线需要重新探测。")
    with refused("already_stopped"):
        services.stop_project(**office, reason="再停一次看看。")
    with refused("stopped"):
        services.report_progress(**given(world), percent=10, text="偷偷继续施工。")
    assert codes(world)[0] == "stopped"
    row = queries.board(today=NOON.date())[0]
    assert (row.flags, row.stop_reason) == ((Flag.STOPPED,), "地下管线需要重新探测。")
    services.resume_project(**office, note="管线已探明，恢复施工。")
    with refused("not_stopped"):
        services.resume_project(**office, note="已经恢复过了。")
    assert "stopped" not in codes(world)


def test_a_stop_holds_in_funding_and_in_acceptance_too():
    world = worlds.approved()
    world.contract = worlds.sign(world)
    services.stop_project(**given(world, by=world.officer), reason="业主大会要求重新商量。")
    assert [hold.code for hold in paying.holding(world.again(), now=NOON)] == ["stopped"]
    other = worlds.in_acceptance(home=make.community("南坑社区"))
    services.stop_project(**given(other, by=other.officer), reason="发现质量问题，需要检测。")
    assert [hold.code for hold in accepting.holding(other.again(), now=NOON)] == ["stopped"]


def test_gate_waits_for_steps_word_and_answers():
    world = worlds.in_delivery()
    assert codes(world) == ["not_finished"]
    services.add_milestone(**given(world), title="安装扶手", due_on=NOON.date())
    problem = services.report_problem(
        **given(world, by=world.supporter), aspect="site", text="围挡没有关好，孩子会进去。"
    )
    assert codes(world) == ["milestones_open", "not_finished", "problems_open"]
    with refused("milestones_open"):
        services.declare_finished(**given(world), text="全部完工了。")
    worlds.finish(world, now=NOON + timedelta(days=3))
    with refused("already_finished"):
        services.declare_finished(**given(world, now=NOON + timedelta(days=3)), text="再说一次完工。")
    assert codes(world) == ["problems_open"]
    services.answer_problem(problem_id=problem.pk, by=world.worker, answer="围挡已经补上并加锁。", now=NOON)
    assert codes(world) == []
    assert services.open_acceptance(project_id=world.project.pk, by=world.worker, now=NOON) is True
    assert world.again().stage == "acceptance"


def test_problem_has_a_number_a_day_and_one_answer():
    """G9: every valid message is answered, and nobody answers herself."""
    world = worlds.in_delivery()
    problem = services.report_problem(**given(world, by=world.supporter), aspect="quality", text="坡道表面开裂了。")
    assert problem.number == f"WT-2026-{problem.pk:06d}"
    assert problem.answer_by == (NOON + timedelta(days=7)).date()  # five working days
    assert Notice.objects.filter(kind="delivery.problem", person=world.worker).exists()
    services.answer_problem(problem_id=problem.pk, by=world.contract.responsible, answer="明天上午修补。", now=NOON)
    assert Notice.objects.get(kind="delivery.answered").person == world.supporter
    with refused("already_answered"):
        services.answer_problem(problem_id=problem.pk, by=world.worker, answer="社区再答一次。", now=NOON)


def test_a_stranger_and_an_unproved_resident_cannot_report():
    world = worlds.in_delivery()
    for person in (make.resident(make.community("南坑社区")), make.resident(world.home, proved=False)):
        with refused("not_yours"):
            services.report_problem(**given(world, by=person), aspect="site", text="这里有一个问题。")


def test_supervisors_concern_is_answered_by_the_office():
    world = worlds.in_delivery()
    supervisor = make.holder(Role.SUPERVISOR, world.home)
    concern = services.raise_concern(**given(world, by=supervisor), aspect="budget", text="扶手单价高于报价单。")
    with refused("office_answers"):
        services.answer_problem(problem_id=concern.pk, by=world.contract.responsible, answer="报价含安装。", now=NOON)
    with refused("not_yours"):
        services.answer_problem(problem_id=concern.pk, by=supervisor, answer="我自己答复。", now=NOON)
    services.answer_problem(problem_id=concern.pk, by=world.officer, answer="已核对，按报价单结算。", now=NOON)
    assert world.project.problems.get().answered_by == world.officer


def test_board_asks_the_same_number_of_questions_for_one_and_three(django_assert_num_queries):
    world = worlds.in_delivery()
    services.report_progress(**given(world), percent=30, text="地面已经打好。")
    worlds.pay(world, 10_000_00)
    with django_assert_num_queries(2):
        (row,) = queries.board(today=NOON.date())
    assert (row.percent, row.paid, row.flags) == (30, 10_000_00, ())
    for code in worlds.CODES[1:3]:
        other = worlds.approved(home=make.community())
        other.provider = worlds.provider(other.officer, other.home.parent, code=code)
        worlds.sign(other)
    with django_assert_num_queries(2):
        rows = queries.board(today=NOON.date() + timedelta(days=50))
    assert [row.flags for row in rows] == [(Flag.NOT_STARTED,), (Flag.NOT_STARTED,), (Flag.STALLED,)]
    assert queries.tiles(rows)["not_started"] == 2 and queries.tiles(rows)["delivery"] == 1
    assert len(queries.board(queries.Filters(flag="stalled"), today=NOON.date() + timedelta(days=50))) == 1
    assert len(queries.board(queries.Filters(path=world.home.path), today=NOON.date())) == 1
    assert queries.board(queries.Filters(search=world.number.lower()), today=NOON.date())[0].project == world.project
