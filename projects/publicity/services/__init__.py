"""Writes of the room: the notice sheets, objections, answers, and what an upheld objection does."""

from projects.publicity.services.answer import answer_objection, comment_objection, uphold_objection
from projects.publicity.services.object import enter_objection, lodge_objection
from projects.publicity.services.post import post_notices

__all__ = [
    "answer_objection",
    "comment_objection",
    "enter_objection",
    "lodge_objection",
    "post_notices",
    "uphold_objection",
]
