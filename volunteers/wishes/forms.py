"""The shape of wishes, checks, thanks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.accounts import phones
from portal.fields import LineField, ReasonField, TextField
from portal.files import PhotoField
from volunteers.wishes import rules
from volunteers.wishes.models import Wish

PICK = {"required": _("请选择一项。"), "invalid_choice": _("请在列出的选项里选一项。")}


class NeedForm(forms.Form):
    """What everybody will read."""

    whom = forms.ChoiceField(label=_("为谁"), choices=Wish.Whom.choices, error_messages=PICK)
    title = LineField(
        label=_("心愿"),
        least=4,
        most=30,
        help_text=_("例如：一把旧轮椅。"),
        error_messages={"required": _("请写心愿。")},
    )
    need = TextField(
        label=_("说明"),
        least=10,
        most=300,
        rows=3,
        help_text=_("会公开：写需要什么、为什么，不写姓名、电话和住址。"),
        error_messages={"required": _("请写需要什么、为什么。")},
    )


class WishForm(NeedForm):
    wisher = LineField(
        label=_("心愿人姓名"),
        least=2,
        most=50,
        help_text=_("以下三项加密保存，只有社区工作者联系时能看。"),
        error_messages={"required": _("请写心愿人的姓名。")},
    )
    phone = LineField(label=_("联系电话"), most=20, error_messages={"required": _("请写能联系上的手机号。")})
    address = LineField(label=_("住址"), least=2, most=100, error_messages={"required": _("请写送到哪里。")})

    def clean_phone(self) -> str:
        phone = phones.normalised(self.cleaned_data["phone"])
        if not phone:
            raise forms.ValidationError(_("请写 11 位手机号码。"))
        return phone


class ScreenForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("审核结果"),
        choices=[(rules.PUBLISHED, _("发布到心愿墙")), (rules.CLOSED, _("不发布"))],
        widget=forms.RadioSelect,
        error_messages=PICK,
    )
    title = NeedForm.base_fields["title"]
    need = NeedForm.base_fields["need"]
    reason = TextField(label=_("不发布的理由"), required=False, most=200, rows=2, help_text=_("不发布时必填。"))


class ClaimForm(forms.Form):
    team = forms.ModelChoiceField(
        label=_("以谁的名义"), queryset=None, required=False, empty_label=_("我自己"), error_messages=PICK
    )

    def __init__(self, *, teams: Any, **kwargs: Any):
        super().__init__(**kwargs)
        self.fields["team"].queryset = teams


class DoneForm(forms.Form):
    text = TextField(
        label=_("怎么完成的"),
        least=4,
        most=300,
        rows=3,
        help_text=_("例如：轮椅已送到党群服务中心。只有社区工作者看得到。"),
        error_messages={"required": _("请写一句怎么完成的。")},
    )


class ThanksForm(forms.Form):
    text = TextField(
        label=_("感谢的话"),
        least=4,
        most=300,
        rows=3,
        help_text=_("会公开，不写姓名。"),
        error_messages={"required": _("请写一句心愿人的感谢。")},
    )
    photo = PhotoField(label=_("照片"), required=False)
    caption = LineField(label=_("照片说明"), most=80, required=False)
    agreed = forms.BooleanField(label=_("心愿人同意公开这张照片"), required=False)


class ReasonOnlyForm(forms.Form):
    reason = ReasonField(least=4, most=200, rows=2)
