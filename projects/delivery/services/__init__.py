"""The writes of the room, one function per operation."""

from projects.delivery.services.plan import (
    add_milestone,
    change_milestone,
    complete_milestone,
    declare_finished,
    end_project,
    open_acceptance,
    resume_project,
    stop_project,
)
from projects.delivery.services.report import (
    add_evidence,
    answer_problem,
    raise_concern,
    report_problem,
    report_progress,
)

__all__ = [
    "add_evidence",
    "add_milestone",
    "answer_problem",
    "change_milestone",
    "complete_milestone",
    "declare_finished",
    "end_project",
    "open_acceptance",
    "raise_concern",
    "report_problem",
    "report_progress",
    "resume_project",
    "stop_project",
]
