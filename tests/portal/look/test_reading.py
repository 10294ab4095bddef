"""长者模式 and the other reading switches: cookies, no script, the same addresses (A7, A8, A18, G11)."""

import re

import pytest

from portal import addresses
from tests import factories
from tests.architecture import url_world
from tests.architecture.test_url_matrix import MATRIX, POST

pytestmark = pytest.mark.django_db


def html_tag(response) -> str:
    return re.search(r"<html[^>]*>", response.content.decode()).group()


def test_elder_mode_is_kept_and_returns_to_the_same_page(client):
    """A8"""
    response = client.get("/reading", {"elder": "1", "next": "/style?page=2"})
    assert (response.status_code, response["Location"]) == (302, "/style?page=2")
    assert response.cookies["elder"]["httponly"]
    tag = html_tag(client.get("/style"))
    assert 'data-elder="1"' in tag and 'data-size="24"' in tag
    client.get("/reading", {"elder": "0", "next": "/style"})
    tag = html_tag(client.get("/style"))
    assert "data-elder" not in tag and 'data-size="17"' in tag


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ({"size": "40"}, 'data-size="40"'),
        ({"contrast": "high"}, 'data-contrast="high"'),
        ({"mono": "1"}, 'data-mono="1"'),
        ({"cursor": "big"}, 'data-cursor="big"'),
        ({"lang": "en"}, 'lang="en"'),
    ],
)
def test_each_switch_is_written_on_the_page(client, asked, written):
    """A7, A3, G11"""
    assert written not in html_tag(client.get("/style"))
    client.get("/reading", {**asked, "next": "/style"})
    assert written in html_tag(client.get("/style"))


@pytest.mark.parametrize(
    "away", ["https://example.org/", "//example.org", "javascript:alert(1)", "\\\\example.org", ""]
)
def test_the_switch_never_leads_away(client, away):
    assert client.get("/reading", {"elder": "1", "next": away})["Location"] == "/"


@pytest.mark.parametrize(
    "asked", [{"size": "999"}, {"size": '17"><script>'}, {"contrast": "x"}, {"elder": "2"}, {"lang": "xx"}]
)
def test_unknown_wishes_set_nothing(client, asked):
    assert not client.get("/reading", asked).cookies


def test_a_made_up_cookie_is_not_written_on_the_page(client):
    client.cookies["size"] = '"><script>'
    client.cookies["elder"] = "yes"
    assert html_tag(client.get("/style")) == '<html lang="zh-CN" data-size="17">'


def test_switches_are_links_and_only_reading_is_allowed(client):
    """A18: nothing here needs a script."""
    page = client.get("/style").content.decode()
    assert 'href="/reading?elder=1&amp;next=%2Fstyle"' in page
    assert client.post("/reading", {"elder": "1"}).status_code == 405


def test_pages_vary_by_cookie(client):
    assert "Cookie" in client.get("/style")["Vary"]


def test_a_page_that_answered_a_form_leads_back_to_one_that_a_link_may_ask_for(client):
    """A8, A18: the switches on an act's page (here its refusal) never end in 405; nor does signing in after the act."""
    client.force_login(factories.resident(factories.community()))
    page = client.post("/voting/2026-99/review/").content.decode()
    assert "next=%2Fvoting%2F2026-99%2F&" in page.replace('"', "&") and "review" not in page
    assert "next=%2Fsign-in" not in page


def test_every_address_knows_whether_a_link_may_ask_for_it():
    """The list of acts in the matrix of addresses, which asks each of them, and portal.addresses say the same."""
    acts = {name for name, who in MATRIX.items() if who == POST} - {"accounts:code"}  # leads on to the sign-in
    told = {name for name, pattern in url_world.addresses() if not addresses.takes_get(pattern.callback)}
    assert told == acts and "voting:cast" in told


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("/voting/2026-01/", "/voting/2026-01/"),
        ("/voting/2026-01/?a=1", "/voting/2026-01/?a=1"),
        ("/voting/2026-01/cast/?a=1", "/voting/2026-01/"),
        ("/rehearsal/round/2026-01/44/wipe/", "/rehearsal/round/2026-01/44/"),
        ("/accounts/discard/", "/"),
        ("/no/such/page/", "/"),
        ("", "/"),
    ],
)
def test_the_nearest_page_above(asked, there):
    assert addresses.page_at_or_above(asked) == there
