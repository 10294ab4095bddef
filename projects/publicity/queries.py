"""Reads of the notice board: sheets, what stands on them, objections and their deadlines."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Max, Q, QuerySet

from communities.accounts.models import User
from communities.roles.queries import within
from communities.roles.rules import Role
from projects.deliberation.queries import audience_of, local_day
from projects.proposals.models import Proposal
from projects.proposals.standings import Standing
from projects.publicity.models import Objection, PublicNotice
from projects.rounds.models import Round

__all__ = ["audience_of", "local_day"]
ANSWERERS = frozenset({Role.COMMUNITY_WORKER, Role.STREET_OFFICER})


def chosen_in(batch: Round) -> QuerySet[Proposal]:
    rows = Proposal.objects.filter(round=batch, standing=Standing.CHOSEN)
    return rows.select_related("community").order_by("community", "number")


def noticed_in(batch: Round) -> dict[str, PublicNotice]:
    """Public number of each item that stood on a notice of the round → the first notice that named it."""
    found: dict[str, PublicNotice] = {}
    for sheet in PublicNotice.objects.filter(round=batch).order_by("pk"):
        for entry in sheet.entries:
            found.setdefault(entry["number"], sheet)
    return found


def notice_of(proposal: Proposal) -> PublicNotice | None:
    """The sheet on which the item was noticed."""
    rows = PublicNotice.objects.filter(round=proposal.round_id, community=proposal.community_id)
    return rows.filter(entries__contains=[{"number": proposal.number}]).order_by("pk").first()


def next_serial(street_id: int, year: int) -> int:
    """The next number of the street in that year; the caller holds the street's row."""
    held = PublicNotice.objects.filter(street=street_id, year=year).aggregate(most=Max("serial"))["most"]
    return (held or 0) + 1


def notices_seen() -> QuerySet[PublicNotice]:
    return PublicNotice.objects.select_related("round", "community", "street")


def notices_of(batch: Round) -> QuerySet[PublicNotice]:
    answered = Count("objections", filter=~Q(objections__outcome="open"))
    return notices_seen().filter(round=batch).annotate(objections_count=Count("objections"), answered_count=answered)


def objections_seen() -> QuerySet[Objection]:
    return Objection.objects.select_related("notice__round", "notice__community", "notice__street", "proposal")


def objections_of(sheet: PublicNotice) -> QuerySet[Objection]:
    return objections_seen().filter(notice=sheet)


def objections_to_answer(person: User, *, today: date) -> QuerySet[Objection]:
    """Open objections where the person may answer, the most urgent first."""
    mine = objections_seen().filter(within(person, ANSWERERS, today, "notice__community"))
    return mine.filter(outcome=Objection.Outcome.OPEN).order_by("due_on", "pk")


def objections_handled(person: User, *, today: date) -> QuerySet[Objection]:
    mine = objections_seen().filter(within(person, ANSWERERS, today, "notice__community"))
    return mine.exclude(outcome=Objection.Outcome.OPEN).order_by("-answered_at", "-pk")


def open_objections(batch: Round) -> QuerySet[Objection]:
    return Objection.objects.filter(notice__round=batch, outcome=Objection.Outcome.OPEN)


def has_open_objection(person: User, proposal: Proposal) -> bool:
    return Objection.objects.filter(proposal=proposal, objector=person, outcome=Objection.Outcome.OPEN).exists()
