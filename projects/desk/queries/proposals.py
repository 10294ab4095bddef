"""Lists of proposals that the public may see, and one of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from communities.accounts.models import User
from communities.divisions.models import Division
from portal import bigrams
from projects.desk import sayings
from projects.models import Attachment, Proposal, Support
from projects.proposals.standings import Standing

ORDERS = {
    "shuffle": ("shuffle_key", "pk"),
    "newest": ("-lodged_at", "-pk"),
    "cheap": ("price", "pk"),
    "dear": ("-price", "pk"),
}
SUPPORTERS = Coalesce(
    Subquery(
        Support.objects.filter(proposal=OuterRef("pk"))
        .order_by()
        .values("proposal")
        .annotate(n=Count("pk"))
        .values("n"),
        output_field=IntegerField(),
    ),
    0,
)
PHOTOS = Prefetch("attachments", Attachment.objects.filter(is_photo=True).order_by("pk"), to_attr="photos")


def public_proposals() -> QuerySet[Proposal]:
    return Proposal.objects.exclude(standing=Standing.DRAFT)


def with_cards(found: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """What a card shows, in one query and one for the photos."""
    return (
        found.select_related("community", "project", "round", "proposer")
        .annotate(supporters=SUPPORTERS)
        .prefetch_related(PHOTOS)
    )


def proposals_list(asked: Mapping[str, Any], *, person: User) -> QuerySet[Proposal]:
    """The public proposals that fit what the visitor asked for, in the order that she chose."""
    found = public_proposals().annotate(price=Coalesce(F("project__budget"), F("estimate")))
    if text := asked.get("q"):
        found = found.filter(bigrams.asked(text) | Q(number__iexact=text.strip()))
    if group := sayings.GROUPS.get(asked.get("stage", "")):
        found = found.filter(_in_group(group))
    if category := asked.get("category"):
        found = found.filter(category=category)
    if content_class := asked.get("content_class"):
        found = found.filter(content_class=content_class)
    if community := asked.get("community"):
        found = found.filter(community__code=community)
    if number := asked.get("round"):
        found = found.filter(round__number=number)
    if band := sayings.PRICES.get(asked.get("price", "")):
        found = found.filter(price__gte=band[1])
        found = found.filter(price__lt=band[2]) if band[2] else found
    if asked.get("mine"):
        found = found.filter(proposer=person) if person.is_authenticated else found.none()
    return with_cards(found).order_by(*ORDERS.get(asked.get("sort") or "shuffle", ORDERS["shuffle"]))


def _in_group(group: tuple) -> Q:
    _title, standings, stages = group
    return Q(project__stage__in=stages) if stages else Q(standing__in=standings, project=None)


def places_with_proposals() -> QuerySet[Division]:
    """Communities that appear in the list, for its filter."""
    used = public_proposals().order_by().values("community").distinct()
    return Division.objects.filter(pk__in=used).order_by("code")


def proposal_in_sight() -> QuerySet[Proposal]:
    return (
        public_proposals()
        .select_related("community__parent", "round__street__parent", "project__settlement", "project__balance_ruling")
        .select_related("project__rating_window", "appeal__decision", "proposer", "entered_by")
        .prefetch_related("cost_items", PHOTOS, "round__windows")
        .annotate(supporters=SUPPORTERS)
    )


def proposals_by(person: User) -> QuerySet[Proposal]:
    """The person's own, drafts too, newest first."""
    found = Proposal.objects.filter(proposer=person).select_related("community", "project", "round__street")
    return found.prefetch_related("round__windows").order_by("-created_at", "-pk")
