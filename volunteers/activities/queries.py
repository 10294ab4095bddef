"""Calls, shifts, who comes, and whom a shift would suit. One function per question."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from communities.accounts.models import User
from communities.divisions.models import Division
from communities.roles.queries import within
from communities.roles.rules import Role
from volunteers.activities import rules
from volunteers.activities.models import Call, Invitation, Presence, Shift, SignUp
from volunteers.parties import parties_at, parties_to_team
from volunteers.permissions import Party
from volunteers.teams.models import Membership, Volunteer

WORKERS = frozenset({Role.COMMUNITY_WORKER})
STANDING = (rules.HELD, rules.WAITING)
MOST_SUITED = 20


def calls() -> QuerySet[Call]:
    rows = Call.objects.select_related("community__parent", "team", "centre", "project__proposal", "milestone")
    return rows.prefetch_related("skills")


def published() -> QuerySet[Call]:
    return calls().filter(published_at__isnull=False)


def parties_to_call(person: User, call: Call, *, day: date) -> frozenset[Party]:
    """Parties to the call's team, or to its community when it has none."""
    return parties_to_team(person, call.team, day=day) if call.team else parties_at(person, call.community, day=day)


def waiting_count() -> Count:
    return Count("sign_ups", filter=Q(sign_ups__state=rules.WAITING))


def shifts_of(call: Call) -> QuerySet[Shift]:
    return call.shifts.annotate(waiting=waiting_count())[: rules.MOST_SHIFTS]


def coming(now: datetime, *, community: Division | None = None, kind: str = "") -> QuerySet[Shift]:
    """The calendar: shifts that have not ended, of published calls, in the order of time."""
    rows = _open(community).filter(ends_at__gt=now)
    if kind:
        rows = rows.filter(call__kind=kind)
    rows = rows.select_related("call__community", "call__team").prefetch_related("call__skills")
    return rows.annotate(waiting=waiting_count()).order_by("starts_at", "pk")


def with_places(now: datetime, *, community: Division | None = None) -> QuerySet[Shift]:
    """Shifts still to begin that have a place left, in the order of time; one query."""
    rows = _open(community).filter(starts_at__gt=now, taken__lt=F("places"))
    return rows.select_related("call__community").order_by("starts_at", "pk")


def _open(community: Division | None) -> QuerySet[Shift]:
    """Shifts of published calls that stand, everywhere or below a place."""
    rows = Shift.objects.filter(call__published_at__isnull=False, call__cancelled_at=None)
    return rows.filter(call__community__path__startswith=community.path) if community else rows


def coming_of_project(project_id: int, now: datetime) -> QuerySet[Shift]:
    return coming(now).filter(call__project=project_id)[:5]


def told(community: Division | None = None) -> QuerySet[Call]:
    """Calls with a report, the newest first."""
    rows = published().filter(report__isnull=False).select_related("report").prefetch_related("report__photos")
    if community is not None:
        rows = rows.filter(community=community)
    return rows.order_by("-report__at")


def my_sign_ups(volunteer: Volunteer, now: datetime) -> QuerySet[SignUp]:
    """Her places and waits whose shift has not ended."""
    rows = SignUp.objects.filter(volunteer=volunteer, state__in=STANDING, shift__ends_at__gt=now - rules.AFTER)
    rows = rows.select_related("shift__call__community", "presence")
    return rows.filter(shift__call__cancelled_at=None).order_by("shift__starts_at", "pk")


def sign_ups_by_shift(person: User, call: Call) -> dict[int, SignUp]:
    """The person's standing sign-ups for a call, by shift."""
    if not person.is_authenticated:
        return {}
    rows = SignUp.objects.filter(shift__call=call, volunteer__person=person, state__in=STANDING)
    return {row.shift_id: row for row in rows}


def offered_swaps(call: Call, now: datetime) -> QuerySet[SignUp]:
    """Places of a call for which somebody looks for a stand-in."""
    rows = SignUp.objects.filter(shift__call=call, state=rules.HELD, swap_since__isnull=False, shift__starts_at__gt=now)
    return rows.select_related("shift", "volunteer").order_by("swap_since")[:20]


def roster(shift: Shift) -> QuerySet[SignUp]:
    """Who holds a place, and who waits, in the order of asking."""
    rows = SignUp.objects.filter(shift=shift, state__in=STANDING)
    return rows.select_related("volunteer__person", "presence").order_by("state", "asked_at", "pk")[:200]


