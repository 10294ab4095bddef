"""The words of a district."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from communities.accounts.models import User
from communities.divisions.models import Division
from portal import log
from portal.refusals import insist
from projects import permissions
from projects.parties import parties_at
from projects.rounds import terms
from projects.rounds.models import Wording


@transaction.atomic
def set_words(*, district_id: int, by: User, vocabulary: str, words: Mapping[str, str], now: datetime) -> Wording:
    """The vocabulary of a district and the single words that it replaces."""
    district = Division.objects.select_for_update(no_key=True).get(pk=district_id, level=Division.Level.DISTRICT)
    roles = parties_at(by, district, day=timezone.localdate(now))
    insist(permissions.objection_to("rounds.set_words", roles=roles, stage="rounds"))
    kept = {key: text.strip()[: terms.MOST_SIGNS] for key, text in words.items() if key in terms.KEYS and text.strip()}
    wording, _made = Wording.objects.update_or_create(
        district=district, defaults={"vocabulary": vocabulary, "words": kept}
    )
    log.record("rounds.set_words", by=by, about=wording, now=now, vocabulary=vocabulary, words=kept)
    return wording
