"""The shape of a ballot as it comes from the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.voting.models import Candidate

OUTDATED = _("选票上的项目和名单不一致，请刷新页面后重新勾选。")


class TickForm(forms.Form):
    """Approval and knapsack: a tick per project."""

    choices = forms.TypedMultipleChoiceField(
        coerce=int, required=False, error_messages={"invalid_choice": OUTDATED, "invalid_list": OUTDATED}
    )

    def __init__(self, *args: Any, candidates: list[Candidate], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["choices"].choices = [(each.pk, each.proposal.title) for each in candidates]

    def chosen(self) -> dict[int, int]:
        return dict.fromkeys(self.cleaned_data["choices"], 1)


class PointsForm(forms.Form):
    """Points: a number per project; nothing means none."""

    def __init__(self, *args: Any, candidates: list[Candidate], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.numbers = {f"points_{each.pk}": each.pk for each in candidates}
        for name, each in zip(self.numbers, candidates, strict=True):
            self.fields[name] = forms.IntegerField(
                label=each.proposal.title,
                required=False,
                min_value=0,
                max_value=1000,
                error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _("请填 0 到 1000 的整数。")),
            )

    def chosen(self) -> dict[int, int]:
        given = {candidate: self.cleaned_data.get(name) for name, candidate in self.numbers.items()}
        return {candidate: points for candidate, points in given.items() if points}


FORMS: Mapping[str, type[forms.Form]] = {"approval": TickForm, "knapsack": TickForm, "points": PointsForm}
