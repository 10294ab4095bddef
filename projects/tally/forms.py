"""The shape of a tracker as people type it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.voting.rules import read_tracker


class TrackerForm(forms.Form):
    tracker = forms.CharField(
        label=_("回执编号"),
        max_length=40,
        help_text=_("回执上的 16 位字母和数字，大小写、空格都可以。"),
        error_messages={
            "required": _("请输入回执编号，例如 4T7K-2M9Q-…。"),
            "max_length": _("回执编号只有 16 位，请检查。"),
        },
    )

    def clean_tracker(self) -> str:
        tracker = read_tracker(self.cleaned_data["tracker"])
        if not tracker:
            raise forms.ValidationError(_("编号不对，请对照回执再输一次，一共 16 位。"))
        return tracker
