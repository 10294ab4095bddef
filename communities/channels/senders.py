"""How a letter leaves the portal: one class per channel, named by its dotted path in the settings.

`key` is the same when a letter is handed over again after a crash: a gateway that knows it carries it once.
"""

from __future__ import annotations

import sys
from typing import Protocol

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.module_loading import import_string

from communities.accounts import sms
from communities.channels.rules import WECHAT

logger = structlog.get_logger(__name__)


class Sender(Protocol):
    def send(self, address: str, *, subject: str, text: str, key: str) -> None:
        """Hand one letter over; raise anything when the gateway did not take it."""


class Email:
    """Through Django's EMAIL_BACKEND; the Message-ID comes from the key."""

    def send(self, address: str, *, subject: str, text: str, key: str) -> None:
        headers = {"Message-ID": f"<{key}@{settings.SITE['domain']}>", "Auto-Submitted": "auto-generated"}
        EmailMessage(subject, text, to=[address], headers=headers).send()


class Sms:
    """Through the same gateway as the sign-in codes (SMS_SENDER)."""

    def send(self, address: str, *, subject: str, text: str, key: str) -> None:
        sms.send(address, text, key=key)


class WeChat(Sender, Protocol):
    """A service account (服务号) that people can also bind: it shows them a code of the portal and says who scanned it."""

    def invite(self, code: str) -> str:
        """What the QR holds by which a follower's WeChat tells the account this code; "" where nobody can be bound."""

    def follower(self, code: str) -> str:
        """The id under which the account knows who scanned this code; "" while nobody has."""


class ConsoleWeChat:
    """Prints messages: for one's own machine and the demo, where every code counts as scanned. Nobody is bound elsewhere."""

    def send(self, address: str, *, subject: str, text: str, key: str) -> None:
        print(f"\n[微信] {address[:4]}… {key}\n{subject}\n{text}\n", file=sys.stdout, flush=True)  # noqa: T201

    def invite(self, code: str) -> str:
        return f"{settings.SITE['name']} {code}" if settings.DEMO else ""

    def follower(self, code: str) -> str:
        return f"console-{code.partition(':')[0]}" if settings.DEMO else ""


def sender_for(channel: str) -> Sender:
    return import_string(settings.NOTICES["senders"][channel])()


def invitation(code: str) -> str:
    """What the QR holds; "" where WeChat is off, binds nobody, or is away."""
    if WECHAT not in settings.NOTICES["channels"]:
        return ""
    return _asked("invite", code) or ""


def follower_of(code: str) -> str | None:
    """Who scanned the code, "" while nobody has, None while the gateway is away."""
    return _asked("follower", code)


def _asked(what: str, code: str) -> str | None:
    """A sender that only carries letters binds nobody."""
    try:
        question = getattr(sender_for(WECHAT), what, None)
        return question(code) if question else ""
    except Exception:
        logger.exception("wechat_away", asked=what)
        return None
