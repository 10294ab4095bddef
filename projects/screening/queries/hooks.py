"""What the desk gathers: what awaits whom, the chapters of screening, the appeal that is open to the proposer."""

from __future__ import annotations

from collections.abc import Set
from datetime import date, datetime, time

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from communities.accounts.models import User
from communities.roles.queries import within
from communities.roles.rules import Role
from portal import figures
from portal.refusals import gettext_noop as _
from portal.web import words
from projects.items import Chapter, Hold, Offer, Task, Traces
from projects.permissions import Party
from projects.proposals.models import Proposal
from projects.proposals.queries import answer_due
from projects.proposals.standings import Standing
from projects.rounds.models import Round
from projects.screening import rules
from projects.screening.models import Escalation, Finding
from projects.screening.queries import reads

MOST_TASKS = 60
SAID = {
    "accepted": _("提案通过初审"),
    "returned": _("社区请提案人补充内容"),
    "rejected": _("提案没有通过初审"),
    "redirected": _("转给负责的部门"),
    "merged": _("与内容相近的提案合并"),
}


def open_items(round: Round) -> list[Hold]:
    """What screening still owes in a round; the council's gate asks this too, for what came back late."""
    url = reverse("screening:queue")
    held = []
    waiting = list(reads.unscreened(round).order_by("standing_since").values_list("standing_since", flat=True))
    if waiting:
        since = timezone.localdate(waiting[0])
        held.append(Hold("unscreened", _("%(count)s 项提案未初审"), len(waiting), _("社区工作者"), url, since=since))
    appeals = list(reads.open_appeals(round).order_by("at").values_list("at", flat=True))
    if appeals:
        since = timezone.localdate(appeals[0])
        url = f"{url}?view=appeals"
        held.append(
            Hold("open_appeals", _("%(count)s 项复核申请未答复"), len(appeals), _("街道工作人员"), url, since=since)
        )
    return held


def awaiting(person: User, *, today: date) -> list[Task]:
    """Proposals to screen for the community's workers, those given to a colleague left out; for the street appeals,
    late answers and amounts above the cap."""
    near = Proposal.objects.filter(round__stage__in=rules.NEAR, round__cancelled_at=None)
    near = near.select_related("round", "community", "appeal__decision", "assignment").prefetch_related("cap_overrides")
    lodged = near.filter(standing=Standing.LODGED).order_by("standing_since", "pk")
    mine = lodged.filter(within(person, frozenset({Role.COMMUNITY_WORKER}), today, "community"))
    mine = mine.filter(Q(assignment=None) | Q(assignment__person=person))
    tasks = [
        _task(row, gettext("请初审这份提案"), answer_due(row).on)
        for row in mine.exclude(proposer=person).exclude(entered_by=person)[:MOST_TASKS]
    ]
    street = within(person, frozenset({Role.STREET_OFFICER}), today, "community")
    late = Exists(Escalation.objects.filter(proposal=OuterRef("pk"), waits_since=OuterRef("standing_since")))
    seen = near.filter(street).filter(reads.OPEN_APPEAL | Q(standing=Standing.LODGED))
    seen = seen.annotate(is_late=late, is_lodged=ExpressionWrapper(Q(standing=Standing.LODGED), BooleanField()))
    for row in seen.order_by("is_lodged", "-is_late", "standing_since", "pk")[: MOST_TASKS * 4]:
        tasks += _of_the_street(row)
    return tasks


def _of_the_street(row: Proposal) -> list[Task]:
    """An appeal to answer; or a late answer to press for, an amount above the cap to decide on."""
    if row.standing != Standing.LODGED:
        return [_task(row, gettext("请答复复核申请"), row.appeal.answer_by)]
    tasks = [_task(row, gettext("初审超期，请督办"), answer_due(row).on)] if row.is_late else []
    allowed = max((held.estimate for held in row.cap_overrides.all()), default=None)
    if row.estimate is not None and rules.objection_to_cap(estimate=row.estimate, cap=reads.cap_of(row), allowed_up_to=allowed):
        tasks.append(_task(row, gettext("金额超过上限，请决定是否准许"), answer_due(row).on))
    return tasks


def _task(row: Proposal, text: str, due: date) -> Task:
    url = reverse("screening:assess", args=[row.number])
    return Task("screening", row.title, text, url, due, row.community.name, row.standing_since)


def traces(proposal: Proposal) -> Traces:
    return {"findings": reads.findings_of(proposal), "cap_overrides": proposal.cap_overrides.all()}


def chapters(proposal: Proposal, kept: Traces | None = None) -> list[Chapter]:
    """Every finding with its reason, overrides of the cap, the appeal and its answer."""
    kept = kept or traces(proposal)
    findings = list(kept["findings"])
    used = [code for row in findings for code in row.codes]
    codes = {row.code: row for row in reads.titles_of(used)} if used else {}
    told = [_chapter(row, codes, proposal) for row in findings]
    for override in kept["cap_overrides"]:
        text = gettext("准许金额 %(amount)s，超过原则上的上限 %(cap)s。") % {
            "amount": figures.money(override.estimate),
            "cap": figures.money(override.cap),
        }
        by = proposal.community.parent.name
        told.append(Chapter(override.at, "screening", gettext("街道准许超过上限"), text, override.reason, by))
    appeal = getattr(proposal, "appeal", None)
    if appeal:
        told.append(Chapter(appeal.at, "screening", gettext("提案人申请复核"), by=gettext("提案人")))
        if decision := getattr(appeal, "decision", None):
            title = gettext("复核：重新初审") if decision.upheld else gettext("复核：维持初审结论")
            by = proposal.community.parent.name
            told.append(Chapter(decision.at, "screening", title, reason=decision.reason, by=by))
    return told


def _chapter(row: Finding, codes: dict, proposal: Proposal) -> Chapter:
    text = ""
    if row.outcome == "returned":
        text = gettext("请在 %(day)s 前补充。") % {"day": figures.day(row.correct_by)}
    if row.outcome == "redirected":
        text = gettext("转给：%(department)s。") % {"department": row.department}
    if row.outcome == "merged":
        text = gettext("并入 %(number)s“%(title)s”，支持也一并转过去。") % {
            "number": row.merged_into.number,
            "title": row.merged_into.title,
        }
    if row.outcome == "rejected":
        text = "；".join(f"{code} {gettext(codes[code].text)}" for code in row.codes if code in codes)
    by = proposal.community.name if row.by_id else gettext("期限已过，系统自动办理")
    return Chapter(row.at, "screening", gettext(SAID[row.outcome]), text, row.reason, by)


def offers(proposal: Proposal, *, person: User, parties: Set[Party], now: datetime) -> list[Offer]:
    """The proposer may ask once that somebody else looks at a rejection."""
    if (
        Party.PROPOSER not in parties
        or proposal.standing != Standing.REJECTED
        or proposal.round.stage not in rules.NEAR
    ):
        return []
    finding = reads.last_finding(proposal)
    if finding is None:
        return []
    last = reads.appeal_last_day(finding)
    blocked = rules.objection_to_appeal(
        standing=proposal.standing, appealed=hasattr(proposal, "appeal"), today=timezone.localdate(now), last=last
    )
    until = timezone.make_aware(datetime.combine(last, time.max))
    url = reverse("screening:appeal", args=[proposal.number])
    return [Offer(gettext("申请复核"), url, why_not=words(blocked) if blocked else "", until=until)]
