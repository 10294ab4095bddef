"""Addresses of the room; the name of a view is the name of its URL and of its template."""

from django.urls import path

from communities.rosters import views

app_name = "rosters"
urlpatterns = [
    path("", views.rosters, name="rosters"),
    path("export/", views.export, name="export"),
    path("match/", views.match, name="match"),
    path("<int:number>/columns/", views.columns, name="columns"),
    path("<int:number>/", views.preview, name="preview"),
    path("<int:number>/take-in/", views.take_in, name="take_in"),
    path("<int:number>/drop/", views.drop, name="drop"),
    path("<int:number>/rejects/", views.rejects, name="rejects"),
]
