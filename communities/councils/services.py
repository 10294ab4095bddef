"""Giving a seat for a term, ending it, and founding the council of one estate."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from communities.accounts.models import User
from communities.councils import queries, rules
from communities.councils.models import Council, Seat
from communities.divisions.models import Division
from communities.divisions.services import add_estate
from communities.roles import services as roles
from communities.roles.models import Appointment
from communities.roles.queries import roles_at
from communities.roles.rules import APPOINTED_BY, Role
from portal import locks, log
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _


@transaction.atomic
def seat_member(
    *,
    council_id: int,
    person_id: int,
    kind: str,
    came_by: str,
    chairs: bool,
    since: date,
    until: date | None,
    by: User,
    now: datetime,
) -> Seat:
    """Give the seat, and with it the role of a council member at the community. All or nothing."""
    council = Council.objects.select_for_update(of=("self",)).select_related("community").get(pk=council_id)
    locks.hold_alone("person", person_id)
    person = User.objects.get(pk=person_id)
    home = person.residencies.filter(until=None).first()
    insist(
        rules.objection_to_seating(
            by=roles_at(by, council.community, timezone.localdate(now)),
            same_person=person.pk == by.pk,
            is_active=person.is_active,
            adult=person.adult is not False and (home is None or home.adult),
            since=since,
            until=until,
            held=queries.terms_on(council, person=person),
            chairs=chairs,
            chair_terms=queries.terms_on(council, chairs=True),
        )
    )
    made = Seat.objects.create(
        council=council, person=person, kind=kind, came_by=came_by, chairs=chairs, since=since, until=until
    )
    if council.community.level == "community" and not _roles_of(made, ends_on=None).exists():
        given = {"role": Role.COUNCIL_MEMBER, "division_id": council.community_id, "starts_on": since, "ends_on": until}
        roles.appoint(person_id=person.pk, by=by, now=now, **given)
    log.record("councils.seat_member", by=by, about=made, now=now, kind=kind, came_by=came_by, chairs=chairs)
    return made


@transaction.atomic
def end_seat(*, seat_id: int, last_day: date, reason: str, by: User, now: datetime) -> Seat:
    """End a seat on a day, and the member's role with it. What was voted stays as it was voted."""
    seat = Seat.objects.select_for_update(of=("self",)).select_related("council__community").get(pk=seat_id)
    today = timezone.localdate(now)
    insist(
        rules.objection_to_leaving(
            by=roles_at(by, seat.council.community, today),
            same_person=seat.person_id == by.pk,
            since=seat.since,
            last_day=last_day,
            is_open=seat.until is None or seat.until > today,
        )
    )
    for term in _roles_of(seat, ends_on=None):
        roles.end_term(appointment_id=term.pk, ends_on=max(last_day, term.starts_on), reason=reason, by=by, now=now)
    seat.until = last_day
    seat.save(update_fields=["until"])
    log.record("councils.end_seat", by=by, about=seat, now=now, reason=reason, last_day=last_day.isoformat())
    return seat


@transaction.atomic
def found_estate_council(*, community_id: int, estate: str, by: User, now: datetime) -> Council:
    """小区议事会, the light form: one estate, the same thresholds, seats from its residents. A repeat answers the same."""
    community = Division.objects.get(pk=community_id)
    if not roles_at(by, community, timezone.localdate(now)) & APPOINTED_BY[Role.COUNCIL_MEMBER]:
        insist(Refusal("not_superior", _("议事会由社区或街道登记，您没有权限。"), status=403))
    place = add_estate(community_id=community.pk, name=estate, by=by, now=now)
    made, fresh = Council.objects.get_or_create(community=place, defaults={"name": f"{estate}小区议事会"[:60]})
    if fresh:
        log.record("councils.found_estate_council", by=by, about=made, now=now)
    return made


def _roles_of(seat: Seat, **which: object):
    rows = Appointment.objects.filter(person=seat.person_id, role=Role.COUNCIL_MEMBER, division=seat.council.community)
    return rows.filter(**which)
