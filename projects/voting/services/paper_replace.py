"""A spoilt or lost sheet is void from now on, and its voter takes another one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from communities.accounts.models import User
from portal import log
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _
from projects.voting import paper, rules
from projects.voting.models import Channel, PaperBatch, PaperSheet, Participation, Replaced, RollEntry
from projects.voting.services.paper_hand import objection_to_paper_time, open_batch, slate_for


@transaction.atomic
def replace_sheet(*, entry_id: int, serial: str, reason: str, by: User, now: datetime) -> PaperBatch:
    """Void the sheet that a person on the roll had and note that she takes another one; answers its envelope.

    serial: the number on the sheet, or the tracker on its tear-off when the sheet is lost. Without either nothing is
    replaced: the sheet could still be in somebody's hands. Which sheet she takes now is not known to the portal, and
    the log names the person and the reason, never a number.
    """
    entry = RollEntry.objects.select_related("person").get(pk=entry_id)
    slate = slate_for("voting.hand_out_paper", entry.slate_id, by=by, now=now)
    insist(objection_to_paper_time(slate, now))
    if not Participation.objects.filter(slate=slate, person=entry.person_id, channel=Channel.PAPER).exists():
        insist(Refusal("has_no_paper", _("这位居民还没有领过纸质选票，不用换。")))
    fresh = open_batch(slate)
    old = _voided(slate.pk, serial, reason, by)
    PaperBatch.objects.filter(pk=old.pk).update(replaced=old.replaced + 1)
    fresh.refresh_from_db(fields=["handed_out"])
    fresh.handed_out += 1
    fresh.save(update_fields=["handed_out"])
    log.record("voting.replace_paper", by=by, about=entry.person, now=now, round=slate.round.number, why=reason)
    return fresh


def _voided(slate: int, serial: str, reason: str, by: User) -> PaperBatch:
    """Mark the sheet; answers its envelope, locked. One that came back once stays, even when its envelope was voided since:
    whoever keyed it knows what is on it.
    """
    number, tracker = paper.read_serial(serial), rules.read_tracker(serial)
    held = Q(serial=number) if number else Q(tracker=tracker or "-")
    sheet = PaperSheet.objects.filter(held, batch__slate=slate).first()
    if sheet is None or reason not in Replaced.values:
        text = _("没有这个选票编号或回执编号，请再看一下。没有编号不能换，原来的选票可能还会投出。")
        insist(Refusal("unknown_serial", text, field="serial"))
    batch = PaperBatch.objects.select_for_update().get(pk=sheet.batch_id)
    sheet = PaperSheet.objects.select_for_update().get(pk=sheet.pk)
    sealed, keyed = batch.sealed_at is not None, sheet.keyings.exists()
    insist(paper.objection_to_replacing(sealed=sealed, replaced=bool(sheet.replaced), keyed=keyed))
    if batch.handed_out <= batch.replaced:
        insist(Refusal("not_handed_out", _("这一张还没有发出过。"), field="serial"))
    sheet.replaced, sheet.replaced_by = reason, by
    sheet.save(update_fields=["replaced", "replaced_by"])
    return batch
