"""Writes of the room: decisions, second signatures, what becomes of returned money, the district's filing."""

from projects.approval.services.decide import approve_list, decide_proposal, sign_second
from projects.approval.services.file import file_list
from projects.approval.services.refill import answer_refill

__all__ = ["answer_refill", "approve_list", "decide_proposal", "file_list", "sign_second"]
