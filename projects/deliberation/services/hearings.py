"""Public hearings: called, called off, recorded, signed and published."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from communities.accounts.models import User
from portal import locks, log, notices
from portal.publishing import objection_to_publishing
from portal.refusals import gettext_noop as _
from portal.refusals import insist
from projects import permissions
from projects.deliberation import hearing as rules
from projects.deliberation import queries
from projects.deliberation.models import Hearing
from projects.parties import parties_at
from projects.proposals.models import Proposal
from projects.proposals.queries import audience_of
from projects.rounds.rules import objection_to_cancelled


@transaction.atomic
def call_hearing(
    *, proposal_id: int, subject: str, starts_at: datetime, place: str, places: int, register_until: date, by: User, now: datetime
) -> Hearing:
    """Announce a hearing on a proposal that waits for the screening or the council; its audience and the members are told.

    A second press finds the first one's hearing and is refused.
    """
    locks.hold_shared("round", Proposal.objects.values_list("round_id", flat=True).get(pk=proposal_id))
    proposal = Proposal.objects.select_for_update(of=("self",)).select_related("round", "community").get(pk=proposal_id)
    allow("deliberation.call_hearing", proposal, by=by, now=now)
    insist(objection_to_cancelled(cancelled=proposal.round.cancelled_at is not None))
    dates = {"today": queries.local_day(now), "held_on": queries.local_day(starts_at), "register_until": register_until}
    announced = queries.under_way(proposal) is not None
    insist(rules.objection_to_call(waiting=proposal.standing in queries.HEARABLE, announced=announced, **dates))
    insist(objection_to_publishing(subject, field="subject"))
    insist(objection_to_publishing(place, field="place"))
    row = Hearing.objects.create(
        proposal=proposal,
        subject=subject,
        starts_at=starts_at,
        place=place,
        places=places,
        register_until=register_until,
        convened_by=by,
        convened_at=now,
    )
    row.number = f"TZ-{queries.local_day(now).year}-{row.pk:06d}"
    row.save(update_fields=["number"])
    log.record("deliberation.call_hearing", by=by, about=row, now=now, places=places, starts_at=starts_at.isoformat())
    council = queries.council_of(proposal.community)
    members = {seat.person_id for seat in queries.seats_on(council, dates["today"])} if council else set()
    text = _("“%(title)s”将于%(at)s召开听证会，地点：%(place)s。%(until)s前可以报名。")
    tell(row, audience_of(proposal) | members, "called", text, now=now, at=starts_at, place=place, until=register_until)
    return row


@transaction.atomic
def call_off_hearing(*, hearing_id: int, reason: str, by: User, now: datetime) -> Hearing:
    """Call it off with the public reason; everybody who asked for a place is told."""
    row = held(hearing_id)
    allow("deliberation.keep_hearing", row.proposal, by=by, now=now)
    insist(rules.objection_to_calling_off(cancelled=row.cancelled_at is not None, recorded=bool(row.record)))
    insist(objection_to_publishing(reason, field="reason"))
    row.cancelled_at, row.cancel_reason = now, reason
    row.save(update_fields=["cancelled_at", "cancel_reason"])
    log.record("deliberation.call_off_hearing", by=by, about=row, now=now, reason=reason)
    people = audience_of(row.proposal) | queries.askers_of(row)
    tell(row, people, "called-off", _("“%(title)s”听证会取消：%(reason)s"), now=now, reason=reason)
    return row


@transaction.atomic
def write_record(*, hearing_id: int, came: int, record: str, outcome: str, by: User, now: datetime) -> Hearing:
    """笔录: how many came, what was said, what becomes of it; until the first signature stands under it."""
    row = held(hearing_id)
    allow("deliberation.keep_hearing", row.proposal, by=by, now=now)
    signed = bool(row.chair_signed_at or row.clerk_signed_at)
    days = {"today": queries.local_day(now), "held_on": queries.local_day(row.starts_at)}
    insist(rules.objection_to_record(cancelled=row.cancelled_at is not None, signed=signed, **days))
    insist(objection_to_publishing(record, field="record"))
    insist(objection_to_publishing(outcome, field="outcome"))
    row.came, row.record, row.outcome = came, record, outcome
    row.save(update_fields=["came", "record", "outcome"])
    log.record("deliberation.write_record", by=by, about=row, now=now, came=came)
    return row


@transaction.atomic
def sign_record(*, hearing_id: int, as_chair: bool, by: User, now: datetime) -> Hearing:
    """Sign as the one who presided or as the one who kept the record; the second signature publishes it."""
    row = held(hearing_id)
    allow("deliberation.sign_hearing" if as_chair else "deliberation.keep_hearing", row.proposal, by=by, now=now)
    insist(
        rules.objection_to_signing(
            recorded=bool(row.record),
            signed=bool(row.chair_signed_at if as_chair else row.clerk_signed_at),
            other_signer=row.clerk_id if as_chair else row.chair_id,
            signer=by.pk,
        )
    )
    if as_chair:
        row.chair, row.chair_signed_at = by, now
    else:
        row.clerk, row.clerk_signed_at = by, now
    row.published_at = now if row.chair_signed_at and row.clerk_signed_at else None
    row.save(update_fields=["chair", "chair_signed_at", "clerk", "clerk_signed_at", "published_at"])
    log.record("deliberation.sign_record", by=by, about=row, now=now, as_chair=as_chair)
    if row.published_at:
        people = audience_of(row.proposal) | queries.askers_of(row)
        tell(row, people, "published", _("“%(title)s”听证会的笔录已签字公开。"), now=now)
    return row


def held(hearing_id: int) -> Hearing:
    """The hearing, locked, its round held against moves."""
    round_id = Hearing.objects.values_list("proposal__round_id", flat=True).get(pk=hearing_id)
    locks.hold_shared("round", round_id)
    rows = Hearing.objects.select_for_update(of=("self",)).select_related("proposal__round", "proposal__community")
    return rows.get(pk=hearing_id)


def allow(action: str, proposal: Proposal, *, by: User, now: datetime) -> None:
    parties = parties_at(by, proposal.community, day=queries.local_day(now))
    insist(permissions.objection_to(action, roles=parties, stage=proposal.round.stage))


def tell(row: Hearing, people: set[int] | list[int], event: str, text: str, *, now: datetime, **params: object) -> None:
    notices.owe(
        people,
        kind="deliberation.hearing",
        key=f"hearing-{row.pk}-{event}",
        text=text,
        now=now,
        url=reverse("deliberation:hearing", args=[row.number]),
        title=row.proposal.title,
        **params,
    )
