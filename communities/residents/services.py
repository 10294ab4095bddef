"""Declaring a home, moving, being vouched for; seeing a number; leaving the portal."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from communities.accounts import phones
from communities.accounts.models import SignInCode, User
from communities.accounts.services.devices import end_all_sessions
from communities.divisions.models import Division
from communities.residents import privacy, rules
from communities.residents.models import Residency, ResidencyCheck
from communities.roles.queries import roles_at
from portal import locks, log, notices
from portal.refusals import gettext_noop as _
from portal.refusals import insist


@transaction.atomic
def declare_home(*, by: User, community_id: int, estate: str, now: datetime) -> Residency:
    """The community where the person says she lives, from today. Another one than before is a move: the old home ends
    today and the new one must be confirmed anew. The same community again only changes the estate's name."""
    locks.hold_alone("person", by.pk)
    person = User.objects.select_for_update().get(pk=by.pk)
    community = Division.objects.get(pk=community_id)
    insist(
        rules.objection_to_home(
            level=community.level,
            abolished=community.abolished_on is not None,
            has_name=bool(person.name),
            is_staff=person.is_staff,
        )
    )
    today = timezone.localdate(now)
    held = person.residencies.select_for_update().filter(until=None).first()
    if held is not None and held.community_id == community.pk:
        held.estate = estate
        held.save(update_fields=["estate"])
        return _remember(by, held)
    if held is not None:
        held.until = today
        held.save(update_fields=["until"])
    made = Residency.objects.create(
        person=person, community=community, estate=estate, since=today, adult=person.adult is not False
    )
    log.record("residents.declare_home", by=by, about=made, now=now, moved=held is not None)
    return _remember(by, made)


@transaction.atomic
def check_residency(
    *, residency_id: int, outcome: str, evidence: str = "", reason: str = "", by: User, now: datetime
) -> ResidencyCheck:
    """A community worker confirms a declared home on what she saw, or refuses it with a reason.

    A refused home ends today, so that the person can declare the right one. She is told either way.
    """
    residency = Residency.objects.select_for_update(of=("self",)).select_related("community").get(pk=residency_id)
    today = timezone.localdate(now)
    insist(
        rules.objection_to_check(
            roles=roles_at(by, residency.community, today),
            same_person=by.pk == residency.person_id,
            is_open=residency.until is None,
            proof=residency.proof,
            outcome=outcome,
            evidence=evidence,
            reason=reason,
        )
    )
    confirmed = outcome == rules.CONFIRMED
    if confirmed:
        residency.proof, residency.proved_at, residency.proved_by = Residency.Proof.VOUCHED, now, by
    else:
        residency.until = today
    residency.save()
    made = ResidencyCheck.objects.create(
        residency=residency,
        outcome=outcome,
        evidence=evidence if confirmed else "",
        reason="" if confirmed else reason.strip(),
        by=by,
        at=now,
    )
    log.record("residents.check_residency", by=by, about=residency, now=now, outcome=outcome, evidence=evidence)
    notices.owe(
        [residency.person_id],
        kind=f"residents.{outcome}",
        key=f"residency-check-{made.pk}",
        text=_("您在%(community)s的居住登记已核实，可以提建议和投票了。")
        if confirmed
        else _("您在%(community)s的居住登记没有通过核实：%(reason)s"),
        url=reverse("residents:home"),
        now=now,
        community=residency.community.name,
        reason=reason.strip(),
    )
    return made


@transaction.atomic
def reveal_phone(*, residency_id: int, reason: str, by: User, now: datetime) -> str:
    """The whole number, for a named reason; the act and the reason stay in the log for good."""
    residency = Residency.objects.select_related("person", "community").get(pk=residency_id)
    roles = roles_at(by, residency.community, timezone.localdate(now))
    insist(rules.objection_to_reveal(roles=roles, reason=reason))
    log.record("residents.reveal_phone", by=by, about=residency.person, now=now, reason=reason.strip())
    return phones.unseal(residency.person.phone_cipher) if residency.person.phone_cipher else ""


@transaction.atomic
def close_account(*, by: User, now: datetime) -> None:
    """Forget who the person is (P9): the row stays as a tombstone, so that ballots and public records keep their sums.
    A repeat changes nothing more."""
    locks.hold_alone("person", by.pk)
    person = User.objects.select_for_update().get(pk=by.pk)
    today = timezone.localdate(now)
    insist(
        rules.objection_to_closing(
            is_staff=person.is_staff,
            open_terms=person.appointments.filter(ends_on=None).count(),
            open_seats=person.seats.filter(until=None).count(),
        )
    )
    if person.phone_index:
        SignInCode.objects.filter(phone_index=person.phone_index).delete()
    privacy.erase(person, now=now)
    person.name = person.email = ""
    person.phone_cipher = person.phone_index = None
    person.is_active = person.show_name = False
    person.closed_at = person.closed_at or now
    person.save()
    person.residencies.filter(until=None).update(until=today)
    person.residencies.update(estate="")
    person.consents.filter(withdrawn_at=None).update(withdrawn_at=now)
    person.consents.update(ip=None)
    person.notices.all().delete()
    person.used_passwords.all().delete()
    log.record("residents.close_account", by=person, about=person, now=now)
    end_all_sessions(person_id=person.pk, by=person, now=now)


def _remember(by: User, residency: Residency) -> Residency:
    by.__dict__.pop("_residency", None)
    return residency
