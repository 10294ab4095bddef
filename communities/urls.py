"""Each room under its own name."""

from django.urls import include, path

ROOMS = ("accounts", "divisions", "residents", "roles", "bodies", "councils", "centres")

urlpatterns = [path(f"{room}/", include(f"communities.{room}.urls")) for room in ROOMS]
