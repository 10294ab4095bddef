"""Each room under its own name; the desk, which lies across the stages, at the root."""

from django.urls import include, path

ROOMS = (
    "rounds",
    "proposals",
    "screening",
    "deliberation",
    "voting",
    "rehearsal",
    "tally",
    "publicity",
    "approval",
    "funding",
    "delivery",
    "acceptance",
    "evaluation",
)

urlpatterns = [
    path("", include("projects.desk.urls")),
    *[path(f"{room}/", include(f"projects.{room}.urls")) for room in ROOMS],
]
