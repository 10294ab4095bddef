"""Addresses of the room; the name of a view is the name of its URL and of its template."""

from django.urls import path

from projects.evaluation import views

app_name = "evaluation"
urlpatterns = [
    path("<str:number>/rate/", views.rate, name="rate"),
    path("<str:number>/rated/", views.rated, name="rated"),
    path("<str:number>/supervise/", views.rate_supervisor, name="rate_supervisor"),
    path("<str:number>/work/", views.project, name="project"),
    path("<str:number>/absence/", views.record_absence, name="record_absence"),
    path("<str:number>/conclude/", views.conclude, name="conclude"),
    path("<str:number>/close/", views.close_project, name="close_project"),
]
