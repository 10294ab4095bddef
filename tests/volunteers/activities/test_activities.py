"""Calls, places, the waiting list, the door, and what everybody reads."""

from datetime import datetime, timedelta

import pytest

from portal import clock
from portal.models import Notice
from portal.refusals import Refused
from tests import factories as make
from tests.factories import NOON, SHANGHAI
from tests.projects import project_worlds
from tests.signing_in import sign_in
from tests.volunteers import volunteer_worlds as worlds
from tests.volunteers.volunteer_worlds import TOMORROW
from volunteers.activities import queries, rules, services
from volunteers.models import Call, CallReport, HourRecord, Presence, SignUp
from volunteers.teams.services import leave_service

pytestmark = pytest.mark.django_db


def test_a_code_at_the_door_is_good_for_its_span_and_the_next():
    now = datetime(2026, 3, 2, 12, 0, 10, tzinfo=SHANGHAI)
    mark, digits = rules.token("s", "in", now), rules.door_code("s", now)
    assert rules.is_fresh(mark, "s", "in", now + timedelta(seconds=40))
    assert not rules.is_fresh(mark, "s", "in", now + timedelta(seconds=60))
    assert not rules.is_fresh(mark, "s", "out", now) and not rules.is_fresh(mark, "t", "in", now)
    assert rules.is_door_code(digits, "s", now + timedelta(minutes=5))
    assert not rules.is_door_code(digits, "s", now + timedelta(minutes=10))
    assert len(digits) == 6 and rules.token("s", "in", now + timedelta(seconds=30)) != mark


@pytest.mark.parametrize(
    ("needed", "offered", "near", "slots", "times", "found"),
    [
        ([], [], True, ["weekend_morning"], ["weekend_morning"], ["place", "time"]),
        (["repair"], ["repair", "music"], False, ["weekday_evening"], [], ["skill"]),
        (["repair"], ["music"], True, ["weekend_morning"], ["weekend_morning"], []),
        ([], [], False, ["weekend_morning"], [], []),
    ],
)
def test_what_fits_whom_and_why(needed, offered, near, slots, times, found):
    assert rules.fit(needed=needed, offered=offered, same_community=near, slots=slots, times=times) == found


@pytest.mark.parametrize(
    ("starts", "hours", "code"),
    [
        (-1, 2, "in_the_past"),
        (24, 0.1, "too_short"),
        (24, 13, "too_long"),
        (24 * 200, 2, "too_far_ahead"),
        (24, 3, None),
    ],
)
def test_when_a_shift_may_be(starts, hours, code):
    begin = NOON + timedelta(hours=starts)
    refusal = rules.objection_to_times(begin, begin + timedelta(hours=hours), now=NOON)
    assert (refusal.code if refusal else None) == code


def sign_up(shift, *people, now=NOON):
    return [services.sign_up(shift_id=shift.pk, by=who.person, now=now) for who in people]


def state_of(who):
    return SignUp.objects.filter(volunteer=who).order_by("-pk").values_list("state", flat=True).first()


def test_the_waiting_list_moves_up_by_itself():
    home = make.community()
    shift = worlds.shift_of(worlds.call(home, places=2))
    first, second, third, fourth = (worlds.volunteer(home, f"唐明{number}") for number in range(4))
    assert [row.state for row in sign_up(shift, first, second, third, fourth)] == ["held", "held", "waiting", "waiting"]
    with pytest.raises(Refused, match="already_signed_up"):
        sign_up(shift, first)
    services.give_up(shift_id=shift.pk, by=first.person, now=NOON)
    assert (state_of(third), state_of(fourth)) == ("held", "waiting")
    assert Notice.objects.filter(person=third.person, kind="activities.moved_up").count() == 1
    leave_service(by=second.person, now=NOON)
    assert state_of(fourth) == "held"
    shift.refresh_from_db()
    assert shift.taken == 2
    with pytest.raises(Refused, match="already_begun"):
        services.give_up(shift_id=shift.pk, by=third.person, now=TOMORROW)


