"""Addresses of the room; the name of a view is the name of its URL and of its template."""

from django.urls import path

from projects.tally import views

app_name = "tally"
urlpatterns = [
    path("<str:number>/", views.result, name="result"),
    path("<str:number>/<str:code>/sheet/", views.sheet, name="sheet"),
    path("<str:number>/<str:code>/share/", views.share, name="share"),
    path("<str:number>/<str:code>/result.json", views.result_json, name="result_json"),
    path("<str:number>/<str:code>/count.json", views.count_json, name="count_json"),
    path("<str:number>/<str:code>/result.csv", views.result_csv, name="result_csv"),
    path("<str:number>/<str:code>/ballots.pb", views.ballots_pb, name="ballots_pb"),
    path("<str:number>/<str:code>/trackers.txt", views.trackers_txt, name="trackers_txt"),
    path("<str:number>/recount/", views.recount, name="recount"),
    path("<str:number>/tracker/", views.tracker, name="tracker"),
]
