"""Addresses of the room; the name of a view is the name of its URL and of its template."""

from django.urls import path

from projects.approval import views

app_name = "approval"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("round/<str:number>/", views.round, name="round"),
    path("round/<str:number>/list/", views.approve_list, name="approve_list"),
    path("round/<str:number>/refill/", views.refill, name="refill"),
    path("round/<str:number>/approved/", views.approved, name="approved"),
    path("round/<str:number>/approved.csv", views.approved_csv, name="approved_csv"),
    path("round/<str:number>/file/", views.file, name="file"),
    path("proposal/<str:number>/decide/", views.decide, name="decide"),
    path("proposal/<str:number>/second/", views.second, name="second"),
]
