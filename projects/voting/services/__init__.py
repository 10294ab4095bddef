"""Writes of the vote, one file per operation."""

from projects.voting.services.cast import Receipt, cast_ballot
from projects.voting.services.close import close_ballots
from projects.voting.services.freeze import freeze_slates
from projects.voting.services.slots import blend, lay_slots

__all__ = ["Receipt", "blend", "cast_ballot", "close_ballots", "freeze_slates", "lay_slots"]
