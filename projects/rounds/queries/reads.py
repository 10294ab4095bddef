"""Rounds in sight, envelopes, words, the checklist."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, Q, QuerySet, Sum

from communities.accounts.models import User
from communities.divisions.models import Division
from communities.roles.models import Appointment
from communities.roles.queries import on_day, within
from communities.roles.rules import Role
from projects import pipeline
from projects.rounds import terms
from projects.rounds.checklist import Check, Plan, what_is_missing
from projects.rounds.models import Envelope, Round, StageMove, Wording
from projects.rounds.queries.windows import days_of, last_of, used_stages
from projects.rounds.rules import complete

OFFICE = frozenset({Role.STREET_OFFICER, Role.DISTRICT_OFFICER, Role.AUDITOR})
SPOKEN_FOR = ("elected", "chosen", "approved")


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
