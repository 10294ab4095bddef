"""Calls that are open, drafts, proposals in somebody's hand, and what they say."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from communities.accounts.models import User
from communities.divisions.models import Division
from communities.residents.queries import residency_of
from communities.roles.queries import roles_at, within
from communities.roles.rules import Role
from portal import holidays
from portal.workdays import Deadline, deadline_after
from projects.proposals import rules
from projects.proposals.models import Attachment, Proposal
from projects.proposals.standings import Standing
from projects.rounds.calendar import Window
from projects.rounds.models import Envelope, Round
from projects.rounds.queries import window_of
from projects.rounds.rules import complete

OWN = ("round", "community__parent", "proposer")
READERS = frozenset(
    {Role.COMMUNITY_WORKER, Role.STREET_OFFICER, Role.DISTRICT_OFFICER, Role.COUNCIL_MEMBER, Role.SUPERVISOR}
)


def open_calls(community: Division) -> list[Round]:
    """Rounds in which the community collects proposals now, the one that closes first at the top."""
    found = Round.objects.filter(stage="proposals", cancelled_at=None, envelopes__community=community)
    rows = list(found.select_related("street").prefetch_related("windows").order_by("pk")[:10])
    return sorted(rows, key=lambda row: call_window(row).closes_at if call_window(row) else row.stage_since)


def call_window(round: Round) -> Window | None:
    return window_of(round, "proposals")


def lives_in(person: User, community: Division) -> tuple[bool, bool]:
    """(is registered as living there, that is verified)"""
    home = residency_of(person)
    here = bool(home and home.community_id == community.pk)
    return here, bool(here and home.proof != "declared")


def drafts_of(person: User) -> QuerySet[Proposal]:
    mine = Proposal.objects.filter(proposer=person, standing=Standing.DRAFT, entered_by=None)
    return mine.select_related("round", "community").prefetch_related("round__windows").order_by("-created_at")


def entered_by(person: User) -> QuerySet[Proposal]:
    """What a worker has typed in from paper, newest first."""
    return Proposal.objects.filter(entered_by=person).select_related(*OWN).order_by("-created_at")


def entries_of(person: User) -> QuerySet[Proposal]:
    """Of these, what is not handed in yet."""
    return entered_by(person).filter(standing=Standing.DRAFT)


def in_hand_of(person: User, *, day: date) -> QuerySet[Proposal]:
    """Proposals whose words the person may open to change: her own, and for a worker those that came on paper."""
    on_paper = ~Q(paper_ref="") & ~Q(standing=Standing.DRAFT)
    reach = within(person, frozenset({Role.COMMUNITY_WORKER}), day, "community")
    own = Q(proposer=person, entered_by=None) | (Q(proposer=person) & ~Q(standing=Standing.DRAFT))
    return Proposal.objects.filter(own | Q(entered_by=person, standing=Standing.DRAFT) | (on_paper & reach))


def lodged() -> QuerySet[Proposal]:
    """Every proposal that the public may see, by its number."""
    return Proposal.objects.exclude(standing=Standing.DRAFT).select_related(*OWN)


def mine(person: User) -> QuerySet[Proposal]:
    """What the person has lodged, newest first."""
    return lodged().filter(proposer=person).order_by("-lodged_at", "-pk")


def sight_of(person: User, photo: Attachment, *, day: date) -> bool:
    """A lodged proposal's photos are public; its documents are for the offices and the council, because nobody can
    clean them of names and numbers; a draft's files belong to those who write it."""
    if photo.proposal.standing != Standing.DRAFT and photo.is_photo:
        return True
    if not person.is_authenticated:
        return False
    if in_hand_of(person, day=day).filter(pk=photo.proposal_id).exists():
        return True
    held = roles_at(person, photo.proposal.community, day) if photo.proposal.standing != Standing.DRAFT else frozenset()
    return photo.proposal.proposer_id == person.pk or bool(held & READERS)


def answers_of(proposal: Proposal) -> dict[str, object]:
    """What the author wrote, as plain values."""
    names = ("title", "need", "wish", "place", "beneficiaries", "beneficiary_count", "category", "estimate")
    return {name: getattr(proposal, name) for name in names}


def missing_from(proposal: Proposal) -> list:
    return rules.missing_from(answers_of(proposal))


def next_count() -> int:
    """The next value of the sequence behind public numbers; a rolled back use leaves a gap."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('proposal_number_seq')")
        return cursor.fetchone()[0]


def with_support(found: QuerySet[Proposal]) -> QuerySet[Proposal]:
    return found.annotate(supporters=Count("supports", distinct=True))


def supporters_of(proposal: Proposal) -> int:
    """How many residents back it; who they are is nobody's business."""
    return proposal.supports.count()


def is_supporter(person: User, proposal: Proposal) -> bool:
    return person.is_authenticated and proposal.supports.filter(person=person).exists()


def is_follower(person: User, proposal: Proposal) -> bool:
    return person.is_authenticated and proposal.follows.filter(person=person).exists()


def page_of(proposal: Proposal) -> str:
    """The public page of the proposal's life."""
    return reverse("desk:proposal", args=[proposal.number])


def answer_due(proposal: Proposal) -> Deadline:
    """Until when screening owes an answer to a proposal that waits for it since `standing_since`."""
    settings = complete(proposal.round.rules)
    since = timezone.localdate(proposal.standing_since)
    return deadline_after(since, settings["screening_days"], settings["screening_unit"], holidays.calendar())


def followers_of(proposal: Proposal) -> set[int]:
    """Who wants to hear when it moves, the proposer left out: she is told in her own words."""
    return set(proposal.follows.exclude(person=proposal.proposer_id).values_list("person", flat=True))


def audience_of(proposal: Proposal) -> set[int]:
    """Who hears of a decision: the proposer and those who follow it."""
    return {proposal.proposer_id, *followers_of(proposal)}


def calls_to_enter(person: User, *, day: date) -> dict[str, str]:
    """{"round-community": words} of the open calls in the communities where the person works."""
    reach = within(person, frozenset({Role.COMMUNITY_WORKER}), day, "community")
    rows = Envelope.objects.filter(reach, round__stage="proposals", round__cancelled_at=None)
    rows = rows.select_related("round", "community").order_by("community__code", "round")[:50]
    return {f"{row.round_id}-{row.community_id}": f"{row.community.name} {row.round.title}" for row in rows}
