"""Plain values that rooms hand to the engine and to the desk. No Django."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

# The rows from which a room tells its chapters, by name: querysets, so that the desk can read those of all rooms at once.
Traces = Mapping[str, Iterable]


@dataclass(frozen=True, slots=True)
class Hold:
    """One thing that keeps a round or project where it is: how many, what, who acts, where to click.

    `text` is a source string with %(count)s and other places; `url` is a path that the acting person may open.
    """

    code: str
    text: str
    count: int = 1
    who: str = ""
    url: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One row of 等我处理: what to do about which thing, until when, and the page where it is done.

    `stage` is a key of the wall chart. `text` and `title` are ready words in the reader's language.
    """

    stage: str
    title: str
    text: str
    url: str
    due_on: date | None = None
    community: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """One event in the life of a proposal or project, in words that any visitor may read.

    `reason` is the public reason of a decision; `by` names the office or role, never a private person in full;
    `photos` are (url, alt text) pairs; `template` names a fragment of the room for richer content, given `data`.
    """

    at: datetime
    stage: str
    title: str
    text: str = ""
    reason: str = ""
    by: str = ""
    photos: tuple[tuple[str, str], ...] = ()
    template: str = ""
    data: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that the visitor can do about a proposal or project now, or would like to: with the reason why not.

    `text` names the act ("支持这份提案"); `url` opens its page or takes its POST (`posts`); `why_not` is empty when it is
    possible, else ready words; `until` is the last moment.
    """

    text: str
    url: str = ""
    posts: bool = False
    primary: bool = False
    why_not: str = ""
    until: datetime | None = None
