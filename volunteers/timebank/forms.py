"""The shape of what leaders and offices type about hours, and of what a volunteer asks for."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.accounts import phones
from portal.fields import CountField, DateField, LineField, ReasonField, squeezed
from volunteers.timebank import rules

FILE_BYTES = 2 * 1024 * 1024


class TimeField(LineField):
    """A time of day as people type it: 9:30, ９：３０, 0930."""

    default_error_messages = {
        "required": _("请写时间，例如 14:30。"),
        "unreadable": _("没有看懂这个时间，请这样写：14:30。"),
    }

    def __init__(self, **kwargs: Any):
        super().__init__(most=12, **kwargs)
        self.widget.attrs.update(inputmode="numeric", placeholder="14:30", autocomplete="off")

    def clean(self, value: Any) -> tuple[int, int] | None:
        typed = super().clean(value)
        if not typed:
            return None
        found = rules.time_in(squeezed(typed))
        if found is None:
            raise ValidationError(self.error_messages["unreadable"], code="unreadable")
        return found


class HandForm(forms.Form):
    title = LineField(
        label=_("服务内容"), most=80, least=2, error_messages={"required": _("请写做了什么，例如“清明文明祭扫引导”。")}
    )
    on = DateField(label=_("服务日期"))
    started_at = TimeField(label=_("开始时间"))
    ended_at = TimeField(label=_("结束时间"), help_text=_("跨过半夜的，写第二天的时间，例如 22:00 到 1:30。"))
    reason = ReasonField(label=_("没有扫码的原因"), most=200, help_text=_("志愿者本人和复核的同事会看到。"))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        day, first, last = data.pop("on", None), data.get("started_at"), data.get("ended_at")
        if day and first and last:
            started, ended = at(day, first), at(day, last)
            data.update(started_at=started, ended_at=ended if ended > started else ended + timedelta(days=1))
        return data


def at(day: Any, time: tuple[int, int]) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, *time))


class FindForm(forms.Form):
    """Which volunteer: by phone, which is compared and never shown."""

    phone = LineField(
        label=_("志愿者手机号"),
        most=30,
        error_messages={"required": _("请输入 11 位手机号，例如 138 0013 8000。")},
    )

    def clean_phone(self) -> str:
        digits = phones.normalised(self.cleaned_data["phone"])
        if not digits:
            raise ValidationError(_("请输入 11 位手机号，例如 138 0013 8000。"))
        return digits


class ReasonForm(forms.Form):
    reason = ReasonField(most=200)


class PeriodForm(forms.Form):
    first_on = DateField(label=_("从"))
    last_on = DateField(label=_("到"))


class VerifyForm(forms.Form):
    number = LineField(
        label=_("证书编号"),
        most=30,
        help_text=_("在证书右上角，例如 ZY-AB23-CD45。"),
        error_messages={"required": _("请输入证书编号。")},
    )

    def clean_number(self) -> str:
        number = rules.number_in(self.cleaned_data["number"])
        if not number:
            raise ValidationError(_("编号由 ZY 和 8 位字母、数字组成，没有字母 O、I、L 和数字 0、1，请核对。"))
        return number


class TariffForm(forms.Form):
    starts_on = DateField(label=_("起算日期"), help_text=_("从这一天的服务开始按新标准，以前的服务不变。"))
    per_hour = CountField(label=_("每小时积分"), least=0, most=1000)
    lasts_years = forms.TypedChoiceField(
        label=_("积分保留"),
        coerce=int,
        choices=[(1, _("到获得后的下一年年底")), (2, _("到获得后的第二年年底")), (0, _("一直保留"))],
    )
    note = LineField(label=_("说明"), most=200, required=False)


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("表格文件"),
        help_text=_("Excel（.xlsx）或 CSV，最多 500 行，2 MB 以内。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": _("请选择一个文件。"), "empty": _("这个文件是空的，请换一个。")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > FILE_BYTES:
            raise ValidationError(_("文件超过 2 MB，请分成几个文件。"))
        if not str(file.name).lower().endswith((".xlsx", ".csv")):
            raise ValidationError(_("这种文件收不了，请用 .xlsx 或 .csv。"))
        return file
