"""What the vote offers to the pages across the stages."""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.accounts.models import User
from communities.roles.queries import roles_anywhere
from communities.roles.rules import Role
from portal.web import words
from projects.items import Chapter, Offer, Task, Traces
from projects.proposals.models import Proposal
from projects.voting import rules
from projects.voting.models import Candidate, Participation, RollEntry, Slate
from projects.voting.queries.paper import awaiting_paper, final_on_paper
from projects.voting.queries.proof import keys_to_sign
from projects.voting.queries.reads import participation_of, why_not_vote, window_of


def awaiting(person: User, *, today: date) -> list[Task]:
    """Rounds in which this person may vote and has not yet."""
    if not person.is_authenticated:
        return []
    open_entries = (
        RollEntry.objects.filter(person=person, slate__closed_at=None, round__stage="voting")
        .exclude(round__in=Participation.objects.filter(person=person).values("round"))
        .select_related("slate__round", "slate__community")
    )
    return (
        [
            Task(
                stage="voting",
                title=entry.slate.round.title,
                text=_("请您投票"),
                url=reverse("voting:ballot", args=[entry.slate.round.number]),
                due_on=timezone.localdate(window_of(entry.slate.round).closes_at),
                community=entry.slate.community.name,
            )
            for entry in open_entries[:20]
        ]
        + awaiting_paper(person, today=today)
        + keys_awaiting(person, today=today)
    )


def keys_awaiting(person: User, *, today: date) -> list[Task]:
    """Keys that wait for this officer's signature."""
    if Role.STREET_OFFICER not in roles_anywhere(person, today):
        return []
    return [
        Task(
            stage="tally",
            title=batch.title,
            text=_("确认销毁投票密钥"),
            url=reverse("voting:ceremony", args=[batch.number]),
            community=batch.street.name,
        )
        for batch in keys_to_sign(person, today=today)[:50]
    ]


def traces(proposal: Proposal) -> Traces:
    return {"candidacies": Candidate.objects.filter(proposal=proposal).select_related("slate").order_by("pk")[:1]}


def chapters(proposal: Proposal, kept: Traces | None = None) -> list[Chapter]:
    candidacy = next(iter((kept or traces(proposal))["candidacies"]), None)
    if candidacy is None or not candidacy.slate.roll_size:
        return []
    return [
        Chapter(
            at=candidacy.slate.frozen_at,
            stage="voting",
            title=_("列入选票"),
            text=_("选民名册 %(roll)s 人，投票期间不公布票数。") % {"roll": candidacy.slate.roll_size},
        )
    ]


def offers(proposal: Proposal, *, person: User, parties: frozenset, now: datetime) -> list[Offer]:
    if proposal.round.stage != "voting" or proposal.standing != "shortlisted":
        return []
    slate = Slate.objects.filter(round=proposal.round, community=proposal.community).first()
    if slate is None:
        return []
    window = window_of(proposal.round)
    url = reverse("voting:ballot", args=[proposal.round.number])
    if not person.is_authenticated:
        return [Offer(_("去投票"), url, primary=True, until=window.closes_at)]
    why = why_not_vote(slate, person) or final_on_paper(slate, person)
    why = why or rules.objection_to_time(now, window.opens_at, window.closes_at)
    text = _("修改选票") if participation_of(slate, person) else _("去投票")
    return [Offer(text, url, primary=True, why_not=words(why) if why else "", until=window.closes_at)]
