"""Writing: a draft from the first step on, each answer as it is given, photos; and the same for a correction."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from communities.accounts.models import User
from portal import locks, log
from portal.files import KeptFile
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _
from projects.proposals import queries, rules, steps
from projects.proposals.models import Attachment, CostItem, Edition, Proposal
from projects.proposals.similar import all_pairs
from projects.proposals.standings import Standing
from projects.rounds.models import Round
from projects.rounds.rules import objection_to_cancelled

Costs = Sequence[tuple[str, int, int]]


@transaction.atomic
def start_draft(*, round_id: int, community_id: int, by: User, now: datetime) -> Proposal:
    """Begin a draft in a round that collects there. An empty draft of hers is given again instead of a second one."""
    round = Round.objects.get(pk=round_id, envelopes__community=community_id)
    locks.hold_shared("round", round.pk)
    insist(objection_to_cancelled(cancelled=round.cancelled_at is not None))
    community = round.envelopes.select_related("community").get(community=community_id).community
    here, _proved = queries.lives_in(by, community)
    insist(rules.objection_to_drafting(lives_here=here, drafts=0))
    drafts = list(queries.drafts_of(by).filter(round=round, community=community))
    if empty := next((row for row in drafts if not (row.need or row.title or row.wish)), None):
        return empty
    insist(rules.objection_to_drafting(lives_here=here, drafts=len(drafts)))
    draft = Proposal.objects.create(
        round=round, community=community, proposer=by, standing_since=now, created_at=now, shuffle_key=shuffled()
    )
    log.record("proposals.start_draft", by=by, about=draft, now=now)
    return draft


def shuffled() -> float:
    """A place in the random order of lists; not a secret."""
    return random.SystemRandom().random()


@transaction.atomic
def save_answers(
    *, proposal_id: int, by: User, answers: Mapping[str, object], now: datetime, costs: Costs | None = None
) -> Proposal:
    """Keep some answers of the author; `costs` replaces the cost lines. A repeat changes nothing.

    In a draft anything may be missing. What is public stays complete: a lodged proposal keeps every change as an
    edition; a returned one does so when the correction is handed in.
    """
    proposal = in_hand(proposal_id, by, now)
    changed = [name for name, value in answers.items() if name in steps.FIELDS and getattr(proposal, name) != value]
    for name in changed:
        setattr(proposal, name, answers[name])
    if costs is not None:
        changed += _replace_costs(proposal, costs)
    if not changed:
        return proposal
    if proposal.standing != Standing.DRAFT:
        insist(next(iter(queries.missing_from(proposal)), None))
    proposal.bigrams = all_pairs(proposal)
    proposal.save(update_fields=[*steps.FIELDS, "bigrams"])
    if proposal.standing == Standing.LODGED:
        keep_edition(proposal, Edition.Why.EDITED, by=by, now=now)
        log.record("proposals.edit_proposal", by=by, about=proposal, now=now, fields=sorted(set(changed)))
    return proposal


def _replace_costs(proposal: Proposal, costs: Costs) -> list[str]:
    insist(rules.objection_to_costs([(count, price) for _name, count, price in costs], proposal.estimate))
    held = list(proposal.cost_items.order_by("pk").values_list("name", "quantity", "unit_price"))
    total = sum(count * price for _name, count, price in costs)
    if total and proposal.estimate is None:
        proposal.estimate = total
    if held == list(costs):
        return []
    proposal.cost_items.all().delete()
    CostItem.objects.bulk_create(
        [CostItem(proposal=proposal, name=name, quantity=count, unit_price=price) for name, count, price in costs]
    )
    return ["cost_items"]


@transaction.atomic
def add_photo(*, proposal_id: int, by: User, photo: KeptFile, caption: str, now: datetime) -> Attachment:
    """Attach a checked photo or document with its description."""
    proposal = in_hand(proposal_id, by, now)
    if proposal.attachments.count() >= steps.MOST_PHOTOS:
        insist(
            Refusal(
                "too_many_photos",
                _("照片和文件最多放 %(most)d 个，可以先移除一个。"),
                {"most": steps.MOST_PHOTOS},
                field="photo",
            )
        )
    row = Attachment(proposal=proposal, caption=caption, uploaded_by=by, uploaded_at=now, is_photo=photo.is_photo)
    row.file.save(photo.name, photo, save=False)
    row.save()
    _note_photo(proposal, by, now)
    return row


@transaction.atomic
def remove_photo(*, proposal_id: int, photo_id: int, by: User, now: datetime) -> None:
    """Take a photo away; a repeat finds nothing and says nothing. The file goes after the commit."""
    proposal = in_hand(proposal_id, by, now)
    row = proposal.attachments.filter(pk=photo_id).first()
    if row is None:
        return
    file = row.file
    row.delete()
    _note_photo(proposal, by, now)

    def drop() -> None:
        file.storage.delete(file.name)
        file.storage.delete(f"{file.name.rpartition('.')[0]}.small.jpg")

    transaction.on_commit(drop)


def _note_photo(proposal: Proposal, by: User, now: datetime) -> None:
    if proposal.standing == Standing.LODGED:
        keep_edition(proposal, Edition.Why.EDITED, by=by, now=now)
        log.record("proposals.edit_proposal", by=by, about=proposal, now=now, fields=["photos"])


@transaction.atomic
def discard_draft(*, proposal_id: int, by: User, now: datetime) -> None:
    """Throw a draft away with its photos; what has a number is withdrawn instead, never thrown away."""
    proposal = in_hand(proposal_id, by, now)
    if proposal.standing != Standing.DRAFT:
        insist(Refusal("not_a_draft", _("已经提交的提案不能删除，可以撤回。")))
    for photo in list(proposal.attachments.all()):
        remove_photo(proposal_id=proposal_id, photo_id=photo.pk, by=by, now=now)
    log.record("proposals.discard_draft", by=by, about=proposal, now=now)
    proposal.delete()


def in_hand(proposal_id: int, by: User, now: datetime) -> Proposal:
    """The proposal locked, for somebody who may change its words now. Errors: DoesNotExist when it is not in sight."""
    today = timezone.localdate(now)
    sight = queries.in_hand_of(by, day=today).filter(pk=proposal_id)
    locks.hold_shared("round", sight.values_list("round_id", flat=True).get())
    proposal = Proposal.objects.select_for_update().get(pk=sight.values_list("pk", flat=True).get())
    insist(queries.objection_to_writing(proposal, by=by, now=now))
    return proposal


def keep_edition(proposal: Proposal, why: str, *, by: User, now: datetime) -> Edition:
    """Write down the author's words as they are now."""
    words = {
        **queries.answers_of(proposal),
        "cost_items": list(proposal.cost_items.order_by("pk").values_list("name", "quantity", "unit_price")),
        "photos": proposal.attachments.count(),
    }
    return Edition.objects.create(proposal=proposal, why=why, words=words, by=by, at=now)
