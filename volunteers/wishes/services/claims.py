"""A wish is taken on, given up, done, and thanked for. Lock order: the person, then the wish."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from communities.accounts.models import User
from portal import locks, log, notices, publishing
from portal.files import KeptFile
from portal.refusals import Refusal, Refused, insist
from portal.refusals import gettext_noop as _
from volunteers.parties import parties_at, parties_to_team
from volunteers.permissions import objection_to
from volunteers.teams.models import Team, Volunteer
from volunteers.wishes import rules
from volunteers.wishes.models import Claim, Thanks, Wish
from volunteers.wishes.services.wishes import behind


@transaction.atomic
def claim_wish(*, wish_id: int, by: User, team: Team | None = None, now: datetime) -> Claim:
    """For herself, or as leader for her team, until the last day. Of many at once, one gets it."""
    locks.hold_alone("person", by.pk)
    wish = locked(wish_id)
    today = timezone.localdate(now)
    insist(objection_to("wishes.claim_wish", roles=parties_at(by, wish.community, day=today)))
    if team is not None:
        insist(objection_to("wishes.claim_for_team", roles=parties_to_team(by, team, day=today)))
    volunteer = Volunteer.objects.active().get(person=by)
    insist(
        rules.objection_to_claim(
            state=wish.state,
            band=volunteer.band,
            by_team=team is not None,
            claims=Claim.objects.filter(volunteer=volunteer, ended_at=None).count(),
            own=wish.made_by_id == by.pk,
        )
    )
    made = Claim.objects.create(wish=wish, volunteer=volunteer, team=team, claimed_at=now, due_on=rules.due_on(today))
    _set(wish, rules.CLAIMED)
    log.record("wishes.claim_wish", by=by, about=wish, now=now, team=team.pk if team else None)
    _tell_worker(wish, made, _("微心愿“%(title)s”有人认领了，请联系心愿人安排。"), "claimed", now)
    return made


@transaction.atomic
def give_up_claim(*, wish_id: int, by: User, now: datetime) -> Wish:
    """She cannot do it after all; the wish is on the list again at once."""
    wish = locked(wish_id)
    claim = _own(wish, by)
    end(claim, wish, rules.GIVEN_UP, now=now)
    log.record("wishes.give_up_claim", by=by, about=wish, now=now)
    return wish


@transaction.atomic
def report_done(*, wish_id: int, by: User, text: str, now: datetime) -> Claim:
    """The claimer says that it is done; the claim does not lapse any more, the worker confirms with the person."""
    wish = locked(wish_id)
    claim = _own(wish, by)
    if claim.done_at is None:
        claim.done_at, claim.done_text = now, text
        claim.save(update_fields=["done_at", "done_text"])
        log.record("wishes.report_done", by=by, about=wish, now=now)
        _tell_worker(wish, claim, _("微心愿“%(title)s”的认领人说已经完成，请向心愿人确认。"), "done", now)
    return claim


@transaction.atomic
def confirm_fulfilled(
    *, wish_id: int, by: User, text: str, photo: KeptFile | None, caption: str, agreed: bool, now: datetime
) -> Thanks:
    """The worker has asked the person: it came true. Thanks for everybody to read; the photo only if she agrees."""
    wish = locked(wish_id)
    insist(objection_to("wishes.confirm_wish", roles=parties_at(by, wish.community, day=timezone.localdate(now))))
    claim = Claim.objects.filter(wish=wish, ended_at=None).select_related("volunteer").first()
    insist(rules.objection_to_open_claim(stands=claim is not None, mine=True))
    if photo and not agreed:
        raise Refused(Refusal("photo_without_word", _("心愿人同意公开，才能上传照片。"), field="agreed"))
    insist(publishing.objection_to_publishing(text, field="text"))
    insist(_shows_nobody(wish, text))
    made = Thanks.objects.create(
        claim=claim, text=text, photo=photo or "", caption=caption, agreed=bool(photo) and agreed, by=by, at=now
    )
    end(claim, wish, rules.FULFILLED, now=now)
    log.record("wishes.confirm_fulfilled", by=by, about=wish, now=now, photo=bool(photo))
    notices.owe(
        {claim.volunteer.person_id, wish.made_by_id},
        kind="wishes.fulfilled",
        key=f"wish-fulfilled-{wish.pk}",
        text=_("微心愿“%(title)s”实现了：%(thanks)s"),
        url=reverse("wishes:wish", args=[wish.number]),
        now=now,
        title=wish.title,
        thanks=text,
    )
    return made


@transaction.atomic
def send_back(*, wish_id: int, by: User, reason: str, now: datetime) -> Wish:
    """The worker puts a claimed wish on the list again, with the reason that the claimer reads."""
    wish = locked(wish_id)
    insist(objection_to("wishes.confirm_wish", roles=parties_at(by, wish.community, day=timezone.localdate(now))))
    claim = Claim.objects.filter(wish=wish, ended_at=None).select_related("volunteer").first()
    insist(rules.objection_to_open_claim(stands=claim is not None, mine=True))
    end(claim, wish, rules.SENT_BACK, now=now)
    log.record("wishes.send_back", by=by, about=wish, now=now, reason=reason)
    notices.owe(
        [claim.volunteer.person_id],
        kind="wishes.sent_back",
        key=f"claim-sent-back-{claim.pk}",
        text=_("您认领的“%(title)s”已放回心愿墙：%(reason)s"),
        url=reverse("wishes:wish", args=[wish.number]),
        now=now,
        title=wish.title,
        reason=reason,
    )
    return wish


def release_claims(volunteer: Volunteer, *, now: datetime) -> None:
    """Who leaves gives back what she has in hand; inside the caller's transaction."""
    for claim in Claim.objects.filter(volunteer=volunteer, ended_at=None).order_by("wish_id"):
        end(claim, locked(claim.wish_id), rules.GIVEN_UP, now=now)


def locked(wish_id: int) -> Wish:
    return Wish.objects.select_for_update(of=("self",)).select_related("community").get(pk=wish_id)


def end(claim: Claim, wish: Wish, outcome: str, *, now: datetime) -> None:
    """End a claim. Fulfilled ends the wish too; else it is on the list again. The wish is locked by the caller."""
    claim.ended_at, claim.outcome = now, outcome
    claim.save(update_fields=["ended_at", "outcome"])
    if outcome == rules.FULFILLED:
        wish.ended_at = now
    _set(wish, rules.FULFILLED if outcome == rules.FULFILLED else rules.PUBLISHED)


def _set(wish: Wish, state: str) -> None:
    wish.state = state
    wish.save(update_fields=["state", "ended_at"])


def _own(wish: Wish, by: User) -> Claim:
    claim = Claim.objects.filter(wish=wish, ended_at=None).select_related("volunteer").first()
    mine = claim is not None and claim.volunteer.person_id == by.pk
    insist(rules.objection_to_open_claim(stands=claim is not None, mine=mine))
    return claim


def _shows_nobody(wish: Wish, text: str) -> Refusal | None:
    refusal = rules.objection_to_showing([text], secrets=behind(wish).values())
    return Refusal(refusal.code, refusal.text, field="text") if refusal else None


def _tell_worker(wish: Wish, claim: Claim, text: str, kind: str, now: datetime) -> None:
    check = wish.check_row
    notices.owe(
        [check.by_id],
        kind=f"wishes.{kind}",
        key=f"claim-{kind}-{claim.pk}",
        text=text,
        url=reverse("wishes:desk"),
        now=now,
        title=wish.title,
    )
