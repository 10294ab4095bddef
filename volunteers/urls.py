"""The pages across the rooms under /volunteers/, and each room under its own name."""

from django.urls import include, path

from volunteers import views

ROOMS = ("teams", "timebank", "activities", "rewards", "wishes")
FRONT = [
    path("", views.volunteers, name="volunteers"),
    path("mine/", views.mine, name="mine"),
    path("figures/<str:code>/", views.figures, name="figures"),
]

urlpatterns = [
    path("volunteers/", include((FRONT, "volunteers"))),
    *[path(f"{room}/", include(f"volunteers.{room}.urls")) for room in ROOMS],
]
