"""What was typed when a session ended: kept in the new session for the same person, and for two hours only (A11).

Ballots, codes and passwords are never kept, nor are files. The form behind the words has passed the CSRF check before
they come here, and they are sent again only when the person presses the button.
"""

from __future__ import annotations

import time
from typing import Any

from django.http import HttpRequest

from communities.accounts import nexts, rules

KEPT = "typed"
KEEP_FOR = 2 * rules.HOUR
MOST = 60_000
NOT_KEPT = {"", "accounts", "paper", "rehearsal", "tally", "voting"}  # "": the library's own pages, which ask for secrets


def taken_from(request: HttpRequest) -> dict[str, Any] | None:
    """The words of this form as values that a session can hold; None where nothing is to be kept."""
    if request.method != "POST" or request.resolver_match.namespace in NOT_KEPT or not nexts.is_ours(request.get_full_path()):
        return None
    fields = [(name, value) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken" for value in values]
    if not any(value.strip() for _name, value in fields) or sum(len(name) + len(value) for name, value in fields) > MOST:
        return None
    return {"person": request.user.pk, "path": request.get_full_path(), "fields": fields, "at": int(time.time())}


def keep(request: HttpRequest, taken: dict[str, Any]) -> None:
    request.session[KEPT] = taken


def held_for(request: HttpRequest) -> dict[str, Any] | None:
    """What this person typed; what another person left behind is dropped, and so is what is too old."""
    held = request.session.get(KEPT)
    if held and (held["person"] != request.user.pk or time.time() - held["at"] > KEEP_FOR):
        drop(request)
        return None
    return held


def drop(request: HttpRequest) -> None:
    request.session.pop(KEPT, None)