def test_who_took_another_shift_meanwhile_is_passed_by():
    home = make.community()
    worker = make.worker(home)
    full, other = worlds.call(home, by=worker, places=1), worlds.call(home, by=worker, places=1)
    first, second, third = (worlds.volunteer(home, f"唐明{number}") for number in range(3))
    shift = worlds.shift_of(full)
    sign_up(shift, first, second, third)
    with pytest.raises(Refused, match="clash"):
        sign_up(worlds.shift_of(other), second)
    services.give_up(shift_id=shift.pk, by=second.person, now=NOON)
    sign_up(worlds.shift_of(other), second)
    services.release_place(
        sign_up_id=SignUp.objects.get(volunteer=first).pk, by=worker, reason="改由厂家来做。", now=NOON
    )
    assert (state_of(first), state_of(second), state_of(third)) == ("released", "held", "held")


def test_a_place_passes_to_a_stand_in():
    home = make.community()
    shift = worlds.shift_of(worlds.call(home, places=1))
    first, second, third = (worlds.volunteer(home, f"唐明{number}") for number in range(3))
    (held,) = sign_up(shift, first)
    with pytest.raises(Refused, match="not_offered"):
        services.take_over(sign_up_id=held.pk, by=second.person, now=NOON)
    services.offer_swap(shift_id=shift.pk, by=first.person, now=NOON)
    services.withdraw_swap(shift_id=shift.pk, by=first.person, now=NOON)
    services.offer_swap(shift_id=shift.pk, by=first.person, now=NOON)
    services.take_over(sign_up_id=held.pk, by=second.person, now=NOON)
    assert (state_of(first), state_of(second)) == ("swapped", "held")
    with pytest.raises(Refused, match="not_offered"):
        services.take_over(sign_up_id=held.pk, by=third.person, now=NOON)
    sign_up(shift, third)
    with pytest.raises(Refused, match="people_wait"):
        services.offer_swap(shift_id=shift.pk, by=second.person, now=NOON)


def test_minors_strangers_and_drafts():
    home = make.community()
    draft = worlds.call(home, published=False, adults_only=True)
    young, grown = worlds.volunteer(home, minor=True), worlds.volunteer(home)
    with pytest.raises(Refused, match="not_open"):
        sign_up(worlds.shift_of(draft), grown)
    with pytest.raises(Refused, match="not_yours"):
        services.publish_call(call_id=draft.pk, by=grown.person, now=NOON)
    services.publish_call(call_id=draft.pk, by=draft.made_by, now=NOON)
    with pytest.raises(Refused, match="adults_only"):
        sign_up(worlds.shift_of(draft), young)
    with pytest.raises(Refused, match="not_yours"):
        services.sign_up(shift_id=worlds.shift_of(draft).pk, by=make.resident(home), now=NOON)
    with pytest.raises(Refused, match="personal_number"):
        worlds.call(home, about="有事打 13800138000 找我。")


def test_a_milestone_asks_for_helpers():
    """Only the project's community asks, and a step that is done asks for nobody."""
    world = project_worlds.in_delivery()
    step = project_worlds.delivery.add_milestone(
        project_id=world.project.pk, by=world.worker, title="坡道浇筑", due_on=TOMORROW.date(), now=NOON
    )
    made = worlds.call(world.home, by=world.worker, places=6, milestone_id=step.pk, kind="watch")
    assert (made.project_id, made.milestone_id) == (world.project.pk, step.pk)
    other = make.community("南坑社区")
    with pytest.raises(Refused, match="not_this_step"):
        worlds.call(other, milestone_id=step.pk)
    step.delete()
    made.refresh_from_db()
    assert made.milestone_id is None and made.project_id == world.project.pk


