"""What the desk gathers from every room: what awaits a person, the chapters of a life, what a visitor can do."""

from __future__ import annotations

from collections.abc import Set
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from communities.accounts.models import User
from portal.refusals import Refusal
from portal.web import words
from projects.items import Chapter, Offer, Task, Traces
from projects.permissions import Party
from projects.proposals import rules
from projects.proposals.models import Proposal
from projects.proposals.queries import objections
from projects.proposals.queries.reads import call_window, is_follower, is_supporter
from projects.proposals.standings import Standing

REMIND_DAYS = 3
NEAR = frozenset({"proposals", "screening", "deliberation"})


def awaiting(person: User, *, today: date) -> list[Task]:
    """Corrections that the proposer owes, and drafts whose call closes within three days."""
    returned = Q(standing=Standing.RETURNED)
    draft = Q(standing=Standing.DRAFT, entered_by=None, round__stage="proposals", round__cancelled_at=None)
    found = Proposal.objects.filter(returned | draft, proposer=person).select_related("round", "community")
    tasks = []
    for row in found.prefetch_related("round__windows").order_by("correct_by", "-created_at")[:40]:
        if row.standing == Standing.RETURNED:
            text, url = gettext("社区请您补充内容后重新提交"), reverse("proposals:correct", args=[row.number])
            tasks.append(Task("proposals", row.title, text, url, row.correct_by, row.community.name, row.standing_since))
        else:
            tasks += _draft_closing(row, today)
    return tasks


def _draft_closing(row: Proposal, today: date) -> list[Task]:
    window = call_window(row.round)
    last = timezone.localdate(window.closes_at) if window else None
    if last is None or not today <= last <= today + timedelta(days=REMIND_DAYS):
        return []
    title = row.title or gettext("还没有起名的提案")
    url, text = reverse("proposals:check", args=[row.pk]), gettext("征集快结束了，草稿还没有提交")
    return [Task("proposals", title, text, url, last, row.community.name, row.created_at)]


def traces(proposal: Proposal) -> Traces:
    return {"editions": proposal.editions.all()}


def chapters(proposal: Proposal, kept: Traces | None = None) -> list[Chapter]:
    """That it was lodged, that its words were changed, that it was withdrawn."""
    told, kept = [], kept or traces(proposal)
    if proposal.lodged_at:
        by = gettext("居民纸质提交，社区代为录入") if proposal.paper_ref else gettext("提案人")
        told.append(Chapter(proposal.lodged_at, "proposals", gettext("提案已提交"), by=by))
    for edition in kept["editions"]:
        if edition.why == "edited":
            told.append(Chapter(edition.at, "proposals", gettext("提案人修改了内容"), by=gettext("提案人")))
        if edition.why == "corrected":
            told.append(Chapter(edition.at, "screening", gettext("提案人补充后重新提交"), by=gettext("提案人")))
    if proposal.standing == Standing.WITHDRAWN:
        told.append(Chapter(proposal.standing_since, "proposals", gettext("提案人撤回了提案"), by=gettext("提案人")))
    return told


def offers(proposal: Proposal, *, person: User, parties: Set[Party], now: datetime) -> list[Offer]:
    """Change, correct, take back for the proposer; back and follow for everybody else, with the reason why not."""
    number = proposal.number
    if proposal.standing == Standing.DRAFT:
        return []
    made = (
        _author_offers(proposal, now=now) if Party.PROPOSER in parties else _resident_offers(proposal, person, parties)
    )
    if Party.MEMBER in parties and Party.PROPOSER not in parties:
        following = is_follower(person, proposal)
        url = reverse("proposals:unfollow" if following else "proposals:follow", args=[number])
        made.append(Offer(gettext("不再关注") if following else gettext("关注进展"), url, posts=True))
    return [*made, Offer(gettext("打印海报"), reverse("proposals:poster", args=[number]))]


def _author_offers(proposal: Proposal, *, now: datetime) -> list[Offer]:
    if proposal.round.stage not in NEAR:
        return []
    number, made = [proposal.number], []
    if proposal.standing == Standing.RETURNED and proposal.correct_by:
        last = timezone.make_aware(datetime.combine(proposal.correct_by, time.max))
        why_not = _said(
            rules.objection_to_correction(
                standing=proposal.standing, correct_by=proposal.correct_by, today=timezone.localdate(now)
            )
        )
        made.append(
            Offer(
                gettext("补充内容"),
                reverse("proposals:correct", args=number),
                primary=True,
                why_not=why_not,
                until=last,
            )
        )
    if proposal.standing == Standing.LODGED and proposal.round.stage == "proposals":
        made.append(Offer(gettext("修改内容"), reverse("proposals:edit", args=number)))
    if proposal.standing in rules.WITHDRAWABLE:
        made.append(Offer(gettext("撤回提案"), reverse("proposals:withdraw", args=number)))
    return made


def _resident_offers(proposal: Proposal, person: User, parties: Set[Party]) -> list[Offer]:
    if proposal.round.stage not in NEAR or proposal.standing not in rules.SUPPORTABLE:
        return []
    blocked = objections.objection_to_support(proposal, parties=parties, own=False)
    if is_supporter(person, proposal) and not blocked:
        return [Offer(gettext("收回支持"), reverse("proposals:unsupport", args=[proposal.number]), posts=True)]
    why_not = gettext("登录后，核实过的本社区居民可以支持。") if Party.MEMBER not in parties else _said(blocked)
    url = reverse("proposals:support", args=[proposal.number])
    return [Offer(gettext("支持这份提案"), url, posts=True, primary=True, why_not=why_not)]


def _said(refusal: Refusal | None) -> str:
    return words(refusal) if refusal else ""
