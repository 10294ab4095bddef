"""The shape of scores."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.fields import CountField, LineField, ReasonField, TextField
from projects.evaluation.indicators import Scored
from projects.evaluation.models import Indicator
from projects.evaluation.rules import WORDS

ONE_OF = {"required": _("请选择一项。"), "invalid_choice": _("请在列出的选项里选一项。")}
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


class IndicatorForm(forms.Form):
    """One line of a district's table."""

    of = forms.ChoiceField(label=_("评什么"), choices=Indicator.Of.choices, error_messages=ONE_OF)
    group = LineField(label=_("维度"), most=20, least=2, error_messages={"required": _("请写维度，例如“过程”。")})
    title = LineField(label=_("指标"), most=40, least=2, error_messages={"required": _("请写指标名称。")})
    means = LineField(label=_("评分标准"), most=200, least=4, error_messages={"required": _("请写明怎样给分。")})
    most = CountField(label=_("满分"), least=1, most=100)


class ScoresForm(forms.Form):
    """Points and evidence for every line of a table; lines left empty are not scored yet."""

    def __init__(self, *args: Any, scored: Scored, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lines = [line for line, _score in scored.lines]
        for line, score in scored.lines:
            self.fields[f"points_{line.pk}"] = CountField(
                label=_("得分"), least=0, most=line.most, required=False, initial=score.points if score else None
            )
            self.fields[f"evidence_{line.pk}"] = LineField(
                label=_("依据"), most=300, required=False, initial=score.evidence if score else ""
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for line in self.lines:
            given, evidence = data.get(f"points_{line.pk}"), data.get(f"evidence_{line.pk}")
            if given is not None and not evidence:
                self.add_error(f"evidence_{line.pk}", gettext("请写明“%(title)s”得分的依据。") % {"title": line.title})
        return data

    def rows(self) -> list[tuple[Indicator, forms.BoundField, forms.BoundField]]:
        return [(line, self[f"points_{line.pk}"], self[f"evidence_{line.pk}"]) for line in self.lines]

    def points(self) -> dict[int, tuple[int, str]]:
        data = self.cleaned_data
        return {
            line.pk: (data[f"points_{line.pk}"], data[f"evidence_{line.pk}"])
            for line in self.lines
            if data.get(f"points_{line.pk}") is not None
        }
