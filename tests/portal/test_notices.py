"""What is owed is written once, said in the reader's language, and can be rehearsed without a trace."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from communities.accounts.models import User
from portal import notices
from portal.models import Notice
from portal.refusals import Refusal, Refused, insist
from tests.factories import NOON, person

pytestmark = pytest.mark.django_db
TEXT = "您已被任命为%(place)s%(role)s，%(day)s起生效。"


def owe(who: User, **params: object) -> None:
    notices.owe([who], kind="roles.appointed", key="appointed-1", text=TEXT, now=NOON, **params)


def test_days_amounts_and_terms_are_said_in_the_readers_language():
    """U17: an officer who works in English writes the same row as one who works in Chinese."""
    who = person()
    with translation.override("en"):
        owe(who, place="龙岭社区", role=notices.Term("社区工作者"), day=date(2026, 3, 9))
    row = Notice.objects.get(person=who)
    assert row.params["day"] == {"day": "2026-03-09"}
    assert notices.words(row) == "您已被任命为龙岭社区社区工作者，2026年3月9日（周一）起生效。"
    with translation.override("en"):
        assert "Mon 9 Mar 2026" in notices.words(row) and "月" not in notices.words(row)


def test_moments_and_amounts():
    late = datetime(2026, 3, 9, 6, 30, tzinfo=UTC)
    assert notices.said("%(at)s，%(sum)s", {"at": late, "sum": notices.Fen(8_000_000)}) == "2026年3月9日（周一）14:30，8 万元"


def test_the_same_key_tells_once():
    """R4"""
    who = person()
    for _again in range(2):
        owe(who, place="龙岭社区", role="", day=NOON)
    assert Notice.objects.filter(person=who).count() == 1


def test_a_rehearsal_says_what_goes_to_whom_and_leaves_nothing():
    first, second = person("李秀兰"), person("周建国")

    def act(*, name: str) -> None:
        User.objects.filter(pk=first.pk).update(name=name)
        notices.owe([first, second], kind="x.y", key="k", text="“%(title)s”有进展", now=NOON, title="坡道")

    (told,) = notices.rehearse(act, name="别的名字")
    assert (told.people, told.said()) == ({first.pk, second.pk}, "“坡道”有进展")
    first.refresh_from_db()
    assert first.name == "李秀兰" and not Notice.objects.exists()
    act(name="别的名字")
    assert Notice.objects.count() == 2


def test_a_rehearsal_meets_the_refusal():
    with pytest.raises(Refused):
        notices.rehearse(lambda: insist(Refusal("not_now", "现在不行")))
