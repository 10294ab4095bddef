"""How much of each envelope is spoken for, in two queries whatever the number of communities."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Sum

from communities.divisions.models import Division
from projects.models import Project, Proposal, Round
from projects.rounds.queries import SPOKEN_FOR


@dataclass(frozen=True, slots=True)
class Share:
    """One community's envelope: what it is, what is approved, what is chosen and waits for approval. In fen."""

    community: Division
    envelope: int
    approved: int
    chosen: int
    lodged: int

    @property
    def left(self) -> int:
        return self.envelope - self.approved - self.chosen

    @property
    def spoken_for(self) -> int:
        return self.approved + self.chosen

    @property
    def whole(self) -> int:
        """What a strip of shares is drawn over: the envelope, or what was promised where that is more."""
        return max(self.envelope, self.spoken_for)


def shares_of(round: Round) -> list[Share]:
    """Every community of the round, in the order of the codes."""
    return _shares(round, list(round.envelopes.select_related("community").order_by("community__code")))


def share_of(round: Round, community: Division) -> Share | None:
    """One community's share; None when it takes no part."""
    found = _shares(round, list(round.envelopes.filter(community=community).select_related("community")))
    return found[0] if found else None


def _shares(round: Round, envelopes: list) -> list[Share]:
    places = [held.community_id for held in envelopes]
    approved = dict(
        Project.objects.filter(round=round, community__in=places)
        .values_list("community")
        .annotate(fen=Sum("budget"))
        .order_by()
    )
    waiting = Proposal.objects.filter(round=round, community__in=places, standing__in=SPOKEN_FOR, project=None)
    chosen = dict(waiting.values_list("community").annotate(fen=Sum("estimate")).order_by())
    lodged = dict(
        Proposal.objects.filter(round=round, community__in=places)
        .exclude(standing="draft")
        .values_list("community")
        .annotate(n=Count("pk"))
        .order_by()
    )
    return [
        Share(
            held.community,
            held.amount,
            approved.get(held.community_id, 0),
            chosen.get(held.community_id) or 0,
            lodged.get(held.community_id, 0),
        )
        for held in envelopes
    ]
