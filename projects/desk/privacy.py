"""What the programme holds of a person, for her own download and for the closing of her account (P8, P9).

What became public keeps standing without her name; what only she had is deleted. Of a vote there is only that she took
part: nobody, not even she, gets the choice back.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from communities.accounts.models import User
from communities.residents.privacy import keeps
from portal.models import Notice
from portal.notices import words
from projects.models import Follow, HearingPlace, Objection, Participation, ProblemReport, Proposal, Rating, Support
from projects.proposals.standings import TITLES, Standing


def register() -> None:
    """Tell the residents' room what is kept here; called once when the app is ready."""
    keeps("提案", export=proposals_of, erase=forget_drafts)
    keeps("支持和关注", export=backed_by, erase=forget_backing)
    keeps("投票", export=votes_of, erase=keep_as_record)
    keeps("异议、问题反映和评价", export=said_by, erase=keep_as_record)
    keeps("消息", export=notices_of, erase=forget_notices)


def proposals_of(person: User) -> list[dict[str, Any]]:
    rows = Proposal.objects.filter(proposer=person).order_by("created_at")
    return [
        {
            "编号": row.number or "",
            "名称": row.title,
            "现在": TITLES[Standing(row.standing)],
            "现在有什么不方便": row.need,
            "希望怎么办": row.wish,
            "地点": row.place,
            "提交时间": row.lodged_at.isoformat() if row.lodged_at else "",
            "照片": list(row.attachments.values_list("caption", flat=True)),
        }
        for row in rows.prefetch_related("attachments")
    ]


def backed_by(person: User) -> dict[str, list[str]]:
    supported = Support.objects.filter(person=person).values_list("proposal__number", flat=True)
    followed = Follow.objects.filter(person=person).values_list("proposal__number", flat=True)
    heard = HearingPlace.objects.filter(person=person).values_list("hearing__number", flat=True)
    return {"支持": list(supported), "关注": list(followed), "听证会报名": list(heard)}


def votes_of(person: User) -> list[dict[str, str]]:
    rows = Participation.objects.filter(person=person).select_related("round", "centre").order_by("day")
    return [
        {
            "批次": row.round.title,
            "日期": row.day.isoformat(),
            "方式": row.get_channel_display(),
            "地点": row.centre.name if row.centre else "",
        }
        for row in rows
    ]


def said_by(person: User) -> dict[str, list[dict[str, Any]]]:
    return {
        "异议": list(Objection.objects.filter(objector=person).values("number", "text")),
        "问题反映": list(ProblemReport.objects.filter(by=person).values("number", "text")),
        "评价": list(Rating.objects.filter(person=person).values("project__title", "score", "text")),
    }


def notices_of(person: User) -> list[dict[str, str]]:
    rows = Notice.objects.filter(person=person).order_by("-at")[:500]
    return [{"时间": row.at.isoformat(), "内容": words(row)} for row in rows]


@transaction.atomic
def forget_drafts(person: User, *, now: datetime) -> None:
    """Delete what was never lodged; lodged proposals are public records and lose only the name of their proposer."""
    for draft in Proposal.objects.filter(proposer=person, standing=Standing.DRAFT):
        for photo in draft.attachments.all():
            photo.file.delete(save=False)
        draft.delete()


def forget_backing(person: User, *, now: datetime) -> None:
    Follow.objects.filter(person=person).delete()
    HearingPlace.objects.filter(person=person).delete()


def forget_notices(person: User, *, now: datetime) -> None:
    Notice.objects.filter(person=person).delete()


def keep_as_record(person: User, *, now: datetime) -> None:
    """Statutory records stay; the account behind them has no name and no phone any more."""
