"""What the room tells the desk: what awaits a person, a proposal's chapters, and what a visitor can do."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.accounts.models import User
from communities.roles.queries import roles_anywhere, within
from communities.roles.rules import Role
from portal import figures
from projects import permissions
from projects.deliberation.models import AgendaItem, CarryOver, Hearing, Meeting, Resolution
from projects.deliberation.queries import hearings, meetings
from projects.items import Chapter, Offer, Task, Traces
from projects.permissions import Party
from projects.proposals.models import Proposal

NEAR = ("screening", "deliberation", "tally")
BEFORE_HEARINGS = ("rounds", "proposals")  # nothing can have been called yet: no question asked
LIVE = Q(closed_at=None, adjourned_at=None, round__cancelled_at=None)


def awaiting(person: User, *, today: date) -> list[Task]:
    """Workers: call, run and sign. Members: read the papers, vote, sign as chair. At most 50 of each."""
    roles = roles_anywhere(person, today)
    tasks: list[Task] = []
    if Role.COMMUNITY_WORKER in roles:
        tasks += _to_convene(person, today=today) + _to_run(person, today=today) + _to_hear(person, today=today)
    if Role.COUNCIL_MEMBER in roles:
        tasks += _to_attend(person, today=today) + _to_sign(person)
    return tasks


def _to_convene(person: User, *, today: date) -> list[Task]:
    return [
        Task(
            stage="deliberation",
            title=_("召集%(name)s议事会") % {"name": place["community__name"]},
            text=_("%(count)s 项提案待评议") % {"count": place["count"]},
            url=reverse("deliberation:convene", args=[place["round__number"], place["community__code"]]),
            community=place["community__name"],
            since=place["round__stage_since"],
        )
        for place in meetings.places_to_convene(person, today=today)
    ]


def _to_run(person: User, *, today: date) -> list[Task]:
    """Meetings to hold, and minutes that the clerk has not signed."""
    mine = within(person, frozenset({Role.COMMUNITY_WORKER}), today, "community")
    unsigned = Q(closed_at__isnull=False, clerk_signed_at=None)
    rows = meetings.meetings_seen().filter(mine).filter(LIVE | unsigned).order_by("starts_at")[:50]
    return [_meeting_task(row, _("签字") if row.closed_at else _("开会"), "deliberation:run") for row in rows]


def _to_hear(person: User, *, today: date) -> list[Task]:
    """Hearings to hold, to record and to sign."""
    return [
        Task(
            stage="deliberation",
            title=_("听证会：%(title)s") % {"title": row.proposal.title},
            text=_("写笔录并签字") if today >= timezone.localdate(row.starts_at) else _("听证会要召开"),
            url=reverse("deliberation:hearing_desk", args=[row.number]),
            due_on=timezone.localdate(row.starts_at) + timedelta(days=3),
            community=row.proposal.community.name,
            since=row.convened_at,
        )
        for row in hearings.hearings_kept_by(person, today=today)
    ]


def _to_attend(person: User, *, today: date) -> list[Task]:
    mine = within(person, frozenset({Role.COUNCIL_MEMBER}), today, "community")
    rows = meetings.meetings_seen().filter(mine, LIVE).order_by("starts_at")[:50]
    return [_meeting_task(row, _("看材料，到会表决"), "deliberation:papers") for row in rows]


def _to_sign(person: User) -> list[Task]:
    rows = meetings.meetings_seen().filter(chair=person, closed_at__isnull=False, chair_signed_at=None)[:50]
    return [_meeting_task(row, _("作为主持人核对纪要并签字"), "deliberation:minutes") for row in rows]


def _meeting_task(row: Meeting, text: str, page: str) -> Task:
    return Task(
        stage="deliberation",
        title=_("%(name)s议事会（%(day)s）") % {"name": row.community.name, "day": figures.short_day(row.starts_at)},
        text=text,
        url=reverse(page, args=[row.number]),
        due_on=timezone.localdate(row.closed_at) + timedelta(days=3)
        if row.closed_at
        else timezone.localdate(row.starts_at),
        community=row.community.name,
        since=row.closed_at or row.agenda_sent_at,
    )


def traces(proposal: Proposal) -> Traces:
    items = AgendaItem.objects.filter(proposal=proposal).select_related("meeting", "resolution")
    hearings = Hearing.objects.filter(proposal=proposal).order_by("pk")
    return {
        "agenda_items": items.order_by("meeting__agenda_sent_at"),
        "hearings": hearings.none() if proposal.round.stage in BEFORE_HEARINGS else hearings,
        "carry_overs": CarryOver.objects.filter(proposal=proposal),
    }


def chapters(proposal: Proposal, kept: Traces | None = None) -> list[Chapter]:
    """On which agenda it came, what the council resolved and why, and whether it was carried over."""
    kept = kept or traces(proposal)
    told = [chapter for item in kept["agenda_items"] for chapter in _chapters_of(item)]
    told += [chapter for row in kept["hearings"] for chapter in _chapters_of_hearing(row)]
    for row in kept["carry_overs"]:
        told.append(Chapter(at=row.at, stage="deliberation", title=_("转入下一批次"), reason=_(row.reason)))
    return told


def _chapters_of(item: AgendaItem) -> list[Chapter]:
    meeting, resolution = item.meeting, getattr(item, "resolution", None)
    when = {"moment": figures.moment(meeting.starts_at), "place": meeting.place}
    text = _("%(moment)s在%(place)s开会评议。") % when
    told = [Chapter(at=meeting.agenda_sent_at, stage="deliberation", title=_("列入议事会议程"), text=text)]
    if meeting.adjourned_at:
        told.append(
            Chapter(at=meeting.adjourned_at, stage="deliberation", title=_("会议改期"), reason=meeting.adjourn_reason)
        )
    if resolution:
        said = (
            ""
            if resolution.needed is None
            else _(
                "到会 %(present)s 人，同意 %(in_favour)s 票，反对 %(against)s 票，弃权 %(abstained)s 票，需要 %(needed)s 票。"
            )
            % {name: getattr(resolution, name) for name in ("present", "in_favour", "against", "abstained", "needed")}
            + represented_in_words(resolution)
        )
        title = _("议事会评议：%(outcome)s") % {"outcome": resolution.get_outcome_display()}
        told.append(
            Chapter(
                at=resolution.at,
                stage="deliberation",
                title=title,
                text=said,
                reason=resolution.reason,
                by=_("居民议事会"),
                data={"url": reverse("deliberation:meeting", args=[meeting.number])},
            )
        )
    return told


def represented_in_words(resolution: Resolution) -> str:
    return _("另有委托出席 %(count)s 人。") % {"count": resolution.represented} if resolution.represented else ""


def _chapters_of_hearing(row: Hearing) -> list[Chapter]:
    data = {"url": reverse("deliberation:hearing", args=[row.number])}
    text = _("%(moment)s在%(place)s听取居民意见。") % {"moment": figures.moment(row.starts_at), "place": row.place}
    told = [Chapter(at=row.convened_at, stage="deliberation", title=_("公告听证会"), text=text, data=data)]
    if row.cancelled_at:
        told.append(Chapter(at=row.cancelled_at, stage="deliberation", title=_("听证会取消"), reason=row.cancel_reason))
    if row.published_at:
        title = _("听证会笔录公开")
        told.append(Chapter(at=row.published_at, stage="deliberation", title=title, text=row.outcome, data=data))
    return told


def _offers_of_hearing(proposal: Proposal, parties: frozenset, day: date) -> list[Offer]:
    """The hearing under way for everybody, until its record is out; calling one for the worker."""
    if proposal.round.stage in BEFORE_HEARINGS:
        return []
    row = hearings.under_way(proposal)
    if row:
        ahead = timezone.localdate(row.starts_at) >= day
        said = (_("听证会（%(day)s），报名或旁听") if ahead else _("听证会（%(day)s）")) % {"day": figures.short_day(row.starts_at)}
        return [Offer(said, reverse("deliberation:hearing", args=[row.number]))]
    if permissions.objection_to("deliberation.call_hearing", roles=parties, stage=proposal.round.stage):
        return []
    return [Offer(_("召开听证会"), reverse("deliberation:call_hearing", args=[proposal.number]))]


def offers(proposal: Proposal, *, person: User, parties: frozenset, now: datetime) -> list[Offer]:
    """The agenda for everybody; for a member also the papers, and standing aside."""
    hearing = _offers_of_hearing(proposal, parties, timezone.localdate(now)) if proposal.standing in meetings.HEARABLE else []
    if proposal.round.stage not in NEAR or proposal.standing not in meetings.WAITING:
        return hearing
    items = AgendaItem.objects.filter(proposal=proposal, closed_at=None).select_related("meeting")
    item = items.filter(meeting__closed_at=None, meeting__adjourned_at=None).order_by(F("meeting__starts_at")).first()
    if item is None:
        return hearing
    found = [*hearing, Offer(_("看议事会议程"), reverse("deliberation:meeting", args=[item.meeting.number]))]
    if Party.COUNCIL in parties:
        found.insert(
            0, Offer(_("看会议材料"), reverse("deliberation:papers", args=[item.meeting.number]), primary=True)
        )
        if not item.recusals.filter(person=person).exists():
            found.append(Offer(_("声明回避"), reverse("deliberation:interest", args=[item.pk])))
    return found
