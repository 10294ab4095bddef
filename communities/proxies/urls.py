"""Addresses of the room; the name of a view is the name of its URL and of its template."""

from django.urls import path

from communities.proxies import views

app_name = "proxies"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("end/", views.end, name="end"),
    path("desk/", views.desk, name="desk"),
    path("desk/new/", views.record, name="record"),
    path("desk/blank/", views.blank, name="blank"),
    path("<int:number>/", views.proxy, name="proxy"),
    path("<int:number>/sheet/", views.sheet, name="sheet"),
    path("<int:number>/begin/", views.begin, name="begin"),
    path("<int:number>/revoke/", views.revoke, name="revoke"),
]
