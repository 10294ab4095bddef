"""How a letter leaves the portal: one class per channel, named by its dotted path in the settings.

`key` is the same when a letter is handed over again after a crash: a gateway that knows it carries it once.
"""

from __future__ import annotations

import sys
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.module_loading import import_string

from communities.accounts import sms


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


class ConsoleWeChat:
    """Prints messages: for one's own machine and the demo."""

    def send(self, address: str, *, subject: str, text: str, key: str) -> None:
        print(f"\n[微信] {address[:4]}… {key}\n{subject}\n{text}\n", file=sys.stdout, flush=True)  # noqa: T201


def sender_for(channel: str) -> Sender:
    return import_string(settings.NOTICES["senders"][channel])()
