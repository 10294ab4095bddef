"""The shape of what people and workers type about a home."""

from __future__ import annotations

import unicodedata

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.residents import rules
from communities.residents.models import ResidencyCheck

SEEN = [(key, text) for key, text in ResidencyCheck.Evidence.choices if key in rules.SEEN_BY_WORKERS]


def tidy(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


class SearchForm(forms.Form):
    """A community by name, pinyin or initials; also the desk's search."""

    q = forms.CharField(required=False, max_length=40, label=_("社区名称"))

    def typed(self) -> str:
        """What was asked for; nothing when it cannot be a name."""
        return tidy(self.cleaned_data["q"]) if self.is_valid() else ""


class EstateForm(forms.Form):
    estate = forms.CharField(
        required=False,
        max_length=60,
        label=_("小区或城中村"),
        help_text=_("只写到小区，不用写楼栋和门牌号。"),
        error_messages={"max_length": _("小区名称最多 60 个字。")},
    )

    def clean_estate(self) -> str:
        estate = tidy(self.cleaned_data["estate"])
        if sum(sign.isdigit() for sign in estate) > 4:
            raise forms.ValidationError(_("请只写小区名称，不要写门牌号或电话。"))
        return estate


class CheckForm(forms.Form):
    """Confirm on what was seen, or refuse with a reason."""

    outcome = forms.ChoiceField(
        label=_("核实结果"),
        choices=[(rules.CONFIRMED, _("属实，确认居住")), (rules.REFUSED, _("不能确认"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择核实结果。"), "invalid_choice": _("请从两项中选一项。")},
    )
    evidence = forms.ChoiceField(
        required=False,
        label=_("核实依据"),
        help_text=_("选“属实”时必填。只记类别，不抄号码，不留复印件。"),
        choices=[("", _("请选择")), *SEEN],
        error_messages={"invalid_choice": _("请从列出的依据中选一项。")},
    )
    reason = forms.CharField(
        required=False,
        max_length=200,
        label=_("不能确认的理由"),
        help_text=_("选“不能确认”时必填。居民会看到，请写清楚还缺什么。"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("理由最多 200 个字。")},
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("查看理由"),
        max_length=200,
        help_text=_("会记入日志，居民本人也能看到。"),
        error_messages={"required": _("请写明查看号码的理由。"), "max_length": _("理由最多 200 个字。")},
    )


class CloseForm(forms.Form):
    sure = forms.BooleanField(
        label=_("我知道注销后不能恢复"), error_messages={"required": _("请先勾选，表示您已了解后果。")}
    )
