"""What is owed to whom. Services call owe() inside their transaction; a job sends what has an outside channel.

The same key for the same person is written once, so a repeated act never tells anybody twice (R4).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext

from portal.models import Notice


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

    `text` is a source string marked with gettext_noop, its %(places)s filled from `params` where it is shown.
    `key` identifies the event ("finding-17"); `url` is a path of this portal.
    """
    numbers = {person if isinstance(person, int) else person.pk for person in people}
    Notice.objects.bulk_create(
        [
            Notice(
                person_id=number,
                kind=kind,
                key=key,
                text=text,
                params=params,
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
    return gettext(notice.text) % notice.params
