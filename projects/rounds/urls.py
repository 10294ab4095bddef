"""Addresses of the room; the name of a view is the name of its URL and of its template."""

from django.urls import path

from projects.rounds import views

app_name = "rounds"
urlpatterns = [
    path("", views.office, name="office"),
    path("new/", views.prepare_round, name="prepare_round"),
    path("words/<slug:code>/", views.words, name="words"),
    path("<str:number>/copy/", views.copy_round, name="copy_round"),
    path("<str:number>/check/", views.check, name="check"),
    path("<str:number>/edit/", views.edit, name="edit"),
    path("<str:number>/envelopes/", views.envelopes, name="envelopes"),
    path("<str:number>/calendar/", views.calendar, name="calendar"),
    path("<str:number>/calendar/lay/", views.lay_calendar, name="lay_calendar"),
    path("<str:number>/rules/", views.rules, name="rules"),
    path("<str:number>/open/", views.open_call, name="open_call"),
    path("<str:number>/move-on/", views.move_on, name="move_on"),
    path("<str:number>/send-back/", views.send_back, name="send_back"),
    path("<str:number>/cancel/", views.cancel_round, name="cancel_round"),
    path("<str:number>/frozen.json", views.frozen, name="frozen"),
]
