"""Reads of the notice board: sheets, what stands on them, objections and their deadlines."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.accounts.models import User
from communities.roles.queries import roles_anywhere, within
from communities.roles.rules import Role
from portal import figures
from portal.web import words
from projects import permissions
from projects.deliberation.queries import local_day
from projects.items import Chapter, Offer, Task, Traces
from projects.permissions import Party
from projects.proposals.models import Proposal
from projects.proposals.standings import Standing
from projects.publicity import rules
from projects.publicity.models import Objection, PublicNotice
from projects.rounds.models import Round

__all__ = ["local_day"]
ANSWERERS = frozenset({Role.COMMUNITY_WORKER, Role.STREET_OFFICER})


def chosen_in(batch: Round) -> QuerySet[Proposal]:
    rows = Proposal.objects.filter(round=batch, standing=Standing.CHOSEN)
    return rows.select_related("community").order_by("community", "number")


def noticed_in(batch: Round) -> dict[str, PublicNotice]:
    """Public number of each item that stood on a notice of the round → the first notice that named it."""
    found: dict[str, PublicNotice] = {}
    for sheet in PublicNotice.objects.filter(round=batch).order_by("pk"):
        for entry in sheet.entries:
            found.setdefault(entry["number"], sheet)
    return found


def notice_of(proposal: Proposal) -> PublicNotice | None:
    """The sheet on which the item was noticed."""
    return _sheets_of(proposal).first()


def _sheets_of(proposal: Proposal) -> QuerySet[PublicNotice]:
    rows = PublicNotice.objects.filter(round=proposal.round_id, community=proposal.community_id)
    return rows.filter(entries__contains=[{"number": proposal.number}]).order_by("pk")


def next_serial(street_id: int, year: int) -> int:
    """The next number of the street in that year; the caller holds the street's row."""
    held = PublicNotice.objects.filter(street=street_id, year=year).aggregate(most=Max("serial"))["most"]
    return (held or 0) + 1


def notices_seen() -> QuerySet[PublicNotice]:
    return PublicNotice.objects.select_related("round", "community", "street")


def notices_of(batch: Round) -> QuerySet[PublicNotice]:
    answered = Count("objections", filter=~Q(objections__outcome="open"))
    return (
        notices_seen()
        .filter(round=batch)
        .annotate(objections_count=Count("objections"), answered_count=answered)
        .order_by("-at", "-pk")
    )


def objections_seen() -> QuerySet[Objection]:
    return Objection.objects.select_related("notice__round", "notice__community", "notice__street", "proposal")


def objections_of(sheet: PublicNotice) -> QuerySet[Objection]:
    return objections_seen().filter(notice=sheet)


def objections_to_answer(person: User, *, today: date) -> QuerySet[Objection]:
    """Open objections where the person may answer, the most urgent first."""
    mine = objections_seen().filter(within(person, ANSWERERS, today, "notice__community"))
    return mine.filter(outcome=Objection.Outcome.OPEN, notice__round__cancelled_at=None).order_by("due_on", "pk")


def objections_handled(person: User, *, today: date) -> QuerySet[Objection]:
    mine = objections_seen().filter(within(person, ANSWERERS, today, "notice__community"))
    return mine.exclude(outcome=Objection.Outcome.OPEN).order_by("-answered_at", "-pk")


def places_to_enter(person: User, *, today: date) -> list[dict]:
    """[{round, community}] where the person may enter paper objections: a notice runs and she works there."""
    mine = within(person, frozenset({Role.COMMUNITY_WORKER}), today, "community")
    rows = PublicNotice.objects.filter(mine, round__stage="publicity", starts_on__lte=today, ends_on__gte=today)
    return list(
        rows.order_by("community").values("round__number", "community__code", "community__name").distinct()[:20]
    )


def open_objections(batch: Round) -> QuerySet[Objection]:
    return Objection.objects.filter(notice__round=batch, outcome=Objection.Outcome.OPEN)


def has_open_objection(person: User, proposal: Proposal) -> bool:
    return Objection.objects.filter(proposal=proposal, objector=person, outcome=Objection.Outcome.OPEN).exists()


def awaiting(person: User, *, today: date) -> list[Task]:
    """Objections to answer, for those who may; at most 50."""
    if not roles_anywhere(person, today) & ANSWERERS:
        return []
    rows = objections_to_answer(person, today=today).filter(notice__round__stage="publicity")
    return [
        Task(
            stage="publicity",
            title=row.proposal.title,
            text=_("答复公示异议 %(number)s") % {"number": row.number},
            url=reverse("publicity:answer", args=[row.number]),
            due_on=row.due_on,
            community=row.notice.community.name,
            since=row.at,
        )
        for row in rows.exclude(objector=person)[:50]
    ]


def traces(proposal: Proposal) -> Traces:
    return {"sheets": _sheets_of(proposal)[:1], "objections": Objection.objects.filter(proposal=proposal)}


def chapters(proposal: Proposal, kept: Traces | None = None) -> list[Chapter]:
    """When it was on the board, and each objection with its answer."""
    kept = kept or traces(proposal)
    sheet = next(iter(kept["sheets"]), None)
    if sheet is None:
        return []
    period = {"sheet": str(sheet), "start": figures.short_day(sheet.starts_on), "end": figures.short_day(sheet.ends_on)}
    link = {"url": reverse("publicity:notice", args=[sheet.pk])}
    text = _("%(sheet)s，%(start)s至%(end)s。") % period
    told = [Chapter(at=sheet.at, stage="publicity", title=_("入选项目公示"), text=text, data=link)]
    for row in kept["objections"]:
        url = {"url": reverse("publicity:objection", args=[row.number])}
        title = _("居民提出异议 %(number)s") % {"number": row.number}
        told.append(Chapter(at=row.at, stage="publicity", title=title, text=row.text, data=url))
        if row.answered_at:
            title = row.get_outcome_display()
            told.append(Chapter(at=row.answered_at, stage="publicity", title=title, reason=row.answer, data=url))
    return told


def offers(proposal: Proposal, *, person: User, parties: frozenset, now: datetime) -> list[Offer]:
    """Objecting while the item is on notice, or why not; the proposer's own word on open objections."""
    if proposal.round.stage != "publicity" or proposal.standing not in ("chosen", "struck"):
        return []
    sheet = notice_of(proposal)
    if sheet is None:
        return []
    found = [Offer(_("看公示"), reverse("publicity:notice", args=[sheet.pk]))]
    if Party.PROPOSER in parties:
        rows = Objection.objects.filter(proposal=proposal, outcome=rules.OPEN, commented_at=None)[:5]
        act = _("对异议 %(number)s 补充说明")
        found += [Offer(act % {"number": row.number}, reverse("publicity:comment", args=[row.number])) for row in rows]
    refusal = permissions.objection_to("publicity.lodge_objection", roles=parties, stage=proposal.round.stage)
    refusal = refusal or rules.objection_to_objecting(
        today=local_day(now),
        starts_on=sheet.starts_on,
        ends_on=sheet.ends_on,
        said=figures.day(sheet.ends_on),
        standing=proposal.standing,
        already=person.is_authenticated and has_open_objection(person, proposal),
    )
    if refusal:
        return [*found, Offer(_("提出异议"), why_not=words(refusal))]
    until = datetime.combine(sheet.ends_on, time.max, tzinfo=timezone.get_current_timezone())
    return [*found, Offer(_("提出异议"), reverse("publicity:lodge", args=[proposal.number]), until=until)]
