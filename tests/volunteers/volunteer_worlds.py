"""Volunteers and teams set straight to where a test needs them; times run on from NOON."""

from __future__ import annotations

from datetime import timedelta

from communities.accounts.models import User
from communities.divisions.models import Division
from tests import factories as make
from tests.factories import NOON
from volunteers.activities import services as activities
from volunteers.models import Call, GuardianConsent, Membership, Shift, Skill, Team, Volunteer


def volunteer(
    home: Division,
    name: str = "方慧",
    *,
    minor: bool = False,
    skills: tuple[str, ...] = (),
    times: tuple[str, ...] = (),
) -> Volunteer:
    """A registered volunteer; a minor has her guardian's consent."""
    who = Volunteer.objects.create(
        person=make.resident(home, name),
        community=home,
        band=Volunteer.Band.MINOR if minor else Volunteer.Band.ADULT,
        times=list(times),
        registered_on=NOON.date(),
        agreed_at=NOON,
        agreed_version="2026-1",
    )
    who.skills.set(Skill.objects.filter(code__in=skills))
    if minor:
        GuardianConsent.objects.create(
            volunteer=who,
            relation=GuardianConsent.Relation.PARENT,
            guardian_name="方志明",
            paper_ref="TY-2026-001",
            seen_by=make.worker(home),
            seen_at=NOON,
        )
    return who


def team(home: Division, name: str = "龙岭社区志愿服务队", *, by: User | None = None) -> Team:
    return Team.objects.create(
        name=name,
        kind=Team.Kind.COMMUNITY,
        community=home,
        about="帮邻居做小事。",
        founded_by=by or make.worker(home),
        founded_on=NOON.date(),
    )


def member(of: Team, who: Volunteer, *, leads: bool = False) -> Membership:
    return Membership.objects.create(
        team=of, volunteer=who, leads=leads, asked_at=NOON, joined_on=NOON.date(), answered_by=of.founded_by
    )


TOMORROW = NOON + timedelta(days=1)


def call(home: Division, *, by: User | None = None, places: int = 2, published: bool = True, **more: object) -> Call:
    """A call of the community with one shift of three hours tomorrow at noon."""
    by = by or make.worker(home)
    given = {
        "title": "周末楼道清洁",
        "kind": "green",
        "about": "一起把三栋楼道的杂物清走。",
        "place": "三栋门口",
        "skills": [],
        "starts": TOMORROW,
        "ends": TOMORROW + timedelta(hours=3),
        "places": places,
        "now": NOON,
    }
    made = activities.make_call(community_id=home.pk, by=by, **{**given, **more})
    return activities.publish_call(call_id=made.pk, by=by, now=NOON) if published else made


def shift_of(of: Call) -> Shift:
    return of.shifts.get()
