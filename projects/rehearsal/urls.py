"""Addresses of the room; the name of a view is the name of its URL and of its template."""

from django.urls import path

from projects.rehearsal import views

app_name = "rehearsal"
urlpatterns = [
    path("", views.enter, name="enter"),
    path("ballot/", views.ballot, name="ballot"),
    path("review/", views.review, name="review"),
    path("bar/", views.bar, name="bar"),
    path("cast/", views.cast, name="cast"),
    path("receipt/", views.receipt, name="receipt"),
    path("round/<str:number>/", views.rehearsals, name="rehearsals"),
    path("round/<str:number>/<str:code>/", views.rehearsal, name="rehearsal"),
    path("round/<str:number>/<str:code>/fill/", views.fill, name="fill"),
    path("round/<str:number>/<str:code>/count/", views.count, name="count"),
    path("round/<str:number>/<str:code>/wipe/", views.wipe, name="wipe"),
    path("round/<str:number>/<str:code>/ballots.pb", views.ballots_pb, name="ballots_pb"),
]
