"""What the centre offers: picked from the catalogue, changed to what it really does, ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from communities.accounts.models import User
from communities.centres import queries
from communities.centres.catalogue import Entry
from communities.centres.models import Service, ServiceCentre
from communities.centres.services.kept import locked_centre
from portal import log
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _

FIELDS = ("catalogue", "category", "name", "about", "who", "bring", "cost", "steps", "times")


@transaction.atomic
def pick_services(*, centre_id: int, keys: Iterable[str], by: User, now: datetime) -> list[Service]:
    """The entries as services of the centre, in the words of the lists that count in its district; those that it has
    already, under that number or that name, are passed over."""
    centre = locked_centre(centre_id, by=by, now=now)
    wanted, there = set(keys), {entry.key: entry for entry in queries.pickable(centre)}
    made = list({row.name: row for row in (_from_catalogue(centre, there[key]) for key in there if key in wanted)}.values())
    for row in made:
        row.save()
        log.record("centres.pick_service", by=by, about=row, now=now, key=row.key)
    return made


@transaction.atomic
def add_service(*, centre_id: int, by: User, now: datetime, **values: object) -> Service:
    """A service that no catalogue has."""
    centre = locked_centre(centre_id, by=by, now=now)
    return _kept(Service(centre=centre), values, by=by, now=now)


@transaction.atomic
def change_service(*, service_id: int, by: User, now: datetime, **values: object) -> Service:
    """Other words for a service that is offered."""
    row = Service.objects.get(pk=service_id)
    locked_centre(row.centre_id, by=by, now=now)
    return _kept(row, values, by=by, now=now)


@transaction.atomic
def end_service(*, service_id: int, by: User, now: datetime) -> Service:
    """Not offered from today; the row stays for the record. A repeat changes nothing."""
    row = Service.objects.get(pk=service_id)
    locked_centre(row.centre_id, by=by, now=now)
    if row.ended_on is None:
        row.ended_on = timezone.localdate(now)
        row.save(update_fields=["ended_on"])
        log.record("centres.end_service", by=by, about=row, now=now)
    return row


def _kept(row: Service, values: dict[str, object], *, by: User, now: datetime) -> Service:
    same = Service.objects.filter(centre_id=row.centre_id, name=values["name"], ended_on=None).exclude(pk=row.pk)
    if same.exists():
        insist(Refusal("service_there", _("这个中心已经有同名的服务。"), field="name"))
    for field in FIELDS:
        setattr(row, field, values[field])
    row.save()
    log.record("centres.keep_service", by=by, about=row, now=now)
    return row


def _from_catalogue(centre: ServiceCentre, entry: Entry) -> Service:
    return Service(centre=centre, key=entry.key, **{field: getattr(entry, field) for field in FIELDS if field != "times"})
