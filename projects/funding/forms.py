"""The shape of what a street types about providers, contracts and payments."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc

from communities.accounts import phones
from portal.fields import DateField, LineField, ReasonField, YuanField, plain
from projects.funding import rules
from projects.funding.models import CoFunding, Provider

PICK = {"required": _("请选择一项。"), "invalid_choice": _("请在列出的选项里选一项。")}


class PhoneField(LineField):
    """A mobile number as people type it; cleans to its 11 digits."""

    default_error_messages = {
        "required": _("请输入 11 位手机号，例如 138 0013 8000。"),
        "unreadable": _("请输入 11 位手机号，例如 138 0013 8000。"),
    }

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("most", 30)
        super().__init__(**kwargs)
        self.widget.attrs.update(inputmode="tel", autocomplete="off")

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        digits = phones.normalised(typed)
        if not digits:
            raise ValidationError(self.error_messages["unreadable"], code="unreadable")
        return digits


class ProviderForm(forms.Form):
    name = LineField(
        label=_("单位名称"), least=4, most=80, error_messages={"required": _("请写单位全称，与营业执照一致。")}
    )
    credit_code = forms.CharField(
        label=_("信用代码"),
        help_text=_("18 位统一社会信用代码，在营业执照上。"),
        error_messages={"required": _("请填写 18 位统一社会信用代码。")},
    )
    contact = LineField(label=_("对外联系人"), most=50, required=False)
    phone = LineField(
        label=_("对外电话"),
        most=30,
        least=5,
        help_text=_("会在项目页面公开，请填单位电话。"),
        error_messages={"required": _("请填写单位的公开电话。")},
    )
    address = LineField(label=_("地址"), most=120, required=False)
    eligible_until = DateField(label=_("资格期限"), help_text=_("供应商资格或资质证书的到期日。"))

    def clean_credit_code(self) -> str:
        typed = unicodedata.normalize("NFKC", plain(self.cleaned_data["credit_code"])).upper()
        code = "".join(sign for sign in typed if not sign.isspace() and sign != "-")
        if len(code) != 18:
            raise ValidationError(
                _("统一社会信用代码是 18 位，现在是 %(count)s 位，请核对。"), params={"count": len(code)}
            )
        if not code.isascii() or not uscc.is_valid(code):
            raise ValidationError(_("这个代码的校验位不对，请对照营业执照再输一次。"))
        return code


class ContractForm(forms.Form):
    provider = forms.ModelChoiceField(
        label=_("承接单位"),
        queryset=Provider.objects.none(),
        empty_label=_("请选择"),
        help_text=_("名单里没有的，先登记单位。"),
        error_messages={"required": _("请选择承接单位。"), "invalid_choice": _("请在名单里选择承接单位。")},
    )
    number = LineField(label=_("合同编号"), most=40, error_messages={"required": _("请填写合同编号。")})
    amount = YuanField(label=_("合同金额"))
    route = forms.ChoiceField(
        label=_("采购方式"), choices=[(key.value, rules.ROUTES[key]) for key in rules.Route], error_messages=PICK
    )
    signed_on = DateField(label=_("签约日期"))
    starts_by = DateField(label=_("最迟开工日"), required=False, help_text=_("定不下来可以以后再填，动工前必须有。"))
    responsible_name = LineField(
        label=_("负责人姓名"), least=2, most=50, error_messages={"required": _("请填写承接单位负责人的姓名。")}
    )
    responsible_phone = PhoneField(label=_("负责人手机"), help_text=_("负责人用这个手机号登录，上报进度。"))
    liaison_name = LineField(label=_("联络人姓名"), most=50, required=False)
    liaison_phone = PhoneField(label=_("联络人手机"), required=False)

    def __init__(self, *args: Any, providers: QuerySet[Provider], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["provider"].queryset = providers

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("provider"):
            data["provider_id"] = data.pop("provider").pk
        return data


class StartForm(forms.Form):
    starts_by = DateField(label=_("最迟开工日"))


class PaymentForm(forms.Form):
    instalment = forms.ChoiceField(
        label=_("款项"), choices=[(key.value, rules.INSTALMENTS[key]) for key in rules.Instalment], error_messages=PICK
    )
    amount = YuanField(label=_("付款金额"))
    voucher = LineField(
        label=_("凭证号"),
        most=40,
        help_text=_("发票号码或付款凭证号，同一张凭证只能用一次。"),
        error_messages={"required": _("请填写发票号码或付款凭证号。")},
    )
    purpose = LineField(label=_("用途"), most=120, least=2, error_messages={"required": _("请写明这笔钱付的是什么。")})


class RefuseForm(forms.Form):
    reason = ReasonField(label=_("退回原因"), most=300)


class CoFundingForm(forms.Form):
    kind = forms.ChoiceField(label=_("来源"), choices=CoFunding.Kind.choices, error_messages=PICK)
    name = LineField(
        label=_("出资方"),
        most=80,
        least=2,
        help_text=_("单位写全称；居民自筹写“三栋居民”这样的集体名称，不写个人姓名。"),
        error_messages={"required": _("请填写出资方。")},
    )
    amount = YuanField(label=_("金额"))


class LiftForm(forms.Form):
    reason = ReasonField(label=_("解除原因"), help_text=_("写明承接单位改进了什么，会公开。"), least=6)


class ForfeitForm(forms.Form):
    reason = ReasonField(label=_("扣留原因"), help_text=_("写明哪里坏了、怎样通知、为什么没有修好，会公开。"), least=6)


class SettleForm(forms.Form):
    note = ReasonField(
        label=_("核减说明"), required=False, least=0, help_text=_("合同没有付完的部分要写明核减原因，会公开。")
    )
