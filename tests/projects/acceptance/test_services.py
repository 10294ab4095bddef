"""The panel sits, marks, sends back with a date, and the proposer signs."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from portal.models import Notice
from portal.refusals import Refused
from projects.acceptance import gate, queries, services
from projects.acceptance.models import Absence
from projects.acceptance.rules import Outcome, Seat
from projects.delivery import services as delivery
from projects.models import StageMove
from tests import factories as make
from tests.factories import NOON
from tests.projects import project_worlds as worlds

pytestmark = pytest.mark.django_db
DAY = NOON + timedelta(days=22)
LATE = NOON + timedelta(days=60)


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


def given(world, by, now=DAY):
    return {"project_id": world.project.pk, "by": by, "now": now}


def codes(world, now=DAY):
    return [hold.code for hold in gate.holding(world.again(), now=now)]


def test_nobody_who_delivers_sits_and_each_seat_needs_its_quality():
    world = worlds.in_delivery()
    seat = {"project_id": world.project.pk, "by": world.worker, "now": NOON}
    with refused("provider_accepts"):
        services.appoint_member(seat=Seat.TECHNICAL, person=world.contract.responsible, **seat)
    for name, person in (
        (Seat.SUPERVISOR, world.supporter),
        (Seat.COMMUNITY, world.officer),
        (Seat.RESIDENT, world.worker),
    ):
        with refused("seat_does_not_fit"):
            services.appoint_member(seat=name, person=person, **seat)
    with refused("person_unknown"):
        services.appoint_member(seat=Seat.RESIDENT, person=None, **seat)
    services.appoint_member(seat=Seat.PROPOSER, **seat)
    with refused("already_member"):
        services.appoint_member(seat=Seat.PROPOSER, **seat)
    with refused("not_yours"):
        services.appoint_member(seat=Seat.RESIDENT, person=world.supporter, **{**seat, "by": world.officer})


def test_signed_and_accepted_goes_on_to_evaluation():
    world = worlds.in_acceptance()
    assert codes(world) == ["marks_missing"]
    with refused("not_met_yet"):
        services.sign_off(**given(world, world.proposer), satisfaction=5, text="")
    worlds.mark_all(world, now=DAY)
    assert codes(world) == ["unsigned"]
    with refused("held"):
        services.accept_project(**given(world, world.worker))
    services.sign_off(**given(world, world.proposer), satisfaction=4, text="老人上下方便多了。")
    with refused("already_signed"):
        services.sign_off(**given(world, world.proposer), satisfaction=1, text="")
    assert codes(world) == []
    assert world.project.inspections.get().outcome == Outcome.MEETS
    with refused("already_concluded"):
        services.mark_project(**given(world, world.supervisor), meets=False, text="后来才发现问题。")
    assert services.accept_project(**given(world, world.worker)) is True
    assert world.again().stage == "evaluation"


def test_only_the_proposer_signs_and_only_members_mark():
    world = worlds.in_acceptance()
    for person in (world.supporter, world.contract.responsible, world.officer):
        with refused("not_yours"):
            services.mark_project(**given(world, person), meets=True, text="")
        with refused("not_yours"):
            services.sign_off(**given(world, person), satisfaction=5, text="")


def test_incomplete_panel_decides_nothing():
    world = worlds.in_acceptance()
    member = world.project.panel.get(person=world.engineer)
    services.release_member(member_id=member.pk, by=world.worker, reason="出差", now=DAY)
    worlds.mark_all(world, now=DAY, but=(world.engineer,))
    assert codes(world) == ["panel_incomplete"]
    marked = world.project.panel.get(person=world.supervisor)
    with refused("marked_already"):
        services.release_member(member_id=marked.pk, by=world.worker, reason="换人", now=DAY)
    other = make.person("罗工")
    services.appoint_member(seat=Seat.TECHNICAL, person=other, **given(world, world.worker))
    services.mark_project(**given(world, other), meets=True, text="")
    assert codes(world) == ["unsigned"]


def test_faults_send_it_back_with_a_date_that_becomes_a_step_and_a_second_inspection():
    world = worlds.in_acceptance()
    worlds.mark_all(world, now=DAY, but=(world.engineer,))
    services.mark_project(**given(world, world.engineer), meets=False, text="坡度超过规范，轮椅上不去。")
    assert queries.view_of(world.again()).outcome is Outcome.REWORK
    assert codes(world) == ["rework"]
    due = DAY.date() + timedelta(days=10)
    services.order_rework(**given(world, world.worker), due_on=due, reason="把坡度降到十二分之一。")
    project = world.again()
    assert project.stage == "delivery"
    move = StageMove.objects.filter(project=project).latest("pk")
    assert (move.left, move.entered, move.reason) == ("acceptance", "delivery", "把坡度降到十二分之一。")
    step = project.milestones.get(mends=True)
    assert (step.due_on, step.done_on) == (due, None)
    assert Notice.objects.filter(person=world.contract.responsible, text__contains="整改").exists()
    with refused("held"):
        delivery.open_acceptance(project_id=project.pk, by=world.worker, now=DAY)
    again = DAY + timedelta(days=5)
    worlds.finish(world, now=again)
    delivery.open_acceptance(project_id=project.pk, by=world.worker, now=again)
    assert list(project.inspections.values_list("number", "outcome")) == [(1, "rework"), (2, "open")]
    assert codes(world) == ["marks_missing"]
    story = queries.chapters(project.proposal)
    assert "需要整改" in story[0].title and story[0].reason == "把坡度降到十二分之一。"


def test_a_proposer_who_cannot_be_reached_is_recorded_by_two_people():
    world = worlds.in_acceptance()
    worlds.mark_all(world, now=DAY, but=(world.proposer,))
    with refused("still_time"):
        services.record_absence(**given(world, world.worker), reason="打了三次电话没有人接。")
    services.record_absence(**given(world, world.worker, LATE), reason="打了三次电话没有人接。")
    with refused("same_person"):
        services.cosign_absence(**given(world, world.worker, LATE))
    assert codes(world, LATE) == ["marks_missing"]
    services.cosign_absence(**given(world, make.worker(world.home, "邓丽"), LATE))
    assert codes(world, LATE) == []
    with refused("already_recorded"):
        services.record_absence(**given(world, world.officer, LATE), reason="再登记一次缺席。")
    with pytest.raises(IntegrityError, match="two_people_record_an_absence"), transaction.atomic():
        absence = Absence.objects.get()
        Absence.objects.filter(pk=absence.pk).update(cosigned_by=absence.recorded_by)
