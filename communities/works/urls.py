"""Addresses of the room; the name of a view is the name of its URL and of its template."""

from django.urls import path

from communities.works import views

app_name = "works"
urlpatterns = [
    path("", views.works, name="works"),
    path("<int:number>/retry/", views.retry, name="retry"),
]
