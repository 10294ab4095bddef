"""Addresses of the room; the name of a view is the name of its URL and of its template."""

from django.urls import path

from projects.voting import views

app_name = "voting"
urlpatterns = [
    path("<str:number>/", views.ballot, name="ballot"),
    path("<str:number>/review/", views.review, name="review"),
    path("<str:number>/bar/", views.bar, name="bar"),
    path("<str:number>/cast/", views.cast, name="cast"),
    path("<str:number>/receipt/", views.receipt, name="receipt"),
    path("<str:number>/turnout/", views.turnout, name="turnout"),
]
