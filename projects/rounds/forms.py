"""The shape of what an office types when it prepares a round."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.divisions.models import Division
from portal.fields import CountField, DateField, LineField, ReasonField, TextField, YuanField
from projects import pipeline
from projects.rounds import terms
from projects.rounds.models import Round
from projects.rounds.rules import (
    BALLOTS,
    COMBINATIONS,
    COUNTING_RULES,
    MOST_FEN,
    RANGES,
    SHORTLIST,
    UNITS,
    UNUSED,
    complete,
)

DAYS = {
    "screening": _("初审时限"),
    "correction": _("补正时限"),
    "agenda": _("议程提前"),
    "notice": _("公示期"),
    "objection": _("异议答复时限"),
    "approval": _("审批时限"),
}

ONE_OF = {"required": _("从列表里选一项"), "invalid_choice": _("从列表里选一项")}


class BasicsForm(forms.Form):
    """Name, introduction, and how the council and the residents decide together."""

    title = LineField(label=_("批次名称"), most=60, error_messages={"required": _("填写批次名称")})
    intro = TextField(
        label=_("说明"), most=600, rows=3, required=False, help_text=_("写给居民看：这一批办哪类事、有什么要留意的。")
    )
    combine = forms.ChoiceField(
        label=_("议事会和居民怎样共同决定"),
        choices=[(key, _(title)) for key, title in COMBINATIONS.items()],
        widget=forms.RadioSelect,
        initial=SHORTLIST,
        help_text=_("发布征集后不能再改。议事会确认时没有通过的，写明理由，用同一批选票重新计票。"),
        error_messages=ONE_OF,
    )

    def unused(self) -> tuple[str, ...]:
        return UNUSED[self.cleaned_data["combine"]]


class FirstDayForm(forms.Form):
    """The day on which the call begins; the rest of the calendar follows from it."""

    first_day = DateField(
        label=_("征集开始日"),
        help_text=_("其余阶段按默认天数顺排，之后可以逐项修改。"),
        error_messages={"required": _("填写征集开始日")},
    )


class PrepareForm(BasicsForm, FirstDayForm):
    """A new round."""

    street = forms.ModelChoiceField(
        label=_("街道"),
        queryset=Division.objects.none(),
        empty_label=None,
        error_messages={"required": _("选择街道"), "invalid_choice": _("从列表里选择街道")},
    )
    field_order = ("street", "title", "intro", "combine", "first_day")

    def __init__(self, *args: object, streets: Iterable[Division], **kwargs: object):
        super().__init__(*args, **kwargs)
        self.fields["street"].queryset = streets
        self.fields["street"].initial = streets.first()


class CopyForm(FirstDayForm):
    """A new round with the rules, stages and money of an earlier one."""

    title = LineField(label=_("批次名称"), most=60, error_messages={"required": _("填写批次名称")})
    field_order = ("title", "first_day")


class EnvelopesForm(forms.Form):
    """One amount for each community of the street."""

    def __init__(self, *args: object, places: Iterable[Division], held: dict[int, int], **kwargs: object):
        super().__init__(*args, **kwargs)
        for place in places:
            self.fields[f"amount_{place.pk}"] = YuanField(
                label=place.name, required=False, least=0, most=MOST_FEN, initial=held.get(place.pk)
            )

    def amounts(self) -> dict[int, int]:
        return {int(name.removeprefix("amount_")): fen or 0 for name, fen in self.cleaned_data.items()}


class CalendarForm(forms.Form):
    """First and last day of every stage in use."""

    def __init__(
        self, *args: object, stages: Iterable[pipeline.Stage], held: dict[str, tuple[date, date]], **kwargs: object
    ):
        super().__init__(*args, **kwargs)
        self.stages = list(stages)
        for row in self.stages:
            first, last = held.get(row.key, (None, None))
            title = gettext(row.title)
            self.fields[f"first_{row.key}"] = DateField(
                label=gettext("%(stage)s开始") % {"stage": title}, initial=first
            )
            self.fields[f"last_{row.key}"] = DateField(label=gettext("%(stage)s结束") % {"stage": title}, initial=last)

    def pairs(self) -> list[tuple[pipeline.Stage, forms.BoundField, forms.BoundField]]:
        return [(row, self[f"first_{row.key}"], self[f"last_{row.key}"]) for row in self.stages]

    def days(self) -> dict[str, tuple[date, date]]:
        data = self.cleaned_data
        return {row.key: (data[f"first_{row.key}"], data[f"last_{row.key}"]) for row in self.stages}


class RulesForm(forms.Form):
    """Every setting that is frozen when the call opens."""

    cap_services = YuanField(label=_("服务类单项上限"), most=MOST_FEN)
    cap_goods = YuanField(label=_("货物类单项上限"), most=MOST_FEN)
    cap_works = YuanField(label=_("工程类单项上限"), most=MOST_FEN)
    ballot = forms.ChoiceField(label=_("投票方式"), choices=list(BALLOTS.items()), error_messages=ONE_OF)
    max_choices = CountField(label=_("最多可选几项"), least=1, most=50)
    advised_choices = CountField(label=_("建议至少选几项"), least=1, most=50)
    counting_rule = forms.ChoiceField(label=_("计票办法"), choices=list(COUNTING_RULES.items()), error_messages=ONE_OF)
    least_votes = CountField(label=_("入选最低票数"), least=0, most=100_000)
    second_signature_from = YuanField(
        label=_("双人审批起点"), most=MOST_FEN, help_text=_("达到这个金额的项目由两人审批。")
    )
    refill = forms.BooleanField(
        label=_("允许递补"),
        required=False,
        help_text=_("有项目被撤下或审批未通过时，按原选票重新计算，由后面的项目递补。"),
    )

    def __init__(self, *args: object, held: dict[str, object], **kwargs: object):
        held = complete(held)
        initial = {**held, **{f"cap_{kind}": fen for kind, fen in dict(held["caps"]).items()}}
        super().__init__(*args, initial=initial, **kwargs)
        for key, label in DAYS.items():
            least, most = RANGES[f"{key}_days"]
            self.fields[f"{key}_days"] = CountField(label=label, least=least, most=most)
            self.fields[f"{key}_unit"] = forms.ChoiceField(
                label=gettext("%(what)s单位") % {"what": label},
                choices=[(k, gettext(v)) for k, v in UNITS.items()],
                error_messages=ONE_OF,
            )

    def day_pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"{key}_days"], self[f"{key}_unit"]) for key in DAYS]

    def changes(self) -> dict[str, object]:
        data = dict(self.cleaned_data)
        caps = {kind: data.pop(f"cap_{kind}") for kind in ("services", "goods", "works")}
        return {**data, "caps": caps}


class ReasonForm(forms.Form):
    """Why a round is cancelled or sent back; residents read it."""

    reason = ReasonField(
        help_text=_("居民会在批次页面看到这段话。"), error_messages={"required": _("写明理由，居民会看到")}
    )


class SendBackForm(ReasonForm):
    """To which earlier stage, and why."""

    def __init__(self, *args: object, round: Round, **kwargs: object):
        super().__init__(*args, **kwargs)
        back = [] if round.stage == pipeline.DONE else pipeline.stage(round.stage).back_to
        self.fields["to"] = forms.ChoiceField(
            label=_("退回到"),
            choices=[(key, gettext(pipeline.stage(key).title)) for key in back],
            error_messages={"required": _("选择退回到哪个阶段"), "invalid_choice": _("流程图上没有这一步")},
        )
        self.order_fields(["to", "reason"])


class WordsForm(forms.Form):
    """The words of a district."""

    vocabulary = forms.ChoiceField(
        label=_("整套用语"),
        choices=list(terms.VOCABULARY_TITLES.items()),
        widget=forms.RadioSelect,
        error_messages=ONE_OF,
    )

    def __init__(self, *args: object, **kwargs: object):
        super().__init__(*args, **kwargs)
        for key in terms.KEYS:
            self.fields[key] = LineField(
                label=gettext("栏目名称") if key == terms.PROGRAMME else gettext(pipeline.stage(key).title),
                most=terms.MOST_SIGNS,
                required=False,
            )

    def words(self) -> dict[str, str]:
        return {key: self.cleaned_data[key] for key in terms.KEYS}
