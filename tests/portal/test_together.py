"""Several lists with one question: the same rows in the same order as each list gives by itself."""

import pytest
from django.db.models import Count, F, Sum, Value

from portal import together
from projects.models import CostItem, Proposal, Round
from tests import factories as make
from tests.factories import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def lists():
    home = make.community()
    batch, who = make.round_at("proposals", home), make.resident(home)
    for price in (300, 100, 200):
        row = make.proposal(batch, who, title=f"坡道 {price}% 100")
        CostItem.objects.create(proposal=row, name="扶手", quantity=price, unit_price=10)
        row.supports.create(person=make.resident(home), at=NOON)
    return lambda: [
        Proposal.objects.select_related("community__parent", "appeal__decision").order_by("-title"),
        CostItem.objects.order_by("quantity")[1:2],
        Round.objects.annotate(n=Count("proposals"), place=Value(7)),
        CostItem.objects.filter(name__contains="%"),
        Proposal.objects.filter(pk__in=[]),
        Proposal.objects.values_list("title", "lodged_at").order_by(F("title")),
        CostItem.objects.values_list("name").annotate(sum=Sum("quantity")).order_by(),
        batch.proposals.values_list("proposer_id", flat=True),
    ]


def told(rows):
    """Objects by all that they hold, plain rows as they are."""
    return [{**vars(row), "_state": None} if hasattr(row, "_meta") else row for row in rows]


def test_lists_are_read_with_one_question(lists, django_assert_num_queries):
    alone, once = lists(), lists()
    expected = [told(rows) for rows in alone]
    with django_assert_num_queries(1):
        together.read(once)
        assert [told(rows) for rows in once] == expected
        assert [row.community.parent.name for row in once[0]] == ["布吉街道"] * 3
        assert [len(rows) for rows in once] == [3, 1, 1, 0, 0, 3, 1, 3]
    assert once[1][0].quantity == 200
    assert once[0][0].community.name, "what was read is an ordinary object"
    assert once[0].filter(title__contains="200").count() == 1, "and the list still narrows"
    with django_assert_num_queries(0):
        together.read(once)
        together.read([])
        together.read([Proposal.objects.none()])
