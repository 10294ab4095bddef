"""Reads of the council's meetings: who sits, what is on the agenda, what is at the vote, what was resolved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from communities.accounts.models import User
from communities.councils.models import Council
from communities.councils.rules import Threshold
from communities.divisions.models import Division
from communities.roles.queries import within
from communities.roles.rules import Role
from portal import holidays
from portal.models import Job
from portal.workdays import deadline_after
from projects.deliberation import rules
from projects.deliberation.models import AgendaItem, Attendance, Meeting, MemberVote, Recusal, Resolution
from projects.proposals.models import Attachment, Proposal
from projects.proposals.standings import Standing
from projects.rounds.models import Round

HEARABLE = (Standing.LODGED, Standing.RETURNED, Standing.ACCEPTED, Standing.DEFERRED, Standing.ELECTED)
WAITING = (Standing.ACCEPTED, Standing.DEFERRED, Standing.ELECTED)
# ending of the file: kind of job, and what its key begins with
DOCUMENTS = {"docx": ("deliberation.minutes_document", "minutes"), "pdf": ("deliberation.minutes_pdf", "minutes-pdf")}


def marks_of(council: Council) -> dict[str, list]:
    """The charter's thresholds, and what it says of authorisations, as they are frozen on a meeting."""
    return {
        "quorum": [council.quorum_over, council.quorum_under, council.quorum_inclusive],
        "pass": [council.pass_over, council.pass_under, council.pass_inclusive],
        "mandates": [council.mandates_most, council.mandates_in_quorum],
    }


def mark(meeting: Meeting, name: str) -> Threshold:
    return Threshold(*meeting.marks[name])


def first_possible_day(batch: Round, council: Council, *, today: date) -> date:
    """The first day for a meeting whose agenda goes out today: the round's rule or the charter's, whichever is later."""
    settings = batch.rules
    ruled = deadline_after(today, settings["agenda_days"], settings["agenda_unit"], holidays.calendar()).on
    return max(ruled, today + timedelta(days=council.notice_days))


def unscheduled(batch: Round, community: Division) -> QuerySet[Proposal]:
    """Proposals that wait for the council and are on no agenda of a meeting still to come."""
    live = AgendaItem.objects.filter(
        proposal=OuterRef("pk"), meeting__closed_at=None, meeting__adjourned_at=None, resolution=None
    )
    rows = Proposal.objects.filter(round=batch, community=community, standing__in=WAITING)
    return rows.exclude(Exists(live)).order_by("lodged_at", "pk")


def unfinished_in(batch: Round) -> dict[str, int]:
    """Meetings of a round that are not over, and minutes that are not signed."""
    live = Q(closed_at=None, adjourned_at=None)
    unsigned = Q(closed_at__isnull=False, published_at=None)
    rows = Meeting.objects.filter(round=batch)
    return rows.aggregate(live=Count("pk", filter=live), unsigned=Count("pk", filter=unsigned))


def meetings_seen() -> QuerySet[Meeting]:
    return Meeting.objects.select_related("round", "community", "council", "chair", "clerk")


def meetings_of(community: Division) -> QuerySet[Meeting]:
    items = Count("items", distinct=True)
    passed = Count("items", filter=Q(items__resolution__outcome=rules.PASSED), distinct=True)
    refused = Count("items", filter=Q(items__resolution__outcome=rules.REFUSED), distinct=True)
    return (
        meetings_seen()
        .filter(community=community)
        .annotate(items_count=items, passed=passed, refused=refused)
        .order_by("-starts_at", "-pk")
    )


def meetings_run_by(person: User, *, today: date) -> QuerySet[Meeting]:
    """Meetings where the person is community worker, the unfinished ones first."""
    mine = meetings_seen().filter(within(person, frozenset({Role.COMMUNITY_WORKER}), today, "community"))
    return mine.annotate(items_count=Count("items")).order_by("published_at", "-starts_at")


