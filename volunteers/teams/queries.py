"""Volunteers and teams, one function per question."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from communities.accounts.models import User
from communities.divisions.models import Division
from communities.roles.queries import within
from communities.roles.rules import Role
from volunteers.teams.models import GuardianConsent, Membership, Skill, Team, Volunteer

WORKERS = frozenset({Role.COMMUNITY_WORKER})
OPEN = Q(memberships__joined_on__isnull=False, memberships__left_on=None, memberships__volunteer__left_on=None)


def skills() -> QuerySet[Skill]:
    """The published list as it stands."""
    return Skill.objects.filter(withdrawn_on=None)


def volunteer_of(person: User) -> Volunteer | None:
    """The person's registration while she has not left, with her community and whether the guardian's consent lacks."""
    if not person.is_authenticated:
        return None
    return registrations().filter(person=person, left_on=None).first()


def registrations() -> QuerySet[Volunteer]:
    stands = GuardianConsent.objects.filter(volunteer=OuterRef("pk"), withdrawn_at=None)
    rows = Volunteer.objects.annotate(consented=Exists(stands)).select_related("community__parent", "person")
    return rows.prefetch_related("skills")


def waits_for_guardian(volunteer: Volunteer | None) -> bool:
    return bool(volunteer and volunteer.band == Volunteer.Band.MINOR and not volunteer.consented)


def teams() -> QuerySet[Team]:
    """Living teams with their leaders and how many belong to each; by place and name."""
    leaders = Membership.objects.open().filter(leads=True).select_related("volunteer__person")
    rows = Team.objects.filter(closed_on=None).select_related("community__parent", "social_worker")
    rows = rows.prefetch_related(Prefetch("memberships", leaders, to_attr="leaders"))
    return rows.annotate(members=Count("memberships", filter=OPEN)).order_by("community__path", "name")


def teams_found(*, community: Division | None = None, kind: str = "") -> QuerySet[Team]:
    found = teams()
    if community is not None:
        found = found.filter(community=community)
    return found.filter(kind=kind) if kind else found


def memberships_of(volunteer: Volunteer) -> QuerySet[Membership]:
    """Her teams and her open requests, leaders' teams first."""
    rows = Membership.objects.filter(volunteer=volunteer, left_on=None).select_related("team__community")
    return rows.order_by("-leads", "team__name")


def membership_in(team: Team, person: User) -> Membership | None:
    """The person's open belonging to the team, or her waiting request."""
    if not person.is_authenticated:
        return None
    return Membership.objects.filter(team=team, volunteer__person=person, left_on=None).first()


def members_of(team: Team) -> QuerySet[Membership]:
    rows = Membership.objects.open().filter(team=team).select_related("volunteer__person")
    return rows.prefetch_related("volunteer__skills").order_by("-leads", "joined_on", "pk")


def requests_to(team: Team) -> QuerySet[Membership]:
    rows = Membership.objects.filter(team=team, joined_on=None, left_on=None, volunteer__left_on=None)
    return rows.select_related("volunteer__person").prefetch_related("volunteer__skills").order_by("asked_at", "pk")


def led_by(person: User) -> QuerySet[Team]:
    """Living teams that the person leads."""
    mine = Membership.objects.open().filter(volunteer__person=person, leads=True)
    return teams().filter(pk__in=mine.values("team"))


def minors_waiting(worker: User, day: date) -> QuerySet[Volunteer]:
    """Minors in the worker's communities whose guardian's paper nobody has seen yet, the oldest first."""
    rows = registrations().filter(within(worker, WORKERS, day, "community"), band=Volunteer.Band.MINOR, left_on=None)
    return rows.filter(consented=False).order_by("registered_on", "pk")


def minor_in_sight(worker: User, day: date, number: int) -> Volunteer | None:
    rows = registrations().filter(within(worker, WORKERS, day, "community"), band=Volunteer.Band.MINOR)
    return rows.filter(pk=number).first()


def teams_of_worker(worker: User, day: date) -> QuerySet[Team]:
    return teams().filter(within(worker, WORKERS, day, "community"))


def communities_of_worker(worker: User, day: date) -> QuerySet[Division]:
    rows = Division.objects.filter(within(worker, WORKERS, day), level=Division.Level.COMMUNITY, abolished_on=None)
    return rows.order_by("code")
