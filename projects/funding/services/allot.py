"""Money reaches a project: from the envelope when it is approved, from others when they give."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from communities.accounts.models import User
from portal import locks, log
from portal.refusals import insist
from projects import permissions
from projects.funding import queries
from projects.funding.models import CoFunding, Posting, Project
from projects.funding.services import ledger
from projects.parties import parties_to_project
from projects.proposals.models import Proposal
from projects.rounds.models import Envelope


@transaction.atomic
def receive_project(*, proposal: Proposal, amount: int, now: datetime) -> Project:
    """A project for an approved proposal, with its money from the envelope. A repeat answers the same project.

    Refused when the envelope does not hold the amount.
    """
    envelope = Envelope.objects.get(round_id=proposal.round_id, community_id=proposal.community_id)
    locks.hold_alone("envelope", envelope.pk)
    if made := Project.objects.filter(proposal=proposal).first():
        return made
    project = Project.objects.create(
        proposal=proposal,
        round_id=proposal.round_id,
        community_id=proposal.community_id,
        title=proposal.title,
        category=proposal.category,
        content_class=proposal.content_class,
        budget=amount,
        stage_since=now,
        approved_at=proposal.standing_since,
    )
    whole = ledger.account(ledger.Kind.ENVELOPE, envelope)
    ledger.post(
        kind=Posting.Kind.GRANT,
        key=f"grant-{envelope.pk}",
        source=ledger.account(ledger.Kind.GRANT, envelope),
        target=whole,
        amount=envelope.amount,
        by=None,
        now=now,
    )
    ledger.post(
        kind=Posting.Kind.ALLOT,
        key=f"allot-{project.pk}",
        source=whole,
        target=ledger.account(ledger.Kind.ALLOTTED, envelope, project),
        amount=amount,
        by=None,
        now=now,
        project=project,
    )
    log.record("funding.receive_project", by=None, about=project, now=now, amount=amount)
    return project


@transaction.atomic
def enter_cofunding(*, project_id: int, by: User, kind: str, name: str, amount: int, now: datetime) -> CoFunding:
    """Money that others add to the project, kept apart from the envelope's to the end."""
    project = queries.locked_project(project_id)
    envelope = ledger.held_envelope(project)
    parties = parties_to_project(by, project, day=timezone.localdate(now))
    insist(permissions.objection_to("funding.enter_cofunding", roles=parties, stage=project.stage))
    insist(queries.objection_to_more_money(project))
    source = CoFunding.objects.create(
        project=project, kind=kind, name=name, amount=amount, entered_by=by, entered_at=now
    )
    ledger.post(
        kind=Posting.Kind.COFUND,
        key=f"cofund-{source.pk}",
        source=ledger.account(ledger.Kind.SOURCE, envelope, project, source),
        target=ledger.account(ledger.Kind.ALLOTTED, envelope, project, source),
        amount=amount,
        by=by,
        now=now,
        project=project,
    )
    log.record("funding.enter_cofunding", by=by, about=project, now=now, amount=amount, source=source.pk)
    return source
