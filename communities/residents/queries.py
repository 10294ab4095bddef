"""Who lives where."""

from __future__ import annotations

from django.db.models import QuerySet

from communities.accounts.models import User
from communities.divisions.models import Division
from communities.residents.models import Residency


def residency_of(person: User) -> Residency | None:
    """The person's open residency with its community; one query, remembered on the person object."""
    if not person.is_authenticated:
        return None
    if "_residency" not in person.__dict__:
        person._residency = person.residencies.filter(until=None).select_related("community__parent").first()
    return person._residency


def is_proved_resident(person: User, community: Division) -> bool:
    residency = residency_of(person)
    return bool(
        residency and residency.community_id == community.pk and residency.proof != Residency.Proof.DECLARED
    )


def proved_residents(community: Division) -> QuerySet[User]:
    """People with an open, proved residency in the community."""
    homes = Residency.objects.filter(community=community, until=None).exclude(proof=Residency.Proof.DECLARED)
    return User.objects.filter(pk__in=homes.values("person"), is_active=True)
