"""Voiding an envelope by two people, the sample, and what the close makes of the paper."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from communities.accounts.models import User
from portal import log
from portal.models import Job
from portal.publishing import objection_to_publishing
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _
from projects.voting import paper, queries
from projects.voting.models import (
    Keying,
    PaperBatch,
    PaperSheet,
    PaperVoid,
    SampleCheck,
    Slate,
    SpoiltSheet,
)
from projects.voting.services.paper_entry import batch_for, withdraw_batch


@transaction.atomic
def ask_void(*, batch_id: int, reason: str, by: User, now: datetime) -> PaperVoid:
    """Ask that all that was keyed of an envelope be void; nothing changes until a second person agrees."""
    batch = batch_for("voting.void_paper", batch_id, by=by, now=now)
    keyed = Keying.objects.filter(sheet__batch=batch, attempt=batch.attempt).exists() or bool(batch.sealed_at)
    asked = PaperVoid.objects.filter(batch=batch, attempt=batch.attempt).exists()
    insist(paper.objection_to_voiding(keyed=keyed, asked=asked, closed=batch.slate.closed_at is not None))
    insist(objection_to_publishing(reason, field="reason"))
    row = PaperVoid.objects.create(batch=batch, attempt=batch.attempt, reason=reason, asked_by=by, asked_at=now)
    log.record("voting.ask_void", by=by, about=batch, now=now, reason=reason)
    return row


@transaction.atomic
def answer_void(*, batch_id: int, agree: bool, by: User, now: datetime) -> PaperBatch:
    """The second person agrees: the envelope's ballots go, and it is counted and keyed again. Or it stays as it is."""
    batch = batch_for("voting.void_paper", batch_id, by=by, now=now)
    row = queries.pending_void(batch)
    mine = bool(row and row.asked_by_id == by.pk)
    insist(paper.objection_to_agreeing(asked=bool(row), mine=mine, closed=batch.slate.closed_at is not None))
    log.record("voting.answer_void", by=by, about=batch, now=now, reason=row.reason, agreed=agree)
    if not agree:
        row.delete()
        return batch
    row.agreed_by, row.agreed_at = by, now
    row.save(update_fields=["agreed_by", "agreed_at"])
    withdraw_batch(batch)
    batch.refresh_from_db(fields=["attempt", "sealed_at", "accepted_at"])
    return batch


@transaction.atomic
def check_sample(*, sheet_id: int, agrees: bool, by: User, now: datetime) -> SampleCheck:
    """One person held a sampled sheet against what was accepted. Two alike release it; "no" means: void the envelope.

    Whoever keyed a sheet may say that it differs, and may be one of the two who say that it agrees, never both of them.
    """
    sheet = PaperSheet.objects.get(pk=sheet_id)
    batch = batch_for("voting.check_sample", sheet.batch_id, by=by, now=now)
    if not queries.poll_is_over(batch.slate, now):
        insist(Refusal("poll_runs", _("投票截止、全部信封收下以后才抽查。")))
    if sheet.pk not in {each.pk for each in queries.sample_of(batch.slate)}:
        insist(Refusal("not_sampled", _("这一张不在抽查名单里。")))
    checked = queries.checks_of([sheet])[sheet.pk]
    only_keyers = agrees and by.pk in queries.kept_from_checking([sheet])[sheet.pk]
    insist(paper.objection_to_checking(mine=by.pk in checked, only_keyers=only_keyers))
    row = SampleCheck.objects.create(sheet=sheet, attempt=batch.attempt, by=by, agrees=agrees)
    log.record("voting.check_sample", by=by, about=batch, now=now, agrees=agrees)
    return row


def objection_to_account(slate: Slate, *, online: int, on_paper: int) -> Refusal | None:
    """Do ballots and register agree, channel by channel? online, on_paper: ballots about to be counted."""
    people, took_paper = queries.people_by_channel(slate)
    batches = list(queries.batches_of(slate))
    wrong = paper.fault_in_account(
        online=online,
        online_people=people,
        paper=on_paper,
        handed_out=took_paper,
        spoilt=sum(each.spoilt for each in batches),
        missing=sum(each.missing for each in batches),
    )
    if not wrong and all(each.accepted_at for each in batches):
        return None
    return Refusal(
        "ballots_do_not_match",
        _("选票 %(ballots)s 张，参与登记 %(people)s 人，两个数不一致，不能计票。请立即联系系统管理员。"),
        {"ballots": online + on_paper, "people": people + took_paper},
    )


def forget_sheets(slate: Slate) -> None:
    """At the close: publish the spoilt and replaced sheets' trackers, delete every sheet, keying and printed file."""
    spoilt = []
    for batch in queries.batches_of(slate):
        trackers = dict(batch.sheets.values_list("serial", "tracker"))
        replaced = batch.sheets.exclude(replaced="").values_list("tracker", "replaced")
        spoilt += [SpoiltSheet(slate=slate, tracker=tracker, reason=reason) for tracker, reason in replaced]
        for serial, turns in queries.readings_of([batch])[batch.pk].items():
            reading = paper.settled(turns)
            if reading and reading.spoilt:
                spoilt.append(SpoiltSheet(slate=slate, tracker=trackers[serial], reason=reading.spoilt))
    SpoiltSheet.objects.bulk_create(sorted(spoilt, key=lambda row: row.tracker))
    numbers = list(queries.batches_of(slate).values_list("pk", flat=True))
    PaperSheet.objects.filter(batch__in=numbers).delete()
    transaction.on_commit(_delete_files(numbers))


def _delete_files(numbers: list[int]):
    def after_commit() -> None:
        for row in Job.objects.filter(kind="voting.paper_sheets", key__in=[f"paper-{each}" for each in numbers]):
            if row.file:
                row.file.delete(save=True)

    return after_commit
