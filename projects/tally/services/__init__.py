"""Writes of the count."""

from projects.tally.services.run import count_refused, count_round

__all__ = ["count_refused", "count_round"]
