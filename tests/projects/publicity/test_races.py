"""Objections and answers at the same instant, on PostgreSQL."""

from __future__ import annotations

from datetime import timedelta

import pytest

from communities.models import User
from portal.refusals import Refused
from projects import engine
from projects.models import StageMove
from projects.publicity import services
from projects.publicity.models import Objection
from tests.projects.publicity.notices import POSTED, board
from tests.threads import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def codes(answers: list) -> set[str]:
    return {answer.refusal.code for answer in answers if isinstance(answer, Refused)}


def test_one_persons_double_click_leaves_one_objection():
    b = board()
    key = b.neighbour.pk
    answers = at_once([lambda: b.object(by=User.objects.get(pk=key))] * 6)
    assert sum(isinstance(answer, Objection) for answer in answers) == 1
    assert codes(answers) == {"already_objected"}


def test_two_officers_uphold_at_once_and_the_round_goes_back_once():
    b = board()
    row = b.object()
    key = b.officer.pk
    act = lambda: services.uphold_objection(  # noqa: E731
        objection_id=row.pk, answer="确实挡住消防通道。", by=User.objects.get(pk=key), now=POSTED
    )
    answers = at_once([act] * 4)
    assert sum(isinstance(answer, Objection) for answer in answers) == 1
    assert codes(answers) <= {"answered", "not_now"}
    assert StageMove.objects.filter(round=b.batch, left="publicity", entered="tally").count() == 1


def test_an_objection_racing_the_end_is_taken_and_holds_or_is_refused():
    b = board()
    last = POSTED + timedelta(days=7)
    key = b.neighbour.pk
    lodge = lambda: b.object(by=User.objects.get(pk=key), now=last)  # noqa: E731
    move = lambda: engine.advance(b.batch, leaving="publicity", now=last + timedelta(days=1))  # noqa: E731
    objection, moved = at_once([lodge, move])
    if isinstance(objection, Objection):
        assert isinstance(moved, Refused) and b.stage() == "publicity"
    else:
        assert objection.refusal.code == "not_now" and moved is True and b.stage() == "approval"
