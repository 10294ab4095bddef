"""Signing in and out, then each room under its own name."""

from django.conf import settings
from django.urls import include, path

from communities import admin
from communities.accounts.views.residents import sign_in, sign_out

ROOMS = (
    "accounts", "divisions", "residents", "rosters", "proxies", "roles", "bodies", "councils", "centres", "channels", "records", "works",
)  # fmt: skip

urlpatterns = [
    path("sign-in/", sign_in, name="sign_in"),
    path("sign-out/", sign_out, name="sign_out"),
    path(settings.ADMIN_PATH, admin.site.urls),
    path("accounts/staff/", include("communities.accounts.library_urls")),
    path("paper/", include("communities.letters.urls")),  # the address that letters print
    *[path(f"{room}/", include(f"communities.{room}.urls")) for room in ROOMS],
]