def test_in_and_out_by_code_gives_scanned_hours():
    """The time inside the shift counts; what somebody else entered is kept apart."""
    home = make.community()
    worker = make.worker(home)
    shift = worlds.shift_of(worlds.call(home, by=worker, places=3))
    scans, reads, lists = (worlds.volunteer(home, f"唐明{number}") for number in range(3))
    sign_up(shift, scans, reads, lists)
    with pytest.raises(Refused, match="door_not_open"):
        services.check_in(shift_id=shift.pk, by=scans.person, now=TOMORROW - timedelta(hours=1))
    early, late = TOMORROW - timedelta(minutes=20), TOMORROW + timedelta(hours=2, minutes=30)
    with pytest.raises(Refused, match="not_in_yet"):
        services.check_out(shift_id=shift.pk, by=scans.person, now=late)
    services.check_in(shift_id=shift.pk, by=scans.person, now=early)
    with pytest.raises(Refused, match="already_in"):
        services.check_in(shift_id=shift.pk, by=scans.person, now=early)
    services.check_out(shift_id=shift.pk, by=scans.person, now=late)
    hours = HourRecord.objects.get(volunteer=scans)
    assert (hours.minutes, hours.origin, hours.activity_ref) == (150, "scanned", f"shift-{shift.pk}")
    for attempt in range(rules.CODE_TRIES):
        with pytest.raises(Refused, match="code_wrong"):
            wrong = "000000" if rules.door_code(shift.secret, early) != "000000" else "111111"
            services.check_by_code(shift_id=shift.pk, by=lists.person, code=wrong, now=early)
        assert SignUp.objects.get(volunteer=lists).code_tries == attempt + 1
    with pytest.raises(Refused, match="tries_used_up"):
        services.check_by_code(shift_id=shift.pk, by=lists.person, code=rules.door_code(shift.secret, early), now=early)
    for moment in (early, late):
        services.check_by_code(
            shift_id=shift.pk, by=reads.person, code=rules.door_code(shift.secret, moment), now=moment
        )
    assert HourRecord.objects.get(volunteer=reads).origin == "scanned"
    row = SignUp.objects.get(volunteer=lists)
    given = {"sign_up_id": row.pk, "by": worker, "now": late}
    with pytest.raises(Refused, match="in_the_future"):
        services.mark_on_list(way="in", at=late + timedelta(minutes=1), **given)
    services.mark_on_list(way="in", at=TOMORROW, **given)
    with pytest.raises(Refused, match="out_before_in"):
        services.mark_on_list(way="out", at=TOMORROW, **given)
    services.mark_on_list(way="out", at=TOMORROW + timedelta(hours=1), **given)
    assert HourRecord.objects.get(volunteer=lists).origin == "by_hand"
    assert not Presence.objects.filter(hours_at=None).exists()


def test_a_leaders_list_of_strangers_waits_for_the_worker():
    home = make.community()
    worker = make.worker(home)
    team = worlds.team(home, by=worker)
    leader, stranger = worlds.volunteer(home, "方慧"), worlds.volunteer(home, "唐明")
    worlds.member(team, leader, leads=True)
    shift = worlds.shift_of(worlds.call(home, by=leader.person, team=team))
    row, own = sign_up(shift, stranger, leader)
    late = TOMORROW + timedelta(hours=2)
    with pytest.raises(Refused, match="own_list"):
        services.mark_on_list(sign_up_id=own.pk, by=leader.person, way="in", at=TOMORROW, now=late)
    services.mark_on_list(sign_up_id=row.pk, by=leader.person, way="in", at=TOMORROW, now=late)
    held = services.mark_on_list(sign_up_id=row.pk, by=leader.person, way="out", at=late, now=late)
    assert not HourRecord.objects.exists()
    assert list(queries.lists_to_confirm(worker, late.date())) == [held]
    with pytest.raises(Refused, match="not_yours"):
        services.confirm_list(presence_id=held.pk, by=leader.person, now=late)
    services.confirm_list(presence_id=held.pk, by=worker, now=late)
    services.confirm_list(presence_id=held.pk, by=worker, now=late)
    assert HourRecord.objects.get().minutes == 120


