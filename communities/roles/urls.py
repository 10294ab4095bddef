"""Addresses of the room; the name of a view is the name of its URL and of its template."""

from django.urls import path

from communities.roles import views

app_name = "roles"
urlpatterns = [
    path("", views.register, name="register"),
    path("appoint/<str:code>/", views.appoint, name="appoint"),
    path("terms/<int:number>/end/", views.end_term, name="end_term"),
    path("terms/<int:number>/link/", views.new_link, name="new_link"),
]
