"""The file that a district hands in, and looking for something on the lists."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.centres.catalogue import Entry
from communities.centres.rules import CATALOGUES
from communities.centres.rules import lists as rules
from communities.divisions.files import NotReadable
from communities.rosters.files import cell_text, table
from portal.fields import LineField
from portal.files import KeptFile, TableField
from portal.sheets import restored


def cell(value: object) -> str:
    """As a person reads it, without the apostrophe that keeps a spreadsheet from running it."""
    return restored(cell_text(value, rules.MOST_TEXT))


class ListForm(forms.Form):
    """Which list, where it comes from, the file."""

    catalogue = forms.ChoiceField(
        label=_("哪一份目录"), choices=list(CATALOGUES.items()), error_messages={"required": _("请选一份目录。"), "invalid_choice": _("请从四份目录中选一份。")}
    )
    source = LineField(
        label=_("出处"), most=120, help_text=_("文件名称和文号，社区挑选时看得到。"), error_messages={"required": _("请写这份目录出自哪份文件。")}
    )
    file = TableField(
        label=_("目录文件"),
        most_mb=rules.MOST_MB,
        help_text=_("Excel（.xlsx）或 CSV，第一行是列名，最多 500 项、2 MB。"),
        error_messages={"too_big": _("文件超过 %(most)s MB，请确认选对了文件。")},
    )

    def clean_file(self) -> KeptFile:
        """Read at once: what cannot be read is said here, not later."""
        given = self.cleaned_data["file"]
        try:
            with table(given, is_excel=given.name.endswith(".xlsx"), cell=cell) as (lines, _about):
                reading = rules.read(lines)
        except NotReadable as error:
            raise forms.ValidationError(str(error)) from error
        if reading.missing:
            raise forms.ValidationError(_("缺少这些列：%(names)s。第一行要写列名。"), params={"names": "、".join(reading.missing)})
        self.cleaned_data |= {"reading": reading, "title": given.title}
        return given

    def handed_in(self) -> dict:
        return {key: self.cleaned_data[key] for key in ("catalogue", "source", "title", "reading")}


class LookForm(forms.Form):
    """What to look for on the lists; anything that is no list means all of them."""

    q = LineField(label=_("找服务"), most=40, required=False)
    list = forms.ChoiceField(label=_("目录"), choices=[("", _("全部目录")), *CATALOGUES.items()], required=False)

    def found_in(self, entries: list[Entry], *, chosen: set[str]) -> list[Entry]:
        """Those that fit, and those that are ticked already, so that looking on loses no tick."""
        self.is_valid()
        typed, catalogue = self.cleaned_data.get("q", "").casefold(), self.cleaned_data.get("list", "")
        return [
            entry for entry in entries
            if entry.key in chosen
            or ((not catalogue or entry.catalogue == catalogue) and typed in f"{entry.name} {entry.about} {entry.who}".casefold())
        ]  # fmt: skip
