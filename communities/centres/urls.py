"""Addresses of the room; the name of a view is the name of its URL and of its template."""

from django.urls import path

from communities.centres import views

app_name = "centres"
urlpatterns = [path("", views.centres, name="centres")]
