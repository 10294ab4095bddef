"""Paper ballots coming back: counting an envelope, blind double keying, a third person, acceptance."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F

from communities.accounts.models import User
from portal import log
from portal.publishing import objection_to_publishing
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _
from projects.voting import ballots, keys, paper, queries
from projects.voting.models import Ballot, Candidate, Channel, Keying, PaperBatch, PaperSheet, Spoilt
from projects.voting.services.paper_hand import slate_for


@transaction.atomic
def seal_batch(
    *, batch_id: int, left_over: int, returned: int, why_missing: str, by: User, now: datetime
) -> PaperBatch:
    """Write down the count of an envelope: what is left, what came back, why something is missing. Then it is keyed."""
    batch = batch_for("voting.enter_paper", batch_id, by=by, now=now)
    insist(
        paper.objection_to_sealing(
            printed=batch.printed,
            handed_out=batch.handed_out,
            replaced=batch.replaced,
            left_over=left_over,
            returned=returned,
            why_missing=why_missing,
            sealed=batch.sealed_at is not None,
        )
    )
    insist(objection_to_publishing(why_missing, field="why_missing"))
    batch.left_over, batch.returned = left_over, returned
    batch.why_missing = why_missing.strip() if batch.missing else ""
    batch.sealed_by, batch.sealed_at = by, now
    batch.save(update_fields=["left_over", "returned", "why_missing", "sealed_by", "sealed_at"])
    log.record("voting.seal_paper", by=by, about=batch, now=now, returned=returned, missing=batch.missing)
    return batch


@transaction.atomic
def key_sheet(
    *, batch_id: int, serial: str, choices: Mapping[int, int], spoilt: str = "", by: User, now: datetime
) -> Keying:
    """What one person reads on a sheet; the second one reads it without seeing this. Never twice by one person.

    choices: candidate id → points, empty for a blank sheet. spoilt: why it does not count, "" when it does.
    """
    batch = batch_for("voting.enter_paper", batch_id, by=by, now=now)
    sheet = _sheet(batch, serial)
    readers = list(Keying.objects.filter(sheet=sheet, attempt=batch.attempt).values_list("by", flat=True))
    insist(
        paper.objection_to_keying(
            sealed=batch.sealed_at is not None,
            accepted=batch.accepted_at is not None,
            done=len(readers),
            mine=by.pk in readers,
            replaced=bool(sheet.replaced),
        )
    )
    row = _write(batch, sheet, choices, spoilt, turn=len(readers) + 1, by=by)
    log.record("voting.key_paper", by=by, about=batch, now=now, turn=row.turn)
    return row


@transaction.atomic
def settle_sheet(
    *, batch_id: int, serial: str, choices: Mapping[int, int], spoilt: str = "", by: User, now: datetime
) -> Keying:
    """A third person, with the paper at hand, decides on a sheet that two people read differently."""
    batch = batch_for("voting.settle_paper", batch_id, by=by, now=now)
    sheet = _sheet(batch, serial)
    held = queries.readings_of([batch])[batch.pk].get(sheet.serial, {})
    mine = Keying.objects.filter(sheet=sheet, attempt=batch.attempt, by=by).exists()
    accepted = batch.accepted_at is not None
    insist(paper.objection_to_settling(accepted=accepted, differing=paper.differs(held), mine=mine))
    row = _write(batch, sheet, choices, spoilt, turn=3, by=by)
    log.record("voting.settle_paper", by=by, about=batch, now=now)
    return row


@transaction.atomic
def accept_batch(*, batch_id: int, by: User, now: datetime) -> PaperBatch:
    """Put the sheets of an envelope among the ballots, once all that came back was read alike. Nobody edits it then."""
    batch = batch_for("voting.enter_paper", batch_id, by=by, now=now)
    readings = queries.readings_of([batch])[batch.pk]
    stands = {serial: paper.settled(turns) for serial, turns in readings.items()}
    insist(
        paper.objection_to_accepting(
            sealed=batch.sealed_at is not None,
            accepted=batch.accepted_at is not None,
            returned=batch.returned or 0,
            once=sum(2 not in turns for turns in readings.values()),
            differing=sum(paper.differs(turns) for turns in readings.values()),
            settled=sum(each is not None for each in stands.values()),
        )
    )
    _cast(batch, stands)
    batch.spoilt = sum(bool(each.spoilt) for each in stands.values())
    batch.digest = paper.digest_of(stands)
    batch.accepted_by, batch.accepted_at = by, now
    batch.save(update_fields=["spoilt", "digest", "accepted_by", "accepted_at"])
    log.record("voting.accept_paper", by=by, about=batch, now=now, spoilt=batch.spoilt, returned=batch.returned)
    return batch


def batch_for(action: str, batch_id: int, *, by: User, now: datetime) -> PaperBatch:
    """The envelope, locked, after the permission table allowed `action`; with its slate and round."""
    slate = slate_for(action, PaperBatch.objects.values_list("slate_id", flat=True).get(pk=batch_id), by=by, now=now)
    batch = PaperBatch.objects.select_for_update().get(pk=batch_id)
    batch.slate = slate
    return batch


def _sheet(batch: PaperBatch, serial: str) -> PaperSheet:
    sheet = PaperSheet.objects.filter(batch=batch, serial=paper.read_serial(serial)).first()
    if sheet is None:
        text = _("第 %(envelope)s 个信封里没有这个选票编号，请再看一下。")
        insist(Refusal("unknown_serial", text, {"envelope": batch.envelope}, field="serial"))
    return sheet


def _write(batch: PaperBatch, sheet: PaperSheet, choices: Mapping[int, int], spoilt: str, *, turn: int, by: User):
    if spoilt and (choices or spoilt not in Spoilt.values):
        insist(Refusal("spoilt_or_not", _("作废的选票不填号码，只选作废原因。"), field="choices"))
    if choices:
        insist(_fault_in(batch, choices))
    return Keying.objects.create(
        sheet=sheet,
        attempt=batch.attempt,
        turn=turn,
        choices={str(key): int(choices[key]) for key in sorted(choices)},
        spoilt=spoilt,
        by=by,
    )


def _fault_in(batch: PaperBatch, choices: Mapping[int, int]) -> Refusal | None:
    slate = batch.slate
    costs = dict(Candidate.objects.filter(slate=slate).values_list("pk", "cost"))
    rules = slate.round.rules
    fault = ballots.fault_in(rules["ballot"], choices, costs=costs, budget=slate.budget, rules=rules)
    if fault is None or fault.code == "unknown_candidate":
        return fault
    text = _("选票上确实这样填的，请选作废原因“超过可选的项数或金额”；录错了，请改号码。")
    return Refusal("over_limit", text, field="choices")


def _cast(batch: PaperBatch, stands: Mapping[str, paper.Reading]) -> None:
    """Ballots under links that only the key and the serial give, in the order of those links: no way to a person."""
    trackers = dict(PaperSheet.objects.filter(batch=batch).values_list("serial", "tracker"))
    rows = [
        Ballot(
            slate=batch.slate,
            link=keys.link_of(batch.slate.round_id, f"paper|{serial}"),
            tracker=trackers[serial],
            choices=reading.choices,
            channel=Channel.PAPER,
            revision=1,
        )
        for serial, reading in stands.items()
        if not reading.spoilt
    ]
    Ballot.slots.bulk_create(sorted(rows, key=lambda row: row.link))


def withdraw_batch(batch: PaperBatch) -> None:
    """Take an envelope's ballots away and open it again from its count; the next attempt starts. Caller holds it."""
    trackers = PaperSheet.objects.filter(batch=batch).values_list("tracker", flat=True)
    Ballot.slots.filter(slate=batch.slate, channel=Channel.PAPER, tracker__in=list(trackers)).delete()
    PaperBatch.objects.filter(pk=batch.pk).update(
        attempt=F("attempt") + 1,
        left_over=None,
        returned=None,
        why_missing="",
        spoilt=0,
        digest="",
        sealed_by=None,
        sealed_at=None,
        accepted_by=None,
        accepted_at=None,
    )
