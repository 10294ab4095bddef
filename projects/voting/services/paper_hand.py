"""Paper ballots at the counter: printing an envelope of sheets, and handing one out. Roll first, then the paper."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from communities.accounts.models import User
from portal import jobs, log, notices
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _
from projects import permissions
from projects.parties import parties_at
from projects.voting import keys, paper, rules
from projects.voting.models import Ballot, Channel, PaperBatch, PaperSheet, Participation, RollEntry, Slate
from projects.voting.queries import window_of
from projects.voting.services.locked import slate_locked


@transaction.atomic
def print_sheets(*, slate_id: int, count: int, by: User, now: datetime) -> PaperBatch:
    """Draw serials and trackers for a new envelope and ask for its PDF. Each call is one envelope more."""
    slate = slate_for("voting.hand_out_paper", slate_id, by=by, now=now)
    insist(objection_to_paper_time(slate, now))
    insist(paper.objection_to_printing(count))
    Slate.objects.select_for_update().get(pk=slate.pk)
    last = PaperBatch.objects.filter(slate=slate).aggregate(Max("envelope"))["envelope__max"] or 0
    batch = PaperBatch.objects.create(slate=slate, envelope=last + 1, printed=count, printed_by=by, printed_at=now)
    PaperSheet.objects.bulk_create(
        [
            PaperSheet(
                batch=batch,
                serial=paper.serial_from(secrets.randbelow(10**8)),
                tracker=rules.tracker_from(secrets.randbelow(31**15)),
            )
            for _place in range(count)
        ]
    )
    title = f"{slate.community.name}纸质选票 第 {batch.envelope} 个信封"
    jobs.ask("voting.paper_sheets", title=title, now=now, by=by, key=f"paper-{batch.pk}", batch=batch.pk)
    log.record("voting.print_paper", by=by, about=batch, now=now, envelope=batch.envelope, count=count)
    return batch


@transaction.atomic
def hand_out_paper(*, entry_id: int, by: User, now: datetime) -> PaperBatch:
    """Note that a person on the roll takes a paper ballot: it is final, and what she cast online is withdrawn.

    Which sheet she takes is not known to the portal. She is told. A repeat is refused: one paper a person. Answers the
    envelope from which the sheet comes.
    """
    entry = RollEntry.objects.select_related("person").get(pk=entry_id)
    slate = slate_for("voting.hand_out_paper", entry.slate_id, by=by, now=now)
    insist(objection_to_paper_time(slate, now))
    if entry.person_id == by.pk:
        insist(Refusal("own_paper", _("您自己的纸质选票要由同事登记发放。"), status=403))
    batch = open_batch(slate)
    replaced = _take_part(slate, entry.person, timezone.localdate(now))
    batch.handed_out += 1
    batch.save(update_fields=["handed_out"])
    log.record("voting.hand_out_paper", by=by, about=entry.person, now=now, round=slate.round.number)
    _tell(slate, entry.person, replaced=replaced, now=now)
    return batch


def slate_for(action: str, slate_id: int, *, by: User, now: datetime) -> Slate:
    """The slate under the round's shared lock, after the permission table allowed `action`."""
    slate = slate_locked(slate_id)
    roles = parties_at(by, slate.community, day=timezone.localdate(now))
    insist(permissions.objection_to(action, roles=roles, stage=slate.round.stage))
    return slate


def objection_to_paper_time(slate: Slate, now: datetime) -> Refusal | None:
    window = window_of(slate.round)
    return rules.objection_to_time(now, window.opens_at, window.closes_at)


def open_batch(slate: Slate) -> PaperBatch:
    """The first envelope with a sheet left, locked; all open ones are locked so that the last sheet is seen by one."""
    held = list(PaperBatch.objects.select_for_update().filter(slate=slate, sealed_at=None).order_by("envelope"))
    batch = next((each for each in held if each.handed_out < each.printed), None)
    if batch is None:
        insist(paper.objection_to_handing_out(printed=0, handed_out=0, sealed=False))
    return batch


def _take_part(slate: Slate, person: User, day) -> bool:
    """Her participation on paper; True when a ballot that she cast before was withdrawn."""
    row, created = Participation.objects.select_for_update().get_or_create(
        round_id=slate.round_id, person=person, defaults={"slate": slate, "channel": Channel.PAPER, "day": day}
    )
    if created:
        return False
    if row.channel == Channel.PAPER:
        insist(Refusal("has_paper", _("这位居民已经领过纸质选票。")))
    Participation.objects.filter(pk=row.pk).update(channel=Channel.PAPER, day=day)
    link = keys.link_of(slate.round_id, person.pk)
    Ballot.slots.filter(link=link).update(choices={}, channel="", revision=0)
    return True


def _tell(slate: Slate, person: User, *, replaced: bool, now: datetime) -> None:
    with_ballot = _(
        "您领了“%(title)s”的纸质选票，之前在网上投的票已经撤回，以纸质选票为准。不是您本人领的，请马上联系社区。"
    )
    without = _("您领了“%(title)s”的纸质选票，以纸质选票为准，不能再在网上投票。不是您本人领的，请马上联系社区。")
    notices.owe(
        [person.pk],
        kind="voting.paper",
        key=f"voting-paper-{slate.pk}",
        text=with_ballot if replaced else without,
        now=now,
        url=reverse("voting:receipt", args=[slate.round.number]),
        title=slate.round.title,
    )
