"""Public hearings: announced in time, joined in order, recorded by two people, published."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from communities.accounts import phones
from portal import clock
from portal.models import Notice
from portal.refusals import Refused
from projects.deliberation import queries, services
from projects.deliberation.models import Hearing, HearingPlace
from projects.desk import privacy
from tests import factories
from tests.factories import NOON
from tests.projects.deliberation.council import world
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
HELD = NOON + timedelta(days=5)
RECORD = {"came": 6, "record": "居民甲：建议建在东侧。居民乙：担心占用车位。", "outcome": "采纳建在东侧的意见；车位不减少。"}


def url(name, *args):
    return reverse(f"deliberation:{name}", args=args)


def text_of(answer):
    return answer.content.decode()


def call(w, places=2, **other):
    given = {
        "proposal_id": w.proposals[0].pk, "subject": "坡道建在东侧还是西侧？", "starts_at": HELD, "place": "社区活动室",
        "places": places, "register_until": (NOON + timedelta(days=4)).date(), "by": w.worker, "now": NOON,
    }  # fmt: skip
    return services.call_hearing(**{**given, **other})


def refused(code, act, **given):
    with pytest.raises(Refused) as caught:
        act(**given)
    assert caught.value.refusal.code == code


def told(person, *words):
    return all(word in str([row.text for row in Notice.objects.filter(person=person)]) for word in words)


def test_places_go_in_order_and_the_waiting_list_moves_up():
    w = world()
    row = call(w)
    assert row.number.startswith("TZ-2026-") and told(w.members[0], "召开听证会") and told(w.proposals[0].proposer, "召开听证会")
    people = [factories.resident(w.home, f"居民{place}") for place in range(4)]
    for place, who in enumerate([*people, people[0]]):
        services.ask_place(hearing_id=row.pk, speaks=place == 1, by=who, now=NOON)
    seated, waiting = queries.places_of(row)
    assert [each.person for each in seated] == people[:2] and [each.person for each in waiting] == people[2:]
    assert queries.standing_of(row, people[3]) == {"asked": True, "count": 4, "waits": True, "ahead": 2, "free": 0}
    assert services.leave_place(hearing_id=row.pk, by=people[0], now=NOON)
    assert not services.leave_place(hearing_id=row.pk, by=people[0], now=NOON)
    assert told(people[2], "您有席位了") and not told(people[3], "您有席位了")
    assert not services.leave_place(hearing_id=row.pk, by=w.worker, now=NOON)
    refused("not_yours", services.ask_place, hearing_id=row.pk, speaks=False, by=factories.resident(factories.community()), now=NOON)
    refused("already_called", call, w=w)
    refused("hearing_over", services.leave_place, hearing_id=row.pk, by=people[1], now=HELD + timedelta(days=1))
    refused("register_over", services.ask_place, hearing_id=row.pk, speaks=False, by=people[0], now=HELD)
    assert privacy.backed_by(people[1])["听证会报名"] == [row.number]
    privacy.forget_backing(people[1], now=NOON)
    assert not HearingPlace.objects.filter(person=people[1]).exists()
    services.call_off_hearing(hearing_id=row.pk, reason="场地漏水，另行通知。", by=w.worker, now=NOON)
    assert told(people[3], "听证会取消")
    refused("cancelled", services.ask_place, hearing_id=row.pk, speaks=False, by=people[0], now=NOON)
    refused("cancelled", services.write_record, hearing_id=row.pk, by=w.worker, now=HELD, **RECORD)


def test_what_is_too_early_or_not_hers_is_refused():
    w = world()
    refused("too_early", call, w=w, starts_at=NOON + timedelta(days=2))
    refused("register_wrong", call, w=w, register_until=HELD.date())
    refused("not_yours", call, w=w, by=w.chair)
    refused("personal_number", call, w=w, subject="请联系 13800138000 报名参加。")
    row = call(w)
    refused("not_held", services.write_record, hearing_id=row.pk, by=w.worker, now=NOON, **RECORD)
    refused("no_record", services.sign_record, hearing_id=row.pk, as_chair=False, by=w.worker, now=HELD)
    services.write_record(hearing_id=row.pk, by=w.worker, now=HELD, **RECORD)
    services.sign_record(hearing_id=row.pk, as_chair=False, by=w.worker, now=HELD)
    refused("same_person", services.sign_record, hearing_id=row.pk, as_chair=True, by=w.worker, now=HELD)
    refused("already_signed", services.write_record, hearing_id=row.pk, by=w.worker, now=HELD, **RECORD)
    refused("already_held", services.call_off_hearing, hearing_id=row.pk, reason="场地漏水。", by=w.worker, now=HELD)


def test_from_the_notice_to_the_public_record():
    """The notice is public at once, the record only with both names under it."""
    w = world()
    proposal, neighbour = w.proposals[0], factories.resident(w.home, "刘芳")
    clerk, chair, she = (sign_in(Client(), who) for who in (w.worker, w.chair, neighbour))
    with clock.pretend(NOON):
        assert url("call_hearing", proposal.number) in text_of(clerk.get(reverse("desk:proposal", args=[proposal.number])))
        typed = {"subject": "坡道建在哪一侧？", "held_on": f"{HELD:%Y-%m-%d}", "at": "19:30", "place": "社区活动室", "places": "5"}
        wrong = clerk.post(url("call_hearing", proposal.number), {**typed, "register_until": "x"})
        assert wrong.status_code == 422 and "坡道建在哪一侧？" in text_of(wrong)
        typed["register_until"] = f"{NOON + timedelta(days=4):%Y-%m-%d}"
        assert clerk.post(url("call_hearing", proposal.number), typed).status_code == 302
        number = Hearing.objects.get().number
        Hearing.objects.update(places=1)
        page = text_of(Client().get(url("hearing", number)))
        assert "登录后报名" in page and "坡道建在哪一侧？" in page and "办理听证会" not in page
        assert url("hearing", number) in text_of(Client().get(reverse("desk:proposal", args=[proposal.number])))
        assert she.post(url("ask_place", number), {"speaks": "on"}).status_code == 302
        assert "您已报名，有席位" in text_of(she.get(url("hearing", number)))
        assert sign_in(Client(), w.members[1]).post(url("ask_place", number)).status_code == 302
        assert "您在候补，排第 1 位" in text_of(sign_in(Client(), w.members[1]).get(url("hearing", number)))
        assert she.get(url("hearing_desk", number)).status_code == 403
        assert "刘芳" in text_of(clerk.get(url("hearing_desk", number))) and "刘芳" not in text_of(Client().get(url("hearing", number)))
        assert number in text_of(clerk.get(url("desk"))) and clerk.get(url("call_off", number)).status_code == 200
    with clock.pretend(HELD):
        assert clerk.post(url("write_record", number), {**RECORD, "came": "六人"}).status_code == 422
        assert clerk.post(url("write_record", number), RECORD).status_code == 302
        clerk.post(url("sign_record", number), {"as": "clerk"})
        assert RECORD["outcome"] not in text_of(Client().get(url("hearing", number)))
        chair.post(url("sign_record", number), {"as": "chair"})
        page = text_of(Client().get(url("hearing", number)))
        assert RECORD["outcome"] in page and "到场 6 人" in page and w.chair.name in page
        assert "听证会笔录公开" in text_of(Client().get(reverse("desk:proposal", args=[proposal.number])))
        assert number in text_of(Client().get(url("meetings", w.home.code)))


def test_a_worker_registers_who_comes_or_calls_and_the_sheet_hangs_on_the_board():
    """P10: by name alone, or as the person where name and number fit, who is told; forgotten 90 days later."""
    w = world()
    row = call(w, places=1)
    known = factories.resident(w.home, "刘芳")
    phone = phones.unseal(bytes(known.phone_cipher))
    clerk, member = sign_in(Client(), w.worker), sign_in(Client(), w.chair)
    with clock.pretend(NOON):
        register = url("register_place", row.number)
        assert register in text_of(clerk.get(url("hearing_desk", row.number)))
        assert member.get(register).status_code == 403 and member.post(register, {"name": "王秀英"}).status_code == 403
        for typed, said in (({}, "请填写姓名。"), ({"name": "王秀英", "phone": phone}, "没有找到"), ({"name": "x" * 90}, "40"),
                            ({"name": "找13800138000"}, "手机号"), ({"name": "刘\0", "phone": "9" * 60}, "请只输入一个手机号。")):  # fmt: skip
            wrong = clerk.post(register, typed)
            assert wrong.status_code == 422 and said in text_of(wrong), typed
        assert "已登记，有席位。" in text_of(clerk.post(register, {"name": "王秀英", "speaks": "on"}, follow=True))
        again = clerk.post(register, {"name": "王秀英"})
        assert again.status_code == 422 and "同名" in text_of(again)
        assert "候补" in text_of(clerk.post(register, {"name": "刘芳", "phone": f"{phone[:3]} {phone[3:]}"}, follow=True))
        assert told(known, "为您报名了") and clerk.post(register, {"name": "刘芳", "phone": phone}).status_code == 422
        services.ask_place(hearing_id=row.pk, speaks=False, by=w.members[1], now=NOON)
        services.register_place(hearing_id=row.pk, name="赵大爷", person_id=None, speaks=False, by=w.worker, now=NOON)
        first, second, hers, last = row.asked.all()
        page = text_of(Client().get(url("hearing", row.number)))
        assert "王秀英" not in page and phone not in text_of(clerk.get(url("hearing_desk", row.number)))
        assert member.post(url("strike_place", first.pk)).status_code == 403
        assert clerk.post(url("strike_place", hers.pk)).status_code == 403, "she asked herself"
        assert clerk.post(url("strike_place", first.pk)).status_code == 302 and told(known, "您有席位了")
        assert clerk.post(url("strike_place", second.pk)).status_code == 302 and told(known, "取消了您")
        assert clerk.post(url("strike_place", second.pk)).status_code == 404
        services.leave_place(hearing_id=row.pk, by=w.members[1], now=NOON)
        assert told(w.worker, "您登记的来访居民有席位了")
        sheet = text_of(Client().get(url("hearing_notice", row.number)))
        assert "听证会公告" in sheet and "data:image/svg+xml" in sheet and row.subject in sheet and "赵大爷" not in sheet
    refused("register_over", services.register_place, hearing_id=row.pk, name="迟到", person_id=None, speaks=False, by=w.worker, now=HELD)
    services.call_off_hearing(hearing_id=row.pk, reason="场地漏水，另行通知。", by=w.worker, now=NOON)
    assert services.forget_guests(now=HELD + timedelta(days=89)) == 0
    assert services.forget_guests(now=HELD + timedelta(days=91)) == 1 and row.asked.get().guest_name == ""
    assert "姓名已删除" in text_of(clerk.get(url("hearing_desk", row.number)))
