"""How minutes and points move between accounts. Every caller holds the volunteer's time bank alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from communities.accounts.models import User
from portal import locks
from volunteers.teams.models import Volunteer
from volunteers.timebank.models import Account, Entry, Portion, Posting


def hold(volunteer_id: int) -> Volunteer:
    """The volunteer, whose hours and points nobody else moves until this transaction ends."""
    locks.hold_alone("timebank", volunteer_id)
    return Volunteer.objects.select_related("person", "community").get(pk=volunteer_id)


def account(
    kind: str, *, volunteer: Volunteer | None = None, origin: str = "", expires_on: date | None = None
) -> Account:
    rows = {"kind": kind, "volunteer": volunteer, "origin": origin, "expires_on": expires_on}
    found, _made = Account.objects.get_or_create(**rows)
    return found


def post(
    *,
    kind: str,
    key: str,
    volunteer: Volunteer,
    moves: Iterable[tuple[Account, Account, int]],
    by: User | None,
    now: datetime,
    portion: Portion | None = None,
    reason: str = "",
) -> Posting:
    """Write one posting of moves (from, to, amount). The same key again answers the posting that stands.

    Entries go in by the number of their account, so that two postings never wait for each other.
    """
    if held := Posting.objects.filter(key=key).first():
        return held
    posting = Posting.objects.create(
        kind=kind, key=key, volunteer=volunteer, portion=portion, reason=reason, by=by, at=now
    )
    sums: dict[int, int] = {}
    for source, target, amount in moves:
        sums[source.pk] = sums.get(source.pk, 0) - amount
        sums[target.pk] = sums.get(target.pk, 0) + amount
    rows = [Entry(posting=posting, account_id=number, amount=sums[number]) for number in sorted(sums) if sums[number]]
    Entry.objects.bulk_create(rows)
    return posting
