"""The shape of calls, shifts, lists and reports."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from portal.fields import CountField, DateField, FigureField, LineField, ReasonField, TextField, squeezed
from projects.delivery.forms import PhotosField
from volunteers.activities import rules
from volunteers.activities.models import Call
from volunteers.teams import queries as people
from volunteers.teams.forms import ChecksField
from volunteers.teams.models import Team

PICK = {"required": _("请选择一项。"), "invalid_choice": _("请在列出的选项里选一项。")}
_CLOCK = re.compile(r"(\d{1,2})(?:[:：.点时](\d{2})?分?)?")


class ClockInput(forms.TextInput):
    """The browser's own clock when what stands there is a time, else a plain box that keeps what was typed."""

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict:
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        context["widget"]["type"] = "time" if not shown or re.fullmatch(r"\d\d:\d\d", str(shown)) else "text"
        return context


class ClockField(FigureField):
    """A time of day: 9:00, 09：30, 14点."""

    widget = ClockInput
    default_error_messages = {
        "required": _("请写时间，例如 9:00。"),
        "unreadable": _("没有看懂这个时间，请这样写：9:00 或 14:30。"),
    }

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values:
            return None
        found = _CLOCK.fullmatch(squeezed(value)[:20])
        hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 99)
        if hour > 23 or minute > 59:
            raise ValidationError(self.error_messages["unreadable"], code="unreadable")
        return time(hour, minute)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value


class SpanForm(forms.Form):
    """One shift: day, from, to, places."""

    on = DateField(label=_("日期"))
    starts = ClockField(label=_("开始时间"), error_messages={"required": _("请写开始时间，例如 9:00。")})
    ends = ClockField(label=_("结束时间"), error_messages={"required": _("请写结束时间，例如 11:30。")})
    places = CountField(label=_("名额"), least=1, most=500)

    def span(self) -> dict[str, Any]:
        held = self.cleaned_data
        local = timezone.get_current_timezone()
        return {
            "starts": datetime.combine(held["on"], held["starts"], local),
            "ends": datetime.combine(held["on"], held["ends"], local),
            "places": held["places"],
        }


class CallForm(SpanForm):
    title = LineField(label=_("活动名称"), least=4, most=40, error_messages={"required": _("请写活动名称。")})
    kind = forms.ChoiceField(label=_("类别"), choices=Call.Kind.choices, error_messages=PICK)
    about = TextField(
        label=_("做什么"),
        least=10,
        most=1000,
        rows=4,
        help_text=_("做哪些事、有没有培训、管不管饮水；会公开，不要写电话。"),
        error_messages={"required": _("请写清楚要志愿者做什么。")},
    )
    place = LineField(label=_("集合地点"), least=2, most=80, error_messages={"required": _("请写在哪里集合。")})
    brings = LineField(label=_("要求"), most=200, required=False, help_text=_("例如：穿平底鞋、自带水杯。"))
    skills = ChecksField(label=_("需要的技能"), required=False, help_text=_("不选表示谁都可以来。"))
    adults_only = forms.BooleanField(label=_("只限年满18周岁"), required=False)
    team = forms.ModelChoiceField(
        label=_("由哪支队伍带队"),
        queryset=Team.objects.none(),
        required=False,
        empty_label=_("社区直接组织"),
        error_messages=PICK,
    )
    at_centre = forms.BooleanField(label=_("在党群服务中心举行"), required=False)
    field_order = ["title", "kind", "about", "on", "starts", "ends", "places", "place", "brings", "skills"]

    def __init__(self, *, teams: Any, **kwargs: Any):
        super().__init__(**kwargs)
        self.fields["team"].queryset = teams
        self.fields["skills"].choices = [(row.code, said(row.title)) for row in people.skills()]

    def wanted(self) -> dict[str, Any]:
        held = ("title", "kind", "about", "place", "brings", "skills", "adults_only", "team", "at_centre")
        return {key: self.cleaned_data[key] for key in held} | self.span()


class CodeForm(forms.Form):
    code = LineField(
        label=_("签到码"),
        least=6,
        most=6,
        help_text=_("队长手机上的六位数字，五分钟换一次。"),
        error_messages={"required": _("请输入六位签到码。")},
    )

    def clean_code(self) -> str:
        return squeezed(self.cleaned_data["code"])


class MarkForm(forms.Form):
    way = forms.ChoiceField(
        label=_("登记"),
        choices=[(rules.IN, _("签到")), (rules.OUT, _("签退"))],
        widget=forms.RadioSelect,
        error_messages=PICK,
    )
    at = ClockField(label=_("时间"), help_text=_("实际到达或离开的时间。"))

    def moment(self, shift: Any) -> datetime:
        day = timezone.localtime(shift.starts_at).date()
        return datetime.combine(day, self.cleaned_data["at"], timezone.get_current_timezone())


class ReportForm(forms.Form):
    text = TextField(
        label=_("活动小结"),
        least=10,
        most=1000,
        rows=5,
        help_text=_("做了什么、帮到了谁；会公开，不要写姓名和电话。"),
        error_messages={"required": _("请写几句活动的情况。")},
    )
    files = PhotosField(label=_("活动照片"), required=False, help_text=_("请选不露正脸或本人同意公开的照片。"))
    caption = LineField(label=_("照片说明"), most=80, required=False, help_text=_("看不见照片的人靠它了解内容。"))


class ReasonOnlyForm(forms.Form):
    reason = ReasonField(least=4, most=200, rows=2)


class PressForm(forms.Form):
    """Nothing to fill in: one button."""
