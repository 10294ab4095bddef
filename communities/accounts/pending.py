"""What a browser remembers between asking for a code and typing it. The phone itself stays in the code's row."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest

from communities.accounts.services.codes import Sent
from portal import masking
from portal.web import client_ip

KEY = "code"


def remember(request: HttpRequest, sent: Sent, *, phone: str, purpose: str, then: str) -> None:
    request.session[KEY] = {
        "number": sent.number,
        "binding": sent.binding,
        "purpose": purpose,
        "phone": masking.mask_phone(phone),
        "then": then,
        "shown": sent.code if settings.DEMO else "",
    }


def held(request: HttpRequest) -> dict:
    """What this browser waits for; empty when it waits for nothing."""
    found = request.session.get(KEY)
    return found if isinstance(found, dict) else {}


def forget(request: HttpRequest) -> str:
    """Wait no longer; answer where the person wanted to go."""
    return request.session.pop(KEY, {}).get("then", "")


def address_of(request: HttpRequest) -> str:
    """The network that limits count: an IPv4 address, or the /64 of an IPv6 one (G12)."""
    try:
        address = ipaddress.ip_address(client_ip(request))
    except ValueError:
        return ""
    if address.version == 4:
        return str(address)
    return str(address.ipv4_mapped or ipaddress.ip_network(f"{address}/64", strict=False).network_address)
