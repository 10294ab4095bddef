"""Every address of the portal. Rooms are named as strings: the ground floor imports no app."""
from django.urls import include, path

from portal import env, health

APPS = [app for app in ("communities", "projects", "volunteers") if (env.ROOT / app / "urls.py").exists()]

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    *[path("", include(f"{app}.urls")) for app in APPS],
]
