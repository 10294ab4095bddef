"""Writes of the vote, one file per operation."""

from projects.voting.services.cast import Receipt, cast_ballot
from projects.voting.services.ceremony import sign_key_end, tend_keys
from projects.voting.services.close import close_ballots
from projects.voting.services.freeze import freeze_slates
from projects.voting.services.kiosk import admit_voter, close_kiosk, open_kiosk, redeem_code, redeem_pass
from projects.voting.services.paper_check import answer_void, ask_void, check_sample
from projects.voting.services.paper_entry import accept_batch, key_sheet, seal_batch, settle_sheet
from projects.voting.services.paper_hand import hand_out_paper, print_sheets
from projects.voting.services.paper_replace import replace_sheet
from projects.voting.services.seal import seal_all, seal_days
from projects.voting.services.slots import blend, blend_all, lay_slots
from projects.voting.services.started import note_started, remind
from projects.voting.services.wipe import wipe_ballots

__all__ = [
    "Receipt",
    "accept_batch",
    "admit_voter",
    "answer_void",
    "ask_void",
    "blend",
    "blend_all",
    "cast_ballot",
    "check_sample",
    "close_ballots",
    "close_kiosk",
    "freeze_slates",
    "hand_out_paper",
    "key_sheet",
    "lay_slots",
    "note_started",
    "open_kiosk",
    "print_sheets",
    "redeem_code",
    "redeem_pass",
    "remind",
    "replace_sheet",
    "seal_all",
    "seal_batch",
    "seal_days",
    "settle_sheet",
    "sign_key_end",
    "tend_keys",
    "wipe_ballots",
]
