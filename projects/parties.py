"""How a person stands to a community, a proposal or a project: the parties that permissions ask for."""

from __future__ import annotations

from datetime import date

from communities.accounts.models import User
from communities.divisions.models import Division
from communities.residents.queries import is_proved_resident
from communities.roles.queries import roles_at
from communities.roles.rules import Role
from projects.permissions import Party
from projects.proposals.models import Proposal

OF_ROLE = {
    Role.ADMINISTRATOR: Party.ADMIN,
    Role.AUDITOR: Party.AUDITOR,
    Role.DISTRICT_OFFICER: Party.DISTRICT,
    Role.STREET_OFFICER: Party.STREET,
    Role.COMMUNITY_WORKER: Party.WORKER,
    Role.COUNCIL_MEMBER: Party.COUNCIL,
    Role.SUPERVISOR: Party.SUPERVISOR,
}


def parties_at(person: User, community: Division, *, day: date) -> frozenset[Party]:
    """Parties of a person at a community or street. Two queries at most, none for a visitor."""
    if not person.is_authenticated or not person.is_active:
        return frozenset({Party.VISITOR})
    found = {Party.VISITOR, Party.MEMBER}
    found |= {OF_ROLE[role] for role in roles_at(person, community, day)}
    if is_proved_resident(person, community):
        found.add(Party.RESIDENT)
    return frozenset(found)


def parties_to(person: User, proposal: Proposal, *, day: date) -> frozenset[Party]:
    """Parties of a person to a proposal: at its community, and whether she proposed it."""
    found = parties_at(person, proposal.community, day=day)
    if person.is_authenticated and proposal.proposer_id == person.pk:
        found |= {Party.PROPOSER}
    return found
