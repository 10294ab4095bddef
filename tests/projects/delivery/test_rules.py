"""Late, stalled, finished, and what a public text may hold."""

from datetime import date, timedelta

import pytest

from projects.delivery import rules
from projects.delivery.rules import Flag, Progress

DAY = date(2026, 6, 1)
LIMITS = {"today": DAY, "start_within": 60, "stalled_after": 45}


def ago(days):
    return DAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("progress", "flags"),
    [
        (Progress(entered_on=ago(60)), ()),
        (Progress(entered_on=ago(61)), (Flag.NOT_STARTED,)),
        (Progress(entered_on=ago(5), starts_by=ago(1)), (Flag.NOT_STARTED,)),
        (Progress(entered_on=ago(5), starts_by=DAY), ()),
        (Progress(entered_on=ago(90), first_report_on=ago(80), last_report_on=ago(45)), ()),
        (Progress(entered_on=ago(90), first_report_on=ago(80), last_report_on=ago(46)), (Flag.STALLED,)),
        (Progress(entered_on=ago(9), first_report_on=ago(3), last_report_on=ago(3), open_due=(DAY,)), ()),
        (Progress(entered_on=ago(9), first_report_on=ago(3), last_report_on=ago(3), open_due=(ago(1),)), (Flag.LATE,)),
        (Progress(entered_on=ago(99), open_due=(ago(1),)), (Flag.NOT_STARTED, Flag.LATE)),
        (Progress(entered_on=ago(99), open_due=(ago(1),), stopped=True), (Flag.STOPPED,)),
        (Progress(entered_on=ago(99), open_due=(ago(1),), finished=True), ()),
    ],
)
def test_flags(progress, flags):
    assert rules.flags(progress, **LIMITS) == flags


@pytest.mark.parametrize(
    ("percent", "last", "stopped", "code"),
    [
        (40, 40, False, None),
        (100, 0, False, None),
        (39, 40, False, "percent_falls"),
        (101, 0, False, "percent_out_of_range"),
        (-1, 0, False, "percent_out_of_range"),
        (50, 0, True, "stopped"),
    ],
)
def test_reports(percent, last, stopped, code):
    fault = rules.objection_to_report(percent, last_percent=last, stopped=stopped)
    assert (fault.code if fault else None) == code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, None),
        ({"finished": True}, "already_finished"),
        ({"stopped": True}, "stopped"),
        ({"milestones": 0}, "no_plan"),
        ({"open_milestones": 1}, "milestones_open"),
        ({"reports": 0}, "no_report"),
        ({"after_photos": 0}, "no_after_photo"),
    ],
)
def test_what_must_stand_before_the_word_done(change, code):
    facts = {
        "milestones": 2,
        "open_milestones": 0,
        "reports": 1,
        "after_photos": 1,
        "stopped": False,
        "finished": False,
    }
    fault = rules.objection_to_finish(**{**facts, **change})
    assert (fault.code if fault else None) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("坡道边的石子散了一地。", None),
        ("太滑", "text_too_short"),
        ("长" * 1001, "text_too_long"),
        ("请打电话１３８ ００１３ ８０００给我。", "personal_number"),
        ("身份证 440307199003071234 可以查。", "personal_number"),
        ("合同 185,000.00 元，2026-03-02 签。", None),
    ],
)
def test_public_texts_carry_no_numbers_of_persons(text, code):
    """P11: what becomes public holds no phone and no identity number."""
    fault = rules.objection_to_text(text)
    assert (fault.code if fault else None) == code


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({}, None),
        ({"answered": True}, "already_answered"),
        ({"same_person": True}, "own_report"),
        ({"reported_by_supervisor": True, "by_provider": True}, "office_answers"),
        ({"reported_by_supervisor": True}, None),
        ({"by_provider": True}, None),
    ],
)
def test_who_answers(facts, code):
    known = {"same_person": False, "answered": False, "reported_by_supervisor": False, "by_provider": False}
    fault = rules.objection_to_answer(**{**known, **facts})
    assert (fault.code if fault else None) == code
