"""The little that the desk writes itself: that a notice was read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from communities.accounts.models import User
from portal.models import Notice


@transaction.atomic
def mark_read(*, person: User, notice_ids: Iterable[int] | None, now: datetime) -> int:
    """The person has read these notices of hers, or all of them; answers how many were unread. A repeat changes none."""
    unread = Notice.objects.filter(person=person, read_at=None)
    if notice_ids is not None:
        unread = unread.filter(pk__in=list(notice_ids))
    return unread.update(read_at=now)
