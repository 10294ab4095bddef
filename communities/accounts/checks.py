"""What a deployment must not forget about signing in."""

from __future__ import annotations

from django.conf import settings
from django.core import checks

from communities.accounts.rules import PROFILES

CONSOLE = "communities.accounts.sms.ConsoleSender"


@checks.register(checks.Tags.security)
def password_profile_is_known(app_configs: object, **kwargs: object) -> list[checks.CheckMessage]:
    if settings.STAFF_PASSWORDS in PROFILES:
        return []
    return [checks.Error(f"STAFF_PASSWORDS must be one of {', '.join(PROFILES)}.", id="accounts.E003")]


@checks.register(checks.Tags.security, deploy=True)
def messages_leave_the_machine(app_configs: object, **kwargs: object) -> list[checks.CheckMessage]:
    """W: codes printed on a console reach nobody; with the demo on anybody can sign in as anybody."""
    found: list[checks.CheckMessage] = []
    if settings.SMS_SENDER == CONSOLE and not settings.DEMO:
        found.append(checks.Info("SMS_SENDER is the console: no resident receives a code.", id="accounts.I001"))
    if settings.DEMO and settings.HTTPS and settings.DATABASE_URL:
        found.append(checks.Warning("PORTAL_DEMO is on: anybody may sign in as anybody.", id="accounts.W002"))
    return found
