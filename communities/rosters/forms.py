"""The file, the columns, the reason for an export: the shape of what staff hand in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.divisions.models import Division
from communities.rosters import rules
from portal.fields import LineField
from portal.files import TableField

SHORT, EXAMPLES = 12, 2


class UploadForm(forms.Form):
    """A CSV or Excel file, whose roster it is, and whether it names everybody."""

    place = forms.TypedChoiceField(
        label=_("哪里的名册"),
        coerce=int,
        error_messages={"required": _("请选择这是哪里的名册。"), "invalid_choice": _("请从列出的地方中选一个。")},
    )
    file = TableField(
        label=_("名册文件"),
        most_mb=rules.MOST_MB,
        help_text=_("Excel（.xlsx）或 CSV，第一行是列名，最多 12 万行、20 MB。只读姓名、手机号、社区、小区、是否满18周岁五列。"),
    )
    whole = forms.TypedChoiceField(
        label=_("这份名册"),
        choices=[("part", _("是补充：只加入和更新，不减少")), ("whole", _("是完整名册：名册上没有的人，登记到今天为止"))],
        coerce=lambda given: given == "whole",
        widget=forms.RadioSelect,
        initial="part",
        error_messages={"required": _("请选择是补充还是完整名册。"), "invalid_choice": _("请从两项中选一项。")},
    )

    def __init__(self, *args: object, places: list[Division], **kwargs: object):
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [(place.pk, place.name) for place in places]
        if len(places) == 1:
            self.fields["place"].initial = places[0].pk

    def handed_in(self) -> dict:
        file = self.cleaned_data["file"]
        given = {"content": file.read(), "is_excel": file.name.endswith(".xlsx"), "title": file.title}
        return {**given, "whole": self.cleaned_data["whole"], "place_id": self.cleaned_data["place"]}


class ColumnsForm(forms.Form):
    """Which column is which; guessed from the headings."""

    def __init__(self, *args: object, headings: list[str], held: dict, **kwargs: object):
        super().__init__(*args, **kwargs)
        names = [(place, heading or gettext("第 %(number)s 列") % {"number": place + 1}) for place, heading in enumerate(headings)]
        for field, title in rules.FIELDS.items():
            needed = field in rules.NEEDED
            nothing = _("请选择") if needed else _("表里没有")
            self.fields[field] = forms.TypedChoiceField(
                label=_(title),
                required=needed,
                coerce=int,
                empty_value=None,
                choices=[("", nothing), *names],
                initial=held.get(field),
                error_messages={"required": _("请选出这一列。"), "invalid_choice": _("请从表里的列中选一列。")},
            )

    def chosen(self) -> dict[str, int | None]:
        return {field: self.cleaned_data[field] for field in rules.FIELDS}


class ExportForm(forms.Form):
    place = forms.TypedChoiceField(
        label=_("哪里的名册"),
        coerce=int,
        error_messages={"required": _("请选择这是哪里的名册。"), "invalid_choice": _("请从列出的地方中选一个。")},
    )
    reason = LineField(
        label=_("下载理由"),
        least=5,
        most=200,
        help_text=_("名册有完整姓名和手机号，下载会记入日志。"),
        error_messages={"required": _("请写明为什么要下载，例如“年度核对”。")},
    )

    def __init__(self, *args: object, places: list[Division], **kwargs: object):
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [(place.pk, place.name) for place in places]
        if len(places) == 1:
            self.fields["place"].initial = places[0].pk
