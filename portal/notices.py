"""What is owed to whom. Services call owe() inside their transaction; communities.channels carries it outside the portal.

The same key for the same person is written once, so a repeated act never tells anybody twice (R4).
Dates, amounts and the portal's own words are kept as values and said in the reader's language, not in the writer's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext

from portal import figures
from portal.models import Notice


@dataclass(frozen=True, slots=True)
class Fen:
    """An amount inside a notice."""

    amount: int | None


@dataclass(frozen=True, slots=True)
class Term:
    """A source string inside a notice: the name of a role, of a stage."""

    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence and the people to whom it goes."""

    people: frozenset[int]
    kind: str
    text: str
    params: Mapping[str, object]

    def said(self) -> str:
        return said(self.text, self.params)


_heard: ContextVar[list[Told] | None] = ContextVar("notices_heard", default=None)


def owe(
    people: Iterable[AbstractBaseUser | int],
    *,
    kind: str,
    key: str,
    text: str,
    now: datetime,
    url: str = "",
    not_before: datetime | None = None,
    **params: object,
) -> int:
    """Write one notice for each person; answer how many people were named.

    `text` is a source string marked with gettext_noop, its %(places)s filled from `params` where it is shown: give
    dates and instants as they are, amounts as Fen, words of the portal as Term.
    `key` identifies the event ("finding-17"); `url` is a path of this portal.
    """
    numbers = {person if isinstance(person, int) else person.pk for person in people}
    kept = {name: _kept(value) for name, value in params.items()}
    heard = _heard.get()
    if heard is not None and numbers:
        heard.append(Told(frozenset(numbers), kind, text, kept))
    Notice.objects.bulk_create(
        [
            Notice(
                person_id=number,
                kind=kind,
                key=key,
                text=text,
                params=kept,
                url=url,
                at=now,
                not_before=not_before,
            )
            for number in sorted(numbers)
        ],
        ignore_conflicts=True,
    )
    return len(numbers)


def words(notice: Notice) -> str:
    """The notice's sentence in the reader's language."""
    return said(notice.text, notice.params)


def said(text: str, params: Mapping[str, object]) -> str:
    return gettext(text) % {name: _shown(value) for name, value in params.items()}


def _kept(value: object) -> object:
    """A value as JSON keeps it."""
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, Fen):
        return {"fen": value.amount}
    if isinstance(value, Term):
        return {"term": value.text}
    return value


def _shown(value: object) -> object:
    """The same for a reader, in her language."""
    if isinstance(value, date | datetime | Fen | Term):
        value = _kept(value)
    if not isinstance(value, dict):
        return value
    ((form, held),) = value.items()
    shown: dict[str, Callable[[], str]] = {
        "moment": lambda: figures.moment(parse_datetime(held)),
        "day": lambda: figures.day(parse_date(held)),
        "fen": lambda: figures.money(held),
        "term": lambda: gettext(held),
    }
    return shown[form]()


class _Undone(Exception):
    """Ends a rehearsal: everything that the act wrote is rolled back."""


@contextmanager
def _listening() -> Iterator[list[Told]]:
    heard: list[Told] = []
    token = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(token)


def rehearse(act: Callable[..., object], **arguments: object) -> list[Told]:
    """What goes to whom when `act` is done, found out by doing it and undoing it: nothing stays, nothing is sent.

    Errors: whatever the act raises, so that a refusal is met before anything is sent.
    """
    with _listening() as heard:
        try:
            with transaction.atomic():
                act(**arguments)
                raise _Undone
        except _Undone:
            return heard
