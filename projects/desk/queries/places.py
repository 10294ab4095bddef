"""Communities: how visitors find theirs, and what its page tells."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from communities.accounts.models import User
from communities.bodies.models import Body, Office
from communities.bodies.queries import serving
from communities.divisions.models import Division
from communities.residents.queries import residency_of
from projects.models import Project, Round
from projects.rounds.queries import published_rounds, window_of

MOST = 60


def communities_found(text: str) -> QuerySet[Division]:
    """Communities by name or by initials (ll, longling); all of them when nothing is asked."""
    found = Division.objects.filter(level=Division.Level.COMMUNITY, abolished_on=None)
    text = text.strip()
    if text:
        letters = text.lower().replace(" ", "")
        hit = Q(name__icontains=text) | Q(parent__name__icontains=text)
        if letters.isascii():
            hit |= Q(initials__istartswith=letters) | Q(pinyin__istartswith=letters)
        found = found.filter(hit)
    return found.select_related("parent__parent").order_by("path")


def by_street(places: Iterable[Division]) -> list[tuple[Division, list[Division]]]:
    """Communities under their streets, in the order of the codes."""
    groups: dict[int, tuple[Division, list[Division]]] = {}
    for place in places:
        groups.setdefault(place.parent_id, (place.parent, []))[1].append(place)
    return list(groups.values())


def community_with(code: str) -> Division | None:
    if not code or len(code) > 20:
        return None
    found = Division.objects.filter(code=code, level=Division.Level.COMMUNITY).select_related("parent__parent")
    return found.first()


def own_community(person: User, remembered: str) -> Division | None:
    """The community that a visitor chose, else where she lives."""
    chosen = community_with(remembered)
    if chosen:
        return chosen
    home = residency_of(person)
    return home.community if home else None


def bodies_of(community: Division, day: date) -> QuerySet[Body]:
    """The bodies with the people in office that day."""
    now = Q(since__lte=day) & (Q(until=None) | Q(until__gte=day))
    offices = Prefetch("offices", Office.objects.filter(now).order_by("pk"), to_attr="in_office")
    return serving(community).prefetch_related(offices).order_by("kind", "name")


def rounds_of(community: Division) -> QuerySet[Round]:
    return published_rounds().filter(envelopes__community=community)


def projects_of(community: Division) -> QuerySet[Project]:
    found = Project.objects.filter(community=community).select_related("proposal", "community")
    return found.order_by("-approved_at", "-pk")


def open_rounds() -> QuerySet[Round]:
    """Rounds on their way, the one whose stage closes first at the top."""
    return published_rounds().filter(cancelled_at=None).exclude(stage="done")


def closing_first(rounds: Iterable[Round]) -> list[Round]:
    def closes(round: Round) -> tuple:
        window = window_of(round, round.stage)
        return (window is None, window.closes_at if window else round.stage_since)

    return sorted(rounds, key=closes)
