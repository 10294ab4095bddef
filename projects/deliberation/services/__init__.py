"""Writes of the room: calling a meeting, authorisations, running it, voting, the minutes, and what is carried over."""

from projects.deliberation.services.carry import carry_over, shortlist_screened
from projects.deliberation.services.convene import adjourn_meeting, convene_meeting
from projects.deliberation.services.floor import ask_floor, call_turn, end_turn, leave_floor
from projects.deliberation.services.hearings import call_hearing, call_off_hearing, sign_record, write_record
from projects.deliberation.services.mandates import give_mandate, revoke_mandate
from projects.deliberation.services.minutes import sign_minutes, write_notes
from projects.deliberation.services.places import ask_place, forget_guests, leave_place, register_place, strike_place
from projects.deliberation.services.resolve import close_vote, defer_item
from projects.deliberation.services.run import close_meeting, enter_roll, open_meeting, open_vote
from projects.deliberation.services.vote import declare_interest, enter_hands, enter_slips, vote_item

__all__ = [
    "adjourn_meeting",
    "ask_floor",
    "ask_place",
    "call_hearing",
    "call_off_hearing",
    "call_turn",
    "carry_over",
    "close_meeting",
    "close_vote",
    "convene_meeting",
    "declare_interest",
    "defer_item",
    "end_turn",
    "enter_hands",
    "enter_roll",
    "enter_slips",
    "forget_guests",
    "give_mandate",
    "leave_floor",
    "leave_place",
    "open_meeting",
    "open_vote",
    "register_place",
    "revoke_mandate",
    "shortlist_screened",
    "sign_minutes",
    "sign_record",
    "strike_place",
    "vote_item",
    "write_notes",
    "write_record",
]
