"""The count runs as soon as the stage is entered; then nothing holds it."""

from __future__ import annotations

from datetime import datetime

from portal.refusals import gettext_noop as _
from projects.deliberation.services import carry_over
from projects.items import Hold
from projects.rounds.models import Round
from projects.tally.services import count_round
from projects.voting.models import Slate
from projects.voting.services import close_ballots, freeze_slates


def holding(subject: Round, *, now: datetime) -> list[Hold]:
    uncounted = Slate.objects.filter(round=subject, tallies=None).count()
    return [Hold("uncounted", _("%(count)s 个社区还没有计票"), count=uncounted)] if uncounted else []


def enter(subject: Round, *, now: datetime) -> None:
    """Close the ballots and count, or count again without what was struck; a council-only round gets its slate here."""
    carry_over(subject, now=now)
    freeze_slates(subject, with_roll=False, now=now)
    close_ballots(subject, now=now)
    count_round(subject, now=now)
