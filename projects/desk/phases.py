"""The one button of a round's present phase, and its rules in plain words."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from portal import figures
from projects import pipeline
from projects.models import Round
from projects.proposals.models import Category
from projects.rounds import queries
from projects.rounds.rules import BALLOTS, COMBINATIONS, COUNTING_RULES, UNITS, complete


def act_of(round: Round) -> dict[str, str]:
    """{text, url} of what a resident can best do about the round now."""
    listed = f"{reverse('desk:proposals')}?round={round.number}"
    acts = {
        "proposals": (_("我要提一个提案"), reverse("proposals:start")),
        "voting": (_("去投票"), reverse("voting:ballot", args=[round.number])),
        "tally": (_("看计票结果"), reverse("tally:result", args=[round.number])),
        "publicity": (_("看公示，提意见"), f"{reverse('desk:notice_board')}?open=on"),
        "approval": (_("看入选结果"), reverse("tally:result", args=[round.number])),
        pipeline.DONE: (_("看项目进度"), reverse("desk:delivery_board")),
    }
    text, url = acts.get(round.stage, (_("看看大家提了什么"), listed))
    return {"text": text, "url": url}


def tabs_of(round: Round) -> list[dict[str, str]]:
    """The parts of a round's page; each is a page of its own."""
    number = round.number
    return [
        {"title": _("概况"), "url": reverse("desk:round", args=[number])},
        {"title": _("提案"), "url": f"{reverse('desk:proposals')}?round={number}", "current": False},
        {"title": _("结果"), "url": reverse("tally:result", args=[number])},
        {"title": _("实施"), "url": f"{reverse('desk:round_projects', args=[number])}"},
        {"title": _("规则"), "url": reverse("desk:round_rules", args=[number])},
    ]


def votes_ahead(round: Round) -> bool:
    """Is the residents' vote running or still to come? Then everybody can ask whether she may vote."""
    used = [row.key for row in queries.used_stages(round)]
    return "voting" in used and round.stage in ("rounds", *used[: used.index("voting") + 1])


def rules_in_words(round: Round) -> list[dict[str, str]]:
    """The frozen settings as a resident reads them."""
    held = complete(round.rules)
    caps = dict(held["caps"])
    rows = [
        (_("单项金额"), "；".join(_caps(caps))),
        (_("初审答复"), _("提交后 %(days)s内答复") % {"days": _days(held, "screening")}),
        (_("公示"), _("公示 %(days)s，公示期内收到的异议都要答复") % {"days": _days(held, "notice")}),
        (_("街道审批"), _("%(days)s内办完") % {"days": _days(held, "approval")}),
        (
            _("递补"),
            _("有项目撤下时，按原来的选票重新计算，由后面的项目递补")
            if held["refill"]
            else _("不递补，余下的钱留待下一批"),
        ),
    ]
    combined = COMBINATIONS.get(held["combine"], held["combine"])
    if any(row.key == "voting" for row in queries.used_stages(round)):
        rows.insert(2, (_("谁来决定"), _(combined)))
        rows.insert(3, (_("投票"), _ballot(held)))
        rows.insert(4, (_("计票"), _(COUNTING_RULES.get(held["counting_rule"], held["counting_rule"]))))
    else:
        rows.insert(2, (_("定项"), _("不设居民投票，由居民议事会逐项评议")))
    return [{"label": label, "value": value} for label, value in rows]


def _caps(caps: Mapping[str, int]) -> list[str]:
    return [
        _("%(kind)s原则上不超过 %(cap)s") % {"kind": Category(kind).label, "cap": figures.money(fen)}
        for kind, fen in caps.items()
    ]


def _days(held: Mapping[str, object], what: str) -> str:
    return f"{held[f'{what}_days']} {_(UNITS[held[f'{what}_unit']])}"


def _ballot(held: Mapping[str, object]) -> str:
    told = {"how": _(BALLOTS.get(held["ballot"], held["ballot"])), "most": held["max_choices"]}
    return _("%(how)s，最多 %(most)s 项；截止前可以修改，以最后一次为准") % told
