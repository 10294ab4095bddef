"""The shape of objections and answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.fields import LineField, TextField
from projects.proposals.models import Proposal

TEXT = {"required": _("请写明您对哪里有意见、为什么。")}


class ObjectionForm(forms.Form):
    """A resident's objection. `checked` and `again` are the buttons of the check-answers page."""

    text = TextField(
        label=_("您的意见"),
        most=1000,
        least=5,
        rows=7,
        help_text=_("这段话会公开，请不要写电话、身份证号和门牌号。"),
        error_messages=TEXT,
    )
    checked = forms.BooleanField(required=False, widget=forms.HiddenInput)
    again = forms.BooleanField(required=False, widget=forms.HiddenInput)


class PaperObjectionForm(forms.Form):
    """An objection that came on paper."""

    proposal = forms.TypedChoiceField(
        label=_("针对哪一项"),
        coerce=int,
        error_messages={"required": _("请选异议针对的项目。"), "invalid_choice": _("请从公示名单里选。")},
    )
    paper_ref = LineField(label=_("纸质登记号"), most=40, error_messages={"required": _("请写纸质异议的登记号。")})
    text = TextField(label=_("异议内容"), most=1000, least=5, rows=6, error_messages=TEXT)

    def __init__(self, *args: Any, proposals: Iterable[Proposal], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["proposal"].choices = [(row.pk, f"{row.title}（{row.number}）") for row in proposals]

    def given(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"proposal_id": data["proposal"], "paper_ref": data["paper_ref"], "text": data["text"]}


class AnswerForm(forms.Form):
    """The answer, and whether the objection holds."""

    answer = TextField(
        label=_("答复"),
        most=1000,
        least=5,
        rows=7,
        help_text=_("提出异议的人和其他居民都会看到这段话。"),
        error_messages={"required": _("请写明答复。")},
    )


class CommentForm(forms.Form):
    comment = TextField(
        label=_("您的说明"), most=500, least=5, rows=5, error_messages={"required": _("请写下您的说明。")}
    )
