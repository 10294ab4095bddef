"""Activities, waiting lists, rooms: what one person may do, and that two never get the same."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from communities.centres import queries, services
from communities.centres.forms.taking_part import moment
from communities.centres.models import Activity, Attendance, Enrolment, RoomUse, ServiceCentre, Session
from communities.residents.privacy import KEEPERS
from communities.residents.services import close_account
from portal import clock
from portal.models import Notice
from portal.refusals import Refused
from tests import factories as make
from tests.signing_in import sign_in
from tests.threads import at_once

NOW = make.NOON
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
STARTS = NOW + 3 * DAY + 3 * HOUR  # Thursday 15:00


class World:
    """A centre with a room and a course of two sessions that has `places` places."""

    def __init__(self, places: int = 1, publish: bool = True, **values):
        self.home = make.community()
        self.centre = ServiceCentre.objects.create(community=self.home, name="龙岭社区党群服务中心", address="龙岭路1号")
        self.worker = make.worker(self.home)
        self.room = services.keep_room(
            centre_id=self.centre.pk, name="会议室", floor="", seats=16, equipment="", lends=True, most_hours=2, days_ahead=14,
            cancel_hours=4, closed_on=None, by=self.worker, now=NOW,
        )  # fmt: skip
        self.values = {
            "kind": "course", "title": "周末书法班", "about": "从握笔开始学。", "who": "六到十二岁", "bring": "", "host": "", "fee": 0,
            "room": self.room, "places": places, "residents_only": False, "opens_at": NOW - DAY, "cancel_hours": 24, **values,
        }  # fmt: skip
        self.spans = [(STARTS, STARTS + 2 * HOUR), (STARTS + 7 * DAY, STARTS + 7 * DAY + 2 * HOUR)]
        self.activity = self.plan()
        if publish:
            services.publish_activity(activity_id=self.activity.pk, by=self.worker, now=NOW)

    def plan(self, **other) -> Activity:
        given = {"centre_id": self.centre.pk, "spans": self.spans, "by": self.worker, "now": NOW}
        return services.plan_activity(**given | self.values | other)

    def signs_up(self, person, now=NOW) -> Enrolment:
        return services.sign_up(activity_id=self.activity.pk, attends="child", by=person, now=now)

    def books(self, person, at=STARTS + DAY, hours=1, now=NOW) -> RoomUse:
        return services.book_room(room_id=self.room.pk, starts_at=at, hours=hours, purpose="合唱", by=person, now=now)


@pytest.fixture
def world(db) -> World:
    return World()


def refused(act, code: str) -> None:
    with pytest.raises(Refused) as found:
        act()
    assert found.value.refusal.code == code


def test_the_waiting_list_moves_up_by_itself(world):
    """The first who waits gets the place that is given back, and is told once."""
    mother, father, aunt = (make.resident(world.home, name) for name in ("李秀兰", "陈伟", "王芳"))
    assert world.signs_up(mother).seat == 1
    assert world.signs_up(father).seat is None and queries.turn_of(world.signs_up(aunt)) == 2
    refused(lambda: world.signs_up(mother), "signed_up")
    services.leave(activity_id=world.activity.pk, by=mother, now=NOW + HOUR)
    moved = queries.enrolment_of(father, world.activity)
    assert (moved.seat, moved.placed_at) == (1, NOW + HOUR)
    assert queries.turn_of(queries.enrolment_of(aunt, world.activity)) == 1
    told = Notice.objects.get(kind="centres.moved_up")
    assert told.person_id == father.pk and "周末书法班" in told.params["title"]
    assert world.signs_up(mother, NOW + 2 * HOUR).seat is None, "who comes back waits behind the others"
    services.change_activity(activity_id=world.activity.pk, by=world.worker, now=NOW, **world.values | {"places": 3})
    assert not world.activity.enrolments.filter(ended_at=None, seat=None).exists(), "more places move everybody up"
    refused(
        lambda: services.change_activity(activity_id=world.activity.pk, by=world.worker, now=NOW, **world.values), "too_few"
    )


def test_when_one_may_sign_up_and_leave(world):
    who = make.resident(world.home)
    refused(lambda: world.signs_up(who, NOW - 2 * DAY), "not_open_yet")
    refused(lambda: world.signs_up(world.worker), "staff_account")
    refused(lambda: world.signs_up(who, STARTS), "begun")
    world.signs_up(who)
    refused(lambda: services.leave(activity_id=world.activity.pk, by=who, now=STARTS - HOUR), "too_late")
    waits = make.resident(world.home)
    world.signs_up(waits)
    assert services.leave(activity_id=world.activity.pk, by=waits, now=STARTS - HOUR).ended_at
    assert services.leave(activity_id=world.activity.pk, by=waits, now=NOW) is None
    Activity.objects.update(residents_only=True)
    refused(lambda: world.signs_up(make.resident(world.home, proved=False)), "not_resident")
    services.call_off(activity_id=world.activity.pk, reason="老师生病", by=world.worker, now=NOW)
    refused(lambda: world.signs_up(make.resident(world.home)), "called_off")
    assert Notice.objects.filter(kind="centres.called_off").count() == 1
    assert not RoomUse.objects.exists(), "its rooms are free again"


def test_who_does_not_keep_the_centre_changes_nothing(world):
    """S27"""
    stranger = make.worker(make.community("南坑社区", make.street("坂田街道")))
    session = world.activity.sessions.first()
    given = {"by": stranger, "now": NOW}
    for act in (
        lambda: services.publish_activity(activity_id=world.activity.pk, **given),
        lambda: services.change_activity(activity_id=world.activity.pk, **world.values, **given),
        lambda: services.add_session(activity_id=world.activity.pk, spans=[(NOW + DAY, NOW + DAY + HOUR)], **given),
        lambda: services.drop_session(session_id=session.pk, **given),
        lambda: services.call_off(activity_id=world.activity.pk, reason="不办了", **given),
        lambda: services.mark_attendance(session_id=session.pk, present=[], by=stranger, now=STARTS),
    ):
        refused(act, "not_keeper")


def test_coming_and_not_coming(world):
    """By the code in the time around the session, by the list until a week after; hours and no-shows follow."""
    Activity.objects.update(places=3)
    came, listed, away = (make.resident(world.home) for _who in range(3))
    rows = [world.signs_up(who) for who in (came, listed, away)]
    session = world.activity.sessions.order_by("starts_at").first()
    assert queries.session_behind(queries.door_code(session)) == session
    assert queries.session_behind(f"{session.pk}:forged") is None
    refused(lambda: services.check_in(session_id=session.pk, by=came, now=STARTS - HOUR), "too_early")
    first = services.check_in(session_id=session.pk, by=came, now=STARTS)
    assert services.check_in(session_id=session.pk, by=came, now=STARTS) == first, "a second scan changes nothing"
    refused(lambda: services.check_in(session_id=session.pk, by=make.resident(world.home), now=STARTS), "no_place")
    refused(lambda: services.check_in(session_id=session.pk, by=away, now=STARTS + 3 * HOUR), "too_late")
    after = STARTS + DAY
    present = [rows[0].pk, rows[1].pk, 999_999]
    assert services.mark_attendance(session_id=session.pk, present=present, by=world.worker, now=after) == 2
    assert set(Attendance.objects.values_list("way", flat=True)) == {"code", "list"}
    assert (queries.hours_attended(came), queries.hours_attended(away)) == (120, 0)
    missed = [queries.missed_by(who, world.centre.pk, now=after) for who in (came, listed, away)]
    assert missed == [0, 0, 1]


def test_a_room_is_never_lent_twice(world):
    """A session takes it too; the database itself says no when the service is passed by."""
    who, other = make.resident(world.home), make.resident(world.home)
    first = world.books(who)
    refused(lambda: world.books(other), "room_taken")
    refused(lambda: world.books(other, STARTS + DAY - HOUR, 2), "room_taken")
    refused(lambda: world.books(other, STARTS + HOUR), "room_taken")
    assert world.books(other, STARTS + DAY + HOUR).pk, "the next hour begins where the last ends"
    refused(lambda: world.plan(spans=[(STARTS + DAY, STARTS + DAY + HOUR)]), "room_taken")
    with pytest.raises(IntegrityError), transaction.atomic():
        RoomUse.objects.create(
            room=world.room, person=other, starts_at=first.starts_at + HOUR / 2, ends_at=first.ends_at, made_at=NOW
        )
    services.cancel_booking(use_id=first.pk, by=who, now=NOW)
    assert world.books(other).pk


def test_when_a_room_may_be_borrowed(world):
    who = make.resident(world.home)
    refused(lambda: world.books(make.resident(world.home, proved=False)), "not_resident")
    refused(lambda: world.books(who, NOW - HOUR), "past")
    refused(lambda: world.books(who, NOW + 20 * DAY), "too_far")
    refused(lambda: world.books(who, hours=3), "wrong_length")
    refused(lambda: world.books(who, STARTS + DAY + timedelta(minutes=7)), "wrong_length")
    week = {day: [(datetime(2026, 1, 1, 9).time(), datetime(2026, 1, 1, 16).time())] for day in range(7)}
    services.set_hours(centre_id=world.centre.pk, week=week, by=world.worker, now=NOW)
    refused(lambda: world.books(who, STARTS + DAY, 2), "closed_then")
    made = [world.books(who, NOW + number * DAY + HOUR) for number in (1, 2)]
    refused(lambda: world.books(who, STARTS + 4 * DAY), "enough")
    refused(lambda: services.cancel_booking(use_id=made[0].pk, by=who, now=made[0].starts_at - HOUR), "too_late")
    RoomUse.objects.filter(person=who).update(cancelled_at=None)
    for row in made:
        services.mark_missed(use_id=row.pk, by=world.worker, now=row.ends_at)
    RoomUse.objects.create(
        room=world.room, person=who, starts_at=NOW - DAY, ends_at=NOW - DAY + HOUR, made_at=NOW, missed_at=NOW + DAY
    )
    refused(lambda: world.books(who, NOW + 5 * DAY, now=NOW + 4 * DAY), "missed_often")


@pytest.mark.django_db(transaction=True)
def test_fifty_people_ask_for_ten_places_and_for_one_room():
    """Ten get a place and forty a turn, each another one; of fifty who want the room one gets it."""
    world = World(places=10)
    people = [make.resident(world.home) for _who in range(50)]
    answers = at_once([lambda who=who: world.signs_up(who) for who in people])
    seats = [row.seat for row in answers if row.seat]
    assert (sorted(seats), len(answers) - len(seats)) == (list(range(1, 11)), 40)
    rooms = at_once([lambda who=who: world.books(who) for who in people])
    losers = [each.refusal.code for each in rooms if isinstance(each, Refused)]
    assert len([each for each in rooms if isinstance(each, RoomUse)]) == 1 and losers == ["room_taken"] * 49
    leaving = [row for row in answers if row.seat][:5]
    at_once([lambda row=row: services.leave(activity_id=world.activity.pk, by=row.person, now=NOW) for row in leaving])
    held = list(world.activity.enrolments.filter(ended_at=None, seat__isnull=False).values_list("seat", flat=True))
    assert sorted(held) == list(range(1, 11)), "five places changed hands, none was lost or given twice"


def test_calendars(client, world):
    """RFC 5545; the secret address dies when it is changed, and says nothing of anybody else."""
    who = make.resident(world.home, "李秀兰")
    world.signs_up(who)
    world.books(who)
    with clock.pretend(NOW):
        events = icalendar.Calendar.from_ical(
            client.get(reverse("centres:centre_calendar", args=[world.centre.pk])).content
        ).walk("VEVENT")
        assert [str(event["summary"]) for event in events] == ["周末书法班", "周末书法班"]
        sign_in(client, who)
        client.post(reverse("centres:renew_calendar"), {"on": "1"})
        code = queries.calendar_code(who)
        client.logout()
        body = client.get(reverse("centres:my_calendar", args=[code]))
        assert body["Content-Type"].startswith("text/calendar") and "no-store" in body["Cache-Control"]
        mine = icalendar.Calendar.from_ical(body.content).walk("VEVENT")
        assert len(mine) == 3 and min(event["dtstart"].dt for event in mine) == STARTS.astimezone(UTC)
        assert "李秀兰" not in body.content.decode()
        services.renew_calendar(on=True, by=who, now=NOW)
        assert client.get(reverse("centres:my_calendar", args=[code])).status_code == 404
        new = queries.calendar_code(who)
        services.renew_calendar(on=False, by=who, now=NOW)
        assert client.get(reverse("centres:my_calendar", args=[new])).status_code == 404
        assert queries.calendar_code(who) == ""


def test_who_leaves_the_portal_gives_everything_back(world):
    """P9"""
    who, waits = make.resident(world.home), make.resident(world.home)
    world.signs_up(who)
    world.signs_up(waits)
    world.books(who)
    export, _erase = KEEPERS["活动报名和场地预约"]
    assert export(who)["报名"][0]["活动"] == "周末书法班" and export(who)["场地"][0]["用途"] == "合唱"
    close_account(by=who, now=NOW)
    assert queries.enrolment_of(waits, world.activity).seat == 1
    held = RoomUse.objects.get(person=who)
    assert (held.cancelled_at, held.purpose) == (NOW, "")


def test_pages_of_residents(client, world, django_assert_num_queries):
    who = make.resident(world.home)
    activity = reverse("centres:activity", args=[world.activity.pk])
    for more in ([], ["棋", "画"]):
        for title in more:
            other = world.plan(title=title, room=None)
            services.publish_activity(activity_id=other.pk, by=world.worker, now=NOW)
        with clock.pretend(NOW), django_assert_num_queries(3):
            assert client.get(reverse("centres:activities")).status_code == 200
    with clock.pretend(NOW):
        assert "我要报名" in client.get(activity).content.decode()
        here = client.get(reverse("desk:community", args=[world.home.code])).content.decode()
        assert "周末书法班" in here and "还有 1 个名额" in here and "龙岭社区党群服务中心" in here
        assert client.get(reverse("centres:sign_up", args=[world.activity.pk])).status_code == 302, "sign in first"
        sign_in(client, who)
        sign_up = reverse("centres:sign_up", args=[world.activity.pk])
        assert client.post(sign_up, {"attends": "dog"}).status_code == 422
        assert client.post(sign_up, {"attends": "child"}).url == activity
        page = client.get(activity).content.decode()
        assert "您已报名" in page and "我的孩子" in page
        assert "data:image/svg" in client.get(reverse("centres:poster", args=[world.activity.pk])).content.decode()
        assert "周末书法班" in client.get(reverse("centres:mine")).content.decode()
        room = client.get(reverse("centres:room", args=[world.room.pk]), {"from": "2026-02-30\x00"}).content.decode()
        assert "会议室" in room
        book = reverse("centres:book_room", args=[world.room.pk])
        wrong = client.post(book, {"on": "2026-02-30", "at": "夜里", "hours": "9" * 40, "purpose": "合唱\x00"})
        assert wrong.status_code == 422 and "夜里" in wrong.content.decode()
        taken = client.post(book, {"on": "2026-03-05", "at": "15:00", "hours": "1", "purpose": "合唱"})
        assert taken.status_code == 422 and "被别人约走" in taken.content.decode()
        assert client.post(book, {"on": "2026-03-06", "at": "10:00", "hours": "1", "purpose": "合唱"}).status_code == 302
        held = RoomUse.objects.get(person=who)
        assert client.post(reverse("centres:cancel_booking", args=[held.pk])).status_code == 302
        assert client.post(reverse("centres:leave", args=[world.activity.pk])).url == activity
        assert client.get(reverse("centres:leave", args=[world.activity.pk])).status_code == 404
        assert client.get(reverse("centres:activity", args=[10**30])).status_code == 404


def test_pages_of_keepers(client, world):
    draft = world.plan(title="还没发布", room=None)
    sign_in(client, world.worker)
    who = make.resident(world.home, "欧阳慧")
    place = world.signs_up(who)
    session = world.activity.sessions.first()
    wanted = {
        "kind": "event", "title": "公共安全课", "about": "用火用电。", "who": "所有居民", "fee": "0", "room": str(world.room.pk),
        "places": "30", "opens_on": "2026-03-02", "cancel_hours": "24", "on": "2026-03-10", "starts": "14:30", "ends": "16:00", "times": "2",
    }  # fmt: skip
    with clock.pretend(NOW):
        plan = reverse("centres:plan_activity", args=[world.centre.pk])
        assert client.post(plan, wanted | {"ends": "14:00"}).status_code == 422
        wrong = client.post(plan, wanted | {"title": "", "on": "x"}).content.decode()
        assert wrong.count('id="error-summary"') == 1 and "有 2 处需要修改" in wrong and "错误：" in wrong, "two forms, one box"
        wrong = client.post(plan, wanted | {"on": "x"})
        assert wrong.status_code == 422 and "错误：" in wrong.content.decode()
        made = client.post(plan, wanted)
        assert made.status_code == 302 and Session.objects.filter(activity__title="公共安全课").count() == 2
        clash = client.post(plan, wanted | {"title": "又一个"})
        assert clash.status_code == 422 and "已有安排" in clash.content.decode()
        assert moment(Session.objects.last().starts_at.date(), datetime(2026, 1, 1, 14, 30).time()) == Session.objects.last().starts_at
        assert client.get(reverse("centres:activity", args=[draft.pk])).status_code == 404, "a draft is not public"
        for name, key in (
            ("run_activity", draft.pk), ("change_activity", draft.pk), ("add_session", draft.pk), ("call_off", draft.pk),
            ("session_code", session.pk), ("room_uses", world.centre.pk), ("keep_centre", world.centre.pk),
        ):  # fmt: skip
            assert client.get(reverse(f"centres:{name}", args=[key])).status_code == 200, name
        assert "欧阳**" in client.get(reverse("centres:run_activity", args=[world.activity.pk])).content.decode()
        assert client.post(reverse("centres:publish_activity", args=[draft.pk])).status_code == 302
    with clock.pretend(STARTS):
        answer = client.post(reverse("centres:session_list", args=[session.pk]), {"present": [str(place.pk), "x", "9" * 30]})
        assert answer.status_code == 302 and Attendance.objects.get().enrolment == place
