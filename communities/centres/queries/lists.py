"""A district's lists, and what a centre can pick from them."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from communities.accounts.models import User
from communities.centres.catalogue import ENTRIES, Entry
from communities.centres.models import ListDraft, ListEntry, Service, ServiceCentre
from communities.centres.rules import BRINGERS, CATALOGUES
from communities.centres.rules.lists import FIELDS
from communities.divisions.models import Division
from communities.roles.queries import appointments_of
from communities.roles.rules import Role


def district_kept_by(person: User, day: date) -> Division | None:
    """The district whose lists the person keeps."""
    terms = [term.division for term in appointments_of(person, day) if Role(term.role) in BRINGERS]
    return next((place for place in terms if place.level == Division.Level.DISTRICT), None)


def on_list(district: Division, catalogue: str = "") -> QuerySet[ListEntry]:
    rows = ListEntry.objects.filter(district=district, dropped_at=None)
    return (rows.filter(catalogue=catalogue) if catalogue else rows).order_by("catalogue", "place", "pk")


def held_by_code(district: Division, catalogue: str) -> dict[str, dict[str, object]]:
    """What stands on one list, as `rules.lists.compare` takes it."""
    return {row["code"]: row for row in on_list(district, catalogue).values(*FIELDS, "place", "source")}


def drafts_of(district: Division) -> QuerySet[ListDraft]:
    return ListDraft.objects.filter(district=district).select_related("by").defer("rows", "bad").order_by("-pk")


def draft_in_sight(person: User, day: date, number: int) -> ListDraft | None:
    district = district_kept_by(person, day)
    return ListDraft.objects.filter(district=district, pk=number).select_related("district").first() if district else None


def entries_of(district: Division | None) -> list[Entry]:
    """The four lists as a community of the district picks from them: the district's own, or the portal's where it has
    brought none."""
    rows = on_list(district) if district else ListEntry.objects.none()
    own = [
        Entry(key=f"{row.catalogue}-{row.code}", catalogue=row.catalogue, source=row.source, **{name: getattr(row, name) for name in FIELDS if name != "code"})
        for row in rows
    ]  # fmt: skip
    brought = {entry.catalogue for entry in own}
    every = [*own, *(entry for entry in ENTRIES if entry.catalogue not in brought)]
    return sorted(every, key=lambda entry: list(CATALOGUES).index(entry.catalogue))


def pickable(centre: ServiceCentre) -> list[Entry]:
    """Entries that the centre does not offer yet, neither under the entry's number nor under its name."""
    held = Service.objects.filter(centre=centre, ended_on=None).values_list("key", "name")
    keys, names = {key for key, _name in held}, {name for _key, name in held}
    district = centre.community.parent.parent
    return [entry for entry in entries_of(district) if entry.key not in keys and entry.name not in names]
