"""Addresses of the room; the name of a view is the name of its URL and of its template."""

from django.urls import path

from projects.acceptance import views

app_name = "acceptance"
urlpatterns = [
    path("members/<int:key>/release/", views.release, name="release"),
    path("<str:number>/", views.record, name="record"),
    path("<str:number>/work/", views.project, name="project"),
    path("<str:number>/panel/", views.appoint, name="appoint"),
    path("<str:number>/mark/", views.mark, name="mark"),
    path("<str:number>/marked/", views.marked, name="marked"),
    path("<str:number>/sign/", views.sign_off, name="sign_off"),
    path("<str:number>/rework/", views.rework, name="rework"),
    path("<str:number>/absence/", views.record_absence, name="record_absence"),
    path("<str:number>/cosign/", views.cosign_absence, name="cosign_absence"),
    path("<str:number>/accept/", views.accept, name="accept"),
]
