"""The shape of a seat, of its end, of an estate's council."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.accounts import phones
from communities.accounts.models import User
from communities.councils.models import Seat
from portal.fields import DateField, LineField


class SeatForm(forms.Form):
    phone = forms.CharField(
        label=_("代表的手机号"),
        max_length=40,
        help_text=_("他要先登录过一次，议事代表用自己的居民账号表决。"),
        error_messages={"required": _("请填写代表的手机号。"), "max_length": _("请只输入一个手机号。")},
    )
    kind = forms.ChoiceField(
        label=_("席位类别"),
        choices=[("", _("请选择")), *Seat.Kind.choices],
        error_messages={"required": _("请选择席位类别。"), "invalid_choice": _("请从列出的类别中选一类。")},
    )
    came_by = forms.ChoiceField(
        label=_("产生方式"),
        choices=Seat.CameBy.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择产生方式。"), "invalid_choice": _("请从两项中选一项。")},
    )
    chairs = forms.BooleanField(label=_("担任召集人"), required=False)
    since = DateField(label=_("任期起"))
    until = DateField(label=_("任期止"), required=False)

    def clean_phone(self) -> str:
        self.person = User.objects.with_phone(phones.normalised(self.cleaned_data["phone"]) or "-")
        if self.person is None or not self.person.is_active:
            raise forms.ValidationError(_("没有找到用这个手机号登记的居民，请先请他登录一次。"))
        return self.cleaned_data["phone"]

    def given(self) -> dict:
        keys = ("kind", "came_by", "chairs", "since", "until")
        return {"person_id": self.person.pk, **{key: self.cleaned_data[key] for key in keys}}


class EndSeatForm(forms.Form):
    last_day = DateField(label=_("任期最后一天"))
    reason = LineField(
        label=_("原因"), least=2, most=200, error_messages={"required": _("请写明原因，例如“届满”“三次无故缺席”。")}
    )


class EstateCouncilForm(forms.Form):
    estate = LineField(
        label=_("小区名称"), least=2, most=40, error_messages={"required": _("请写小区或城中村的名称。")}
    )
