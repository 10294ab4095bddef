"""Addresses of the room; the name of a view is the name of its URL and of its template."""

from django.urls import path

from communities.bodies import views

app_name = "bodies"
urlpatterns = [path("<str:code>/", views.who_is_who, name="who_is_who")]
