"""Registering, changing, leaving; the guardian's consent for those of 14 to 17."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from communities.accounts import notice
from communities.accounts.models import User
from communities.divisions.models import Division
from communities.roles.queries import holders
from communities.roles.rules import Role
from portal import locks, log, notices
from portal.refusals import gettext_noop as _
from portal.refusals import insist
from volunteers.parties import parties_at
from volunteers.permissions import objection_to
from volunteers.teams import rules
from volunteers.teams.leaving import release_all
from volunteers.teams.models import GuardianConsent, Skill, Volunteer


@transaction.atomic
def register_volunteer(
    *, by: User, community_id: int, band: str, estate: str, skills: list[str], times: list[str], now: datetime
) -> Volunteer:
    """From today she is a volunteer of the community; a minor as soon as a worker has seen the guardian's paper.

    Who left before comes back to her old row; a guardian's consent is asked for anew.
    """
    locks.hold_alone("person", by.pk)
    community = Division.objects.get(pk=community_id, level=Division.Level.COMMUNITY, abolished_on=None)
    today = timezone.localdate(now)
    insist(objection_to("teams.register_volunteer", roles=parties_at(by, community, day=today)))
    held = Volunteer.objects.select_for_update().filter(person=by).first()
    registered = held is not None and held.left_on is None
    insist(
        rules.objection_to_registering(band=band, has_name=bool(by.name), is_staff=by.is_staff, registered=registered)
    )
    made = held or Volunteer(person=by)
    made.community, made.band, made.estate, made.times = community, band, estate, times
    made.registered_on, made.left_on = today, None
    made.agreed_at, made.agreed_version = now, notice.VERSION
    made.save()
    made.skills.set(Skill.objects.filter(code__in=skills, withdrawn_on=None))
    log.record("teams.register_volunteer", by=by, about=made, now=now, band=band)
    if band == rules.MINOR:
        notices.owe(
            holders(Role.COMMUNITY_WORKER, community, today),
            kind="teams.minor_waits",
            key=f"minor-{made.pk}-{today}",
            text=_("一位 14 至 17 周岁的居民登记为志愿者，请核对监护人同意书。"),
            url=reverse("teams:guardian", args=[made.pk]),
            now=now,
        )
    return made


@transaction.atomic
def confirm_guardian(
    *, volunteer_id: int, by: User, relation: str, guardian_name: str, paper_ref: str, now: datetime
) -> GuardianConsent:
    """A worker has seen the guardian's paper; the volunteer is told that she can begin."""
    volunteer = Volunteer.objects.select_for_update(of=("self",)).select_related("community").get(pk=volunteer_id)
    insist(
        objection_to("teams.confirm_guardian", roles=parties_at(by, volunteer.community, day=timezone.localdate(now)))
    )
    stands = volunteer.consents.filter(withdrawn_at=None).exists()
    insist(rules.objection_to_consent(band=volunteer.band, left=volunteer.left_on is not None, stands=stands))
    made = GuardianConsent.objects.create(
        volunteer=volunteer,
        relation=relation,
        guardian_name=guardian_name,
        paper_ref=paper_ref,
        seen_by=by,
        seen_at=now,
    )
    log.record("teams.confirm_guardian", by=by, about=volunteer, now=now, relation=relation)
    notices.owe(
        [volunteer.person_id],
        kind="teams.guardian_agreed",
        key=f"guardian-{made.pk}",
        text=_("监护人同意书已核对，您可以报名志愿活动了。"),
        url=reverse("volunteers:mine"),
        now=now,
    )
    return made


@transaction.atomic
def withdraw_guardian(*, volunteer_id: int, by: User, now: datetime) -> None:
    """The guardian has taken the consent back: her shifts become free at once. A repeat changes nothing."""
    volunteer = Volunteer.objects.select_for_update(of=("self",)).select_related("community").get(pk=volunteer_id)
    insist(
        objection_to("teams.confirm_guardian", roles=parties_at(by, volunteer.community, day=timezone.localdate(now)))
    )
    if volunteer.consents.filter(withdrawn_at=None).update(withdrawn_at=now):
        release_all(volunteer, now=now)
        log.record("teams.withdraw_guardian", by=by, about=volunteer, now=now)


@transaction.atomic
def change_profile(
    *, by: User, estate: str, skills: list[str], times: list[str], adult: bool = False, now: datetime
) -> Volunteer:
    """What she can do, when and near where; a minor who has turned 18 says so here."""
    volunteer = (
        Volunteer.objects.select_for_update(of=("self",)).select_related("community").get(person=by, left_on=None)
    )
    volunteer.estate, volunteer.times = estate, times
    if adult:
        volunteer.band = Volunteer.Band.ADULT
    volunteer.save(update_fields=["estate", "times", "band"])
    volunteer.skills.set(Skill.objects.filter(code__in=skills, withdrawn_on=None))
    log.record("teams.change_profile", by=by, about=volunteer, now=now, adult=adult)
    return volunteer


@transaction.atomic
def leave_service(*, by: User, now: datetime) -> None:
    """She stops being a volunteer: teams, shifts and claims end; recorded hours stay hers. A repeat changes nothing."""
    locks.hold_alone("person", by.pk)
    volunteer = Volunteer.objects.select_for_update().filter(person=by, left_on=None).first()
    if volunteer is None:
        return
    today = timezone.localdate(now)
    release_all(volunteer, now=now)
    volunteer.left_on = today
    volunteer.save(update_fields=["left_on"])
    volunteer.memberships.filter(left_on=None).update(left_on=today, leads=False)
    volunteer.consents.filter(withdrawn_at=None).update(withdrawn_at=now)
    log.record("teams.leave_service", by=by, about=volunteer, now=now)
