"""The shape of what keepers plan and what residents sign up for."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.centres.forms import TimeField
from communities.centres.models import Activity, Enrolment, Room
from portal.fields import CountField, DateField, LineField, ReasonField, TextField, YuanField

ONE_OF = {"required": _("从列表里选一项"), "invalid_choice": _("从列表里选一项")}


def moment(day: object, at: time) -> datetime:
    """A day and a time of the portal's own zone as one moment."""
    return timezone.make_aware(datetime.combine(day, at))


class SpansForm(forms.Form):
    """When it takes place: once, or every week at the same time."""

    on = DateField(label=_("第一次日期"), error_messages={"required": _("请写日期，例如 2026年11月21日。")})
    starts = TimeField(label=_("开始时间"))
    ends = TimeField(label=_("结束时间"))
    times = CountField(label=_("一共几次"), most=30, initial=1, help_text=_("多于一次的，每周同一时间。"))

    def spans(self) -> list[tuple[datetime, datetime]]:
        held = self.cleaned_data
        days = [held["on"] + timedelta(weeks=number) for number in range(held["times"])]
        return [(moment(day, held["starts"]), moment(day, held["ends"])) for day in days]


class ActivityForm(forms.Form):
    kind = forms.ChoiceField(label=_("类型"), choices=Activity.Kind.choices, error_messages=ONE_OF)
    title = LineField(label=_("活动名称"), most=60, error_messages={"required": _("请写活动名称。")})
    about = TextField(label=_("活动内容"), most=600, rows=4, error_messages={"required": _("请写活动内容。")})
    who = LineField(label=_("适合谁"), most=120, initial="所有居民", error_messages={"required": _("请写适合谁参加。")})
    bring = LineField(label=_("要带什么"), most=200, required=False)
    host = LineField(label=_("主办单位"), most=80, required=False, help_text=_("只写单位，不写个人姓名。"))
    fee = YuanField(label=_("费用（元）"), least=0, most=100_000_00, initial=0)
    room = forms.ModelChoiceField(
        label=_("场地"), queryset=Room.objects.none(), required=False, empty_label=_("不用本中心的场地"),
        error_messages={"invalid_choice": _("从列表里选一项")},
    )  # fmt: skip
    places = CountField(label=_("名额"), most=5000, help_text=_("报满以后自动排候补，有人取消就依次递补。"))
    residents_only = forms.BooleanField(label=_("只限本社区居民"), required=False)
    opens_on = DateField(label=_("开始报名日"), help_text=_("当天上午九点开始。"))
    cancel_hours = CountField(label=_("提前几小时取消"), least=0, most=240, initial=24)

    def __init__(self, *args: object, rooms: QuerySet[Room], **kwargs: object):
        super().__init__(*args, **kwargs)
        self.fields["room"].queryset = rooms

    def values(self) -> dict[str, object]:
        held = dict(self.cleaned_data)
        return held | {"opens_at": moment(held.pop("opens_on"), time(9))}


class ReasonOnlyForm(forms.Form):
    reason = ReasonField(label=_("取消原因"), most=200, error_messages={"required": _("请写原因，报名的人会看到。")})


class SignUpForm(forms.Form):
    attends = forms.ChoiceField(
        label=_("谁来参加"), choices=Enrolment.Attends.choices, widget=forms.RadioSelect, initial="self", error_messages=ONE_OF
    )


class BookForm(forms.Form):
    on = DateField(label=_("日期"))
    at = TimeField(label=_("开始时间"), help_text=_("整点或半点。"))
    hours = CountField(label=_("用几小时"), most=12, initial=1)
    purpose = LineField(
        label=_("用来做什么"), most=60, help_text=_("只有工作人员看到。"), error_messages={"required": _("请写用途，例如“合唱队排练”。")}
    )  # fmt: skip

    def starts_at(self) -> datetime:
        return moment(self.cleaned_data["on"], self.cleaned_data["at"])
