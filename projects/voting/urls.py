"""Addresses of the room; the name of a view is the name of its URL and of its template."""

from django.urls import path

from projects.voting.views import casting, turnout

app_name = "voting"
urlpatterns = [
    path("<str:number>/", casting.ballot, name="ballot"),
    path("<str:number>/review/", casting.review, name="review"),
    path("<str:number>/bar/", casting.bar, name="bar"),
    path("<str:number>/cast/", casting.cast, name="cast"),
    path("<str:number>/receipt/", casting.receipt, name="receipt"),
    path("<str:number>/turnout/", turnout.turnout, name="turnout"),
]
