"""Appointing, ending and handing over, always by the level above, always with a day and a row in the log."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from communities.accounts.models import User
from communities.accounts.services import staff
from communities.accounts.services.devices import end_all_sessions
from communities.divisions.models import Division
from communities.roles import rules
from communities.roles.models import Appointment
from communities.roles.queries import on_day, roles_along, roles_at, terms_of
from communities.roles.rules import Role
from portal import locks, log, notices
from portal.refusals import gettext_noop as _
from portal.refusals import insist


@transaction.atomic
def appoint(
    *,
    person_id: int,
    role: Role,
    division_id: int,
    starts_on: date,
    ends_on: date | None = None,
    by: User,
    now: datetime,
) -> Appointment:
    """Give a person a role at a place for a term. Two at once for the same term: one is refused (overlap)."""
    locks.hold_alone("person", person_id)
    person = User.objects.select_for_update().get(pk=person_id)
    division = Division.objects.get(pk=division_id)
    today = timezone.localdate(now)
    insist(
        rules.objection_to_appointment(
            role,
            level=division.level,
            by=roles_at(by, division, today),
            same_person=person.pk == by.pk,
            held=roles_along(person, division, starts_on),
        )
    )
    insist(rules.objection_to_holder(role, is_staff=person.is_staff, is_active=person.is_active))
    others = terms_of(person.pk, role, division.pk).values_list("starts_on", "ends_on")
    insist(rules.objection_to_term(starts_on, ends_on, others=others, today=today))
    made = Appointment.objects.create(
        person=person, role=role, division=division, starts_on=starts_on, ends_on=ends_on, appointed_by=by
    )
    log.record("roles.appoint", by=by, about=made, now=now, person=person.pk, role=role.value, place=division.code)
    notices.owe(
        [person],
        kind="roles.appointed",
        key=f"appointed-{made.pk}",
        text=_("您已被任命为%(place)s%(role)s，%(day)s起生效。"),
        now=now,
        place=division.name,
        role=notices.Term(rules.TITLES[role]),
        day=starts_on,
    )
    person.__dict__.pop("_appointments", None)
    return made


@transaction.atomic
def appoint_or_open(*, person: User | None, staff_name: str, name: str, by: User, now: datetime, **term: object) -> str:
    """Appoint, opening a staff account first when there is none. Answers the path of the account's one-time link, or
    "" when the person has an account. All or nothing: a refused appointment opens no account."""
    if person is not None:
        appoint(person_id=person.pk, by=by, now=now, **term)
        return ""
    person = staff.open_staff_account(staff_name=staff_name, name=name, by=by, now=now)
    appoint(person_id=person.pk, by=by, now=now, **term)
    _made, token = staff.invite(person_id=person.pk, by=by, now=now)
    return reverse("accounts:invitation", args=[token])


@transaction.atomic
def end_term(*, appointment_id: int, ends_on: date, reason: str, by: User, now: datetime) -> Appointment:
    """End an open term on a day. When that day is over, or today, every session of the person ends at once (S23)."""
    term = Appointment.objects.select_for_update(of=("self",)).select_related("division", "person").get(pk=appointment_id)
    today = timezone.localdate(now)
    role = Role(term.role)
    insist(
        rules.objection_to_ending(
            role,
            by=roles_at(by, term.division, today),
            same_person=term.person_id == by.pk,
            starts=term.starts_on,
            ends=ends_on,
            is_open=term.ends_on is None or term.ends_on > today,
            last_admin=role is Role.ADMINISTRATOR and _is_last_administrator(term, today),
        )
    )
    term.ends_on = ends_on
    term.save(update_fields=["ends_on"])
    log.record("roles.end_term", by=by, about=term, now=now, reason=reason, ends_on=ends_on.isoformat())
    if ends_on <= today:
        end_all_sessions(person_id=term.person_id, by=by, now=now)
    return term


@transaction.atomic
def hand_over(*, appointment_id: int, to_id: int, on: date, reason: str, by: User, now: datetime) -> Appointment:
    """The successor starts on `on`, the predecessor ends the day before; no day without a holder, nothing lost:
    queues show what awaits a role at a place, so open work is the successor's from that day."""
    held = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment_id)
    made = appoint(
        person_id=to_id, role=Role(held.role), division_id=held.division_id, starts_on=on, by=by, now=now
    )
    last_day = max(held.starts_on, on - timedelta(days=1))
    ended = end_term(appointment_id=held.pk, ends_on=last_day, reason=reason, by=by, now=now)
    ended.successor = made
    ended.save(update_fields=["successor"])
    log.record("roles.hand_over", by=by, about=ended, now=now, reason=reason, to=made.pk)
    return made


@transaction.atomic
def first_term(*, person_id: int, division: Division, now: datetime) -> Appointment:
    """The very first administrator, whom nobody can appoint: for the command line only."""
    made = Appointment.objects.create(
        person_id=person_id, role=Role.ADMINISTRATOR, division=division, starts_on=timezone.localdate(now)
    )
    log.record("roles.first_term", by=None, about=made, now=now)
    return made


def _is_last_administrator(term: Appointment, today: date) -> bool:
    others = Appointment.objects.filter(on_day(today), role=Role.ADMINISTRATOR, ends_on=None, person__is_active=True)
    return not others.exclude(person_id=term.person_id).exists()
