"""Addresses of the room; the name of a view is the name of its URL and of its template."""

from django.urls import path

from projects.evaluation.views import indicators, ratings

app_name = "evaluation"
urlpatterns = [
    path("indicators/", indicators.indicators, name="indicators"),
    path("indicators/examples/", indicators.adopt_examples, name="adopt_examples"),
    path("indicators/<int:key>/", indicators.change_indicator, name="change_indicator"),
    path("indicators/<int:key>/retire/", indicators.retire_indicator, name="retire_indicator"),
    path("community/<slug:code>/", indicators.score_community, name="score_community"),
    path("<str:number>/score/", indicators.score, name="score"),
    path("<str:number>/rate/", ratings.rate, name="rate"),
    path("<str:number>/rated/", ratings.rated, name="rated"),
    path("<str:number>/supervise/", ratings.rate_supervisor, name="rate_supervisor"),
    path("<str:number>/work/", ratings.project, name="project"),
    path("<str:number>/absence/", ratings.record_absence, name="record_absence"),
    path("<str:number>/conclude/", ratings.conclude, name="conclude"),
    path("<str:number>/close/", ratings.close_project, name="close_project"),
]
