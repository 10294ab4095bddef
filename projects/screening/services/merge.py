"""Two proposals become one: who backed the merged one backs the other, each person once."""

from __future__ import annotations

from datetime import datetime

from projects.proposals.models import Follow, Proposal, Support


def move_support(proposal: Proposal, target: Proposal, *, now: datetime) -> set[int]:
    """Move the supporters and copy the followers; answers whose support came along. The proposer follows the other."""
    there = set(target.supports.values_list("person", flat=True)) | {target.proposer_id}
    backing = Support.objects.filter(proposal=proposal)
    told = set(backing.values_list("person", flat=True))
    backing.filter(person__in=there).delete()
    backing.update(proposal=target, moved_from=proposal)
    following = set(proposal.follows.values_list("person", flat=True)) | {proposal.proposer_id}
    Follow.objects.bulk_create(
        [Follow(proposal=target, person_id=who, at=now) for who in sorted(following - {target.proposer_id})],
        ignore_conflicts=True,
    )
    return told
