"""Wishes and claims, one function per question."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Prefetch, QuerySet

from communities.accounts.models import User
from communities.divisions.models import Division
from communities.roles.queries import within
from communities.roles.rules import Role
from volunteers.teams.models import Team
from volunteers.teams.queries import led_by
from volunteers.wishes import rules
from volunteers.wishes.models import Claim, Wish, WishPerson

WORKERS = frozenset({Role.COMMUNITY_WORKER})
SHOWN = (rules.PUBLISHED, rules.CLAIMED, rules.FULFILLED)


def shown() -> QuerySet[Wish]:
    """What everybody may read, with the standing or fulfilled claim."""
    claims = Claim.objects.filter(ended_at=None) | Claim.objects.filter(outcome=rules.FULFILLED)
    rows = Wish.objects.filter(state__in=SHOWN).select_related("community__parent")
    return rows.prefetch_related(Prefetch("claims", claims.select_related("team", "thanks"), to_attr="standing"))


def wall(*, community: Division | None = None, state: str = "") -> QuerySet[Wish]:
    found = shown().filter(state=state if state in SHOWN else rules.PUBLISHED)
    if community is not None:
        found = found.filter(community__path__startswith=community.path)
    return found.order_by("-ended_at", "published_at", "pk")


def open_claim(wish: Wish) -> Claim | None:
    return Claim.objects.filter(wish=wish, ended_at=None).select_related("volunteer__person", "team").first()


def claims_of(person: User) -> QuerySet[Claim]:
    """Claims that the person has in hand."""
    rows = Claim.objects.filter(volunteer__person=person, ended_at=None)
    return rows.select_related("wish__community", "team").order_by("due_on", "pk")


def teams_to_claim(person: User) -> QuerySet[Team]:
    return led_by(person) if person.is_authenticated else Team.objects.none()


def of_worker(worker: User, day: date) -> QuerySet[Wish]:
    """Wishes of the worker's communities: what waits for her first, then what is claimed."""
    rows = Wish.objects.filter(within(worker, WORKERS, day, "community")).select_related("community")
    return rows.prefetch_related(Prefetch("claims", Claim.objects.filter(ended_at=None), to_attr="standing"))


def to_screen(worker: User, day: date) -> QuerySet[Wish]:
    return of_worker(worker, day).filter(state=rules.COLLECTED).order_by("made_at", "pk")


def in_hand(worker: User, day: date) -> QuerySet[Wish]:
    return of_worker(worker, day).filter(state=rules.CLAIMED).order_by("pk")


def made_by(person: User) -> QuerySet[Wish]:
    return Wish.objects.filter(made_by=person).order_by("-made_at")


def overdue(today: date) -> QuerySet[Claim]:
    return Claim.objects.filter(ended_at=None, done_at=None, due_on__lt=today).order_by("pk")


def soon_due(today: date) -> QuerySet[Claim]:
    until = today + timedelta(days=rules.REMIND_DAYS)
    rows = Claim.objects.filter(ended_at=None, done_at=None, reminded_at=None, due_on__lte=until, due_on__gte=today)
    return rows.select_related("wish", "volunteer").order_by("pk")


def long_over(now: datetime) -> QuerySet[WishPerson]:
    """People behind wishes that ended so long ago that nobody needs to know them."""
    return WishPerson.objects.filter(wish__ended_at__lt=now - timedelta(days=rules.KEEP_DAYS))
