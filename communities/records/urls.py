"""Addresses of the room; the name of a view is the name of its URL and of its template."""

from django.urls import path

from communities.records import views

app_name = "records"
urlpatterns = [
    path("", views.imports, name="imports"),
    path("<int:number>/", views.preview, name="preview"),
    path("<int:number>/take-in/", views.take_in, name="take_in"),
    path("<int:number>/rejects/", views.rejects, name="rejects"),
]
