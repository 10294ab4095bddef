"""Pages of the room as plain values: the street's desk for a round, one item's dossier, the published list."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from portal import clock
from portal.holidays import calendar
from portal.sheets import Sheet, Yuan
from portal.workdays import working_days_left
from projects.approval import queries
from projects.approval.models import ApprovalDecision
from projects.approval.queries import Line
from projects.proposals.models import Proposal
from projects.rounds.models import Round


def round_desk(batch: Round) -> dict[str, Any]:
    """Every item of the round's approval with its decision, and what each community's envelope bears."""
    rows = Proposal.objects.filter(round=batch, standing__in=("chosen", "approved", "declined"))
    latest: dict[int, ApprovalDecision] = {}
    for each in queries.decisions_seen().filter(round=batch).order_by("pk"):
        latest[each.proposal_id] = each
    items = [
        item_line(row, latest.get(row.pk)) for row in rows.select_related("community").order_by("community", "number")
    ]
    spoken = sums_of(batch)
    envelopes = [
        {
            "row": each,
            "spoken": spoken.get(each.community_id, 0),
            "left": each.amount - spoken.get(each.community_id, 0),
        }
        for each in batch.envelopes.select_related("community").order_by("community")
    ]
    declined = queries.unanswered_declined(batch)
    due = queries.due_of(batch)
    return {
        "round": batch,
        "items": items,
        "envelopes": envelopes,
        "declined": declined,
        "in_line": queries.next_in_line(batch, declined) if declined else 0,
        "undecided": sum(each["open"] for each in items),
        "due": due,
        "left": working_days_left(clock.today(), due.on, calendar()),
    }


def sums_of(batch: Round) -> dict[int, int]:
    sums: dict[int, int] = {}
    for row in queries.in_force(batch):
        sums[row.proposal.community_id] = sums.get(row.proposal.community_id, 0) + row.amount
    return sums


def item_line(proposal: Proposal, decision: ApprovalDecision | None) -> dict[str, Any]:
    """One item: still to decide, waiting for the second signature, or decided."""
    signed = decision and hasattr(decision, "second")
    waits = bool(decision and decision.needs_second and not signed)
    rejected = bool(signed and not decision.second.agrees)
    words, tone = _("待审批"), "turn"
    if waits:
        words, tone = _("等复核签字"), "active"
    elif decision and not rejected:
        words, tone = decision.get_verdict_display(), "urgent" if decision.verdict == "refuse" else "done"
    return {
        "proposal": proposal,
        "decision": decision,
        "state": words,
        "tone": tone,
        "waits": waits,
        "open": proposal.standing == "chosen" and not waits,
        "rejected": rejected,
    }


def dossier(proposal: Proposal) -> dict[str, Any]:
    """What an officer needs beside the form: the item, the envelope, earlier decisions."""
    envelope = queries.envelope_of(proposal.round, proposal.community_id)
    spoken = queries.approved_sum(proposal.round, proposal.community_id)
    return {
        "proposal": proposal,
        "round": proposal.round,
        "costs": list(proposal.cost_items.all()),
        "envelope": envelope.amount,
        "spoken": spoken,
        "left": envelope.amount - spoken,
        "decisions": list(queries.decisions_seen().filter(proposal=proposal)),
        "threshold": proposal.round.rules["second_signature_from"],
    }


def public_list(batch: Round) -> dict[str, Any]:
    lines = queries.approved_list(batch)
    refused = list(queries.decisions_seen().filter(round=batch, verdict="refuse").order_by("pk"))
    return {
        "round": batch,
        "lines": lines,
        "total": sum(line.amount for line in lines),
        "refused": refused,
        "filings": list(queries.filings_of(batch)),
        "digest": queries.digest_of(lines),
    }


def sheet_of(lines: list[Line]) -> Sheet:
    """The list for a spreadsheet."""
    heads = [_("编号"), _("名称"), _("社区"), _("类型"), _("申报金额（元）"), _("批准金额（元）"), _("条件"), _("核减理由")]
    rows = [
        [line.number, line.title, line.community, line.category, Yuan(line.asked), Yuan(line.amount), line.conditions, line.reason]
        for line in lines
    ]
    return Sheet(_("批准名单"), heads, rows)
