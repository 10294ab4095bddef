"""The file that somebody hands in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.divisions import files


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("区划表（CSV）"),
        help_text=_("四列：code、name、level、parent_code，不超过 5 MB。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={
            "required": _("请选择一个 CSV 文件。"),
            "empty": _("文件是空的，请重新选择。"),
            "missing": _("请选择一个 CSV 文件。"),
        },
    )

    def clean_file(self) -> object:
        given = self.cleaned_data["file"]
        if given.size > files.LARGEST:
            raise forms.ValidationError(_("文件超过 5 MB，请确认选对了文件。"))
        if not given.name.lower().endswith(".csv"):
            raise forms.ValidationError(_("请另存为 CSV 文件后再上传。"))
        return given
