"""What carries notices outside the portal, from the environment: channels, their senders, the budget of paid ones."""

from __future__ import annotations

from portal import env

SENDERS = {
    "email": "communities.channels.senders.Email",
    "sms": "communities.channels.senders.Sms",
    "wechat": "communities.channels.senders.ConsoleWeChat",
}


def notices() -> dict[str, object]:
    return {
        "channels": frozenset(env.words("NOTICE_CHANNELS", ",".join(SENDERS))),
        "senders": {name: env.text(f"NOTICE_{name.upper()}_SENDER", path) for name, path in SENDERS.items()},
        "sms_budget": env.number("NOTICE_SMS_BUDGET", 2000),
    }
