"""Merchants, offers, redemptions and monthly sums, one function per question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from communities.accounts.models import User
from communities.divisions.models import Division
from communities.roles.queries import within
from communities.roles.rules import Role
from volunteers.parties import parties_at
from volunteers.permissions import Party
from volunteers.rewards.models import Benefit, Merchant, MerchantTerm, Offer, Redemption
from volunteers.teams.models import Volunteer

OFFICE = frozenset({Role.STREET_OFFICER, Role.DISTRICT_OFFICER})


@dataclass(frozen=True, slots=True)
class Line:
    """One offer in a month's statement."""

    offer: int
    title: str
    count: int
    points: int


def on_day(day: date) -> Q:
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))


def open_offers(today: date, *, place: Division | None = None) -> QuerySet[Offer]:
    """What can be taken today, the cheapest first; inside `place` when one is named."""
    rows = Offer.objects.filter(on_day(today), withdrawn_at=None, merchant__left_on=None, left__gt=0)
    if place is not None:
        rows = rows.filter(merchant__community__path__startswith=place.path)
    return rows.select_related("merchant__community__parent").order_by("points", "pk")


def offers_shown() -> QuerySet[Offer]:
    return Offer.objects.select_related("merchant__community__parent")


def merchants_shown() -> QuerySet[Merchant]:
    return Merchant.objects.select_related("community__parent")


def offers_of(merchant: Merchant) -> QuerySet[Offer]:
    return Offer.objects.filter(merchant=merchant).order_by("withdrawn_at", "-ends_on", "-pk")


def merchants_of(person: User, today: date) -> QuerySet[Merchant]:
    """The merchants for which she acts today."""
    if not person.is_authenticated:
        return Merchant.objects.none()
    terms = MerchantTerm.objects.filter(on_day(today), person=person).values("merchant")
    return merchants_shown().filter(pk__in=terms, left_on=None).order_by("pk")


def merchants_in_sight(person: User, today: date) -> QuerySet[Merchant]:
    """Those of the places where the person holds an office."""
    return (
        merchants_shown().filter(within(person, OFFICE, today, "community")).order_by("community__code", "name", "pk")
    )


def parties_to_merchant(person: User, merchant: Merchant, *, day: date) -> frozenset[Party]:
    found = parties_at(person, merchant.community, day=day)
    if Party.MEMBER in found and acts_for(person, merchant, day):
        found |= {Party.MERCHANT}
    return found


def acts_for(person: User, merchant: Merchant, day: date) -> bool:
    return MerchantTerm.objects.filter(on_day(day), merchant=merchant, person=person).exists()


def acts_for_maybe(person: User, merchant: Merchant, day: date) -> bool:
    """The same for a visitor of any page, signed in or not."""
    return person.is_authenticated and acts_for(person, merchant, day)


def terms_of(merchant: Merchant, today: date) -> QuerySet[MerchantTerm]:
    """Whose term counts now or later."""
    rows = MerchantTerm.objects.filter(merchant=merchant).filter(Q(ends_on=None) | Q(ends_on__gte=today))
    return rows.select_related("person").order_by("starts_on", "pk")


def taken_by(volunteer: Volunteer, offer: Offer) -> int:
    rows = Redemption.objects.filter(volunteer=volunteer, offer=offer, state__in=["held", "redeemed"])
    return rows.count()


def redemptions_of(volunteer: Volunteer) -> QuerySet[Redemption]:
    rows = Redemption.objects.filter(volunteer=volunteer)
    return rows.select_related("offer__merchant__community").order_by("-held_at", "-pk")


def redemption_coded(code: str, merchants: QuerySet[Merchant]) -> Redemption | None:
    """The redemption of a code at one of these merchants; nobody else learns whether the code exists."""
    rows = Redemption.objects.filter(code=code, offer__merchant__in=merchants)
    return rows.select_related("offer__merchant", "volunteer__person").first()


def lapsing(now: datetime) -> QuerySet[Redemption]:
    return Redemption.objects.filter(state="held", expires_at__lte=now).order_by("expires_at", "pk")


def redeemed(first: datetime, until: datetime) -> QuerySet[Redemption]:
    """What was redeemed from one instant up to another."""
    return Redemption.objects.filter(state="redeemed", ended_at__gte=first, ended_at__lt=until)


def statement(merchant: Merchant, first: datetime, until: datetime) -> list[Line]:
    """One line per offer that was redeemed in the time; one query."""
    rows = redeemed(first, until).filter(offer__merchant=merchant)
    found = rows.values("offer", "offer__title").annotate(count=Count("pk"), sum=Sum("points")).order_by("offer")
    return [Line(row["offer"], row["offer__title"], row["count"], row["sum"]) for row in found]


def sums_by_merchant(merchants: list[int], first: datetime, until: datetime) -> dict[int, tuple[int, int]]:
    """Number and points of a month for many merchants; one query."""
    rows = redeemed(first, until).filter(offer__merchant__in=merchants).values_list("offer__merchant")
    found = rows.annotate(count=Count("pk"), sum=Sum("points"))
    return {merchant: (count, points) for merchant, count, points in found}


def benefits_on(today: date, *, place: Division | None = None) -> QuerySet[Benefit]:
    """Benefits that stand today, the fewest hours first; those that reach `place` when one is named."""
    rows = Benefit.objects.filter(on_day(today)).select_related("place").order_by("hours_needed", "pk")
    if place is not None:
        rows = rows.filter(place__code__in=place.path.split("/"))
    return rows


def with_offers(rows: QuerySet[Merchant], today: date) -> QuerySet[Merchant]:
    """Merchants with what each gives today, for a list."""
    now = Offer.objects.filter(on_day(today), withdrawn_at=None).order_by("points", "pk")
    return rows.prefetch_related(Prefetch("offers", now, to_attr="standing_offers"))
