"""Addresses of the style pages."""

from django.urls import path

from portal.style import views

urlpatterns = [
    path("style", views.style, name="style"),
    path("style/staff", views.style_staff, name="style_staff"),
    path("style/ballot", views.style_ballot, name="style_ballot"),
    path("style/sheet", views.style_sheet, name="style_sheet"),
]
