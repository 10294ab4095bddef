"""What the home page, a community's page and a round's page print, gathered once."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Count
from django.utils.translation import gettext as _

from communities.centres.models import ServiceCentre
from communities.centres.parts import card_of
from communities.centres.queries import coming
from communities.councils.models import Council
from communities.divisions.models import Division
from projects.deliberation.models import Resolution
from projects.desk import cards, phases, strips
from projects.desk.queries import boards, money, places, proposals
from projects.desk.queries.money import Share
from projects.models import Proposal, Round
from projects.proposals.standings import Standing
from projects.publicity.models import PublicNotice
from projects.rounds.queries import current_round, words_for

A_FEW = 6


def home_of(community: Division | None, *, today: date) -> dict:
    """With a community: its round and its surroundings. Without: what goes on in the city, and the way to choose."""
    round = current_round(community) if community else None
    context = {
        "community": community,
        "banner": banner_of(round, today=today) if round else None,
        "building": boards.project_cards(boards.projects_at(community, A_FEW), today=today),
        "notices": notices_at(community),
        "today": today,
    }
    if community:
        context["centres"] = list(ServiceCentre.objects.filter(community=community).order_by("pk")[:2])
        context["words"] = words_for(community)
    else:
        context["rounds"] = [round_row(row, today=today) for row in places.closing_first(places.open_rounds()[:A_FEW])]
    return context


def banner_of(round: Round, *, today: date) -> dict:
    words = words_for(round.street)
    return {
        "round": round,
        "state": cards.round_state(round)[0],
        "note": strips.note_of(round, today=today),
        "coming": strips.next_step_of(round, words, today=today),
        "act": phases.act_of(round),
    }


def round_row(round: Round, *, today: date) -> dict:
    state, tone = cards.round_state(round)
    return {"round": round, "state": state, "tone": tone, "note": strips.note_of(round, today=today)}


def notices_at(community: Division | None) -> list[PublicNotice]:
    found = PublicNotice.objects.select_related("community", "round")
    if community is not None:
        found = found.filter(community=community)
    return list(found.order_by("-at", "-pk")[:4])


def community_of(place: Division, *, today: date, now: datetime) -> dict:
    """Who serves here, the council and what it decided last, the envelope, the projects, the centre and what goes on in it."""
    round = current_round(place)
    share = money.share_of(round, place) if round else None
    return {
        "place": place,
        "banner": banner_of(round, today=today) if round else None,
        "bodies": list(places.bodies_of(place, today)),
        "council": Council.objects.filter(community=place).first(),
        "seats": seats_of(place, today),
        "decisions": list(last_decisions(place)),
        "share": share,
        "share_rows": share_rows(share),
        "building": boards.project_cards(boards.projects_at(place, A_FEW), today=today),
        "proposals": [cards.proposal_card(row) for row in newest_proposals(place)],
        "centres": list(ServiceCentre.objects.filter(community=place).order_by("pk")),
        "activities": [card_of(row, now=now) for row in coming(now).filter(centre__community=place)[:A_FEW]],
        "notices": notices_at(place),
    }


def seats_of(place: Division, today: date) -> list[tuple[str, int]]:
    """How many seats of which kind are filled: the public sees the kinds, not the people's data."""
    council = Council.objects.filter(community=place).first()
    if council is None:
        return []
    rows = council.seats.filter(until=None).values_list("kind").annotate(n=Count("pk")).order_by("kind")
    labels = dict(council.seats.model.Kind.choices)
    return [(str(labels[kind]), number) for kind, number in rows]


def last_decisions(place: Division) -> list[Resolution]:
    found = Resolution.objects.filter(item__proposal__community=place).select_related("item__proposal")
    return list(found.order_by("-at", "-pk")[:A_FEW])


def newest_proposals(place: Division) -> list[Proposal]:
    found = proposals.public_proposals().filter(community=place)
    return list(proposals.with_cards(found).order_by("-lodged_at", "-pk")[:A_FEW])


def share_rows(share: Share | None) -> list[dict]:
    """An envelope as the share strip takes it."""
    if share is None:
        return []
    return [
        {"label": _("已批准"), "value": share.approved},
        {"label": _("已入选，等审批"), "value": share.chosen},
    ]


def round_of(round: Round, *, today: date) -> dict:
    words = words_for(round.street)
    shares = money.shares_of(round)
    total = Share(
        round.street,
        sum(share.envelope for share in shares),
        sum(share.approved for share in shares),
        sum(share.chosen for share in shares),
        sum(share.lodged for share in shares),
    )
    return {
        **banner_of(round, today=today),
        "tone": cards.round_state(round)[1],
        "steps": strips.round_steps(round, words),
        "votes_ahead": phases.votes_ahead(round),
        "tabs": phases.tabs_of(round),
        "shares": shares,
        "total": total,
        "share_rows": share_rows(total),
        "counted": counted_in(round),
        "today": today,
        "words": words,
    }


def counted_in(round: Round) -> dict[str, int]:
    """How many proposals were lodged, passed the council, were chosen and approved."""
    rows = round.proposals.exclude(standing=Standing.DRAFT).values_list("standing").annotate(n=Count("pk")).order_by()
    held = dict(rows)
    passed = ("shortlisted", "elected", "chosen", "not_chosen", "struck", "approved", "declined")
    return {
        "lodged": sum(held.values()),
        "passed": sum(held.get(key, 0) for key in passed),
        "chosen": sum(held.get(key, 0) for key in ("chosen", "approved")),
        "approved": held.get("approved", 0),
    }
