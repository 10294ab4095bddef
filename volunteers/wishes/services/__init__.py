"""Everything that changes a wish."""

from volunteers.wishes.services.claims import (
    claim_wish,
    confirm_fulfilled,
    give_up_claim,
    release_claims,
    report_done,
    send_back,
)
from volunteers.wishes.services.time import tend
from volunteers.wishes.services.wishes import make_wish, reveal_person, screen_wish

__all__ = [
    "claim_wish",
    "confirm_fulfilled",
    "give_up_claim",
    "make_wish",
    "release_claims",
    "report_done",
    "reveal_person",
    "screen_wish",
    "send_back",
    "tend",
]
