"""What the demo's pages show: who can be tried, and how the clock is moved. Called in demo mode only.

Other apps add who else can be tried (`also`) and a walk through everything for newcomers (`leads`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from allauth.mfa.totp.internal.auth import TOTP
from celery import current_app
from django.conf import settings
from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from communities.accounts.models import User
from communities.accounts.phones import unseal
from communities.divisions.models import Division
from communities.roles.models import Appointment
from communities.roles.queries import on_day
from communities.roles.rules import TITLES, Role
from portal import clock
from portal.templatetags.words import grouped

ROUNDS = "projects.advance_due"
MOST = {Role.COUNCIL_MEMBER: 4, Role.COMMUNITY_WORKER: 2, "": 4, "also": 8}  # of each kind so many in one place; "" is a resident


@dataclass(frozen=True, slots=True)
class Place:
    """A street or community and who can be tried there: (person, what she is there)."""

    division: Division
    people: list[tuple[User, str]]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the walk: `who` goes to `url` and does `act`; `role` says what she is and where."""

    act: str
    who: User
    role: str
    url: str


ALSO: list[Callable[[], Iterable[tuple[Division, User, str]]]] = []
LEADS: list[Callable[[date], list[Step]]] = []


def also(people: Callable[[], Iterable[tuple[Division, User, str]]]) -> None:
    """An app says who else can be tried: the place, the person, what she is there."""
    ALSO.append(people)


def leads(walk: Callable[[date], list[Step]]) -> None:
    LEADS.append(walk)


def walk(day: date) -> list[Step]:
    """Who does what next, from the first step to the last, as far as the demo stands there today."""
    return [step for steps in LEADS for step in steps(day)]


def people_by_place(day: date) -> list[Place]:
    """Street by street with its communities, the street with most of them first and the district last. Four queries."""
    chairs = set(User.objects.filter(seats__chairs=True, seats__until=None).values_list("pk", flat=True))
    found: dict[tuple[int, str], list[tuple[User, str]]] = {}
    places: dict[int, Division] = {}
    for term in sorted(_terms(day), key=lambda term: (term.person_id not in chairs, term.pk)):
        places[term.division_id] = term.division
        title = _("议事会召集人") if term.person_id in chairs else _(TITLES[term.role])
        _put(found, (term.division_id, term.role), term.person, title)
    for person in _residents():
        _put(found, (person.home, ""), person, f"{_('居民')} · {grouped(unseal(person.phone_cipher))}")
    for source in ALSO:
        for division, person, words in source():
            places[division.pk] = division
            _put(found, (division.pk, "also"), person, words)
    for home in Division.objects.filter(pk__in=[pk for pk, _role in found if pk not in places]):
        places[home.pk] = home
    kinds = [*Role, "", "also"]
    listed = [Place(place, [each for kind in kinds for each in found.get((pk, kind), [])]) for pk, place in places.items()]
    return sorted(listed, key=lambda place: _order(place.division, list(places.values())))


def _put(found: dict, key: tuple[int, str], person: User, words: str) -> None:
    held = found.setdefault(key, [])
    if len(held) < MOST.get(key[1], 3):
        held.append((person, words))


def _terms(day: date) -> list[Appointment]:
    terms = Appointment.objects.filter(on_day(day), person__is_active=True).select_related("person", "division")
    return list(terms.order_by("pk")[:600])


def _residents() -> QuerySet:
    """Some residents of each community who hold no office; a panel is appointed by their phone numbers."""
    living = User.objects.filter(residencies__until=None, residencies__isnull=False, is_active=True)
    placed = living.filter(is_staff=False, appointments=None).annotate(
        home=F("residencies__community"),
        place=Window(RowNumber(), partition_by="residencies__community", order_by="pk"),
    )
    return placed.filter(place__lte=MOST[""]).order_by("pk")[:200]


def _order(place: Division, places: list[Division]) -> tuple:
    """Wide places first within their street; streets by how many communities can be tried; the district last."""
    street = place.path.removesuffix(f"{place.code}/") if place.level == "community" else place.path
    size = sum(each.level == "community" and each.path.startswith(street) for each in places)
    return (place.level not in ("street", "community"), -size, street, place.path)


def shown(day: date) -> list[int]:
    listed = {person.pk for place in people_by_place(day) for person, _words in place.people}
    return [*listed, *(step.who.pk for step in walk(day))]


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
