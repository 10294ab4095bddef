"""Addresses of the room; the name of a view is the name of its URL and of its template."""

from django.urls import path

from communities.councils import views

app_name = "councils"
urlpatterns = [path("<str:code>/", views.council, name="council")]
