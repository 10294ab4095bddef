"""Every act of the permission table as a call of its own services, on one world that holds a row for each of them.

One person for each party, who stands in no second one. The stage is set where the attempt needs it; what an allowed
attempt writes is taken back by the caller.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace

from django.test import RequestFactory

from communities.accounts.models import User
from communities.centres.models import ServiceCentre
from communities.councils.models import Seat
from communities.roles.rules import Role
from portal.refusals import Refusal, insist
from projects import models as m
from projects.deliberation.queries import marks_of
from projects.delivery import services as delivery
from projects.desk.views import staff
from projects.funding import acts
from projects.funding import services as funding
from projects.permissions import Party
from projects.proposals.standings import Standing
from projects.tally.takeaway import watched_by
from tests import factories as make
from tests.factories import NOON
from tests.projects import project_worlds as worlds

DAY = NOON.date()
LATER = NOON + timedelta(days=5)
ROUND, PROJECT = "round", "project"  # what stands at the stage


@dataclass(frozen=True)
class Attempt:
    """One service, its arguments, and what stands at the stage; `at` may be a fixed stage that the service names itself."""

    service: Callable
    given: Callable[[SimpleNamespace, User], dict] = field(repr=False)
    at: str = ROUND


def people(home) -> dict[Party, User]:
    """The visitor is an account that was closed: a person of whom nothing counts any more."""
    places = {Party.STREET: home.parent, Party.DISTRICT: home.parent.parent, Party.AUDITOR: home.parent.parent}
    held = {party: make.holder(Role(party.value), places.get(party, home)) for party in Party if party in set(Role)}
    visitor = make.person("访客", is_active=False)
    return held | {
        Party.VISITOR: visitor,
        Party.MEMBER: make.person("用户"),
        Party.RESIDENT: make.resident(home, "居民"),
        Party.PROPOSER: make.person("点菜人"),
        Party.PANEL: make.person("郑工"),
    }


def whole_world() -> SimpleNamespace:
    home = make.community()
    w = SimpleNamespace(home=home, street=home.parent, district=home.parent.parent, people=people(home))
    w.maker = make.street_officer(home.parent, "经办人")
    w.batch = make.round_at("proposals", home, officer=w.maker)
    w.author = w.people[Party.PROPOSER]
    _project(w)
    _proposals(w)
    _council(w)
    _poll(w)
    _office(w)
    return w


def _proposals(w: SimpleNamespace) -> None:
    def one(standing: Standing, **more: object) -> m.Proposal:
        row = make.proposal(w.batch, w.author, standing=standing)
        return _with(row, **more) if more else row

    w.lodged, w.accepted, w.listed = one(Standing.LODGED), one(Standing.ACCEPTED), one(Standing.SHORTLISTED)
    w.returned = one(Standing.RETURNED, correct_by=DAY + timedelta(days=5), paper_ref="Z-0")
    w.chosen, w.second = one(Standing.CHOSEN), one(Standing.CHOSEN)
    w.rejected, w.appealed = one(Standing.REJECTED), one(Standing.REJECTED)
    for row in (w.rejected, w.appealed):
        told = {"outcome": "rejected", "codes": ["N01"], "reason": "不在资金范围内。", "by": w.maker, "at": NOON}
        finding = m.Finding.objects.create(proposal=row, **told)
    m.Appeal.objects.create(proposal=w.appealed, finding=finding, reason="请再看。", answer_by=DAY, by=w.author, at=NOON)
    w.drafts = {who.pk: make.proposal(w.batch, who, standing=Standing.DRAFT) for who in w.people.values()}
    w.entries = {
        who.pk: _with(make.proposal(w.batch, w.author, standing=Standing.DRAFT), entered_by=who, paper_ref=f"Z-{who.pk}")
        for who in w.people.values()
    }


def _with(row, **changes: object):
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()
    return row


def _council(w: SimpleNamespace) -> None:
    council = make.council(w.home, 3)
    member = w.people[Party.COUNCIL]
    Seat.objects.create(council=council, person=member, kind=Seat.Kind.RESIDENT, since=DAY - timedelta(days=90))
    told = {"place": "社区会议室", "marks": marks_of(council), "convened_by": w.maker, "agenda_sent_at": NOON, "seats": 4}
    held = {"round": w.batch, "community": w.home, "council": council, "starts_at": NOON, **told}
    w.meeting = m.Meeting.objects.create(**held)
    w.open_meeting = m.Meeting.objects.create(**held, opened_at=NOON, chair=member)
    w.item = m.AgendaItem.objects.create(meeting=w.meeting, proposal=w.accepted, position=1)
    w.open_item = m.AgendaItem.objects.create(meeting=w.open_meeting, proposal=w.accepted, position=1, opened_at=NOON)
    w.turn = m.Turn.objects.create(item=w.open_item, person=w.maker, asked_at=NOON)
    told = {"person": w.maker, "holder": member, "paper_ref": "W-0", "entered_by": w.maker, "at": NOON}
    w.mandate = m.Mandate.objects.create(meeting=w.meeting, **told)
    w.hearing = m.Hearing.objects.create(
        proposal=w.lodged, subject="坡道占不占车位", starts_at=LATER, place="社区会议室", places=20,
        register_until=DAY + timedelta(days=3), convened_by=w.maker, convened_at=NOON, number="TZ-2026-000001",
    )  # fmt: skip
    told = {"guest_name": "王伯", "speaks": False, "entered_by": w.maker, "at": NOON}
    w.guest = m.HearingPlace.objects.create(hearing=w.hearing, **told)


def _poll(w: SimpleNamespace) -> None:
    w.slate = m.Slate.objects.create(
        round=w.batch, community=w.home, budget=10_000_000, seed="0" * 64, roll_size=2, digest="0" * 64, frozen_at=NOON
    )
    w.candidate = m.Candidate.objects.create(slate=w.slate, proposal=w.listed, cost=w.listed.estimate)
    voter = make.resident(w.home, "选民")
    w.entry, _mine = (
        m.RollEntry.objects.create(slate=w.slate, round=w.batch, person=who) for who in (voter, w.people[Party.RESIDENT])
    )
    w.envelope = m.PaperBatch.objects.create(slate=w.slate, envelope=1, printed=5, printed_by=w.maker, printed_at=NOON)
    w.sheet = m.PaperSheet.objects.create(batch=w.envelope, serial="12345678", tracker="A" * 15)
    w.centre = ServiceCentre.objects.create(community=w.home, name="党群服务中心", address="龙岭路1号")
    w.kiosk = m.Kiosk.objects.create(slate=w.slate, centre=w.centre, opened_by=w.maker, opened_at=NOON)
    w.trial = m.Rehearsal.objects.create(
        round=w.batch, community=w.home, budget=1, rules=w.batch.rules, seed="0" * 64, started_by=w.maker, started_at=NOON
    )


def _office(w: SimpleNamespace) -> None:
    entries = [{"number": w.chosen.number, "title": w.chosen.title, "category": "works", "place": "三栋", "amount": 1}]
    sheet = m.PublicNotice.objects.create(
        round=w.batch, community=w.home, street=w.street, year=2026, serial=1, starts_on=DAY,
        ends_on=DAY + timedelta(days=6), days=7, unit="calendar", entries=entries, at=NOON,
    )  # fmt: skip
    w.objection = m.Objection.objects.create(
        notice=sheet, proposal=w.chosen, objector=make.resident(w.home, "异议人"), text="会挡路。", at=NOON, due_on=DAY
    )
    w.decision = m.ApprovalDecision.objects.create(
        proposal=w.second, round=w.batch, verdict="approve", amount=1, asked=w.second.estimate, gates={},
        needs_second=True, by=w.maker, at=NOON,
    )  # fmt: skip


def _project(w: SimpleNamespace) -> None:
    made = worlds.approved(home=w.home)
    made.proposer = _with(made.project.proposal, proposer=w.author).proposer
    made.contract = worlds.sign(made)
    w.project, w.contract, w.provider = made.again(), made.contract, made.provider
    w.people[Party.PROVIDER] = made.contract.responsible
    told = {"contract_id": w.contract.pk, "instalment": "advance", "purpose": "预付款", "now": NOON}
    w.payment = funding.request_payment(by=made.officer, amount=100_00, voucher="FP-1", **told)
    told = {"project_id": w.project.pk, "by": w.people[Party.WORKER], "now": NOON}
    w.step = delivery.add_milestone(title="坡道浇筑", due_on=DAY, **told)
    w.problem = m.ProblemReport.objects.create(
        project=w.project, source="resident", aspect="site", text="围挡没关。", by=make.person("路人"), at=NOON, answer_by=DAY
    )
    w.member = m.PanelMember.objects.create(
        project=w.project, person=w.people[Party.PANEL], seat="technical", skill="建造师", appointed_by=w.maker, appointed_at=NOON
    )
    m.Inspection.objects.create(project=w.project, number=1, opened_at=NOON)
    m.RatingWindow.objects.create(project=w.project, opened_at=NOON, closes_on=DAY + timedelta(days=9), residents=9)
    told = {"district": w.district, "group": "实施", "means": "按期", "most": 10, "place": 1}
    w.line = m.Indicator.objects.create(of="project", title="按期完工", **told)
    w.town_line = m.Indicator.objects.create(of="community", title="公开及时", **told)


# What a service is given: the row that it acts on, then the words and numbers that its form would send.


def on(key: str, row: str, /, **more: object) -> Callable[[SimpleNamespace, User], dict]:
    return lambda w, by: {key: getattr(w, row).pk, "by": by, "now": NOON, **more}


def batch(**more: object) -> Callable:
    return on("round_id", "batch", **more)


def project(service: Callable, /, **more: object) -> Attempt:
    return Attempt(service, on("project_id", "project", **more), PROJECT)


def of_row(service: Callable, key: str, row: str, /, **more: object) -> Attempt:
    """A service on a row of the project."""
    return Attempt(service, on(key, row, **more), PROJECT)


def shown(action: str) -> Callable:
    """A page of the offices as its view loads it."""

    def load(*, number: str, by: User) -> object:
        request = RequestFactory().get("/")
        request.user = by
        return acts.load_for(request, number, action)

    return load


def log(*, by: User) -> None:
    request = RequestFactory().get("/")
    request.user = by
    insist(staff._objection_to_log(request))


def watch(*, batch: m.Round, by: User) -> dict:
    """Who may not watch is refused by being shown nothing."""
    seen = watched_by(m.Round.objects.get(pk=batch.pk), by, day=DAY)
    insist(None if seen else Refusal("unseen", ""))
    return seen


def with_own(row: str, name: str = "proposal_id") -> Callable:
    """The row of this very person: a draft of hers, an entry that she typed."""
    return lambda w, by: {name: getattr(w, row)[by.pk].pk, "by": by, "now": NOON}
