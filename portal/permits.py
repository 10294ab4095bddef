"""What every permission table does with its rows: read them, object in the same words, name the parties. Plain Python.

A party is how a person stands to a thing. Each floor has its own parties, their titles and its own table; only the
handling of a table is shared, so that a refusal reads the same on every floor.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from enum import StrEnum
from typing import TypeVar

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _

P = TypeVar("P", bound=StrEnum)


def parties_named(names: str, *, of: type[P]) -> frozenset[P]:
    """A row of a table: names of parties with spaces between them. Errors: KeyError for a name that is no party."""
    return frozenset(of[name] for name in names.split())


def objection_to_parties(permitted: Set[P], *, roles: Set[P], titles: Mapping[P, str]) -> Refusal | None:
    """Why holders of `roles` may not do what `permitted` may; None when they may."""
    if permitted & roles:
        return None
    who = {"who": titles_of(permitted, titles=titles)}
    return Refusal("not_yours", _("这一步由%(who)s办理，您目前不能操作。"), who, status=403)


def titles_of(parties: Set[P], *, titles: Mapping[P, str]) -> str:
    """The parties in words, in the order of the floor's titles."""
    return "、".join(title for party, title in titles.items() if party in parties)
