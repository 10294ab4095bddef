"""Writes of the vote, one file per operation."""

from projects.voting.services.cast import Receipt, cast_ballot
from projects.voting.services.close import close_ballots
from projects.voting.services.freeze import freeze_slates

__all__ = ["Receipt", "cast_ballot", "close_ballots", "freeze_slates"]
