"""Addresses of volunteers and teams."""

from django.urls import path

from volunteers.teams.views import desk, people, teams

app_name = "teams"
urlpatterns = [
    path("", teams.teams, name="teams"),
    path("start/", people.start, name="start"),
    path("register/<str:code>/", people.register, name="register"),
    path("registered/", people.registered, name="registered"),
    path("profile/", people.profile, name="profile"),
    path("leave/", people.leave, name="leave"),
    path("desk/", desk.desk, name="desk"),
    path("found/<str:code>/", desk.found_team, name="found_team"),
    path("guardian/<int:number>/", desk.guardian, name="guardian"),
    path("guardian/<int:number>/withdraw/", desk.withdraw_guardian, name="withdraw_guardian"),
    path("request/<int:key>/", teams.answer, name="answer"),
    path("member/<int:key>/end/", teams.end, name="end"),
    path("member/<int:key>/leader/", teams.name_leader, name="name_leader"),
    path("<int:number>/", teams.team, name="team"),
    path("<int:number>/join/", teams.join, name="join"),
    path("<int:number>/quit/", teams.quit_team, name="quit_team"),
    path("<int:number>/lead/", teams.lead, name="lead"),
    path("<int:number>/close/", desk.close_team, name="close_team"),
]
