"""What the ledger says: balances of a volunteer, lots of points, sums of a place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from communities.divisions.models import Division
from volunteers.teams.models import Volunteer
from volunteers.timebank.models import Account, Portion
from volunteers.timebank.models.hours import Origin
from volunteers.timebank.rules import Held

Kind = Account.Kind


@dataclass(frozen=True, slots=True)
class Balances:
    """Minutes and points of one volunteer. Scanned and hand-entered hours stand side by side, never as one figure alone."""

    scanned: int = 0
    by_hand: int = 0
    scanned_waiting: int = 0
    by_hand_waiting: int = 0
    free: int = 0
    held: int = 0
    lots: tuple[Held, ...] = ()

    @property
    def counted(self) -> int:
        return self.scanned + self.by_hand

    @property
    def waiting(self) -> int:
        return self.scanned_waiting + self.by_hand_waiting


def balances_of(volunteer: Volunteer) -> Balances:
    """All balances; one query."""
    found, lots = dict.fromkeys(("scanned", "by_hand", "scanned_waiting", "by_hand_waiting", "free", "held"), 0), []
    for account in Account.objects.filter(volunteer=volunteer, balance__gt=0).order_by("expires_on", "pk"):
        if account.kind == Kind.FREE:
            lots.append(Held(account.pk, account.balance, account.expires_on))
        place = (
            account.origin + ("_waiting" if account.kind == Kind.WAITING else "") if account.origin else account.kind
        )
        found[place] += account.balance
    return Balances(**found, lots=tuple(lots))


def held(volunteer_id: int, kind: str, origin: str = "") -> int:
    rows = Account.objects.filter(volunteer=volunteer_id, kind=kind, origin=origin)
    return rows.aggregate(sum=Sum("balance"))["sum"] or 0


def lots_of(volunteer_id: int, *, today: date) -> list[Held]:
    """Free points that have not expired, what goes first in front."""
    rows = Account.objects.filter(volunteer=volunteer_id, kind=Kind.FREE, balance__gt=0)
    rows = rows.exclude(expires_on__lt=today).order_by("expires_on", "pk")
    return [Held(row.pk, row.balance, row.expires_on) for row in rows]


def points_of(volunteer_id: int, *, today: date) -> int:
    return sum(lot.balance for lot in lots_of(volunteer_id, today=today))


def minutes_between(volunteer: Volunteer, first_on: date, last_on: date) -> dict[str, int]:
    """Counted minutes by origin and the number of services, of the days from the first to the last."""
    rows = counted_portions().filter(record__volunteer=volunteer, on__range=(first_on, last_on))
    sums = dict.fromkeys(Origin.values, 0)
    records = set()
    for origin, record, minutes in rows.values_list("record__origin", "record", "minutes"):
        sums[origin] += minutes
        records.add(record)
    return {**sums, "services": len(records)}


def counted_portions():
    """Parts that count: at once or confirmed, and not reversed."""
    rows = Portion.objects.filter(record__reversal=None)
    return rows.filter(band="at_once") | rows.filter(review__verdict="confirm")


def sums_below(place: Division) -> dict[str, int]:
    """Counted minutes by origin and free points of all volunteers of a place: sums only, never a list of people (G15)."""
    rows = Account.objects.filter(volunteer__community__path__startswith=place.path, balance__gt=0)
    found = rows.values_list("kind", "origin").annotate(sum=Sum("balance"))
    sums = {(kind, origin): total for kind, origin, total in found}
    return {
        "scanned": sums.get((Kind.COUNTED, Origin.SCANNED), 0),
        "by_hand": sums.get((Kind.COUNTED, Origin.BY_HAND), 0),
        "waiting": sum(sums.get((Kind.WAITING, origin), 0) for origin in Origin.values),
        "points": sums.get((Kind.FREE, ""), 0),
    }
