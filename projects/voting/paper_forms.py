"""The shape of what is typed at the counter: handing out paper, keying it, and voting on the centre's device."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.accounts.forms import CODE_FIELD, digits_in
from communities.centres.models import ServiceCentre
from portal.fields import TextField
from projects.voting import paper
from projects.voting.models import Candidate, Replaced, Spoilt

WHOLE = dict.fromkeys(("required", "invalid", "min_value", "max_value"), _("请填 0 到 200 的整数。"))
COUNT = dict.fromkeys(("required", "invalid", "min_value", "max_value"), _("请填 10 到 200 的整数。"))


class PrintForm(forms.Form):
    """How many sheets the next envelope holds."""

    count = forms.IntegerField(label=_("印几张"), min_value=10, max_value=200, initial=50, error_messages=COUNT)


class HandForm(forms.Form):
    checked = forms.BooleanField(
        label=_("证件和本人已核对"), error_messages={"required": _("请先核对证件是本人的，再勾选。")}
    )


class ReplaceForm(forms.Form):
    """Which sheet is void, by its number or by the tracker on the tear-off, and why."""

    serial = forms.CharField(
        label=_("选票编号或回执编号"),
        max_length=40,
        help_text=_("旧票在手，扫描或输入 9 位选票编号；旧票遗失，输入居民留着的那一联上的回执编号。"),
        widget=forms.TextInput({"autofocus": True, "autocomplete": "off"}),
        error_messages={
            "required": _("请输入旧票的编号。没有编号不能换。"),
            "max_length": _("选票编号是 9 位数字，回执编号是 16 位。"),
        },
    )
    reason = forms.ChoiceField(
        label=_("为什么换"),
        choices=Replaced.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择为什么换。"), "invalid_choice": _("请从列出的原因里选。")},
    )


class SealForm(forms.Form):
    """The count of an envelope after it came back."""

    left_over = forms.IntegerField(label=_("没有发出的"), min_value=0, max_value=200, error_messages=WHOLE)
    returned = forms.IntegerField(
        label=_("收回的"), min_value=0, max_value=200, help_text=_("看不清的、填错的也算收回。"), error_messages=WHOLE
    )
    why_missing = TextField(
        label=_("未收回的说明"), required=False, most=300, rows=3, help_text=_("有没收回的才填，这段话会公开。")
    )


class KeyForm(forms.Form):
    """One sheet: its number, then the numbers of the projects, Enter. Keyboard first."""

    serial = forms.CharField(
        label=_("选票编号"),
        max_length=40,
        widget=forms.TextInput({"autofocus": True, "autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"required": _("请扫描或输入选票编号。"), "max_length": _("选票编号是 9 位数字。")},
    )
    marks = forms.CharField(
        label=_("选中的号码"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"max_length": _("号码太多了，请再看一下。")},
    )
    spoilt = forms.ChoiceField(
        label=_("作废原因"),
        required=False,
        choices=[("", _("有效")), *Spoilt.choices],
        error_messages={"invalid_choice": _("请从列出的原因里选。")},
    )

    def __init__(self, *args: Any, candidates: list[Candidate], points: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.candidates, self.points = candidates, points
        with_points = _("号码和分数用冒号，如 3:5 7:2；空白票填 0。")
        self.fields["marks"].help_text = with_points if points else _("用空格分开，如 3 7 12；空白票填 0。")

    def clean_serial(self) -> str:
        serial = paper.read_serial(self.cleaned_data["serial"])
        if not serial:
            raise forms.ValidationError(_("选票编号不对，请照票面重新输入 9 位数字。"))
        return serial

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        text = given.get("marks", "")
        given["choices"] = {}
        if given.get("spoilt") and text:
            self.add_error("marks", _("作废的选票不填号码，只选作废原因。"))
        elif not given.get("spoilt"):
            marks = paper.read_marks(text, size=len(self.candidates), points=self.points)
            if marks is None:
                self.add_error("marks", _("请填票面上选中的号码，空白票填 0；作废的请选原因。"))
            given["choices"] = {self.candidates[place - 1].pk: mark for place, mark in (marks or {}).items()}
        return given

    def given(self) -> dict[str, Any]:
        return {key: self.cleaned_data[key] for key in ("serial", "choices", "spoilt")}


class VoidForm(forms.Form):
    reason = TextField(
        label=_("作废的理由"),
        most=300,
        least=5,
        rows=3,
        help_text=_("另一个人会看到这段话，同意以后整个信封重新清点和录入。"),
        error_messages={"required": _("请写明为什么要作废。")},
    )


class KioskForm(forms.Form):
    """At which centre the device stands."""

    centre = forms.TypedChoiceField(
        label=_("设备放在哪里"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("请选择本社区的服务中心。")),
    )

    def __init__(self, *args: Any, centres: Iterable[ServiceCentre], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["centre"].choices = [(each.pk, f"{each.name}（{each.address}）") for each in centres]


class PassForm(forms.Form):
    """The number that a worker gave."""

    code = forms.CharField(
        label=_("投票码"),
        max_length=20,
        widget=forms.TextInput({**CODE_FIELD, "autofocus": True, "autocomplete": "off"}),
        error_messages=dict.fromkeys(("required", "max_length"), _("请输入工作人员给您的 8 位数字。")),
    )

    def clean_code(self) -> str:
        code = digits_in(self.cleaned_data["code"])
        if not re.fullmatch(r"[0-9]{8}", code):
            raise forms.ValidationError(_("请输入工作人员给您的 8 位数字。"))
        return code
