"""The table that an administrator hands in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.records import rules
from communities.records.resources import RECORDS
from communities.records.services import title_of
from portal.files import TableField


class ImportForm(forms.Form):
    record = forms.ChoiceField(
        label=_("哪一类资料"),
        error_messages={"required": _("请选择是哪一类资料。"), "invalid_choice": _("请从列出的资料中选一类。")},
    )
    file = TableField(
        label=_("表格文件"),
        most_mb=rules.MOST_MB,
        help_text=_("Excel（.xlsx）或 CSV，最多 1 万行、5 MB。请在导出的表上改：有编号的行更新，编号留空的行新增。"),
    )

    def __init__(self, *args: object, **kwargs: object):
        super().__init__(*args, **kwargs)
        self.fields["record"].choices = [("", _("请选择")), *((name, title_of(name)) for name in RECORDS)]
