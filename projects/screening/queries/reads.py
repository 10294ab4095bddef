"""The queue, the lists, what was found, what is open."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from communities.accounts.models import User
from communities.divisions.models import Division
from communities.roles.queries import within
from communities.roles.rules import Role
from portal import bigrams, holidays
from portal.workdays import Deadline, deadline_after, working_days_left
from projects.proposals.models import Proposal
from projects.proposals.queries import answer_due
from projects.proposals.standings import Standing
from projects.rounds.models import Round
from projects.rounds.rules import complete
from projects.screening import rules
from projects.screening.models import Appeal, CapOverride, ExclusionReason, Finding, PositiveKind, ReplyTemplate

DESK = frozenset({Role.COMMUNITY_WORKER, Role.STREET_OFFICER})
OPEN_APPEAL = Q(appeal__isnull=False, appeal__decision__isnull=True)
VIEWS = {
    "waiting": Q(standing=Standing.LODGED),
    "returned": Q(standing=Standing.RETURNED),
    "appeals": OPEN_APPEAL,
    "done": Q(findings__isnull=False) & ~Q(standing__in=[Standing.LODGED, Standing.RETURNED]) & ~OPEN_APPEAL,
}
STEPPED = 500  # as far as 下一件 and 上一件 look


def in_reach(person: User, *, day: date) -> QuerySet[Proposal]:
    """Lodged proposals of the communities for which the person works, of rounds that are not cancelled."""
    return (
        Proposal.objects.exclude(standing=Standing.DRAFT)
        .filter(within(person, DESK, day, "community"), round__cancelled_at=None)
        .select_related("round", "community__parent", "proposer", "entered_by")
    )


def queue(
    person: User,
    *,
    day: date,
    view: str = "waiting",
    community: str = "",
    category: str = "",
    asked: str = "",
    whose: str = "",
) -> QuerySet[Proposal]:
    """One view of the queue, the one that has waited longest first."""
    found = in_reach(person, day=day).filter(VIEWS.get(view, VIEWS["waiting"]))
    if whose:
        found = found.filter(assignment__person=person) if whose == "mine" else found.filter(assignment=None)
    if view != "done":
        found = found.filter(round__stage__in=rules.NEAR)
    if community:
        found = found.filter(community__code=community)
    if category:
        found = found.filter(category=category)
    if asked:
        found = found.filter(bigrams.asked(asked) | Q(number__iexact=asked.strip()))
    order = F("standing_since").desc() if view == "done" else F("standing_since").asc()
    return found.distinct().order_by(order, "pk") if view == "done" else found.order_by(order, "pk")


def counts(person: User, *, day: date) -> dict[str, int]:
    """How many there are in each view; one query."""
    near = Q(round__stage__in=rules.NEAR)
    asked = {view: Count("pk", filter=which & near, distinct=True) for view, which in VIEWS.items() if view != "done"}
    return in_reach(person, day=day).aggregate(**asked)


def communities_of(person: User, *, day: date) -> QuerySet[Division]:
    reach = within(person, DESK, day)
    return Division.objects.filter(reach, level=Division.Level.COMMUNITY, abolished_on=None).order_by("code")


def due(proposal: Proposal) -> Deadline | None:
    """What the clock of this proposal runs to: the answer, the correction, the appeal's answer."""
    if proposal.standing == Standing.LODGED:
        return answer_due(proposal)
    if proposal.standing == Standing.RETURNED and proposal.correct_by:
        return Deadline(proposal.correct_by)
    appeal = getattr(proposal, "appeal", None)
    return Deadline(appeal.answer_by) if appeal and not hasattr(appeal, "decision") else None


def days_left(deadline: Deadline | None, *, today: date) -> int | None:
    return working_days_left(today, deadline.on, holidays.calendar()) if deadline else None


def after(day: date, round: Round, key: str, unit_key: str = "") -> date:
    """The day on which a period of the round's rules ends that begins on `day`."""
    settings = complete(round.rules)
    unit = settings[unit_key or f"{key.removesuffix('_days')}_unit"]
    return deadline_after(day, settings[key], unit, holidays.calendar()).on


def reasons(*, by_hand: bool = True) -> QuerySet[ExclusionReason]:
    found = ExclusionReason.objects.filter(active=True)
    return found.filter(by_hand=True) if by_hand else found


def kinds() -> QuerySet[PositiveKind]:
    return PositiveKind.objects.filter(active=True)


def replies() -> QuerySet[ReplyTemplate]:
    return ReplyTemplate.objects.filter(active=True)


def reply(number: str) -> ReplyTemplate | None:
    """A reply to start from, by its key in the address."""
    return replies().filter(pk=number).first() if number.isascii() and number.isdigit() and len(number) < 10 else None


def appeals() -> QuerySet[Appeal]:
    return Appeal.objects.select_related("proposal__round", "proposal__community", "finding__by", "decision__by", "by")


def findings_of(proposal: Proposal) -> QuerySet[Finding]:
    return proposal.findings.select_related("by", "merged_into", "override__by").order_by("pk")


def last_finding(proposal: Proposal) -> Finding | None:
    return findings_of(proposal).last()


def titles_of(codes: list[str]) -> list[ExclusionReason]:
    return list(ExclusionReason.objects.filter(code__in=codes))


def cap_of(proposal: Proposal, category: str = "") -> int | None:
    """The round's cap for the proposal's category, in fen."""
    return rules.cap_for(complete(proposal.round.rules)["caps"], category or proposal.category)


def override_of(proposal: Proposal) -> CapOverride | None:
    """The street's override with the highest amount."""
    return proposal.cap_overrides.select_related("by").order_by("-estimate", "-pk").first()


def appeal_last_day(finding: Finding) -> date:
    return after(timezone.localdate(finding.at), finding.proposal.round, "appeal_days")


def unscreened(round: Round) -> QuerySet[Proposal]:
    """What still waits for screening; corrections that others owe do not."""
    return round.proposals.filter(standing=Standing.LODGED)


def open_appeals(round: Round) -> QuerySet[Appeal]:
    return Appeal.objects.filter(proposal__round=round, decision=None)


def overdue_corrections(today: date) -> QuerySet[Proposal]:
    return Proposal.objects.filter(standing=Standing.RETURNED, correct_by__lt=today)
