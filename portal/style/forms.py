"""One form with every kind of field, for the style page; it stores nothing."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    title = forms.CharField(
        label=_("提案标题"),
        max_length=40,
        help_text=_("一句话说清楚想办什么事"),
        error_messages={"required": _("请写下提案标题")},
    )
    text = forms.CharField(label=_("为什么需要"), widget=forms.Textarea(attrs={"rows": 4}), required=False)
    phone = forms.CharField(
        label=_("手机号"),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        error_messages={"required": _("请输入 11 位手机号，例如 138 0013 8000")},
    )
    place = forms.ChoiceField(
        label=_("所在小区"), choices=[("", _("请选择")), ("1", _("向阳小区")), ("2", _("东村"))], required=False
    )
    category = forms.ChoiceField(
        label=_("属于哪一类"),
        widget=forms.RadioSelect,
        choices=[("services", _("服务类")), ("goods", _("货物类")), ("works", _("工程类"))],
        error_messages={"required": _("请选择一类；拿不准就选最接近的")},
    )
    photo = forms.FileField(
        label=_("现场照片"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "class": "form-control"}),
    )
    agree = forms.BooleanField(label=_("我愿意公开姓名"), required=False)


class SampleFilter(forms.Form):
    q = forms.CharField(label=_("关键词"), required=False)
    stage = forms.ChoiceField(label=_("阶段"), choices=[("", _("全部阶段")), ("screening", _("初审"))], required=False)
