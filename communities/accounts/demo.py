"""What the demo's pages show: who can be tried, and how the clock is moved. Called in demo mode only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from allauth.mfa.totp.internal.auth import TOTP
from celery import current_app
from django.conf import settings
from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from communities.accounts.models import User
from communities.accounts.phones import unseal
from communities.roles.models import Appointment
from communities.roles.queries import on_day
from communities.roles.rules import TITLES, Role
from portal import clock
from portal.templatetags.words import grouped

ROUNDS = "projects.advance_due"
EACH = 12


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    people: list[tuple[User, str]]


def people_by_role(day: date) -> list[Group]:
    """For each role some people with the place where they hold it; at the end residents. Five queries at most."""
    terms = (
        Appointment.objects.filter(on_day(day), person__is_active=True)
        .select_related("person", "division")
        .order_by("division__path", "pk")
    )
    held: dict[str, list[tuple[User, str]]] = {}
    for term in terms[:600]:
        held.setdefault(term.role, []).append((term.person, term.division.name))
    groups = [Group(_(TITLES[role]), held[role][:EACH]) for role in Role if role in held]
    lived = Q(residencies__until=None, residencies__isnull=False)
    homes = (
        User.objects.filter(lived, is_active=True, is_staff=False, appointments=None)
        .order_by("pk")
        .values_list("pk", "residencies__community__name")[:EACH]
    )
    names = dict(homes)
    residents = [
        (person, f"{names[person.pk]} · {grouped(unseal(person.phone_cipher))}")  # a panel is appointed by phone number
        for person in User.objects.filter(pk__in=names).order_by("pk")
    ]
    return [*groups, *([Group(_("居民"), residents)] if residents else [])]


def shown(day: date) -> list[int]:
    return [person.pk for group in people_by_role(day) for person, _place in group.people]


def first_page(person: User) -> str:
    """Staff start at their queue, residents at home."""
    try:
        return reverse("desk:queue" if person.is_staff else "desk:home")
    except NoReverseMatch:
        return "/"


def move_clock(*, days: int) -> None:
    """Move the demo's clock and let everything that is due happen now instead of within a minute."""
    clock.move_demo_clock(days=days)
    for name in ("portal.tick", ROUNDS):
        wake(name)


def wake(name: str) -> None:
    try:
        current_app.send_task(name)
    except (OperationalError, OSError):
        return  # the beat does it within a minute


def equip(person: User, *, password: str, seed: str) -> None:
    """Give a demo person a password and an authenticator with a known seed, to try the real staff sign-in."""
    if not settings.DEMO:
        raise RuntimeError("known passwords exist in demo mode only")
    person.set_password(password)
    person.save(update_fields=["password"])
    TOTP.activate(person, seed)
