"""How money moves between accounts. Every caller holds the envelope alone."""

from __future__ import annotations

from datetime import datetime

from communities.accounts.models import User
from portal import locks
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _
from projects.funding import queries, rules
from projects.funding.models import Account, CoFunding, Contract, LedgerEntry, Payment, Posting, Project
from projects.rounds.models import Envelope

Kind = Account.Kind


def held_envelope(project: Project) -> Envelope:
    """The project's envelope, held alone: nothing else moves in it until this transaction ends."""
    envelope = queries.envelope_of(project)
    locks.hold_alone("envelope", envelope.pk)
    return envelope


def account(kind: str, envelope: Envelope, project: Project | None = None, source: CoFunding | None = None) -> Account:
    found, _made = Account.objects.get_or_create(kind=kind, envelope=envelope, project=project, source=source)
    return found


def post(
    *,
    kind: str,
    key: str,
    source: Account,
    target: Account,
    amount: int,
    by: User | None,
    now: datetime,
    project: Project | None = None,
    contract: Contract | None = None,
    payment: Payment | None = None,
) -> Posting:
    """Move `amount` from `source` to `target`. The same key again answers the posting that stands.

    Refused when an account inside would fall below zero; the database refuses it too.
    """
    if held := Posting.objects.filter(key=key).first():
        return held
    if source.kind not in Account.OUTSIDE:
        insist(objection_to_taking(amount, queries.balance(source)))
    posting = Posting.objects.create(
        kind=kind, key=key, project=project, contract=contract, payment=payment, by=by, at=now
    )
    for side, where in ((LedgerEntry.Side.CREDIT, source), (LedgerEntry.Side.DEBIT, target)):
        LedgerEntry.objects.create(posting=posting, account=where, side=side, amount=amount)
    return posting


def move(
    *,
    kind: str,
    key: str,
    project: Project,
    away_from: str,
    to: str,
    amount: int,
    by: User | None,
    now: datetime,
    contract: Contract | None = None,
    payment: Payment | None = None,
) -> None:
    """Move `amount` of a project from its accounts of one kind to those of another, co-funding first."""
    pools = queries.pools(project, away_from)
    insist(objection_to_taking(amount, sum(held for _pool, held in pools)))
    by_key = {pool.pk: pool for pool, _held in pools}
    for number, part in rules.shares(amount, [(pool.pk, held) for pool, held in pools]):
        pool = by_key[number]
        post(
            kind=kind,
            key=f"{key}-{number}",
            source=pool,
            target=account(to, pool.envelope, project, pool.source),
            amount=part,
            by=by,
            now=now,
            project=project,
            contract=contract,
            payment=payment,
        )


def objection_to_taking(amount: int, held: int) -> Refusal | None:
    if amount <= held:
        return None
    return Refusal(
        "not_enough",
        _("可用余额只有 %(held)s 元，不够 %(amount)s 元。"),
        {"held": rules.yuan(held), "amount": rules.yuan(amount)},
        field="amount",
    )