def items_of(meeting: Meeting) -> list[AgendaItem]:
    """The agenda with proposals, results, recusals and open votes: four queries for any number of items."""
    rows = meeting.items.select_related("proposal", "resolution").prefetch_related(
        Prefetch("recusals", Recusal.objects.select_related("person")),
        Prefetch("votes", queryset=_votes()),
    )
    return list(rows)


def _votes() -> QuerySet:
    return MemberVote.objects.select_related("person", "holder").order_by("pk")


def roll_of(meeting: Meeting) -> list[Attendance]:
    rows = meeting.attendances.select_related("person", "seat", "holder")
    return list(rows.order_by("-seat__chairs", "seat__kind", "seat"))


def item_at_vote(meeting: Meeting) -> AgendaItem | None:
    rows = AgendaItem.objects.filter(meeting=meeting, opened_at__isnull=False, closed_at=None)
    return rows.select_related("proposal", "meeting__round", "meeting__community").first()


def undecided_items(meeting: Meeting) -> QuerySet[AgendaItem]:
    """Items without a result whose proposal still waits for one; a withdrawn proposal needs none."""
    return meeting.items.filter(resolution=None, proposal__standing__in=WAITING)


def last_resolution(proposal: Proposal) -> Resolution | None:
    return proposal.resolutions.select_related("item__meeting").order_by("-at").first()


def votes_for(proposals: Iterable[int]) -> dict[int, int]:
    """Council votes in favour of each of these proposals, by its last resolution that passed it."""
    rows = Resolution.objects.filter(proposal__in=list(proposals), outcome=rules.PASSED).order_by("at")
    return dict(rows.values_list("proposal_id", "in_favour"))


def voted_on(proposal: Proposal) -> set[int]:
    """Council members of every meeting that resolved on the proposal: they do not approve it later."""
    meetings = proposal.resolutions.values("item__meeting")
    return set(Attendance.objects.filter(meeting__in=meetings).values_list("person_id", flat=True))


def documents_of(meeting: Meeting) -> dict[str, Job]:
    """The jobs that made the minutes' documents, by the ending of the file; one query."""
    keys = {f"{start}-{meeting.pk}": ending for ending, (_kind, start) in DOCUMENTS.items()}
    return {keys[job.key]: job for job in Job.objects.filter(key__in=keys, state=Job.State.DONE)}


def local_day(moment: datetime) -> date:
    return timezone.localdate(moment)


def states_of(meeting: Meeting) -> dict[int, str]:
    return dict(meeting.attendances.values_list("person_id", "state"))


def papers_of(meeting: Meeting) -> list[AgendaItem]:
    """The agenda with what a member needs to judge: plan, cost items, supporters, who stood aside."""
    rows = meeting.items.select_related("proposal", "resolution").prefetch_related(
        "proposal__cost_items",
        "recusals__person",
        Prefetch("proposal__attachments", Attachment.objects.filter(is_photo=False).order_by("pk"), to_attr="papers"),
    )
    return list(rows.annotate(supporters=Count("proposal__supports")))


def places_to_convene(person: User, *, today: date) -> list[dict]:
    """[{round, community, count}] where the person should call the council, at most 50."""
    reach = within(person, frozenset({Role.COMMUNITY_WORKER}), today, "community")
    live = AgendaItem.objects.filter(
        proposal=OuterRef("pk"), meeting__closed_at=None, meeting__adjourned_at=None, resolution=None
    )
    rows = Proposal.objects.filter(reach, standing__in=WAITING, round__stage__in=("screening", "deliberation", "tally"))
    rows = rows.filter(round__cancelled_at=None)
    rows = rows.exclude(Exists(live)).values(
        "round__number", "round__title", "round__stage_since", "community__code", "community__name"
    )
    return list(rows.annotate(count=Count("pk")).order_by("round__stage_since", "community__code")[:50])
