"""Reads of the approval: what waits, what was decided and is in force, what the envelope has left."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from communities.accounts.models import User
from communities.councils.models import Seat
from communities.divisions.models import Division
from communities.roles.queries import roles_anywhere, within
from communities.roles.rules import Role
from portal import figures, holidays
from portal.workdays import Deadline, deadline_after
from projects.approval.models import ApprovalDecision, Filing, RefillAnswer
from projects.deliberation.queries import local_day, voted_on
from projects.items import Chapter, Offer, Task, Traces
from projects.proposals.models import Proposal
from projects.proposals.standings import Standing
from projects.rounds.models import Envelope, Round
from projects.screening.models import Finding

__all__ = ["local_day"]


@dataclass(frozen=True, slots=True)
class Line:
    """One approved item of the published list."""

    number: str
    title: str
    community: str
    category: str
    asked: int
    amount: int
    conditions: str
    reason: str


def decisions_seen() -> QuerySet[ApprovalDecision]:
    return ApprovalDecision.objects.select_related("proposal__community", "by", "second__by", "round")


def last_decision(proposal: Proposal) -> ApprovalDecision | None:
    return decisions_seen().filter(proposal=proposal).order_by("-pk").first()


def pending_decision(proposal: Proposal) -> ApprovalDecision | None:
    """A decision that waits for its second signature."""
    row = last_decision(proposal)
    return row if row and row.needs_second and not hasattr(row, "second") else None


def open_items(batch: Round) -> list[Proposal]:
    """Chosen items without a decision that waits for its second signature, at most 200."""
    rows = Proposal.objects.filter(round=batch, standing=Standing.CHOSEN).select_related("community")
    waiting = ApprovalDecision.objects.filter(round=batch, needs_second=True, second=None).values("proposal")
    return list(rows.exclude(pk__in=waiting).order_by("community", "number")[:200])


def in_force(batch: Round) -> QuerySet[ApprovalDecision]:
    """The approvals that count against the envelope: signed, or waiting for the second signature."""
    newest = ApprovalDecision.objects.filter(proposal=OuterRef("proposal")).order_by("-pk").values("pk")[:1]
    rows = decisions_seen().filter(round=batch, pk=Subquery(newest), amount__gt=0)
    return rows.exclude(second__agrees=False)


def approved_sum(batch: Round, community: Division | int) -> int:
    rows = in_force(batch).filter(proposal__community=community)
    return rows.aggregate(total=Sum("amount"))["total"] or 0


def approved_amounts(batch: Round) -> dict[int, int]:
    """Proposal id → approved amount in fen, for every item that stands approved."""
    rows = in_force(batch).filter(proposal__standing=Standing.APPROVED)
    return dict(rows.values_list("proposal_id", "amount"))


def approved_amount(proposal: Proposal) -> int | None:
    """The amount in fen for which the item was approved; None when it is not."""
    return approved_amounts(proposal.round).get(proposal.pk)


def approved_list(batch: Round) -> list[Line]:
    rows = in_force(batch).filter(proposal__standing=Standing.APPROVED)
    return [
        Line(
            number=row.proposal.number,
            title=row.proposal.title,
            community=row.proposal.community.name,
            category=row.proposal.get_category_display(),
            asked=row.asked,
            amount=row.amount,
            conditions=row.conditions,
            reason=row.reason,
        )
        for row in rows.order_by("proposal__community__code", "proposal__number")
    ]


def digest_of(lines: list[Line]) -> str:
    """SHA-256 (hex) of the list as the district files it."""
    rows = [[line.number, line.title, line.amount, line.conditions] for line in lines]
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def declined_of(batch: Round) -> QuerySet[Proposal]:
    return Proposal.objects.filter(round=batch, standing=Standing.DECLINED).order_by("number")


def unanswered_declined(batch: Round) -> list[Proposal]:
    """Refused items about whose money nobody has said yet whether it goes to the next in line."""
    answered = {number for each in RefillAnswer.objects.filter(round=batch) for number in each.declined}
    return [row for row in declined_of(batch) if row.pk not in answered]


def next_in_line(batch: Round, declined: list[Proposal]) -> int:
    """How many items of the same communities lost the count and could still be chosen."""
    places = {row.community_id for row in declined}
    return Proposal.objects.filter(round=batch, community__in=places, standing=Standing.NOT_CHOSEN).count()


def undecided_of(batch: Round) -> QuerySet[Proposal]:
    """Chosen items; also those whose decision waits for its second signature."""
    return Proposal.objects.filter(round=batch, standing=Standing.CHOSEN)


def rounds_of(person: User, *, today: date) -> QuerySet[Round]:
    """Rounds at this stage where the person is street officer."""
    mine = within(person, frozenset({Role.STREET_OFFICER}), today, "street")
    return (
        Round.objects.filter(mine, stage="approval", cancelled_at=None).select_related("street").order_by("stage_since")
    )


def due_of(batch: Round) -> Deadline:
    settings = batch.rules
    start = local_day(batch.stage_since)
    return deadline_after(start, settings["approval_days"], settings["approval_unit"], holidays.calendar())


def envelope_of(batch: Round | int, community: Division | int) -> Envelope:
    return Envelope.objects.get(round=batch, community=community)


def apart_from(proposal: Proposal, *, day: date) -> tuple[set[int], set[int]]:
    """(council members now or when it was debated, people who screened it): they do not approve it."""
    held = Q(since__lte=day) & (Q(until=None) | Q(until__gte=day))
    seated = set(
        Seat.objects.filter(held, council__community=proposal.community_id).values_list("person_id", flat=True)
    )
    screeners = set(Finding.objects.filter(proposal=proposal).values_list("by_id", flat=True))
    return seated | voted_on(proposal), screeners


def filings_of(batch: Round) -> QuerySet[Filing]:
    return Filing.objects.filter(round=batch).select_related("by").order_by("-at")


def to_second(person: User, *, today: date) -> QuerySet[ApprovalDecision]:
    """Decisions of others that wait for a second signature where the person is street officer."""
    mine = within(person, frozenset({Role.STREET_OFFICER}), today, "round__street")
    rows = decisions_seen().filter(
        mine, needs_second=True, second=None, round__stage="approval", round__cancelled_at=None
    )
    return rows.exclude(by=person).exclude(by=F("proposal__proposer")).order_by("at")


def awaiting(person: User, *, today: date) -> list[Task]:
    """Items to decide, decisions to countersign, returned money to speak for; at most 50 of each."""
    if Role.STREET_OFFICER not in roles_anywhere(person, today):
        return []
    batches = list(rounds_of(person, today=today)[:50])
    tasks = [
        Task(
            stage="approval",
            title=batch.title,
            text=_("审批入选项目"),
            url=reverse("approval:round", args=[batch.number]),
            due_on=due_of(batch).on,
            community=batch.street.name,
            since=batch.stage_since,
        )
        for batch in batches
    ]
    for row in to_second(person, today=today)[:50] if batches else ():  # a decision waits only in such a round
        tasks.append(
            Task(
                stage="approval",
                title=row.proposal.title,
                text=_("复核签字：%(amount)s") % {"amount": figures.money(row.amount)},
                url=reverse("approval:second", args=[row.proposal.number]),
                due_on=due_of(row.round).on,
                community=row.proposal.community.name,
                since=row.at,
            )
        )
    return tasks


def traces(proposal: Proposal) -> Traces:
    return {"decisions": decisions_seen().filter(proposal=proposal).order_by("-pk")[:1]}


def chapters(proposal: Proposal, kept: Traces | None = None) -> list[Chapter]:
    """The decision in force, with amount, conditions and reason; nothing before it is in force."""
    row = next(iter((kept or traces(proposal))["decisions"]), None)
    if row is None or proposal.standing not in (Standing.APPROVED, Standing.DECLINED):
        return []
    text = _("批准金额%(amount)s。") % {"amount": figures.money(row.amount)} if row.amount else ""
    if row.conditions:
        text += _("条件：%(conditions)s") % {"conditions": row.conditions}
    signed = row.second.at if row.needs_second else row.at
    title = _("街道审批：%(verdict)s") % {"verdict": row.get_verdict_display()}
    return [Chapter(at=signed, stage="approval", title=title, text=text, reason=row.reason, by=_("街道办事处"))]


def offers(proposal: Proposal, *, person: User, parties: frozenset, now: datetime) -> list[Offer]:
    if proposal.standing not in (Standing.APPROVED, Standing.DECLINED):
        return []
    return [Offer(_("看批准名单"), reverse("approval:approved", args=[proposal.round.number]))]
