"""Projects at each of their stages, made by the services themselves; times run on from NOON."""

from __future__ import annotations

import io
import itertools
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from communities.accounts.models import User
from communities.divisions.models import Division
from communities.roles.rules import Role
from portal.files import KeptFile
from projects.acceptance import services as acceptance
from projects.acceptance.rules import Seat
from projects.delivery import services as delivery
from projects.evaluation import services as evaluation
from projects.funding import services as funding
from projects.funding.models import Contract, Payment, Project, Provider
from projects.models import Envelope, Round, Support
from projects.proposals.standings import Standing
from tests import factories as make
from tests.factories import NOON

CODES = ("91110000600037341L", "91310000607378229E", "91440300708461136T", "91440300192189783K")
_phones = itertools.count(1)


@dataclass
class World:
    home: Division
    officer: User
    second: User
    worker: User
    proposer: User
    supporter: User
    batch: Round
    project: Project
    provider: Provider | None = None
    contract: Contract | None = None
    supervisor: User | None = None
    neighbours: tuple[User, ...] = ()
    engineer: User | None = None

    def again(self) -> Project:
        self.project = Project.objects.select_related("proposal", "round", "community").get(pk=self.project.pk)
        return self.project

    @property
    def number(self) -> str:
        return self.project.proposal.number

    @property
    def envelope(self) -> Envelope:
        return Envelope.objects.get(round=self.batch, community=self.home)


def phone() -> str:
    return f"139{next(_phones):08d}"


def approved(
    *,
    amount: int = 80_000_00,
    envelope: int = 2_000_000_00,
    category: str = "works",
    home: Division | None = None,
    **rules: object,
) -> World:
    """A project that has just received its money."""
    home = home or make.community()
    officer, second = make.street_officer(home.parent, "黄志强"), make.street_officer(home.parent, "林淑芬")
    batch = make.round_at("approval", home, amount=envelope, officer=officer, **rules)
    proposer, supporter = make.resident(home, "李秀兰"), make.resident(home, "周建国")
    proposal = make.proposal(batch, proposer, standing=Standing.APPROVED, category=category)
    Support.objects.create(proposal=proposal, person=supporter, at=NOON)
    project = funding.receive_project(proposal=proposal, amount=amount, now=NOON)
    return World(
        home=home,
        officer=officer,
        second=second,
        worker=make.worker(home),
        proposer=proposer,
        supporter=supporter,
        batch=batch,
        project=project,
    )


def provider(by: User, at: Division, *, code: str = CODES[0], name: str = "深圳市惠邻建设工程有限公司") -> Provider:
    return funding.register_provider(
        at=at, by=by, name=name, credit_code=code, phone="0755-28880001", eligible_until=date(2027, 12, 31), now=NOON
    )


def sign(world: World, *, amount: int = 60_000_00, number: str = "HT-2026-01", **other: object) -> Contract:
    world.provider = world.provider or provider(world.officer, world.home.parent)
    given = {
        "route": "quotes",
        "signed_on": NOON.date(),
        "starts_by": NOON.date() + timedelta(days=14),
        "responsible_name": "吴国栋",
        "responsible_phone": phone(),
        "now": NOON,
    }
    return funding.sign_contract(
        project_id=world.project.pk,
        by=world.officer,
        provider_id=world.provider.pk,
        number=number,
        amount=amount,
        **{**given, **other},
    )


def in_delivery(**given: object) -> World:
    world = approved(**given)
    world.contract = sign(world)
    funding.start_delivery(project_id=world.project.pk, by=world.officer, now=NOON)
    world.again()
    return world


def photo_file(name: str = "坡道.jpg", colour: str = "teal") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (32, 24), colour).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


def kept_photo() -> KeptFile:
    return KeptFile(photo_file().read(), suffix="jpg", title="坡道.jpg", is_photo=True)


def finish(world: World, *, now: datetime) -> None:
    """Plan, report, photo after the work, and the provider's word."""
    by, pk = world.contract.responsible, world.project.pk
    if not world.project.milestones.exists():
        delivery.add_milestone(project_id=pk, by=by, title="坡道浇筑", due_on=timezone.localdate(now), now=now)
    for step in world.project.milestones.filter(done_on=None):
        delivery.complete_milestone(milestone_id=step.pk, by=by, now=now)
    delivery.report_progress(
        project_id=pk, by=by, percent=100, text="坡道和扶手都已完工。", kind="after", files=[kept_photo()], now=now
    )
    delivery.declare_finished(project_id=pk, by=by, text="坡道、扶手全部完工。", now=now)


def seat_panel(world: World, *, now: datetime = NOON) -> None:
    world.supervisor = world.supervisor or make.holder(Role.SUPERVISOR, world.home, "钟国华")
    world.neighbours = world.neighbours or (make.resident(world.home, "刘芳"), make.resident(world.home, "何强"))
    world.engineer = world.engineer or make.person("郑工")
    given = {"project_id": world.project.pk, "by": world.worker, "now": now}
    acceptance.appoint_member(seat=Seat.PROPOSER, **given)
    for neighbour in world.neighbours:
        acceptance.appoint_member(seat=Seat.RESIDENT, person=neighbour, **given)
    acceptance.appoint_member(seat=Seat.SUPERVISOR, person=world.supervisor, **given)
    acceptance.appoint_member(seat=Seat.COMMUNITY, person=world.worker, **given)
    acceptance.appoint_member(seat=Seat.TECHNICAL, person=world.engineer, skill="二级建造师", **given)


def in_acceptance(**given: object) -> World:
    world = in_delivery(**given)
    finish(world, now=NOON + timedelta(days=20))
    seat_panel(world, now=NOON + timedelta(days=20))
    delivery.open_acceptance(project_id=world.project.pk, by=world.worker, now=NOON + timedelta(days=21))
    world.again()
    return world


def mark_all(world: World, *, now: datetime, meets: bool = True, but: tuple[User, ...] = ()) -> None:
    for member in (world.proposer, *world.neighbours, world.supervisor, world.worker, world.engineer):
        if member not in but:
            acceptance.mark_project(
                project_id=world.project.pk, by=member, meets=meets, text="" if meets else "扶手松动，要加固。", now=now
            )


def in_evaluation(**given: object) -> World:
    world = in_acceptance(**given)
    now = NOON + timedelta(days=22)
    mark_all(world, now=now)
    acceptance.sign_off(project_id=world.project.pk, by=world.proposer, satisfaction=5, text="", now=now)
    acceptance.accept_project(project_id=world.project.pk, by=world.worker, now=now)
    world.again()
    return world


RATED = NOON + timedelta(days=23)
AFTER = NOON + timedelta(days=40)


def concluded(*, score: int = 5, **given: object) -> World:
    """Rated by the proposer and a supporter, the window over, the result published."""
    world = in_evaluation(**given)
    for person in (world.proposer, world.supporter):
        evaluation.rate_project(project_id=world.project.pk, by=person, score=score, text="", now=RATED)
    evaluation.conclude_ratings(project_id=world.project.pk, by=world.worker, now=AFTER)
    return world


def pay(world: World, amount: int, *, instalment: str = "progress", voucher: str = "", now: datetime = NOON) -> Payment:
    """Asked for by one officer, released by the other."""
    number = world.contract.payments.count() + 1
    payment = funding.request_payment(
        contract_id=world.contract.pk,
        by=world.officer,
        instalment=instalment,
        amount=amount,
        voucher=voucher or f"FP-{number:04d}",
        purpose="坡道工程款",
        now=now,
    )
    return funding.release_payment(payment_id=payment.pk, by=world.second, now=now)
