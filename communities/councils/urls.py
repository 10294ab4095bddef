"""Addresses of the room; the name of a view is the name of its URL and of its template."""

from django.urls import path

from communities.councils import views

app_name = "councils"
urlpatterns = [
    path("seats/<int:number>/end/", views.end_seat, name="end_seat"),
    path("<str:code>/", views.council, name="council"),
    path("<str:code>/seat/", views.seat, name="seat"),
    path("<str:code>/estate/", views.estate, name="estate"),
]
