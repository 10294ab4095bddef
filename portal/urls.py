"""Every address of the portal. Rooms are named as strings: the ground floor imports no app."""

from django.urls import include, path

from portal import env, health, reading

APPS = [app for app in ("communities", "projects", "volunteers") if (env.ROOT / app / "urls.py").exists()]

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("reading", reading.reading_mode, name="reading-mode"),
    path("", include("portal.style.urls")),
    *[path("", include(f"{app}.urls")) for app in APPS],
]

handler400, handler403 = "portal.errors.bad_request", "portal.errors.forbidden"
handler404, handler500 = "portal.errors.not_found", "portal.errors.server_error"