def test_who_comes_tomorrow_is_reminded_once_and_told_when_it_is_off():
    home = make.community()
    call = worlds.call(home, places=1)
    comes, waits = worlds.volunteer(home, "方慧"), worlds.volunteer(home, "唐明")
    sign_up(worlds.shift_of(call), comes, waits)
    assert services.remind_due(now=TOMORROW - timedelta(hours=25)) == 0
    assert services.remind_due(now=TOMORROW - timedelta(hours=23)) == 1
    assert services.remind_due(now=TOMORROW - timedelta(hours=22)) == 0
    assert Notice.objects.filter(kind="activities.reminder").get().person_id == comes.person_id
    services.cancel_call(call_id=call.pk, by=call.made_by, reason="台风来了，改期。", now=NOON)
    assert Notice.objects.filter(kind="activities.cancelled").count() == 2
    with pytest.raises(Refused, match="not_open"):
        sign_up(worlds.shift_of(call), worlds.volunteer(home, "莫莉"))


def test_need_meets_offer_and_each_is_asked_once():
    home, elsewhere = make.community(), make.community("南坑社区")
    times = ("weekday_afternoon",)
    fits = worlds.volunteer(home, "方慧", skills=("repair",), times=times)
    worlds.volunteer(home, "唐明", skills=("music",), times=times)
    worlds.volunteer(home, "莫莉", skills=("repair",), times=("weekend_evening",))
    worlds.volunteer(elsewhere, "何强", skills=("repair",), times=times)
    shift = worlds.shift_of(worlds.call(home, skills=["repair"]))
    (found,) = queries.suited(shift)
    assert (found[0], found[1]) == (fits, ["skill", "place", "time"])
    by = shift.call.made_by
    assert services.invite(shift_id=shift.pk, by=by, volunteers=[fits.pk, 999999], now=NOON) == 1
    assert services.invite(shift_id=shift.pk, by=by, volunteers=[fits.pk], now=NOON) == 0
    ((offered, why),) = queries.suiting(queries.Volunteer.objects.get(pk=fits.pk), NOON)
    assert offered == shift and why == ["skill", "place", "time"]


