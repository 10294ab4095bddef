"""The shape of the desk's input."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.fields import DateField, LineField, ReasonField, TextField, YuanField
from projects.proposals.models import Category, ContentClass
from projects.screening import queries
from projects.screening.models import Outcome

MOST_FEN = 100_000_000_00
ANY = [("", _("全部"))]
VIEWS = (
    ("waiting", _("待初审")),
    ("returned", _("待补正")),
    ("appeals", _("复核申请")),
    ("done", _("已办结")),
)
CHOICE = {"invalid_choice": _("请在列出的选项里选。")}


class QueueForm(forms.Form):
    """The queue's filter: a plain GET form whose address can be kept (U16). What it does not know it ignores."""

    community = forms.ChoiceField(label=_("社区"), required=False)
    category = forms.ChoiceField(label=_("类型"), required=False, choices=[*ANY, *Category.choices])
    whose = forms.ChoiceField(
        label=_("分工"), required=False, choices=[*ANY, ("mine", _("分给我的")), ("none", _("还没有分的"))]
    )
    asked = LineField(label=_("查找"), required=False, most=60)

    def __init__(self, *args, communities=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.communities = list(communities)
        self.fields["community"].choices = [*ANY, *((row.code, row.name) for row in self.communities)]

    def chosen(self) -> dict[str, str]:
        """The readable answers, whatever else was in the address."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


class NumbersField(forms.MultipleChoiceField):
    """Ticked public numbers; whether they may be acted on is asked by the service."""

    def valid_value(self, value: str) -> bool:
        return len(value) <= 20 and value.isascii() and value.isprintable()


class AssignForm(forms.Form):
    numbers = NumbersField(
        error_messages={
            "required": _("请勾选要分出去的提案。"),
            "invalid_choice": _("请在列出的提案里勾选。"),
            "invalid_list": _("请勾选要分出去的提案。"),
        }
    )
    person = forms.TypedChoiceField(
        label=_("分给"),
        coerce=int,
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={"required": _("请选一位同事。"), "invalid_choice": _("请选一位同事。")}
    )

    def __init__(self, *args, workers: dict[int, str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = list(workers.items())

    def given(self) -> dict[str, object]:
        return {"numbers": self.cleaned_data["numbers"], "person_id": self.cleaned_data["person"]}


class SaveFilterForm(forms.Form):
    title = LineField(label=_("存为常用筛选"), most=20, error_messages={"required": _("请给这个筛选起个名字。")})


class FindingForm(forms.Form):
    """The outcome and what it needs; the rules say what is missing for the outcome that was chosen."""

    outcome = forms.ChoiceField(
        label=_("初审结论"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一个初审结论。"), **CHOICE},
    )
    category = forms.ChoiceField(label=_("类型"), choices=Category.choices, required=False, error_messages=CHOICE)
    content_class = forms.ChoiceField(
        label=_("内容类别"), choices=[("", _("请选择")), *ContentClass.choices], required=False, error_messages=CHOICE
    )
    estimate = YuanField(label=_("核定金额"), required=False, most=MOST_FEN)
    positive = forms.ChoiceField(label=_("正面清单"), required=False, error_messages=CHOICE)
    codes = forms.MultipleChoiceField(
        label=_("负面清单"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("请在负面清单里选。"), "invalid_list": _("请在负面清单里选。")},
    )
    correct_by = DateField(label=_("补正期限"), required=False)
    department = LineField(label=_("转给部门"), required=False, most=60)
    merged_into = LineField(label=_("并入提案编号"), required=False, most=20, help_text=_("例如 WSS-2026-000123。"))
    reason = TextField(
        label=_("公开的理由"),
        required=False,
        most=500,
        rows=4,
        help_text=_("除通过外都要写；提案人和公众会看到，请用居民听得懂的话。"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["codes"].choices = [(row.code, f"{row.code} {_(row.title)}") for row in queries.reasons()]
        self.fields["positive"].choices = [("", _("请选择")), *((row.code, _(row.title)) for row in queries.kinds())]

    def answers(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in self.fields}

    def outcome_words(self) -> str:
        return Outcome(self.cleaned_data["outcome"]).label


class NoteForm(forms.Form):
    text = TextField(label=_("内部备注"), most=1000, rows=3, error_messages={"required": _("请写备注内容。")})


class OverrideForm(forms.Form):
    estimate = YuanField(label=_("准许的金额"), most=MOST_FEN)
    reason = ReasonField(help_text=_("准许超过上限的理由会公开。"))


class AppealForm(forms.Form):
    reason = ReasonField(
        label=_("为什么申请复核"),
        help_text=_("写清楚您不同意的地方，有新的情况也请写上。"),
        error_messages={"required": _("请写一写您不同意的地方。")},
    )


class DecisionForm(forms.Form):
    upheld = forms.ChoiceField(
        label=_("复核结果"),
        choices=[("yes", _("申请成立，重新初审")), ("no", _("维持初审结论"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选复核结果。"), **CHOICE},
    )
    reason = ReasonField()

    def answers(self) -> dict[str, object]:
        return {"upheld": self.cleaned_data["upheld"] == "yes", "reason": self.cleaned_data["reason"]}
