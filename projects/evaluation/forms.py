"""The shape of scores."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.fields import ReasonField, TextField
from projects.evaluation.rules import WORDS

SCORES = [(score, words) for score, words in WORDS.items()]


def score_field(label: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=SCORES,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择一项。"), "invalid_choice": _("请在列出的选项里选一项。")},
    )


class RateForm(forms.Form):
    score = score_field(_("您满意吗"))
    text = TextField(
        label=_("想说的话"),
        required=False,
        most=600,
        rows=4,
        help_text=_("哪里好、哪里不好；会公开，不要写姓名和电话。"),
    )


class SupervisorForm(forms.Form):
    content = score_field(_("实施内容"))
    site = score_field(_("现场管理"))
    budget = score_field(_("资金使用"))
    quality = score_field(_("质量安全"))
    text = TextField(label=_("监督意见"), required=False, most=600, rows=4, help_text=_("会公开。"))


class AbsenceForm(forms.Form):
    reason = ReasonField(label=_("未评价原因"), least=5, help_text=_("写明联系过几次、用什么方式。"))