def test_pages_of_a_call_from_draft_to_report(client):
    home = make.community()
    worker, who = make.worker(home), worlds.volunteer(home, "欧阳晓彤")
    with clock.pretend(NOON):
        sign_in(client, worker)
        page = f"/activities/make/{home.code}/"
        wrong = client.post(page, {"title": "清洁", "starts": "25:99", "ends": "9" * 400, "on": "昨天", "places": "-1"})
        assert (
            wrong.status_code == 422
            and "没有看懂这个时间" in wrong.content.decode()
            and "25:99" in wrong.content.decode()
        )
        typed = {"title": "楼道清洁日", "kind": "green", "about": "一起把三栋楼道的杂物清走。", "place": "三栋门口"}
        typed |= {"on": "2026年3月3日", "starts": "14：00", "ends": "17点", "places": "6人"}
        assert client.post(page, typed).status_code == 302
        call = Call.objects.get()
        assert client.get("/activities/").content.decode().count("楼道清洁日") == 0
        client.post(f"/activities/run/{call.pk}/publish/")
        call.refresh_from_db()
        shift = worlds.shift_of(call)
        sign_in(client, who.person)
        assert "楼道清洁日" in client.get("/activities/").content.decode()
        client.post(f"/activities/shift/{shift.pk}/sign-up/")
        assert "您已报上" in client.get(f"/activities/{call.number}/").content.decode()
        assert client.get(f"/activities/run/{call.pk}/").status_code == 403
        assert client.get(f"/activities/shift/{shift.pk}/door/in/").status_code == 403
        assert client.get("/activities/here/").status_code == 404
    with clock.pretend(shift.starts_at - timedelta(minutes=5)) as now:
        sign_in(client, worker)
        assert (
            rules.door_code(shift.secret, now) in client.get(f"/activities/shift/{shift.pk}/door/in/").content.decode()
        )
        assert client.get(f"/activities/scan/{shift.pk}/in/nonsense/").status_code == 409
        client.logout()
        scanned = client.get(f"/activities/scan/{shift.pk}/in/{rules.token(shift.secret, 'in', now)}/")
        assert scanned.status_code == 302
        assert client.get("/activities/here/").status_code == 302, "the way to the sign-in"
        sign_in(client, who.person)
        assert client.get("/activities/here/").status_code == 200, "the scan outlives the sign-in"
        assert "签到成功" in client.post("/activities/here/", follow=True).content.decode()
    with clock.pretend(shift.ends_at) as now:
        code = {"code": rules.door_code(shift.secret, now)}
        assert "时长已记入" in client.post(f"/activities/shift/{shift.pk}/code/", code, follow=True).content.decode()
        sign_in(client, worker)
        told = {"text": "六位邻居清走了三车杂物，楼道亮堂了。", "files": project_worlds.photo_file(), "caption": "楼道"}
        client.post(f"/activities/run/{call.pk}/report/", told)
        photo = CallReport.objects.get().photos.get()
        client.logout()
        assert client.get(f"/activities/photo/{photo.pk}/?size=small").status_code == 200
        public = (
            client.get(f"/activities/{call.number}/").content.decode() + client.get("/activities/").content.decode()
        )
    assert "亮堂" in public and "晓彤" not in public


def test_the_front_pages_say_what_needs_helpers_next(client, django_assert_num_queries):
    """The three that begin next and have a place left, on the home page, the community's and the project's; or none."""
    world = project_worlds.in_delivery()
    home, elsewhere = world.home, make.community("南坑社区")
    pages = ["/", f"/shequ/{home.code}/"]
    with clock.pretend(NOON):
        assert all("近期没有活动要人手" in client.get(page).content.decode() for page in pages)
        for day in range(4):
            starts = TOMORROW + timedelta(days=day)
            given = {"title": f"第{day}天的楼道清洁", "starts": starts, "ends": starts + timedelta(hours=2), "places": 1}
            worlds.call(home, by=world.worker, **given)
        full = Call.objects.get(title__startswith="第1天")
        sign_up(worlds.shift_of(full), worlds.volunteer(home))
        worlds.call(elsewhere, title="南坑的开放日", starts=NOON + timedelta(hours=3), ends=NOON + timedelta(hours=5))
        front, here = (client.get(page).content.decode() for page in pages)
        assert [day for day in range(4) if f"第{day}天" in here] == [0, 2, 3] and "南坑的开放日" not in here
        assert [day for day in range(4) if f"第{day}天" in front] == [0, 2] and "南坑的开放日" in front
        with django_assert_num_queries(1):
            assert len(queries.with_places(NOON)[:3]) == 3
        step = project_worlds.delivery.add_milestone(
            project_id=world.project.pk, by=world.worker, title="坡道浇筑", due_on=TOMORROW.date(), now=NOON
        )
        worlds.call(home, by=world.worker, title="坡道浇筑观察日", milestone_id=step.pk)
        assert "坡道浇筑观察日" in client.get(f"/xiangmu/{world.number}/").content.decode()


def test_the_calendar_asks_few_questions(client, django_assert_num_queries):
    home = make.community()
    worker = make.worker(home)
    worlds.call(home, by=worker, skills=["repair"])
    with clock.pretend(NOON):
        with django_assert_num_queries(4):
            client.get("/activities/")
        for number in range(2):
            worlds.call(home, by=worker, title=f"楼道清洁{number}", skills=["repair"])
        with django_assert_num_queries(4):
            client.get("/activities/")
