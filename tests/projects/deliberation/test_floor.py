"""The speaking order: asked for in turn, called one at a time, named in the minutes."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from communities.models import User
from portal import clock
from portal.refusals import Refused
from projects.deliberation import document, queries, services
from projects.deliberation.models import Turn
from tests.projects.deliberation.council import DAY, world
from tests.signing_in import sign_in
from tests.threads import at_once


def url(name, *args):
    return reverse(f"deliberation:{name}", args=args)


def text_of(answer):
    return answer.content.decode()


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


def names(rows):
    return [row.person.name for row in rows]


@pytest.mark.django_db
def test_members_ask_on_their_phones_and_the_clerk_calls_them_in_order():
    """Without script: every press is a form. A repeat changes nothing; only who is there speaks, and not during the vote."""
    w = world(seats=5, proposals=2)
    meeting = w.opened(present=4)
    item, second = meeting.items.all()
    with clock.pretend(DAY):
        clerk, one, two, away = (sign_in(Client(), who) for who in (w.worker, w.members[1], w.members[2], w.members[4]))
        for who in (one, two, one):
            assert who.post(url("ask_floor", item.pk)).status_code == 302
        assert away.post(url("ask_floor", item.pk)).status_code == 403 and "申请发言" not in text_of(away.get(url("papers", meeting.number)))
        papers = text_of(two.get(url("papers", meeting.number)))
        assert "前面还有 1 人" in papers and papers.count("申请发言<span") == 1, "the other item's"
        wrong = clerk.post(url("floor", item.pk), {"person": w.members[1].pk})
        assert wrong.status_code == 422 and "还没有排队的代表" in text_of(wrong)
        assert clerk.post(url("floor", item.pk), {"person": w.members[3].pk}).status_code == 302
        floor = queries.floor_of(item)
        assert names(floor.waiting) == ["议事代表2", "议事代表3", "议事代表4"] and floor.speaking is None
        assert clerk.post(url("call_turn", floor.waiting[0].pk)).status_code == 302
        assert clerk.post(url("call_turn", floor.waiting[0].pk)).status_code == 302
        part = one.get(url("papers", meeting.number), headers={"HX-Request": "true"})
        assert "请您发言：1. 加装坡道1" in text_of(part) and "<html" not in text_of(part)
        assert clerk.post(url("leave_floor", floor.waiting[0].pk)).status_code == 409, "she has the floor"
        assert one.post(url("leave_floor", floor.waiting[1].pk)).status_code == 403
        assert two.post(url("call_turn", floor.waiting[1].pk)).status_code == 403
        assert clerk.post(url("call_turn", floor.waiting[1].pk)).status_code == 302
        part = text_of(clerk.get(url("floor", item.pk), headers={"HX-Request": "true"}))
        assert "正在发言：议事代表3" in part and "<html" not in part and names(queries.floor_of(item).spoken) == ["议事代表2"]
        assert clerk.post(url("end_turn", floor.waiting[1].pk)).status_code == 302
        assert one.post(url("ask_floor", item.pk)).status_code == 302, "who has spoken may ask again"
        assert clerk.post(url("leave_floor", floor.waiting[2].pk)).status_code == 302
        assert clerk.post(url("leave_floor", floor.waiting[2].pk)).status_code == 404
        last = queries.floor_of(item).waiting[0]
        services.open_vote(item_id=item.pk, by=w.worker, now=DAY)
        for act in (lambda: services.call_turn(turn_id=last.pk, by=w.worker, now=DAY), lambda: ask(w, item, 0)):
            with refused("vote_open"):
                act()
        assert "不再安排发言" in text_of(clerk.get(url("floor", item.pk)))
        services.enter_hands(item_id=item.pk, votes={each.pk: "for" for each in w.members[:4]}, by=w.worker, now=DAY)
        services.close_vote(item_id=item.pk, reason="", by=w.worker, now=DAY)
        with refused("item_settled"):
            ask(w, item, 0)
        services.defer_item(item_id=second.pk, reason="等产权单位意见", by=w.worker, now=DAY)
    w.finished(meeting)
    with refused("not_open"):
        ask(w, second, 0)
    meeting.refresh_from_db()
    public = text_of(Client().get(url("minutes", meeting.number)))
    assert "发言：议事代表2、议事代表3<" in public and public.count("发言：") == 1
    assert document.content_of(meeting).startswith(b"PK")
    with pytest.raises(IntegrityError), transaction.atomic():
        Turn.objects.filter(item=item).update(called_at=None)


def ask(w, item, place):
    who = User.objects.get(pk=w.members[place].pk)
    return services.ask_floor(item_id=item.pk, person_id=who.pk, by=who, now=DAY)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_all_ask_and_two_clerks_call_at_once_and_one_speaks():
    w = world(seats=5)
    item = w.opened().items.get()
    assert not [each for each in at_once([lambda place=place: ask(w, item, place) for place in (1, 1, 2, 3)]) if isinstance(each, Exception)]
    keys = list(item.turns.values_list("pk", flat=True))
    assert len(keys) == 3
    acts = [lambda key=key: services.call_turn(turn_id=key, by=User.objects.get(pk=w.worker.pk), now=DAY) for key in keys]
    assert not [each for each in at_once(acts) if isinstance(each, Exception)]
    assert item.turns.filter(called_at__isnull=False, spoke_at=None).count() == 1
