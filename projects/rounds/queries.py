"""What there is to know about a round: its windows, envelopes, words, and whether it can open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.accounts.models import User
from communities.divisions.models import Division
from communities.roles.models import Appointment
from communities.roles.queries import on_day, within
from communities.roles.rules import Role
from portal import holidays
from portal.workdays import deadline_after
from projects import pipeline
from projects.items import Chapter, Offer, Task
from projects.rounds import calendar, terms
from projects.rounds.calendar import Window
from projects.rounds.checklist import Check, Plan, what_is_missing
from projects.rounds.models import Envelope, Round, StageMove, StageWindow, Wording
from projects.rounds.rules import complete

OFFICE = frozenset({Role.STREET_OFFICER, Role.DISTRICT_OFFICER, Role.AUDITOR})
SPOKEN_FOR = ("chosen", "approved")


def used_stages(round: Round) -> tuple[pipeline.Stage, ...]:
    """The stages through which this round travels, without its preparation."""
    unused = set(round.unused_stages)
    return tuple(row for row in pipeline.stages_of(pipeline.ROUND)[1:] if not (row.optional and row.key in unused))


def window_of(round: Round, stage: str) -> Window | None:
    """The window of a stage; that of the current stage as it really runs (a late start keeps the promised days)."""
    held = next((row for row in round.windows.all() if row.stage == stage), None)
    if held is None:
        return None
    late = 0
    if round.stage == stage:
        late = (timezone.localdate(round.stage_since) - timezone.localdate(held.opens_at)).days
    return calendar.window_begun(
        stage, held.opens_at, held.closes_at, days_late=late, timed=pipeline.stage(stage).timed
    )


def open_window(round: Round) -> Window | None:
    """The window of the stage where the round stands; None while it is prepared, when it is over or cancelled."""
    if round.cancelled_at or round.stage in ("rounds", pipeline.DONE):
        return None
    return window_of(round, round.stage)


def next_window(round: Round) -> Window | None:
    """The published window of the stage in use after the present one."""
    if round.stage == pipeline.DONE:
        return None
    to = pipeline.next_after(round.stage, unused=frozenset(round.unused_stages))
    return None if to == pipeline.DONE else window_of(round, to)


def published_rounds() -> QuerySet[Round]:
    """Rounds whose rules are frozen and published, newest first, with street and windows."""
    return (
        Round.objects.filter(frozen_at__isnull=False)
        .select_related("street__parent")
        .prefetch_related("windows")
        .order_by("-frozen_at", "-pk")
    )


def rounds_in_sight(person: User, day: date) -> QuerySet[Round]:
    """Published rounds for everybody; those in preparation for the offices that they belong to."""
    seen = Q(frozen_at__isnull=False)
    if person.is_authenticated and person.is_active:
        seen |= within(person, OFFICE, day, "street")
    return (
        Round.objects.filter(seen)
        .select_related("street__parent")
        .prefetch_related("windows", Prefetch("envelopes", Envelope.objects.select_related("community")))
        .order_by("-created_at", "-pk")
    )


def rounds_of_office(person: User, day: date) -> QuerySet[Round]:
    """The rounds of the streets and districts where the person works, those in preparation first."""
    return (
        Round.objects.filter(within(person, OFFICE, day, "street"))
        .select_related("street")
        .prefetch_related("windows")
        .annotate(money=Sum("envelopes__amount"))
        .order_by("frozen_at", "-pk")
    )


def current_round(community: Division) -> Round | None:
    """The round that concerns a community now: one on its way before a finished one, then the newest."""
    found = published_rounds().filter(envelopes__community=community, cancelled_at=None)
    return found.annotate(over=Q(stage=pipeline.DONE)).order_by("over", "-frozen_at", "-pk").first()


def envelope_of(round: Round, community: Division) -> int:
    """What the community may spend in the round, in fen; 0 when it takes no part."""
    held = round.envelopes.filter(community=community).values_list("amount", flat=True).first()
    return held or 0


def spoken_for(round: Round, community: Division) -> int:
    """Fen of the envelope that are promised: budgets of projects, and estimates of chosen proposals until then."""
    approved = round.projects.filter(community=community).aggregate(fen=Sum("budget"))["fen"] or 0
    chosen = round.proposals.filter(community=community, standing__in=SPOKEN_FOR, project=None)
    return approved + (chosen.aggregate(fen=Sum("estimate"))["fen"] or 0)


def streets_of_office(person: User, day: date) -> QuerySet[Division]:
    """The streets where the person may prepare a round."""
    reach = within(person, frozenset({Role.STREET_OFFICER}), day)
    return Division.objects.filter(reach, level=Division.Level.STREET, abolished_on=None)


def communities_of(street: Division) -> QuerySet[Division]:
    return Division.objects.filter(parent=street, level=Division.Level.COMMUNITY, abolished_on=None).order_by("code")


def checks(round: Round, *, day: date) -> list[Check]:
    """The list that must be green to open the call."""
    envelopes = list(round.envelopes.select_related("community").order_by("community__code"))
    places = [held.community for held in envelopes]
    windows = {row.stage: days_of(row) for row in round.windows.all()}
    rules = complete(round.rules)
    notice = windows.get("publicity")
    return what_is_missing(
        Plan(
            title=round.title,
            stages=tuple(row.key for row in used_stages(round)),
            envelopes={held.community.name: held.amount for held in envelopes},
            windows=windows,
            rules=rules,
            without_council=tuple(_without_council(places)),
            without_worker=tuple(_without_worker(places, day)),
            notice_needs=last_of(notice[0], rules["notice_days"], rules["notice_unit"]) if notice else None,
        ),
        today=day,
    )


def days_of(window: StageWindow | Window) -> tuple[date, date]:
    return timezone.localdate(window.opens_at), timezone.localdate(window.closes_at)


def last_of(start: date, days: int, unit: str) -> date:
    return deadline_after(start, days, unit, holidays.calendar()).on


def _without_council(places: list[Division]) -> Iterable[str]:
    seated = set(
        Division.objects.filter(
            pk__in=[place.pk for place in places], council__seats__isnull=False, council__seats__until=None
        ).values_list("pk", flat=True)
    )
    return (place.name for place in places if place.pk not in seated)


def _without_worker(places: list[Division], day: date) -> Iterable[str]:
    terms_held = Appointment.objects.filter(on_day(day), role=Role.COMMUNITY_WORKER)
    served = set(terms_held.filter(division__in=places).values_list("division", flat=True))
    return (place.name for place in places if place.pk not in served)


def words_for(division: Division) -> dict[str, str]:
    """The words of the district in which a division lies, as source strings."""
    codes = division.path.strip("/").split("/")
    held = Wording.objects.filter(district__code__in=codes).first()
    return terms.words_of(held.vocabulary, held.words) if held else dict(terms.DISHES)


def wording_of(district: Division) -> Wording:
    """The district's words as set, or the plain vocabulary, not saved."""
    return Wording.objects.filter(district=district).first() or Wording(district=district)


