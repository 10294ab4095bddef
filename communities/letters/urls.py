"""Addresses of the room; the name of a view is the name of its URL and of its template."""

from django.urls import path

from communities.letters import views

app_name = "letters"
urlpatterns = [
    path("", views.batches, name="batches"),
    path("use/", views.use, name="use"),
    path("<int:number>/", views.batch, name="batch"),
    path("<int:number>/letters/", views.for_printer, name="for_printer"),
]
