"""The shape of what keepers type about a centre, its hours, rooms and services."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from communities.centres.catalogue import Entry
from communities.centres.models import Service
from communities.centres.models.places import WEEKDAYS
from communities.centres.rules import CATEGORIES
from portal.fields import CountField, DateField, FigureField, LineField, TextField, squeezed

_TIME = re.compile(r"(\d{1,2})[:时点.](\d{1,2})?分?")
_STRETCH = re.compile(r"[-–—~至到]+")
MOST_STRETCHES = 3


def time_in(text: object) -> time | None:
    """9:00, 09：30, 9点, 9点半; None when it is no time."""
    found = _TIME.fullmatch(squeezed(text).replace("：", ":").replace("半", "30")[:12])
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


class TimeField(FigureField):
    """A time of day, typed as people write it."""

    default_error_messages = {
        "required": _("请写时间，例如 9:00。"),
        "unreadable": _("没有看懂这个时间，请这样写：9:00 或 14:30。"),
    }

    def widget_attrs(self, widget: forms.Widget) -> dict:
        return {**super().widget_attrs(widget), "autocomplete": "off", "placeholder": "9:00"}

    def to_python(self, value: object) -> time | None:
        if isinstance(value, time) or value in self.empty_values:
            return value or None
        read = time_in(value)
        if read is None:
            raise ValidationError(self.error_messages["unreadable"], code="unreadable")
        return read

    def prepare_value(self, value: object) -> object:
        return value.strftime("%H:%M") if isinstance(value, time) else value


class StretchesField(FigureField):
    """The hours of a day in one box: 9:00–12:00, 14:00–18:00; empty means closed."""

    default_error_messages = {"unreadable": _("没有看懂，请这样写：9:00–12:00，14:00–18:00。")}

    def to_python(self, value: object) -> list[tuple[time, time]]:
        parts = [part for part in re.split(r"[,，、;；]", squeezed(value)) if part] if value else []
        read = [[time_in(end) for end in _STRETCH.split(part)] for part in parts]
        if len(read) > MOST_STRETCHES or any(len(ends) != 2 or None in ends for ends in read):
            raise ValidationError(self.error_messages["unreadable"], code="unreadable")
        return [(opens, closes) for opens, closes in read]

    def prepare_value(self, value: object) -> object:
        return said(value) if isinstance(value, list | tuple) else value


def said(stretches: Iterable[tuple[time, time]]) -> str:
    return "，".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in stretches)


class CentreForm(forms.Form):
    address = LineField(label=_("地址"), most=120, error_messages={"required": _("请写地址。")})
    phone = LineField(label=_("公开电话"), most=30, required=False)
    way = LineField(label=_("怎么去"), most=200, required=False, help_text=_("公交、地铁站和明显的标志。"))
    hours = LineField(
        label=_("开放时间说明"), most=120, required=False, help_text=_("没有填写每周时间时，公众看到这一句。")
    )
    closed_on_holidays = forms.BooleanField(label=_("法定节假日休息"), required=False)


class HoursForm(forms.Form):
    """A box for each weekday."""

    def __init__(self, *args: object, **kwargs: object):
        super().__init__(*args, **kwargs)
        for number, title in WEEKDAYS:
            self.fields[f"day_{number}"] = StretchesField(label=title, required=False)

    def week(self) -> dict[int, list[tuple[time, time]]]:
        return {number: self.cleaned_data[f"day_{number}"] for number, _title in WEEKDAYS}


class SpecialForm(forms.Form):
    on = DateField(label=_("日期"))
    opens = TimeField(label=_("开门"), required=False, help_text=_("两个时间都留空表示当天不开放。"))
    closes = TimeField(label=_("关门"), required=False)
    note = LineField(label=_("说明"), most=60, error_messages={"required": _("请写原因，例如“春节”或“停电检修”。")})


class RoomForm(forms.Form):
    name = LineField(label=_("场地名称"), most=40, error_messages={"required": _("请写场地名称。")})
    floor = LineField(label=_("位置"), most=40, required=False, help_text=_("例如：二楼东侧。"))
    seats = CountField(label=_("容纳人数"), most=2000)
    equipment = LineField(label=_("设施"), most=120, required=False, help_text=_("例如：投影、音响、无障碍坡道。"))
    lends = forms.BooleanField(label=_("居民可以预约"), required=False)
    most_hours = CountField(label=_("每次最长几小时"), most=12, initial=2)
    days_ahead = CountField(label=_("提前几天可约"), most=60, initial=14)
    cancel_hours = CountField(label=_("提前几小时取消"), least=0, most=72, initial=4)
    closed_on = DateField(label=_("停用日期"), required=False, help_text=_("从这一天起不再使用；在用的留空。"))


class ServiceForm(forms.Form):
    ONE_OF = {"required": _("从列表里选一项"), "invalid_choice": _("从列表里选一项")}

    name = LineField(label=_("服务名称"), most=60, error_messages={"required": _("请写服务名称。")})
    catalogue = forms.ChoiceField(label=_("目录"), choices=Service.CATALOGUES, error_messages=ONE_OF)
    category = forms.ChoiceField(label=_("类别"), choices=list(CATEGORIES.items()), error_messages=ONE_OF)
    about = TextField(label=_("服务内容"), most=300, rows=3, error_messages={"required": _("请写服务内容。")})
    who = LineField(label=_("服务对象"), most=120, error_messages={"required": _("请写谁可以使用。")})
    bring = LineField(label=_("要带什么"), most=200, required=False)
    cost = LineField(label=_("收费"), most=80, initial="免费", error_messages={"required": _("请写收费；不收钱写“免费”。")})
    steps = TextField(label=_("办理步骤"), most=600, rows=4, required=False, help_text=_("一行写一步。"))
    times = LineField(label=_("办理时间"), most=80, required=False, help_text=_("和开放时间一样的留空。"))


class PickForm(forms.Form):
    keys = forms.MultipleChoiceField(
        label=_("目录里的服务"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少勾选一项。"), "invalid_choice": _("请从目录里勾选。")},
    )

    def __init__(self, *args: object, entries: Iterable[Entry], **kwargs: object):
        super().__init__(*args, **kwargs)
        self.entries = list(entries)
        self.fields["keys"].choices = [(entry.key, entry.name) for entry in self.entries]