def moves_of(round: Round) -> QuerySet[StageMove]:
    """Every move of the round itself, oldest first, with who made it."""
    return round.moves.filter(project=None).select_related("by")


# What the desk gathers from every room


def awaiting(person: User, *, today: date) -> list[Task]:
    """Rounds that a street officer prepares, and rounds that are past their published window."""
    mine = within(person, frozenset({Role.STREET_OFFICER}), today, "street")
    found = Round.objects.filter(mine, cancelled_at=None).exclude(stage=pipeline.DONE)
    rows = found.select_related("street").prefetch_related("windows").order_by("pk")[:100]
    tasks = []
    for row in rows:
        first = window_of(row, "proposals")
        if row.frozen_at is None:
            due = timezone.localdate(first.opens_at) if first else None
            url = reverse("rounds:check", args=[row.number])
            tasks.append(
                Task(
                    "rounds",
                    row.title,
                    _("批次还在筹备，核对无误后发布征集"),
                    url,
                    due,
                    row.street.name,
                    row.created_at,
                )
            )
        elif (window := open_window(row)) and timezone.localdate(window.closes_at) < today:
            tasks.append(
                Task(
                    row.stage,
                    row.title,
                    _("本阶段已到期，看看还有哪些事没有办完"),
                    reverse("desk:round_desk", args=[row.number]),
                    timezone.localdate(window.closes_at),
                    row.street.name,
                    row.stage_since,
                )
            )
    return tasks


def chapters(proposal: object) -> list[Chapter]:
    """The moves of the project, and the cancellation of the round; other rooms tell what they decided."""
    told = []
    moves = StageMove.objects.filter(project__proposal=proposal).select_related("round__street")
    for move in moves:
        title = _("项目办结") if move.entered == pipeline.DONE else _(pipeline.stage(move.entered).resident)
        told.append(Chapter(move.at, move.left, title, reason=move.reason, by=move.round.street.name))
    if proposal.round.cancelled_at:
        told.append(
            Chapter(
                proposal.round.cancelled_at,
                proposal.round.stage,
                _("这个批次已取消"),
                reason=proposal.round.cancel_reason,
                by=proposal.round.street.name,
            )
        )
    return told


def offers(proposal: object, *, person: User, parties: frozenset, now: datetime) -> list[Offer]:
    """Nothing in the calendar is for a resident to do."""
    return []
