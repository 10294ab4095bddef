"""Addresses of the room; the name of a view is the name of its URL and of its template."""

from django.urls import path

from communities.centres.views import keep, shown

app_name = "centres"
urlpatterns = [
    path("", shown.centres, name="centres"),
    path("services.json", shown.services_json, name="services_json"),
    path("<int:key>/", shown.centre, name="centre"),
    path("services/<int:key>/", shown.service, name="service"),
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
]
