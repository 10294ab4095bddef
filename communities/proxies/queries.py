"""Proxies in sight: of the two people, and of the community's workers."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from communities.accounts.models import User
from communities.proxies.models import Proxy, ProxyAct
from communities.roles.queries import within
from communities.roles.rules import Role

WORKERS = frozenset({Role.COMMUNITY_WORKER})


def _rows() -> QuerySet[Proxy]:
    return Proxy.objects.select_related("person", "holder", "community", "witnessed_by")


def of_person(person: User) -> QuerySet[Proxy]:
    """What she gave and what she holds, the newest first."""
    return _rows().filter(Q(person=person) | Q(holder=person)).order_by("-pk")


def of_desk(worker: User, day: date) -> QuerySet[Proxy]:
    return _rows().filter(within(worker, WORKERS, day, "community")).order_by("-pk")


def to_record_again(worker: User, day: date, number: str) -> Proxy | None:
    """The worker's proxy whose person signs for another year or for another holder."""
    return of_desk(worker, day).filter(pk=int(number)).first() if number.isascii() and number.isdigit() and len(number) < 10 else None


def in_sight(person: User, day: date, number: int) -> Proxy | None:
    """For either of the two and for the community's worker."""
    seen = Q(person=person) | Q(holder=person) | within(person, WORKERS, day, "community")
    return _rows().filter(seen, pk=number).first()


def standing(day: date) -> QuerySet[Proxy]:
    return _rows().filter(revoked_at=None, starts_on__lte=day, ends_on__gte=day, person__is_active=True)


def acts_of(proxy: Proxy) -> QuerySet[ProxyAct]:
    return proxy.acts.order_by("-at", "-pk")
