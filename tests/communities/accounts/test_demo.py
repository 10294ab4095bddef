"""The demo's shortcuts exist in demo mode and nowhere else."""

import pytest
from django.urls import reverse

from communities.accounts import demo
from portal import clock
from portal.models import DemoClock
from tests.factories import community, person, resident, worker

pytestmark = pytest.mark.django_db


def test_outside_the_demo_nothing_is_there(client):
    who = worker(community())
    for url in ("demo_people", "demo_clock"):
        assert client.get(reverse(f"accounts:{url}")).status_code == 404
    assert client.post(reverse("accounts:demo_sign_in", args=[who.pk])).status_code == 404
    assert client.post(reverse("accounts:demo_clock"), {"days": "30"}).status_code == 404
    assert "_auth_user_id" not in client.session and not DemoClock.objects.exists()


def test_a_demo_session_is_worth_nothing_once_the_demo_is_off(client, settings):
    """S16: the shortcut is no second factor elsewhere."""
    settings.DEMO = True
    who = worker(community())
    client.post(reverse("accounts:demo_sign_in", args=[who.pk]))
    assert client.get(reverse("residents:vouching")).status_code == 200
    settings.DEMO = False
    assert client.get(reverse("residents:vouching")).status_code == 302


def test_the_page_lists_people_by_role_and_place(client, settings):
    settings.DEMO = True
    home = community()
    staff, lives = worker(home), resident(home, "周海燕")
    text = client.get(reverse("accounts:demo_people")).content.decode()
    for wanted in ("社区工作者", staff.name, home.name, "周海燕", "居民", "演示"):
        assert wanted in text
    assert client.post(reverse("accounts:demo_sign_in", args=[lives.pk])).status_code == 302
    assert client.session["_auth_user_id"] == str(lives.pk)


def test_only_listed_people_can_be_tried(client, settings):
    settings.DEMO = True
    assert client.post(reverse("accounts:demo_sign_in", args=[person().pk])).status_code == 404


def test_the_clock_moves_forward_by_the_listed_days_and_wakes_the_rounds(client, settings, monkeypatch):
    settings.DEMO = True
    woken = []
    monkeypatch.setattr("communities.accounts.demo.current_app.send_task", woken.append)
    before = clock.today()
    client.post(reverse("accounts:demo_clock"), {"days": "10"})
    assert (clock.today() - before).days == 10
    assert "portal.tick" in woken and "projects.advance_due" in woken
    assert client.post(reverse("accounts:demo_clock"), {"days": "-5"}).status_code == 422
    assert (clock.today() - before).days == 10


def test_a_demo_that_moves_its_clock_signs_nobody_out(client, settings):
    """Sessions count real time."""
    settings.DEMO = True
    who = worker(community())
    client.post(reverse("accounts:demo_sign_in", args=[who.pk]))
    clock.move_demo_clock(days=30)
    assert client.get(reverse("accounts:security")).status_code == 200



def test_a_walk_and_people_of_other_apps_can_be_tried(client, settings, monkeypatch):
    settings.DEMO = True
    home = community()
    lent, guide = person("罗建成"), person("周海燕")
    monkeypatch.setattr("communities.accounts.demo.ALSO", [lambda: [(home, lent, "承接单位")]])
    step = demo.Step("提一个提案", guide, "居民", reverse("residents:mine"))
    monkeypatch.setattr("communities.accounts.demo.LEADS", [lambda day: [step]])
    text = client.get(reverse("accounts:demo_people")).content.decode()
    assert "罗建成" in text and "承接单位" in text and "提一个提案" in text
    assert client.post(reverse("accounts:demo_sign_in", args=[lent.pk])).status_code == 302
    sent = client.post(reverse("accounts:demo_sign_in", args=[guide.pk]), {"next": step.url})
    assert sent.url == reverse("residents:mine") and client.session["_auth_user_id"] == str(guide.pk)
