"""What visitors and staff ask the lists for. Every field may be left out; what cannot be read is passed over."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.divisions.models import Division
from portal import figures
from portal.fields import DateField, LineField, plain
from projects import pipeline
from projects.delivery.rules import FLAGS
from projects.desk import sayings
from projects.desk.queries import overview
from projects.proposals.models import Category, ContentClass

SORTS = {
    "shuffle": _("随机（不分先后）"),
    "newest": _("最新提交"),
    "cheap": _("金额从低到高"),
    "dear": _("金额从高到低"),
}


class AskForm(forms.Form):
    """A plain GET form. `asked` is what it holds; `chips` the ways to let go of one thing.

    `shown` are the fields that are always seen; a phone opens the rest on a tap.
    """

    shown: tuple[str, ...] = ()

    def __init__(self, request: HttpRequest, **more: Any):
        super().__init__(data=request.GET.dict(), **more)
        for field in self.fields.values():
            field.required = False
        self.is_valid()

    @property
    def asked(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def first(self) -> list[forms.BoundField]:
        return [field for field in self if field.is_hidden or not self.shown or field.name in self.shown]

    @property
    def rest(self) -> list[forms.BoundField]:
        seen = {field.name for field in self.first}
        return [field for field in self if field.name not in seen]

    @property
    def rest_asked(self) -> bool:
        return any(field.name in self.asked for field in self.rest)

    def query(self, **changes: Any) -> str:
        """The list's own query with some values changed; what is empty is left out."""
        kept = {**{name: plain(self.data.get(name, "")) for name in self.asked}, **changes}
        return urlencode({name: value for name, value in kept.items() if value})

    def chips(self) -> list[dict[str, str]]:
        return [
            {"label": self.said(name, value), "remove_url": f"?{self.query(**{name: ''})}"}
            for name, value in self.asked.items()
            if name != "sort"
        ]

    def said(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if isinstance(field, forms.BooleanField):
            return str(field.label)
        choices = dict(getattr(field, "choices", ()))
        return f"{field.label}：{choices.get(value, value)}"


def _choices(pairs: Any, every: Any) -> list[tuple[str, Any]]:
    return [("", every), *pairs]


class ProposalsForm(AskForm):
    """Search, filters and order of the list of proposals."""

    shown = ("q", "community", "sort")

    q = LineField(label=_("关键词"), most=40)
    community = forms.ChoiceField(label=_("社区"))
    stage = forms.ChoiceField(label=_("进展"))
    category = forms.ChoiceField(label=_("类型"), choices=_choices(Category.choices, _("全部类型")))
    content_class = forms.ChoiceField(label=_("内容"), choices=_choices(ContentClass.choices, _("全部内容")))
    price = forms.ChoiceField(label=_("金额"))
    sort = forms.ChoiceField(label=_("排列"), choices=list(SORTS.items()))
    mine = forms.BooleanField(label=_("只看我提的"))
    round = LineField(label=_("批次"), most=30, widget=forms.HiddenInput)

    def __init__(self, request: HttpRequest, *, places: Any):
        super().__init__(request)
        self.fields["community"].choices = _choices([(place.code, place.name) for place in places], _("全部社区"))
        self.fields["stage"].choices = _choices(
            [(key, gettext(group[0])) for key, group in sayings.GROUPS.items()], _("全部进展")
        )
        self.fields["price"].choices = _choices(
            [(key, gettext(band[0])) for key, band in sayings.PRICES.items()], _("全部金额")
        )
        if not request.user.is_authenticated:
            del self.fields["mine"]
        self.full_clean()


class DeliveryForm(AskForm):
    """Filters of the delivery board."""

    shown = ("search", "stage")

    search = LineField(label=_("项目名称"), most=40)
    stage = forms.ChoiceField(label=_("阶段"))
    flag = forms.ChoiceField(label=_("提醒"))
    category = forms.ChoiceField(label=_("类型"), choices=_choices(Category.choices, _("全部类型")))
    place = forms.ChoiceField(label=_("街道"))

    def __init__(self, request: HttpRequest, *, places: Any):
        super().__init__(request)
        rows = pipeline.stages_of(pipeline.PROJECT)
        stages = [*((row.key, gettext(row.title)) for row in rows), (pipeline.DONE, gettext("已办结"))]
        self.fields["stage"].choices = _choices(stages, _("全部阶段"))
        self.fields["flag"].choices = _choices([(str(k), gettext(v)) for k, v in FLAGS.items()], _("全部"))
        self.fields["place"].choices = _choices([(place.path, place.name) for place in places], _("全部街道"))
        self.full_clean()


class OverviewForm(AskForm):
    """Which year the overview follows, and what in it."""

    year = forms.IntegerField(min_value=2000, max_value=2199)
    track = LineField(label=_("跟踪"), most=10)


class RowsForm(AskForm):
    """Filters of the rows behind a figure."""

    shown = ("state", "category", "search")

    state = forms.ChoiceField(label=_("状态"))
    category = forms.ChoiceField(label=_("类型"), choices=_choices(Category.choices, _("全部类型")))
    content_class = forms.ChoiceField(label=_("内容"), choices=_choices(ContentClass.choices, _("全部内容")))
    stage = forms.ChoiceField(label=_("阶段"))
    flag = forms.ChoiceField(label=_("提醒"))
    age = forms.ChoiceField(label=_("在本阶段"))
    search = LineField(label=_("项目名称"), most=40)
    place = LineField(label=_("地方"), most=20, widget=forms.HiddenInput)

    def __init__(self, request: HttpRequest):
        super().__init__(request)
        rows = [*((row.key, gettext(row.title)) for row in pipeline.stages_of(pipeline.PROJECT)), ("done", gettext("已办结"))]
        states = [(key, gettext(words)) for key, (words, _why) in overview.STATES.items()]
        self.fields["state"].choices = _choices(states, _("全部状态"))
        self.fields["stage"].choices = _choices(rows, _("全部阶段"))
        self.fields["flag"].choices = _choices([(str(k), gettext(v)) for k, v in FLAGS.items()], _("全部"))
        bands = [(str(band), gettext(words)) for band, (_days, words) in enumerate(overview.AGES)]
        self.fields["age"].choices = _choices(bands, _("不限时长"))
        self.full_clean()

    def chips(self) -> list[dict[str, str]]:
        return [chip for name, chip in zip(self._chipped(), super().chips(), strict=True) if name != "place"]

    def _chipped(self) -> list[str]:
        return [name for name in self.asked if name != "sort"]


class ReturnForm(forms.Form):
    """Which monthly return is wanted."""

    place = forms.ModelChoiceField(
        label=_("地方"), queryset=Division.objects.none(), empty_label=None, error_messages={"invalid_choice": _("请在列出的选项里选一项。")}
    )
    month = forms.ChoiceField(label=_("月份"), error_messages={"invalid_choice": _("请在列出的选项里选一项。")})
    paper = forms.ChoiceField(
        label=_("格式"), choices=[("docx", _("Word 文档")), ("pdf", "PDF")], error_messages={"invalid_choice": _("请在列出的选项里选一项。")}
    )

    def __init__(self, *args: Any, places: Any, today: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places
        year, month = today.year, today.month
        back = [divmod(year * 12 + month - 1 - ago, 12) for ago in range(18)]
        self.fields["month"].choices = [(f"{y}-{m + 1:02d}", figures.month(m + 1, y)) for y, m in back]


class NoticesForm(AskForm):
    """Filters of the notice board."""

    community = forms.ChoiceField(label=_("社区"))
    open = forms.BooleanField(label=_("只看公示期内"))

    def __init__(self, request: HttpRequest, *, places: Any):
        super().__init__(request)
        self.fields["community"].choices = _choices([(place.code, place.name) for place in places], _("全部社区"))
        self.full_clean()


class QueueForm(AskForm):
    """Filters of 等我处理, from what is in it."""

    stage = forms.ChoiceField(label=_("环节"))
    community = forms.ChoiceField(label=_("社区"))

    def __init__(self, request: HttpRequest, *, tasks: Any):
        super().__init__(request)
        held = {task.stage for task in tasks}
        self.fields["stage"].choices = _choices(
            [(row.key, gettext(row.title)) for row in pipeline.PIPELINE if row.key in held], _("全部环节")
        )
        names = sorted({task.community for task in tasks if task.community})
        self.fields["community"].choices = _choices([(name, name) for name in names], _("全部社区"))
        self.full_clean()


class LogForm(AskForm):
    """Filters of the log."""

    action = LineField(label=_("操作"), most=60, help_text=_("例如 rounds.open_call"))
    actor = forms.IntegerField(label=_("人员编号"), min_value=1, max_value=2**62)
    day = DateField(label=_("日期"))


class FindForm(AskForm):
    """One box."""

    q = LineField(label=_("找什么"), most=40)
