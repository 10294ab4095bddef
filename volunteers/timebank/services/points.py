"""Points: granted by the tariff, taken back, held for a redemption, redeemed or released, expired."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from communities.accounts.models import User
from portal import notices
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _
from volunteers.teams.models import Volunteer
from volunteers.timebank import queries, rules
from volunteers.timebank.models import Account, Entry, Portion, Posting
from volunteers.timebank.services import ledger

Kind = Account.Kind
A_BATCH = 200


def grant(portion: Portion, volunteer: Volunteer, *, by: User | None, now: datetime) -> int:
    """What the tariff of the day of service grants for a part that counts; once, nothing where no tariff holds."""
    tariff = queries.tariff_on(volunteer.community, portion.on)
    points = rules.points_for(portion.minutes, tariff.per_hour) if tariff else 0
    if points:
        expires_on = rules.expiry_of(timezone.localdate(now), tariff.lasts_years)
        to = ledger.account(Kind.FREE, volunteer=volunteer, expires_on=expires_on)
        ledger.post(
            kind=Posting.Kind.GRANT,
            key=f"grant-{portion.pk}",
            volunteer=volunteer,
            moves=[(ledger.account(Kind.TARIFF), to, points)],
            portion=portion,
            by=by,
            now=now,
        )
    return points


def take_back(portion: Portion, volunteer: Volunteer, *, by: User, now: datetime) -> int:
    """Points of a part that no longer counts go back as far as they are there; answers how many were already spent."""
    granted = Entry.objects.filter(posting__key=f"grant-{portion.pk}", amount__gt=0).select_related("account").first()
    if granted is None:
        return 0
    lots = queries.lots_of(volunteer.pk, today=timezone.localdate(now))
    first = [lot for lot in lots if lot.key == granted.account_id]
    rest = [lot for lot in lots if lot.key != granted.account_id]
    there = rules.drawn(granted.amount, first)
    there += rules.drawn(granted.amount - sum(part for _lot, part in there), rest)
    if there:
        to, by_key = ledger.account(Kind.TARIFF), _accounts(there)
        ledger.post(
            kind=Posting.Kind.TAKE_BACK,
            key=f"take-back-{portion.pk}",
            volunteer=volunteer,
            moves=[(by_key[lot.key], to, part) for lot, part in there],
            portion=portion,
            by=by,
            now=now,
        )
    return granted.amount - sum(part for _lot, part in there)


@transaction.atomic
def hold_points(*, volunteer_id: int, points: int, key: str, by: User | None, now: datetime) -> Posting:
    """Set points aside for the redemption `key`, what expires first in front. Refused when there are not enough."""
    volunteer = ledger.hold(volunteer_id)
    if held := Posting.objects.filter(key=f"hold-{key}").first():
        return held
    lots = queries.lots_of(volunteer_id, today=timezone.localdate(now))
    insist(rules.objection_to_taking(points, sum(lot.balance for lot in lots)))
    parts = rules.drawn(points, lots)
    by_key = _accounts(parts)
    moves = [
        (by_key[lot.key], ledger.account(Kind.HELD, volunteer=volunteer, expires_on=lot.expires_on), part)
        for lot, part in parts
    ]
    return ledger.post(kind=Posting.Kind.HOLD, key=f"hold-{key}", volunteer=volunteer, moves=moves, by=by, now=now)


@transaction.atomic
def redeem_points(*, volunteer_id: int, key: str, by: User | None, now: datetime) -> Posting:
    """Spend what was held for `key`. A repeat spends nothing twice; what was given back is refused."""
    volunteer = ledger.hold(volunteer_id)
    to = ledger.account(Kind.REDEEMED)
    moves = [(entry.account, to, entry.amount) for entry in _held_for(key)]
    return _ended(Posting.Kind.REDEEM, key, volunteer, moves, by, now)


@transaction.atomic
def release_points(*, volunteer_id: int, key: str, by: User | None, now: datetime) -> Posting:
    """Give back what was held for `key` to the lots it came from. What was spent is refused: a hold ends once."""
    volunteer = ledger.hold(volunteer_id)
    moves = [
        (
            entry.account,
            ledger.account(Kind.FREE, volunteer=volunteer, expires_on=entry.account.expires_on),
            entry.amount,
        )
        for entry in _held_for(key)
    ]
    return _ended(Posting.Kind.RELEASE, key, volunteer, moves, by, now)


def _ended(kind: str, key: str, volunteer: Volunteer, moves: list, by: User | None, now: datetime) -> Posting:
    """Both ways to end a hold share one key, so that the database itself lets only one of them happen."""
    posting = ledger.post(kind=kind, key=f"end-{key}", volunteer=volunteer, moves=moves, by=by, now=now)
    if posting.kind != kind:
        insist(Refusal("hold_ended", _("这次兑换已经办完，不能再办一次。")))
    return posting


def expire_points(*, now: datetime, limit: int = A_BATCH) -> int:
    """Take away points whose last day is over, a batch of lots a minute, each in its own transaction; tell the volunteer."""
    today = timezone.localdate(now)
    due = Account.objects.filter(kind=Kind.FREE, balance__gt=0, expires_on__lt=today).order_by("expires_on", "pk")
    return sum(_expire(number, volunteer, now) for number, volunteer in due.values_list("pk", "volunteer")[:limit])


@transaction.atomic
def _expire(number: int, volunteer_id: int, now: datetime) -> bool:
    volunteer = ledger.hold(volunteer_id)
    lot = Account.objects.get(pk=number)
    if lot.balance == 0:
        return False
    # A hold given back late fills the lot again: the serial keeps the second expiry apart from the first.
    serial = Posting.objects.filter(kind=Posting.Kind.EXPIRE, entries__account=lot).count()
    posting = ledger.post(
        kind=Posting.Kind.EXPIRE,
        key=f"expire-{number}-{serial}",
        volunteer=volunteer,
        moves=[(lot, ledger.account(Kind.EXPIRED), lot.balance)],
        by=None,
        now=now,
    )
    notices.owe(
        [volunteer.person_id],
        kind="timebank.expired",
        key=f"expired-{posting.pk}",
        text=_("您有 %(points)s 分积分已经到期。服务时长不会过期。"),
        now=now,
        points=lot.balance,
    )
    return True


def _accounts(parts: list[tuple[rules.Held, int]]) -> dict[int, Account]:
    return Account.objects.in_bulk([lot.key for lot, _part in parts])


def _held_for(key: str) -> list[Entry]:
    rows = Entry.objects.filter(posting__key=f"hold-{key}", amount__gt=0).select_related("account")
    return list(rows.order_by("pk"))
