"""Records of service: a volunteer's own, those in an office's sight, what waits for review."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet, Sum

from communities.accounts.models import User
from communities.divisions.models import Division
from communities.roles.queries import places_held, roles_anywhere, within
from communities.roles.rules import Role
from volunteers.teams.models import Membership, Volunteer
from volunteers.timebank.models import HourRecord, Portion
from volunteers.timebank.rules import Band

OFFICE = frozenset({Role.COMMUNITY_WORKER, Role.STREET_OFFICER, Role.DISTRICT_OFFICER})
REVIEWERS = ((Role.STREET_OFFICER, Band.STREET), (Role.DISTRICT_OFFICER, Band.DISTRICT))


def volunteer_of(person: User) -> Volunteer | None:
    """The volunteer that this person is or was: her hours stay hers after she left."""
    if not person.is_authenticated:
        return None
    return Volunteer.objects.select_related("community__parent__parent").filter(person=person).first()


def records_of(volunteer: Volunteer) -> QuerySet[HourRecord]:
    """Her records with parts, reviews and reversals, newest first."""
    return whole(HourRecord.objects.filter(volunteer=volunteer)).order_by("-started_at", "-pk")


def records_below(place: Division, first_on: date, last_on: date) -> QuerySet[HourRecord]:
    """Records of the days in between of all volunteers of a place, by time."""
    rows = HourRecord.objects.filter(
        volunteer__community__path__startswith=place.path, started_at__date__range=(first_on, last_on)
    )
    return whole(rows).select_related("volunteer__person", "volunteer__community").order_by("started_at", "pk")


def whole(rows: QuerySet[HourRecord]) -> QuerySet[HourRecord]:
    portions = Portion.objects.select_related("review").order_by("on", "pk")
    return rows.select_related("reversal").prefetch_related(Prefetch("portions", portions))


def overlapping(volunteer_id: int, started: datetime, ended: datetime) -> list[tuple[datetime, datetime]]:
    """What the volunteer already has at this time, reversed records left out."""
    rows = HourRecord.objects.filter(
        volunteer=volunteer_id, started_at__lt=ended, ended_at__gt=started, reversal=None
    ).order_by("started_at")
    return list(rows.values_list("started_at", "ended_at")[:1])


def day_minutes(volunteer_id: int, day: date) -> int:
    """Minutes of a day that count or wait; what was refused or reversed takes no room."""
    rows = Portion.objects.filter(record__volunteer=volunteer_id, on=day, record__reversal=None)
    return rows.exclude(review__verdict="refuse").aggregate(sum=Sum("minutes"))["sum"] or 0


def volunteers_in_sight(person: User, *, today: date) -> QuerySet[Volunteer]:
    """Those of the places where the person holds an office, and those of the teams that she leads."""
    led = Membership.objects.open().filter(volunteer__person=person, leads=True).values("team")
    mine = Membership.objects.open().filter(team__in=led).values("volunteer")
    rows = Volunteer.objects.filter(within(person, OFFICE, today, "community") | Q(pk__in=mine))
    return rows.select_related("person", "community__parent")


def keeps_hours(person: User, *, today: date) -> bool:
    """Does she hold an office that keeps hours somewhere, or lead a team? Also while nobody serves there yet."""
    led = Membership.objects.open().filter(volunteer__person=person, leads=True)
    return bool(OFFICE & roles_anywhere(person, today)) or led.exists()


def record_in_sight(person: User, number: int, *, today: date) -> HourRecord | None:
    sight = Volunteer.objects.filter(within(person, OFFICE, today, "community")).values("pk")
    rows = HourRecord.objects.filter(pk=number, volunteer__in=sight)
    return whole(rows).select_related("volunteer__person", "volunteer__community", "entered_by").first()


def offices_of(person: User, *, today: date) -> list[Division]:
    """Streets and districts where she holds an office that reviews and exchanges hours."""
    roles = {role for role, _band in REVIEWERS}
    return places_held(person, roles, today)


def portions_in_sight(person: User, *, today: date) -> QuerySet[Portion]:
    """Parts over eight hours a day that the person's office reviews: the street to twelve, the district over it."""
    reach = Q(pk__in=[])
    for role, band in REVIEWERS:
        reach |= within(person, frozenset({role}), today, "record__volunteer__community") & Q(band=band.value)
    return Portion.objects.filter(reach).select_related(
        "record__volunteer__person", "record__volunteer__community", "record__entered_by", "record__reversal", "review"
    )


def portions_waiting(person: User, *, today: date) -> QuerySet[Portion]:
    """What waits for her, oldest first."""
    rows = portions_in_sight(person, today=today).exclude(band="at_once")
    return rows.filter(review=None, record__reversal=None).order_by("on", "pk")
