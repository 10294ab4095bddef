"""How a person stands to a community or a team: the parties that the volunteers' permissions ask for."""

from __future__ import annotations

from datetime import date

from communities.accounts.models import User
from communities.divisions.models import Division
from communities.roles.queries import parties_held
from volunteers.permissions import Party
from volunteers.teams.models import Membership, Team, Volunteer


def parties_at(person: User, community: Division, *, day: date) -> frozenset[Party]:
    """Parties of a person at a community, street or district. Two queries at most, none for a visitor."""
    found = parties_held(person, community, day, of=Party)
    if Party.MEMBER in found and is_volunteer(person):
        found |= {Party.VOLUNTEER}
    return found


def parties_to_team(person: User, team: Team, *, day: date) -> frozenset[Party]:
    """Parties of a person to a team: at its community, and whether she leads it."""
    found = parties_at(person, team.community, day=day)
    if Party.VOLUNTEER in found and leads(person, team):
        found |= {Party.LEADER}
    return found


def parties_to_volunteer(person: User, volunteer: Volunteer, *, day: date) -> frozenset[Party]:
    """Parties of a person to a volunteer: at the volunteer's community, and whether she leads a team of hers."""
    found = parties_at(person, volunteer.community, day=day)
    if Party.VOLUNTEER in found:
        led = Membership.objects.open().filter(volunteer__person=person, leads=True).values("team")
        if Membership.objects.open().filter(volunteer=volunteer, team__in=led).exists():
            found |= {Party.LEADER}
    return found


def is_volunteer(person: User) -> bool:
    """Registered, not left, and for a minor the guardian has agreed."""
    return Volunteer.objects.active().filter(person=person).exists()


def leads(person: User, team: Team) -> bool:
    return Membership.objects.open().filter(team=team, volunteer__person=person, leads=True).exists()
