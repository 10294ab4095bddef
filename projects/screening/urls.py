"""Addresses of the room; the name of a view is the name of its URL and of its template."""

from django.urls import path

from projects.proposals import urls as _numbers  # noqa: F401 - registers the converter of public numbers
from projects.screening.views import appeals, desk, share

app_name = "screening"
urlpatterns = [
    path("", desk.queue, name="queue"),
    path("assign/", share.assign, name="assign"),
    path("filters/", share.save_filter, name="save_filter"),
    path("filters/<int:key>/", share.drop_filter, name="drop_filter"),
    path("<proposal_number:number>/", desk.assess, name="assess"),
    path("<proposal_number:number>/note/", desk.note, name="note"),
    path("<proposal_number:number>/cap/", desk.override, name="override"),
    path("<proposal_number:number>/appeal/", appeals.appeal, name="appeal"),
    path("<proposal_number:number>/decision/", appeals.decide, name="decide"),
]
