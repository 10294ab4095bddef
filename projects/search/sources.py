"""What can be found, kind by kind: public rows only, in the words in which they are published."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from communities.bodies.models import Body
from communities.centres.models import Activity, Service, ServiceCentre
from communities.centres.queries import offered
from communities.divisions.models import Division
from portal.masking import mask_numbers
from projects.models import Project, Proposal, PublicNotice
from projects.proposals.standings import Standing
from projects.search.models import SearchEntry

KIND = SearchEntry.Kind


@dataclass(frozen=True, slots=True)
class Found:
    """One thing as the index keeps it; `more` is searched but not shown; `sounds` says whether its name is found by sound."""

    key: int
    title: str
    url: str
    about: str = ""
    place: str = ""
    more: str = ""
    on: datetime | None = None
    sounds: bool = False


def _only(rows: QuerySet, keys: Iterable[int] | None) -> Iterator:
    return (rows if keys is None else rows.filter(pk__in=list(keys))).order_by("pk").iterator(2000)


def communities(keys: Iterable[int] | None) -> Iterator[Found]:
    rows = Division.objects.filter(level="community", abolished_on=None).select_related("parent__parent")
    for row in _only(rows, keys):
        above = f"{row.parent.parent.name} · {row.parent.name}" if row.parent.parent else row.parent.name
        yield Found(row.pk, row.name, reverse("desk:community", args=[row.code]), place=above, sounds=True)


def centres(keys: Iterable[int] | None) -> Iterator[Found]:
    rows = ServiceCentre.objects.filter(community__abolished_on=None).select_related("community__parent")
    for row in _only(rows, keys):
        place = f"{row.community.parent.name} · {row.community.name}"
        yield Found(row.pk, row.name, reverse("centres:centre", args=[row.pk]), row.address, place, sounds=True)


def services(keys: Iterable[int] | None) -> Iterator[Found]:
    for row in _only(offered(), keys):
        more = f"{row.who} {row.bring} {row.centre.community.name}"
        yield Found(row.pk, row.name, reverse("centres:service", args=[row.pk]), row.about, row.centre.name, more)


def activities(keys: Iterable[int] | None) -> Iterator[Found]:
    rows = Activity.objects.filter(state="open", centre__community__abolished_on=None).select_related("centre__community")
    for row in _only(rows, keys):
        more = f"{row.who} {row.host} {row.centre.community.name}"
        url = reverse("centres:activity", args=[row.pk])
        yield Found(row.pk, row.title, url, row.about, row.centre.name, more, row.opens_at)


def proposals(keys: Iterable[int] | None) -> Iterator[Found]:
    rows = Proposal.objects.exclude(standing=Standing.DRAFT).exclude(number=None).select_related("community")
    for row in _only(rows, keys):
        about, url = mask_numbers(row.need), reverse("desk:proposal", args=[row.number])
        more = mask_numbers(f"{row.wish} {row.place} {row.number}")
        yield Found(row.pk, row.title, url, about, f"{row.number} · {row.community.name}", more, row.lodged_at)


def notices(keys: Iterable[int] | None) -> Iterator[Found]:
    for row in _only(PublicNotice.objects.select_related("round", "community"), keys):
        titles = "、".join(str(entry.get("title", "")) for entry in row.entries)
        url = reverse("publicity:notice", args=[row.pk])
        yield Found(row.pk, f"{row.round.title}公示", url, titles, row.community.name, titles, row.at)


def bodies(keys: Iterable[int] | None) -> Iterator[Found]:
    rows = Body.objects.filter(community__abolished_on=None).select_related("community__parent")
    for row in _only(rows, keys):
        url = reverse("bodies:who_is_who", args=[row.community.code])
        yield Found(row.pk, row.name, url, row.address, row.community.name, row.get_kind_display(), sounds=True)


SOURCES: dict[str, Callable[[Iterable[int] | None], Iterator[Found]]] = {
    KIND.COMMUNITY: communities,
    KIND.CENTRE: centres,
    KIND.SERVICE: services,
    KIND.ACTIVITY: activities,
    KIND.PROPOSAL: proposals,
    KIND.NOTICE: notices,
    KIND.BODY: bodies,
}
# What the log calls a thing → what is looked up anew when it changed. A project is found as its proposal.
OF_LOG = {
    Division._meta.label_lower: KIND.COMMUNITY,
    ServiceCentre._meta.label_lower: KIND.CENTRE,
    Service._meta.label_lower: KIND.SERVICE,
    Activity._meta.label_lower: KIND.ACTIVITY,
    Proposal._meta.label_lower: KIND.PROPOSAL,
    PublicNotice._meta.label_lower: KIND.NOTICE,
    Body._meta.label_lower: KIND.BODY,
}
PROJECT = Project._meta.label_lower
