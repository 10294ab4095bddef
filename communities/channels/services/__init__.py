"""Writes of the room: a person's choices, letters out of notices, letters carried."""

from communities.channels.services.carry import carry_letters, sweep_letters
from communities.channels.services.choose import ask_email, bind_wechat, choose, confirm_email, drop_email
from communities.channels.services.wechat import bind_scanned, code_for
from communities.channels.services.write import write_letters

__all__ = [
    "ask_email",
    "bind_scanned",
    "bind_wechat",
    "carry_letters",
    "choose",
    "code_for",
    "confirm_email",
    "drop_email",
    "sweep_letters",
    "write_letters",
]
