"""Addresses of the room; the name of a view is the name of its URL and of its template."""

from django.urls import path

from communities.centres.views import activities, keep, plan, rooms, shown

app_name = "centres"
urlpatterns = [
    path("", shown.centres, name="centres"),
    path("services.json", shown.services_json, name="services_json"),
    path("<int:key>/", shown.centre, name="centre"),
    path("services/<int:key>/", shown.service, name="service"),
    path("<int:key>/calendar.ics", rooms.centre_calendar, name="centre_calendar"),
    path("activities/", activities.activities, name="activities"),
    path("activities/<int:key>/", activities.activity, name="activity"),
    path("activities/<int:key>/sign-up/", activities.sign_up, name="sign_up"),
    path("activities/<int:key>/leave/", activities.leave, name="leave"),
    path("activities/<int:key>/poster/", activities.poster, name="poster"),
    path("check-in/<str:code>/", activities.check_in, name="check_in"),
    path("rooms/<int:key>/", rooms.room, name="room"),
    path("rooms/<int:key>/book/", rooms.book_room, name="book_room"),
    path("mine/", rooms.mine, name="mine"),
    path("mine/bookings/<int:key>/cancel/", rooms.cancel_booking, name="cancel_booking"),
    path("mine/calendar/", rooms.renew_calendar, name="renew_calendar"),
    path("calendar/<str:code>.ics", rooms.my_calendar, name="my_calendar"),
    path("desk/", keep.desk, name="desk"),
    path("desk/<int:key>/", keep.keep_centre, name="keep_centre"),
    path("desk/<int:key>/facts/", keep.change_centre, name="change_centre"),
    path("desk/<int:key>/hours/", keep.set_hours, name="set_hours"),
    path("desk/<int:key>/special/", keep.special_hours, name="special_hours"),
    path("desk/special/<int:key>/drop/", keep.drop_special_hours, name="drop_special_hours"),
    path("desk/<int:key>/rooms/", keep.add_room, name="add_room"),
    path("desk/rooms/<int:key>/", keep.change_room, name="change_room"),
    path("desk/<int:key>/catalogue/", keep.pick_services, name="pick_services"),
    path("desk/<int:key>/services/", keep.add_service, name="add_service"),
    path("desk/services/<int:key>/", keep.change_service, name="change_service"),
    path("desk/services/<int:key>/end/", keep.end_service, name="end_service"),
    path("desk/<int:key>/activities/", plan.plan_activity, name="plan_activity"),
    path("desk/activities/<int:key>/", plan.run_activity, name="run_activity"),
    path("desk/activities/<int:key>/change/", plan.change_activity, name="change_activity"),
    path("desk/activities/<int:key>/publish/", plan.publish_activity, name="publish_activity"),
    path("desk/activities/<int:key>/sessions/", plan.add_session, name="add_session"),
    path("desk/activities/<int:key>/call-off/", plan.call_off, name="call_off"),
    path("desk/sessions/<int:key>/drop/", plan.drop_session, name="drop_session"),
    path("desk/sessions/<int:key>/list/", plan.session_list, name="session_list"),
    path("desk/sessions/<int:key>/code/", plan.session_code, name="session_code"),
    path("desk/<int:key>/bookings/", plan.room_uses, name="room_uses"),
    path("desk/bookings/<int:key>/missed/", plan.mark_missed, name="mark_missed"),
]
