"""Proposals like this one, now and earlier, in the same community: by place and by what is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count
from django.utils.translation import gettext

from portal import bigrams
from projects.proposals.models import Proposal
from projects.proposals.standings import Standing

HIDDEN = (Standing.DRAFT, Standing.WITHDRAWN, Standing.MERGED)
LOOKED_AT, SHOWN = 400, 5
NEAR_PLACE, NEAR_TEXT, SOME_TEXT = Fraction(2, 5), Fraction(3, 10), Fraction(3, 25)


@dataclass(frozen=True, slots=True)
class Match:
    """A similar proposal, how alike (0–1) in place and in text, and the reason in words."""

    proposal: Proposal
    place: Fraction
    text: Fraction

    @property
    def why(self) -> str:
        said = [gettext("地点相近")] if self.place >= NEAR_PLACE else []
        said += [gettext("内容相近")] if self.text >= SOME_TEXT else []
        return "、".join(said)


def text_pairs(proposal: Proposal) -> list[str]:
    return bigrams.pairs(proposal.title, proposal.need, proposal.wish)


def all_pairs(proposal: Proposal) -> list[str]:
    """What is kept for search and comparison: title, place, need and wish."""
    return bigrams.pairs(proposal.title, proposal.place, proposal.need, proposal.wish)


def like(proposal: Proposal, *, most: int = SHOWN) -> list[Match]:
    """The most similar ones first, at most `most`; each knows its `supporters`. Two queries whatever the number."""
    mine = [pair for pair in all_pairs(proposal) if pair not in bigrams.COMMON]
    if not mine:
        return []
    found = (
        Proposal.objects.filter(community=proposal.community_id, bigrams__overlap=mine)
        .exclude(standing__in=HIDDEN)
        .exclude(pk=proposal.pk)
        .select_related("round")
        .order_by("-lodged_at", "-pk")[:LOOKED_AT]
    )
    matches = sorted(_alike(proposal, found), key=lambda match: (-(match.place + 2 * match.text), match.proposal.pk))
    best = matches[:most]
    counts = dict(
        Proposal.objects.filter(pk__in=[match.proposal.pk for match in best])
        .annotate(backed=Count("supports"))
        .values_list("pk", "backed")
    )
    for match in best:
        match.proposal.supporters = counts.get(match.proposal.pk, 0)
    return best


def _alike(proposal: Proposal, found: Iterable[Proposal]) -> list[Match]:
    text, place = text_pairs(proposal), bigrams.pairs(proposal.place)
    matches = []
    for other in found:
        match = Match(
            other,
            place=bigrams.likeness(place, bigrams.pairs(other.place)),
            text=bigrams.likeness(text, text_pairs(other)),
        )
        if match.text >= NEAR_TEXT or (match.place >= NEAR_PLACE and match.text >= SOME_TEXT):
            matches.append(match)
    return matches
