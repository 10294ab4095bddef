"""How a text message leaves the portal. One class per gateway; SMS_SENDER names it by its dotted path."""

from __future__ import annotations

import sys
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _


class Sender(Protocol):
    def send(self, phone: str, text: str, *, key: str) -> None:
        """Hand one message over; raise NotSent when the gateway did not take it.

        The same `key` is the same message handed over again: a gateway that knows it carries it once.
        """


class NotSent(Exception):
    """The gateway did not take the message."""


class ConsoleSender:
    """Prints messages: for one's own machine and the demo. `check --deploy` refuses it."""

    def send(self, phone: str, text: str, *, key: str) -> None:
        print(f"\n[短信] {phone[:3]}****{phone[-4:]}\n{text}\n", file=sys.stdout, flush=True)  # noqa: T201


def send(phone: str, text: str, *, key: str) -> None:
    import_string(settings.SMS_SENDER)().send(phone, text, key=key)


def code_message(code: str) -> str:
    """Names the service, says what not to do, and ends with the line that browsers fill in from (U15)."""
    said = _("【%(service)s】验证码 %(code)s，5 分钟内有效。工作人员不会向您索要验证码，请勿告诉他人。")
    return said % {"service": settings.SITE["name"], "code": code} + f"\n\n@{settings.SITE['domain']} #{code}"
