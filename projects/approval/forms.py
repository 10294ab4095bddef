"""The shape of a decision, a second signature, the answer on refill, a filing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal import figures
from portal.fields import LineField, ReasonField, TextField, YuanField
from projects.approval.models import ApprovalDecision
from projects.approval.rules import GATES
from projects.proposals.models import Proposal

GATE = {"required": _("请选符合或不符合。"), "invalid_choice": _("请选符合或不符合。")}
GATE_LABELS = {"scope": _("范围审核"), "project": _("项目审核"), "procedure": _("程序审核")}


class DecideForm(forms.Form):
    """The checklist, the decision, and what it needs."""

    verdict = forms.ChoiceField(
        label=_("审批决定"),
        choices=ApprovalDecision.Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择审批决定。"), "invalid_choice": _("请选择审批决定。")},
    )
    amount = YuanField(label=_("核减后的金额"), required=False, help_text=_("只在核减时填写，单位元。"))
    conditions = TextField(
        label=_("批准的条件"), most=500, rows=3, required=False, help_text=_("有条件批准时必须写明，会公开。")
    )
    reason = ReasonField(required=False, help_text=_("核减或不批准时必须写明，提案人和居民都会看到。"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for gate, question in GATES.items():
            self.fields[gate] = forms.ChoiceField(
                label=GATE_LABELS[gate],
                help_text=_(question),
                choices=[("yes", _("符合")), ("no", _("不符合"))],
                widget=forms.RadioSelect,
                error_messages=GATE,
            )
        self.order_fields([*GATES, "verdict", "amount", "conditions", "reason"])

    def given(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        return {"gates": {gate: data.pop(gate) for gate in GATES}, **data}


class ListForm(forms.Form):
    """Several items approved as asked, after each was looked at."""

    proposals = forms.TypedMultipleChoiceField(
        label=_("按申报金额批准"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("请勾选要批准的项目。"),
            "invalid_choice": _("勾选的项目里有的已经审批，请刷新页面。"),
            "invalid_list": _("请勾选要批准的项目。"),
        },
    )
    checked = forms.BooleanField(
        label=_("勾选的项目都逐项看过，范围、项目、程序三项审核均符合"),
        error_messages={"required": _("请先逐项审核，再打勾确认。")},
    )

    def __init__(self, *args: Any, items: Iterable[Proposal], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["proposals"].choices = [
            (row.pk, f"{row.community.name} · {row.title}（{row.number}）{figures.money(row.estimate)}") for row in items
        ]


class SecondForm(forms.Form):
    agrees = forms.TypedChoiceField(
        label=_("复核意见"),
        choices=[("yes", _("同意")), ("no", _("不同意，退回重新审批"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选同意或不同意。"), "invalid_choice": _("请选同意或不同意。")},
    )
    reason = ReasonField(required=False, help_text=_("不同意时必须写明。"))


class RefillForm(forms.Form):
    refill = forms.TypedChoiceField(
        label=_("退回的资金"),
        choices=[("yes", _("递补：同一批选票去掉未批准的项目，重新计票")), ("no", _("不递补：资金退回社区额度"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选递补或不递补。"), "invalid_choice": _("请选递补或不递补。")},
    )
    reason = ReasonField(error_messages={"required": _("请写明理由，理由会公开。")})


class FilingForm(forms.Form):
    reference = LineField(label=_("备案号"), most=40, error_messages={"required": _("请填写备案号。")})
