"""Writes of the count."""

from projects.tally.services.run import count_round

__all__ = ["count_round"]
