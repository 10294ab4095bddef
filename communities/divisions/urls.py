"""Addresses of the room; the name of a view is the name of its URL and of its template."""

from django.urls import path

from communities.divisions import views

app_name = "divisions"
urlpatterns = [
    path("imports/", views.import_list, name="import_list"),
    path("imports/<int:number>/", views.import_preview, name="import_preview"),
    path("imports/<int:number>/apply/", views.apply_import, name="apply_import"),
]