def clashes(volunteer: Volunteer, shift: Shift) -> bool:
    """Does she hold a place, or wait for one, at the same time?"""
    held = SignUp.objects.filter(volunteer=volunteer, state__in=STANDING, shift__call__cancelled_at=None)
    held = held.exclude(shift=shift)
    return held.filter(shift__starts_at__lt=shift.ends_at, shift__ends_at__gt=shift.starts_at).exists()


def run_by(person: User, day: date) -> QuerySet[Call]:
    """Calls that the person may run: of the teams that she leads, of her communities; the newest first."""
    led = Membership.objects.open().filter(volunteer__person=person, leads=True)
    mine = Q(team__in=led.values("team")) | within(person, WORKERS, day, "community")
    return calls().filter(mine).order_by("-made_at", "-pk")


def lists_to_confirm(worker: User, day: date) -> QuerySet[Presence]:
    """Hours on a leader's list that wait for the worker's word."""
    rows = Presence.objects.filter(within(worker, WORKERS, day, "sign_up__shift__call__community"))
    rows = rows.filter(hours_at=None, left_at__isnull=False).filter(Q(came_via=rules.LIST) | Q(left_via=rules.LIST))
    return rows.select_related("sign_up__shift__call", "sign_up__volunteer__person").order_by("left_at", "pk")


def slot(shift: Shift) -> str:
    local = timezone.localtime(shift.starts_at)
    return rules.slot_of(local.date(), local.hour)


def reasons_for(volunteer: Volunteer, shift: Shift) -> list[str]:
    """Why the shift suits her; [] when it does not. Needs the skills of both prefetched."""
    return rules.fit(
        needed=[skill.code for skill in shift.call.skills.all()],
        offered=[skill.code for skill in volunteer.skills.all()],
        same_community=volunteer.community_id == shift.call.community_id,
        slots=[slot(shift)],
        times=volunteer.times,
    )


def suiting(volunteer: Volunteer, now: datetime) -> list[tuple[Shift, list[str]]]:
    """Shifts of the next two weeks around her that suit her in two ways at least, with the reasons; at most 5."""
    near = coming(now, community=volunteer.community.parent).filter(starts_at__gt=now, taken__lt=F("places"))
    near = near.filter(starts_at__lt=now + timedelta(days=14)).exclude(sign_ups__volunteer=volunteer)
    found = [(shift, reasons_for(volunteer, shift)) for shift in near[:40]]
    return [(shift, reasons) for shift, reasons in found if len(reasons) >= 2][:5]


def suited(shift: Shift) -> list[tuple[Volunteer, list[str]]]:
    """Volunteers of the community whom the shift would suit and who were not asked yet, with the reasons.

    Those who fit in most ways come first; among equals the order is another for every shift, so that nobody is always
    asked first.
    """
    asked = Invitation.objects.filter(shift=shift, volunteer=OuterRef("pk"))
    signed = SignUp.objects.filter(shift=shift, volunteer=OuterRef("pk"))
    rows = Volunteer.objects.active().filter(~Exists(asked), ~Exists(signed), community=shift.call.community)
    if shift.call.adults_only:
        rows = rows.filter(band=Volunteer.Band.ADULT)
    codes = [skill.pk for skill in shift.call.skills.all()]
    if codes:
        rows = rows.filter(skills__in=codes).distinct()
    rows = rows.filter(times__contains=[slot(shift)]).select_related("person").prefetch_related("skills")
    found = [(row, reasons_for(row, shift)) for row in rows.order_by("pk")[:200]]
    found.sort(key=lambda pair: (-len(pair[1]), (pair[0].pk * 7919 + shift.pk * 104729) % 1009))
    return found[:MOST_SUITED]


def due_reminders(now: datetime) -> QuerySet[SignUp]:
    """Places whose shift begins within a day and of which nobody was reminded."""
    rows = SignUp.objects.filter(state=rules.HELD, reminded_at=None, shift__call__cancelled_at=None)
    rows = rows.filter(shift__starts_at__gt=now, shift__starts_at__lte=now + rules.REMIND)
    return rows.select_related("shift__call", "volunteer").order_by("pk")


def with_photos(call: Call) -> Call:
    return published().prefetch_related(Prefetch("report__photos")).get(pk=call.pk)
