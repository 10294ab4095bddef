"""Reads of rehearsals, and the count of one as plain values."""

from __future__ import annotations

from collections import Counter
from typing import Any

from projects.proposals.models import Proposal
from projects.proposals.standings import Standing
from projects.rehearsal import rules
from projects.rehearsal.models import Rehearsal, RehearsalPerson
from projects.rounds.models import Envelope, Round
from projects.tally.count import Election, Minimums, Project, TieOrder, count, default_increment, explain, named
from projects.tally.elections import KINDS
from projects.tally.pb.write import write
from projects.tally.rules import public_order

READY = (Standing.LODGED, Standing.ACCEPTED, Standing.SHORTLISTED)
LABEL = "REHEARSAL by test people before the vote opened. No ballot in this file was cast in a real vote."


def envelopes_of(batch: Round) -> list[dict[str, Any]]:
    """Each community of the round with its rehearsal, if there is one."""
    held = {each.community_id: each for each in Rehearsal.objects.filter(round=batch)}
    rows = Envelope.objects.filter(round=batch).select_related("community").order_by("community__code")
    return [{"community": row.community, "rehearsal": held.get(row.community_id)} for row in rows]


def envelope_in(batch: Round, code: str) -> Envelope | None:
    return Envelope.objects.filter(round=batch, community__code=code).select_related("community").first()


def rehearsal_of(envelope: Envelope) -> Rehearsal | None:
    rows = Rehearsal.objects.filter(round=envelope.round_id, community=envelope.community_id)
    return rows.select_related("round", "community").first()


def person_of(number: object) -> RehearsalPerson | None:
    rows = RehearsalPerson.objects.select_related("rehearsal__round", "rehearsal__community")
    return rows.filter(pk=number).first() if isinstance(number, int) else None


def person_with(code: str) -> RehearsalPerson | None:
    typed = rules.read_code(code)
    return RehearsalPerson.objects.filter(code=typed).first() if typed else None


def to_copy(envelope: Envelope) -> list[Proposal]:
    """The proposals that may come to the vote as things stand, with an estimate."""
    rows = Proposal.objects.filter(round=envelope.round_id, community=envelope.community_id, standing__in=READY)
    return list(rows.filter(estimate__gt=0).order_by("number")[: rules.MOST_PROJECTS])


def counted(held: Rehearsal) -> dict[str, Any]:
    """The count of the ballots so far by the round's own rule: what a result page and a file need."""
    poll = _poll(held)
    result = count(poll["election"], held.rules["counting_rule"], **poll["given"])
    titles = dict(held.projects.values_list("number", "title"))
    lines = [
        {
            "number": each.project,
            "title": titles[each.project],
            "cost": each.cost,
            "votes": each.votes,
            "chosen": each.outcome == "chosen",
            "reason": each.outcome,
        }
        for each in explain(poll["election"], result)
    ]
    spent = sum(line["cost"] for line in lines if line["chosen"])
    people = held.people.exclude(choices__isnull=True)
    blank = people.filter(choices={}).count()
    told = {"rule": result.rule, "ballots": people.count(), "blank": blank, "spent": spent}
    return {**told, "certified": result.certified, "lines": public_order(lines)}


def ballots_file(held: Rehearsal) -> str:
    """The ballots as a Pabulib file that says of itself, twice, that it is experimental."""
    poll = _poll(held)
    meta = {
        "description": f"REHEARSAL 演练 {held.round.title}",
        "country": "China",
        "unit": held.community.name,
        "instance": f"rehearsal-{held.round.number}",
        "date_begin": held.started_at.strftime("%d.%m.%Y"),
        "date_end": held.started_at.strftime("%d.%m.%Y"),
        "language": "zh",
        "experimental": "1",
        "comment": LABEL,
    }
    return write(
        poll["election"],
        meta,
        rule=held.rules["counting_rule"],
        shuffle=held.seed,
        columns={number: {"name": title} for number, title in held.projects.values_list("number", "title")},
        selected=[line["number"] for line in held.result["lines"] if line["chosen"]],
        **poll["given"],
    )


def _poll(held: Rehearsal) -> dict[str, Any]:
    projects = list(held.projects.all())
    numbers = {str(each.pk): each.number for each in projects}
    kind = KINDS[held.rules["ballot"]]
    cast: Counter = Counter()
    for choices in held.people.exclude(choices__isnull=True).exclude(choices={}).values_list("choices", flat=True):
        listed = sorted((numbers[key], points) for key, points in choices.items())
        cast[tuple(listed) if kind == "cumulative" else tuple(number for number, _points in listed)] += 1
    plain = [Project(each.number, each.cost) for each in projects]
    election = Election.of(plain, held.budget, kind, cast, minor=100)
    steps = named(held.rules["counting_rule"]).steps
    given = {
        "ties": TieOrder.parse("cost,votes,lot", round_id=f"rehearsal-{held.round.number}", seed=held.seed),
        "minimums": Minimums(votes=held.rules["least_votes"]),
        "increment": default_increment(election) if steps else None,
    }
    return {"election": election, "given": given}
