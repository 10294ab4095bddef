"""Writes of a rehearsal: start, try, let the rest vote by lot, count, wipe. None of them touches a row of the real vote."""

from __future__ import annotations

import random
import secrets
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from communities.accounts.models import User
from portal import locks, log
from portal.refusals import insist
from projects import permissions
from projects.parties import parties_at
from projects.rehearsal import queries, rules
from projects.rehearsal.models import Rehearsal, RehearsalPerson, RehearsalProject
from projects.rounds.models import Envelope, Round
from projects.rounds.rules import complete, objection_to_cancelled
from projects.voting import ballots
from projects.voting.rules import tracker_from


@transaction.atomic
def start_rehearsal(*, envelope_id: int, people: int, by: User, now: datetime) -> Rehearsal:
    """Copy the round's rules, the community's envelope and what may come to the vote; make test people with codes.

    One stands for a round and a community: a second start, also at the same moment, is refused.
    """
    envelope = Envelope.objects.select_related("round", "community").get(pk=envelope_id)
    batch = _round_for(envelope.round_id, by=by, now=now)
    locks.hold_alone("envelope", envelope.pk)  # two officers start at once: the second is told that one stands
    stands = queries.rehearsal_of(envelope) is not None
    insist(rules.objection_to_starting(people=people, stands=stands))
    held = Rehearsal.objects.create(
        round=batch,
        community=envelope.community,
        budget=envelope.amount,
        rules=complete(batch.rules),
        seed=secrets.token_hex(32),
        started_by=by,
        started_at=now,
    )
    RehearsalProject.objects.bulk_create(_projects(held, envelope))
    RehearsalPerson.objects.bulk_create(
        [RehearsalPerson(rehearsal=held, place=place, code=_code()) for place in range(1, people + 1)]
    )
    log.record("rehearsal.start_rehearsal", by=by, about=batch, now=now, community=envelope.community.code, people=people)
    return held


@transaction.atomic
def try_ballot(*, person_id: int, choices: Mapping[int, int]) -> RehearsalPerson:
    """A test person casts or changes, under the same limits as a real ballot. Nothing is logged."""
    held = _locked(RehearsalPerson.objects.filter(pk=person_id).values_list("rehearsal_id", flat=True).first())
    person = held.people.get(pk=person_id)
    insist(objection_to_stage(held.round))
    insist(rules.objection_to_trying(counted=held.result is not None))
    costs = dict(held.projects.values_list("pk", "cost"))
    form = held.rules["ballot"]
    insist(ballots.fault_in(form, choices, costs=costs, budget=held.budget, rules=held.rules))
    _keep(person, choices)
    return person


@transaction.atomic
def fill_rehearsal(*, rehearsal_id: int, by: User, now: datetime) -> int:
    """Let every test person who has not tried vote by lot; answers how many."""
    held = _held_for(rehearsal_id, by=by, now=now)
    insist(rules.objection_to_trying(counted=held.result is not None))
    costs = dict(held.projects.values_list("pk", "cost"))
    rest = list(held.people.select_for_update().filter(choices__isnull=True))
    for person in rest:
        given = {"budget": held.budget, "rules": held.rules, "chance": random.SystemRandom()}
        _keep(person, rules.invented_ballot(held.rules["ballot"], costs, **given))
    return len(rest)


@transaction.atomic
def count_rehearsal(*, rehearsal_id: int, by: User, now: datetime) -> Rehearsal:
    """Count by the round's rule, in memory, into this row alone. A repeat gives the same."""
    held = _held_for(rehearsal_id, by=by, now=now)
    if held.result is None:
        held.result = queries.counted(held)
        held.save(update_fields=["result"])
        log.record("rehearsal.count_rehearsal", by=by, about=held.round, now=now, ballots=held.result["ballots"])
    return held


@transaction.atomic
def wipe_rehearsal(*, rehearsal_id: int, by: User, now: datetime) -> None:
    """Delete everything of it; the log's rows stay. Possible at any stage: what is over must be able to go."""
    held = _locked(rehearsal_id)
    roles = parties_at(by, held.round.street, day=timezone.localdate(now))
    insist(permissions.objection_to("rehearsal.wipe_rehearsal", roles=roles, stage=held.round.stage))
    log.record("rehearsal.wipe_rehearsal", by=by, about=held.round, now=now, community=held.community.code)
    held.delete()


def objection_to_stage(batch: Round):
    """Is the round still before its vote? For test people, who hold no role."""
    street = frozenset({permissions.Party.STREET})
    return permissions.objection_to("rehearsal.run_rehearsal", roles=street, stage=batch.stage)


def _round_for(round_id: int, *, by: User, now: datetime) -> Round:
    locks.hold_shared("round", round_id)
    batch = Round.objects.select_related("street").get(pk=round_id)
    insist(objection_to_cancelled(cancelled=batch.cancelled_at is not None))
    roles = parties_at(by, batch.street, day=timezone.localdate(now))
    insist(permissions.objection_to("rehearsal.run_rehearsal", roles=roles, stage=batch.stage))
    return batch


def _held_for(rehearsal_id: int, *, by: User, now: datetime) -> Rehearsal:
    round_id = Rehearsal.objects.filter(pk=rehearsal_id).values_list("round_id", flat=True).first()
    insist(rules.objection_to_gone(stands=round_id is not None))
    _round_for(round_id, by=by, now=now)
    return _locked(rehearsal_id)


def _locked(rehearsal_id: int | None) -> Rehearsal:
    """The row alone, before any of its people; somebody else may have wiped it while this one waited."""
    rows = Rehearsal.objects.select_for_update(of=("self",)).select_related("round__street", "community")
    held = rows.filter(pk=rehearsal_id).first()
    insist(rules.objection_to_gone(stands=held is not None))
    return held


def _projects(held: Rehearsal, envelope: Envelope) -> list[RehearsalProject]:
    rows = [
        RehearsalProject(
            rehearsal=held, number=each.number, title=each.title, need=each.need, wish=each.wish, cost=each.estimate
        )
        for each in queries.to_copy(envelope)
    ]
    if len(rows) >= rules.LEAST_PROJECTS:
        return rows
    return [
        RehearsalProject(rehearsal=held, number=f"演练-{place:02d}", title=f"示例项目 {place}", cost=cost)
        for place, cost in enumerate(rules.example_costs(envelope.amount), start=1)
    ]


def _keep(person: RehearsalPerson, choices: Mapping[int, int]) -> None:
    kept = {str(key): int(choices[key]) for key in sorted(choices)}
    if person.choices == kept:
        return
    person.choices, person.revision = kept, person.revision + 1
    person.tracker = person.tracker or tracker_from(secrets.randbelow(31**15))
    person.save(update_fields=["choices", "revision", "tracker"])


def _code() -> str:
    return "".join(secrets.choice(rules.CODE_SIGNS) for _sign in range(rules.CODE_LENGTH))
