"""The volunteers' stories in their order, for the demo's loader; and who of them can be tried."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from communities.accounts.demo import also
from communities.accounts.models import User
from communities.divisions.models import Division
from projects.demo.load import follows
from volunteers.demo.activities import activities
from volunteers.demo.people import volunteers
from volunteers.demo.thanks import hours_and_thanks, tariff
from volunteers.demo.wishes import wishes
from volunteers.rewards.models import MerchantTerm
from volunteers.teams.models import Membership

STORIES = (volunteers, tariff, activities, hours_and_thanks, wishes)


def register() -> None:
    """Tell the demo's loader and its page of people; called once when the app is ready."""
    for story in STORIES:
        follows(story)
    also(counters)
    also(leaders)


def leaders() -> Iterator[tuple[Division, User, str]]:
    """Who leads a team."""
    rows = Membership.objects.open().filter(leads=True, team__closed_on=None)
    for row in rows.select_related("volunteer__person", "team__community").order_by("team"):
        yield row.team.community, row.volunteer.person, _("志愿队长 · %(team)s") % {"team": row.team.name}


def counters() -> Iterator[tuple[Division, User, str]]:
    """Who stands at a merchant's counter: one in each community."""
    rows = MerchantTerm.objects.filter(ends_on=None).select_related("person", "merchant__community")
    for row in rows.order_by("merchant__community_id", "pk").distinct("merchant__community_id"):
        yield row.merchant.community, row.person, _("爱心商家 · %(name)s") % {"name": row.merchant.name}
