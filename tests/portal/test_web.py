"""What every request passes through before a view."""

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("query", ["number=%00", "number=%0%000", "number=a%00b&page=%00"])
def test_a_nul_in_the_question_is_a_blank(query):
    """S34: no database takes it."""
    assert Client().get(f"{reverse('timebank:verify')}?{query}").status_code in {200, 422}


def test_a_nul_in_the_path_is_no_page():
    for name in ("activities:call", "tally:result", "publicity:round"):
        assert Client().get(reverse(name, args=["\0"])).status_code == 404, name
