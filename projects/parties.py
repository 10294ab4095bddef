"""How a person stands to a community, a proposal or a project: the parties that permissions ask for."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from communities.accounts.models import User
from communities.divisions.models import Division
from communities.residents.queries import is_proved_resident
from communities.roles.queries import parties_held
from projects.acceptance.models import PanelMember
from projects.funding.models import Contract, Project
from projects.permissions import Party
from projects.proposals.models import Proposal


def parties_at(person: User, community: Division, *, day: date) -> frozenset[Party]:
    """Parties of a person at a community or street. Two queries at most, none for a visitor."""
    found = parties_held(person, community, day, of=Party)
    if Party.MEMBER in found and is_proved_resident(person, community):
        found |= {Party.RESIDENT}
    return found


def parties_anywhere(person: User, *, day: date) -> frozenset[Party]:
    """Parties by a role that the person holds wherever it be: for pages across places."""
    return parties_held(person, None, day, of=Party)


def parties_to(person: User, proposal: Proposal, *, day: date) -> frozenset[Party]:
    """Parties of a person to a proposal: at its community, and whether she proposed it."""
    found = parties_at(person, proposal.community, day=day)
    if person.is_authenticated and proposal.proposer_id == person.pk:
        found |= {Party.PROPOSER}
    return found


def parties_to_project(person: User, project: Project, *, day: date) -> frozenset[Party]:
    """Parties of a person to a project: those to its proposal, and whether she delivers it or sits on its panel.

    A contract's responsible person and liaison both deliver. Two queries more than for the proposal.
    """
    found = parties_to(person, project.proposal, day=day)
    if not person.is_authenticated or not person.is_active:
        return found
    if delivers(person, project):
        found |= {Party.PROVIDER}
    if PanelMember.objects.filter(project=project, person=person, left_at=None).exists():
        found |= {Party.PANEL}
    return found


def delivers(person: User, project: Project) -> bool:
    """Does she answer for, or liaise in, a contract of the project?"""
    mine = Q(responsible=person) | Q(liaison=person)
    return Contract.objects.filter(mine, project=project).exists()
