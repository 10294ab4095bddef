"""The shape of a hearing's notice and of its record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.accounts import phones
from communities.accounts.models import User
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


class GuestForm(forms.Form):
    """Somebody who comes or calls. A phone is only for finding her account; it is not kept."""

    name = LineField(label=_("姓名"), least=2, most=40, error_messages={"required": _("请填写姓名。")})
    phone = forms.CharField(
        label=_("手机号"),
        required=False,
        max_length=40,
        help_text=_("不必填写。登录过本平台的居民，填了会收到消息；手机号不另外保存。"),
        error_messages={"max_length": _("请只输入一个手机号。")},
    )
    speaks = forms.BooleanField(label=_("要发言"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        number = data.get("phone")
        self.person = User.objects.with_phone(phones.normalised(number) or "-") if number else None
        if number and (self.person is None or not self.person.is_active or self.person.name != data.get("name")):
            self.add_error("phone", _("没有找到这个姓名和手机号的账号。可以不填手机号，只登记姓名，再另行通知。"))
        return data

    def given(self) -> dict[str, Any]:
        return {
            "name": self.cleaned_data["name"],
            "speaks": self.cleaned_data["speaks"],
            "person_id": self.person.pk if self.person else None,
        }
