"""Addresses of the room; the name of a view is the name of its URL and of its template."""

from django.urls import path

from volunteers.timebank.views import exchange, mine, office

app_name = "timebank"
urlpatterns = [
    path("", mine.mine, name="mine"),
    path("certificates/", mine.certify, name="certify"),
    path("certificates/<str:number>.pdf", mine.certificate, name="certificate"),
    path("verify/", mine.verify, name="verify"),
    path("tariff/", mine.tariff, name="tariff"),
    path("tariff/<str:code>/new/", office.publish_tariff, name="publish_tariff"),
    path("review/", office.review, name="review"),
    path("review/<int:key>/confirm/", office.confirm, name="confirm"),
    path("review/<int:key>/refuse/", office.refuse, name="refuse"),
    path("people/", office.people, name="people"),
    path("people/<int:key>/", office.volunteer, name="volunteer"),
    path("people/<int:key>/enter/", office.enter, name="enter"),
    path("records/<int:key>/reverse/", office.reverse, name="reverse"),
    path("exchange/<str:code>/", exchange.exchange, name="exchange"),
    path("exchange/<str:code>/hours/", exchange.hours_file, name="hours_file"),
]
