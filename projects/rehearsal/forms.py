"""The shape of what is typed in a rehearsal; its ballots have the forms of real ones."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.rehearsal import queries

COUNT = dict.fromkeys(("required", "invalid", "min_value", "max_value"), _("请填 3 到 60 的整数。"))


class StartForm(forms.Form):
    people = forms.IntegerField(label=_("测试人员几人"), min_value=3, max_value=60, initial=10, error_messages=COUNT)


class CodeForm(forms.Form):
    """A test person's code; the form answers the person."""

    code = forms.CharField(
        label=_("演练码"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages=dict.fromkeys(("required", "max_length"), _("请输入 8 位演练码。")),
    )

    def clean_code(self) -> str:
        self.person = queries.person_with(self.cleaned_data["code"])
        if self.person is None:
            raise forms.ValidationError(_("没有这个演练码，请核对；演练清除以后，演练码也没有了。"))
        return self.person.code
