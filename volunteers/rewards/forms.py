"""The shape of what streets type about merchants and offers, and of a code at the counter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from communities.accounts import phones
from communities.accounts.models import User
from communities.divisions.models import Division
from portal.fields import CountField, DateField, LineField
from volunteers.rewards import rules
from volunteers.rewards.models import Merchant

PICK = {"required": _("请选择一项。"), "invalid_choice": _("请在列出的选项里选一项。")}


class PlaceField(forms.ModelChoiceField):
    def __init__(self, **kwargs: Any):
        kwargs.setdefault("error_messages", PICK)
        super().__init__(queryset=Division.objects.none(), empty_label=_("请选择"), **kwargs)


class MerchantForm(forms.Form):
    community = PlaceField(label=_("所在社区"))
    name = LineField(label=_("商家名称"), least=2, most=60, error_messages={"required": _("请写商家的名称。")})
    kind = forms.ChoiceField(label=_("类别"), choices=Merchant.Kind.choices, error_messages=PICK)
    address = LineField(label=_("地址"), least=4, most=120, error_messages={"required": _("请写商家的地址。")})
    phone = LineField(label=_("对外电话"), most=30, required=False, help_text=_("会公开，请填店里的电话。"))
    about = LineField(label=_("简介"), most=200, required=False)

    def __init__(self, *args: Any, communities: QuerySet[Division], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["community"].queryset = communities

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("community"):
            data["community_id"] = data.pop("community").pk
        return data


class OfferForm(forms.Form):
    title = LineField(
        label=_("礼遇名称"), least=2, most=40, error_messages={"required": _("请写礼遇的名称，例如“早餐一份”。")}
    )
    about = LineField(label=_("使用说明"), most=200, required=False)
    points = CountField(label=_("所需积分"), most=rules.MOST_POINTS)
    stock = CountField(label=_("总数"), most=rules.MOST_STOCK)
    per_person = CountField(label=_("每人最多"), most=100, initial=1)
    starts_on = DateField(label=_("开始日期"))
    ends_on = DateField(label=_("结束日期"))


class TermForm(forms.Form):
    phone = LineField(
        label=_("经办人手机号"),
        most=30,
        help_text=_("请他先用这个手机号在本平台登录一次。"),
        error_messages={"required": _("请输入 11 位手机号，例如 138 0013 8000。")},
    )
    starts_on = DateField(label=_("开始日期"))
    ends_on = DateField(label=_("结束日期"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if typed := data.pop("phone", ""):
            data["person"] = User.objects.with_phone(phones.normalised(typed) or "-")
            if data["person"] is None:
                self.add_error("phone", _("没有找到用这个手机号登记的居民，请先请他登录一次。"))
        return data


class CodeForm(forms.Form):
    code = LineField(
        label=_("兑换码"),
        most=30,
        help_text=_("用手机相机扫顾客的二维码，或者把 8 位兑换码打在这里。"),
        error_messages={"required": _("请输入 8 位兑换码。")},
    )

    def clean_code(self) -> str:
        code = rules.code_in(self.cleaned_data["code"])
        if not code:
            raise ValidationError(_("兑换码是 8 位字母和数字，没有字母 O、I、L 和数字 0、1，请核对。"))
        return code


class TakeForm(forms.Form):
    """Nothing to type: the page shows what is taken, the button takes it."""


class BenefitForm(forms.Form):
    place = PlaceField(label=_("适用范围"))
    title = LineField(label=_("礼遇名称"), least=2, most=40, error_messages={"required": _("请写礼遇的名称。")})
    granted_by_body = LineField(label=_("提供单位"), least=2, most=60, error_messages={"required": _("请写提供单位。")})
    about = LineField(label=_("怎么使用"), least=4, most=200, error_messages={"required": _("请写怎么使用这项礼遇。")})
    hours_needed = CountField(label=_("需要时长（小时）"), most=100_000)
    scanned_only = forms.BooleanField(label=_("只算扫码签到的时长"), required=False)
    starts_on = DateField(label=_("开始日期"))
    ends_on = DateField(label=_("结束日期"), required=False)

    def __init__(self, *args: Any, places: QuerySet[Division], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("place"):
            data["place_id"] = data.pop("place").pk
        return data
