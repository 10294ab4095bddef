"""Addresses of the room; the name of a view is the name of its URL and of its template."""

from django.urls import URLPattern

app_name = "screening"
urlpatterns: list[URLPattern] = []
