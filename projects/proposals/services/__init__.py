"""Writes of the room, one file per kind of operation."""

from projects.proposals.services.settle import settle

__all__ = ["settle"]
