"""Addresses of the room; the name of a view is the name of its URL and of its template."""

from django.urls import path

from volunteers.timebank.views import mine

app_name = "timebank"
urlpatterns = [
    path("", mine.mine, name="mine"),
    path("certificates/", mine.certify, name="certify"),
    path("certificates/<str:number>.pdf", mine.certificate, name="certificate"),
    path("verify/", mine.verify, name="verify"),
    path("tariff/", mine.tariff, name="tariff"),
]
