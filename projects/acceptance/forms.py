"""The shape of seats, marks, signatures and rework."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from communities.accounts.models import User
from portal.fields import DateField, LineField, ReasonField, TextField
from projects.acceptance.rules import SATISFACTION, SEATS, Seat
from projects.funding.forms import PICK, PhoneField

SCORES = [(score, words) for score, words in SATISFACTION.items()]


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, person: User) -> str:
        return str(person)


class SeatForm(forms.Form):
    """The proposer needs no further word; officials are picked from a list, residents and technicians by phone."""

    seat = forms.ChoiceField(label=_("席位"), choices=[(seat.value, SEATS[seat]) for seat in Seat], error_messages=PICK)
    official = PersonChoice(
        label=_("监督员或社区"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("请选择"),
        help_text=_("席位是监督员、社区工作者时在这里选。"),
        error_messages={"invalid_choice": _("请在名单里选择。")},
    )
    phone = PhoneField(
        label=_("手机号"), required=False, help_text=_("席位是居民代表、专业技术人员时填写，须已在本平台登记。")
    )
    skill = LineField(label=_("专业"), most=40, required=False, help_text=_("专业技术人员填写，例如：二级建造师。"))

    def __init__(self, *args: Any, officials: QuerySet[User], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["official"].queryset = officials

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        seat = data.get("seat")
        if seat in (Seat.SUPERVISOR, Seat.COMMUNITY) and not data.get("official") and "official" not in self.errors:
            self.add_error("official", _("请选择一位监督员或社区工作者。"))
        if seat in (Seat.RESIDENT, Seat.TECHNICAL) and not data.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("请填写这位人员的手机号。"))
        return data

    def person(self) -> User | None:
        data = self.cleaned_data
        if data["seat"] in (Seat.SUPERVISOR, Seat.COMMUNITY):
            return data["official"]
        return User.objects.with_phone(data["phone"]) if data["phone"] else None


class ReleaseForm(forms.Form):
    reason = LineField(label=_("更换原因"), least=2, most=120, error_messages={"required": _("请写明更换原因。")})


class MarkForm(forms.Form):
    meets = forms.TypedChoiceField(
        label=_("您的结论"),
        choices=[("yes", _("合格")), ("no", _("不合格，需要整改"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择合格或不合格。"), "invalid_choice": _("请选择合格或不合格。")},
    )
    text = TextField(label=_("意见"), required=False, most=600, rows=4, help_text=_("不合格的请写明哪里不合格。"))


class SignForm(forms.Form):
    satisfaction = forms.TypedChoiceField(
        label=_("满意程度"),
        choices=SCORES,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择满意程度。"), "invalid_choice": _("请在列出的选项里选一项。")},
    )
    text = TextField(label=_("想说的话"), required=False, most=600, rows=4, help_text=_("会公开，不要写电话。"))


class ReworkForm(forms.Form):
    due_on = DateField(label=_("整改期限"))
    reason = ReasonField(label=_("整改内容"), least=5, help_text=_("写清楚要改什么，承接单位和公众都会看到。"))


class AbsenceForm(forms.Form):
    reason = ReasonField(label=_("缺席原因"), least=5, help_text=_("写明联系过几次、用什么方式。"))
