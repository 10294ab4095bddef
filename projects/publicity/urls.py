"""Addresses of the room; the name of a view is the name of its URL and of its template."""

from django.urls import path

from projects.publicity import views

app_name = "publicity"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("round/<str:number>/", views.round, name="round"),
    path("round/<str:number>/<str:code>/enter/", views.enter, name="enter"),
    path("notice/<int:pk>/", views.notice, name="notice"),
    path("notice/<int:pk>/qr.svg", views.qr, name="qr"),
    path("proposal/<str:number>/object/", views.lodge, name="lodge"),
    path("objection/<str:number>/", views.objection, name="objection"),
    path("objection/<str:number>/lodged/", views.lodged, name="lodged"),
    path("objection/<str:number>/comment/", views.comment, name="comment"),
    path("objection/<str:number>/answer/", views.answer, name="answer"),
    path("objection/<str:number>/uphold/", views.uphold, name="uphold"),
]
