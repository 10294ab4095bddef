"""Small true worlds for tests: places, people with roles, rounds at a stage, proposals. No mocks.

Times are fixed: NOON is a Monday. Rounds and proposals are set straight to where a test needs them; the services
under test then act on real rows.
"""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from communities.accounts.models import User
from communities.councils.models import Council, Seat
from communities.divisions.models import Division
from communities.residents.models import Residency
from communities.roles.models import Appointment
from communities.roles.rules import Role
from projects.models import AgendaItem, Envelope, Meeting, Proposal, Resolution, Round, StageWindow
from projects.pipeline import ROUND, stages_of
from projects.proposals.standings import Standing
from projects.rounds.rules import complete

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=SHANGHAI)
_next = itertools.count(1)


def division(level: str, name: str = "", parent: Division | None = None, code: str = "") -> Division:
    code = code or f"{level[:2].upper()}{next(_next):06d}"
    path = f"{parent.path if parent else ''}{code}/"
    name = name or f"{level}{code}"
    return Division.objects.create(code=code, name=name, level=level, parent=parent, path=path)


def street(name: str = "布吉街道") -> Division:
    city = Division.objects.filter(level="city").first() or division("city", "深圳市")
    district = Division.objects.filter(level="district").first() or division("district", "龙岗区", city)
    return division("street", name, district)


def community(name: str = "龙岭社区", of: Division | None = None) -> Division:
    return division("community", name, of or street())


def person(name: str = "李秀兰", **fields: object) -> User:
    return User.objects.create_resident(f"13{next(_next):09d}", name=name, date_joined=NOON, **fields)


def resident(home: Division, name: str = "李秀兰", *, proved: bool = True) -> User:
    who = person(name)
    Residency.objects.create(
        person=who,
        community=home,
        since=NOON.date() - timedelta(days=900),
        proof=Residency.Proof.VOUCHED if proved else Residency.Proof.DECLARED,
        proved_at=NOON if proved else None,
    )
    return who


def holder(role: Role, at: Division, name: str = "") -> User:
    """Somebody who holds `role` at a division since a year before NOON."""
    number = next(_next)
    who = User.objects.create_staff(f"staff{number}", None, name=name or f"{role.value}{number}", date_joined=NOON)
    Appointment.objects.create(person=who, role=role, division=at, starts_on=NOON.date() - timedelta(days=365))
    return who


def worker(at: Division, name: str = "陈晓敏") -> User:
    return holder(Role.COMMUNITY_WORKER, at, name)


def street_officer(at: Division, name: str = "黄志强") -> User:
    return holder(Role.STREET_OFFICER, at, name)


def council(home: Division, seats: int = 13) -> Council:
    """A council whose members are residents and hold the role; the first one chairs."""
    made = Council.objects.create(community=home, name=f"{home.name}居民议事会")
    for place in range(seats):
        who = resident(home, f"议事代表{place + 1}")
        Appointment.objects.create(
            person=who, role=Role.COUNCIL_MEMBER, division=home, starts_on=NOON.date() - timedelta(days=100)
        )
        Seat.objects.create(
            council=made,
            person=who,
            kind=Seat.Kind.RESIDENT,
            chairs=place == 0,
            since=NOON.date() - timedelta(days=100),
        )
    return made


def round_at(stage: str, home: Division, *, amount: int = 2_000_000_00, officer: User | None = None, **rules: object):
    """A round of one community that stands at `stage` since NOON; its windows are 30 days each, the open one now."""
    officer = officer or street_officer(home.parent)
    made = Round.objects.create(
        number=f"2026-{next(_next):03d}",
        title=f"{home.name}2026年第一批民生微实事",
        street=home.parent,
        stage=stage,
        stage_since=NOON - timedelta(days=1),
        rules=complete(rules),
        digest="" if stage == "rounds" else "0" * 64,
        frozen_at=None if stage == "rounds" else NOON,
        created_by=officer,
        created_at=NOON - timedelta(days=60),
    )
    Envelope.objects.create(round=made, community=home, amount=amount)
    keys = [row.key for row in stages_of(ROUND)][1:]
    here = keys.index(stage) if stage in keys else 0
    for place, key in enumerate(keys):
        opens = NOON - timedelta(days=1) + timedelta(days=30 * (place - here))
        StageWindow.objects.create(round=made, stage=key, opens_at=opens, closes_at=opens + timedelta(days=30))
    return made


def proposal(
    batch: Round,
    by: User,
    *,
    standing: Standing = Standing.LODGED,
    title: str = "楼道加装无障碍坡道",
    estimate: int = 80_000_00,
    category: str = "works",
    home: Division | None = None,
) -> Proposal:
    number = next(_next)
    return Proposal.objects.create(
        number=None if standing is Standing.DRAFT else f"WSS-2026-{number:06d}",
        round=batch,
        community=home or batch.envelopes.first().community,
        proposer=by,
        standing=standing,
        standing_since=NOON,
        title=title,
        need="三栋门口有五级台阶，轮椅和婴儿车上不去。",
        wish="在台阶旁加一条坡道和扶手。",
        place="三栋一单元门口",
        beneficiaries="住在三栋的老人和孩子",
        beneficiary_count=60,
        category=category,
        content_class="facilities",
        estimate=estimate,
        shuffle_key=number / 1000 % 1,
        created_at=NOON - timedelta(days=2),
        lodged_at=None if standing is Standing.DRAFT else NOON - timedelta(days=1),
    )


def resolution(of: Proposal, *, in_favour: int, present: int = 13) -> Resolution:
    """A resolution that passed, at a meeting of the community's council that is over."""
    home = Council.objects.filter(community=of.community).first() or council(of.community)
    chair = home.seats.get(chairs=True).person
    meeting = Meeting.objects.create(
        round=of.round,
        community=of.community,
        council=home,
        starts_at=NOON,
        place="社区党群服务中心二楼",
        marks={},
        convened_by=chair,
        agenda_sent_at=NOON - timedelta(days=4),
        seats=13,
        opened_at=NOON,
        closed_at=NOON + timedelta(hours=2),
    )
    item = AgendaItem.objects.create(meeting=meeting, proposal=of, position=1, opened_at=NOON, closed_at=NOON)
    return Resolution.objects.create(
        item=item,
        proposal=of,
        outcome=Resolution.Outcome.PASSED,
        seats=13,
        present=present,
        recused=0,
        in_favour=in_favour,
        against=present - in_favour,
        abstained=0,
        needed=present // 2 + 1,
        by=chair,
        at=NOON,
    )
