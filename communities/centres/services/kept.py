"""The first lines of every act on a centre: its row locked, and the question whether this person keeps it."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from communities.accounts.models import User
from communities.centres import rules
from communities.centres.models import ServiceCentre
from communities.roles.queries import roles_at
from portal.refusals import insist


def locked_centre(centre_id: int, *, by: User, now: datetime) -> ServiceCentre:
    """The centre, locked. Errors: Refused when the person does not keep it."""
    rows = ServiceCentre.objects.select_for_update(of=("self",)).select_related("community")
    centre = rows.get(pk=centre_id)
    insist(rules.objection_to_keeping(roles_at(by, centre.community, timezone.localdate(now))))
    return centre
