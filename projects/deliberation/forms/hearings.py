"""The shape of a hearing's notice and of its record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.fields import CountField, DateField, LineField, TextField
from projects.deliberation.forms.meeting import TIMES


class HearingForm(forms.Form):
    """What is heard, when, where, how many places, until when to ask for one."""

    subject = TextField(
        label=_("听证事项"), least=5, most=600, rows=3, help_text=_("要听居民说什么，例如“坡道建在东侧还是西侧”。"),
        error_messages={"required": _("请写明要听取哪方面的意见。")},
    )  # fmt: skip
    held_on = DateField(label=_("听证日期"))
    at = forms.ChoiceField(label=_("听证时间"), choices=TIMES, initial="19:30", error_messages={"invalid_choice": _("请从列表里选一个时间。")})
    place = LineField(label=_("地点"), most=80, least=2, error_messages={"required": _("请写听证会的地点。")})
    places = CountField(label=_("席位"), least=5, most=500, initial=30, help_text=_("报满以后的人按先后候补。"))
    register_until = DateField(label=_("报名截止"))

    def given(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        day, at = data.pop("held_on"), datetime.strptime(data.pop("at"), "%H:%M").time()
        return {**data, "starts_at": timezone.make_aware(datetime.combine(day, at))}


class RecordForm(forms.Form):
    """笔录 of a hearing."""

    came = CountField(label=_("到场人数"), least=0, most=2000)
    record = TextField(
        label=_("笔录"), least=10, most=8000, rows=12, help_text=_("谁说了什么，用“居民甲”这样的称呼；会公开。"),
        error_messages={"required": _("请写听证会的笔录。")},
    )  # fmt: skip
    outcome = TextField(
        label=_("意见采纳情况"), least=5, most=2000, rows=4, error_messages={"required": _("请写明哪些意见采纳、哪些没有采纳和原因。")}
    )
