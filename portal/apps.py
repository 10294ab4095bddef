"""The ground floor as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    label = "portal"
    verbose_name = _("门户")

    def ready(self) -> None:
        from portal import celery, checks  # noqa: F401  here and not in portal/__init__.py: rules must import without Celery
