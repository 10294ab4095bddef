"""Addresses of the room; the name of a view is the name of its URL and of its template."""

from django.urls import path

from projects.deliberation import views
from projects.deliberation.views import clerk, floor, hearings, mandates, member

app_name = "deliberation"
urlpatterns = [
    path("", clerk.desk, name="desk"),
    path("community/<str:code>/", views.meetings, name="meetings"),
    path("round/<str:number>/<str:code>/convene/", clerk.convene, name="convene"),
    path("meeting/<str:number>/", views.meeting, name="meeting"),
    path("meeting/<str:number>/minutes/", views.minutes, name="minutes"),
    path("meeting/<str:number>/minutes.docx", views.minutes_docx, name="minutes_docx"),
    path("meeting/<str:number>/minutes.pdf", views.minutes_pdf, name="minutes_pdf"),
    path("meeting/<str:number>/wall/", views.wall, name="wall"),
    path("meeting/<str:number>/papers/", member.papers, name="papers"),
    path("meeting/<str:number>/chair-sign/", member.chair_sign, name="chair_sign"),
    path("hearings/<str:number>/call/", hearings.call_hearing, name="call_hearing"),
    path("hearing/<str:number>/", hearings.hearing, name="hearing"),
    path("hearing/<str:number>/ask/", hearings.ask_place, name="ask_place"),
    path("hearing/<str:number>/leave/", hearings.leave_place, name="leave_place"),
    path("hearing/<str:number>/desk/", hearings.hearing_desk, name="hearing_desk"),
    path("hearing/<str:number>/off/", hearings.call_off, name="call_off"),
    path("hearing/<str:number>/record/", hearings.write_record, name="write_record"),
    path("hearing/<str:number>/sign/", hearings.sign_record, name="sign_record"),
    path("meeting/<str:number>/mandates/", mandates.mandates, name="mandates"),
    path("meeting/<str:number>/mandate/", mandates.mandate, name="mandate"),
    path("mandate/<int:pk>/revoke/", mandates.revoke_mandate, name="revoke_mandate"),
    path("item/<int:pk>/vote/", member.vote, name="vote"),
    path("item/<int:pk>/vote/<int:person>/", member.vote_for, name="vote_for"),
    path("item/<int:pk>/floor/", floor.floor, name="floor"),
    path("item/<int:pk>/ask-floor/", floor.ask_floor, name="ask_floor"),
    path("turn/<int:pk>/leave/", floor.leave_floor, name="leave_floor"),
    path("turn/<int:pk>/call/", floor.call_turn, name="call_turn"),
    path("turn/<int:pk>/end/", floor.end_turn, name="end_turn"),
    path("item/<int:pk>/interest/", member.interest, name="interest"),
    path("meeting/<str:number>/run/", clerk.run, name="run"),
    path("meeting/<str:number>/roll/", clerk.roll, name="roll"),
    path("meeting/<str:number>/open/", clerk.open_meeting, name="open_meeting"),
    path("meeting/<str:number>/adjourn/", clerk.adjourn, name="adjourn"),
    path("meeting/<str:number>/close/", clerk.close_meeting, name="close_meeting"),
    path("meeting/<str:number>/notes/", clerk.notes, name="notes"),
    path("meeting/<str:number>/sign/", clerk.sign, name="sign"),
    path("item/<int:pk>/open/", clerk.open_vote, name="open_vote"),
    path("item/<int:pk>/hands/", clerk.hands, name="hands"),
    path("item/<int:pk>/slips/", clerk.slips, name="slips"),
    path("item/<int:pk>/close/", clerk.close_vote, name="close_vote"),
    path("item/<int:pk>/defer/", clerk.defer, name="defer"),
    path("item/<int:pk>/recuse/", clerk.recuse, name="recuse"),
]
