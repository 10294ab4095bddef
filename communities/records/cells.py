"""How a value stands in a cell and comes back. Headings and words of these files are the office's Chinese, whoever reads."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from import_export import widgets

from communities.divisions.models import Division
from portal.fields import date_in, plain
from portal.masking import mask_name
from portal.sheets import harmless, restored

COMMUNITY = "community"
YES, NO = "是", "否"
LONGEST = 18  # digits of a number that the database knows


class TextCell(widgets.CharWidget):
    """Text that no spreadsheet runs, and that comes back as it was."""

    def render(self, value: Any, obj: Model | None = None, **kwargs: Any) -> str:
        return harmless(value)

    def clean(self, value: Any, row: dict | None = None, **kwargs: Any) -> str:
        return "" if value is None else restored(plain(value))


class MaskedCell(TextCell):
    """A person's name as the public sees it: for reading only."""

    def render(self, value: Any, obj: Model | None = None, **kwargs: Any) -> str:
        return harmless(mask_name(value or ""))


class ChoiceCell(TextCell):
    """A choice by its words."""

    def __init__(self, choices: list[tuple[str, Any]]):
        super().__init__()
        self.words = {key: str(title) for key, title in choices}

    def render(self, value: Any, obj: Model | None = None, **kwargs: Any) -> str:
        return self.words.get(value, value)

    def clean(self, value: Any, row: dict | None = None, **kwargs: Any) -> str:
        text = super().clean(value, row).strip()
        found = next((key for key, title in self.words.items() if title == text), None)
        if found is None:
            raise ValueError(_("请从这些里写一个：%(words)s") % {"words": "、".join(self.words.values())})
        return found


class YesNoCell(TextCell):
    """是 or 否; what spreadsheets make of them too."""

    def render(self, value: Any, obj: Model | None = None, **kwargs: Any) -> str:
        return YES if value else NO

    def clean(self, value: Any, row: dict | None = None, **kwargs: Any) -> bool:
        text = super().clean(value, row).strip().lower()
        if text in (YES, "1", "true"):
            return True
        if text in (NO, "0", "false", ""):
            return False
        raise ValueError(_("请写“是”或“否”。"))


class CountCell(TextCell):
    """A whole number."""

    def render(self, value: Any, obj: Model | None = None, **kwargs: Any) -> str:
        return "" if value is None else str(value)

    def clean(self, value: Any, row: dict | None = None, **kwargs: Any) -> int | None:
        text = super().clean(value, row).strip()
        if not text:
            return None
        if not (text.isascii() and text.isdecimal()) or len(text) > 9:
            raise ValueError(_("请写一个整数。"))
        return int(text)


class DayCell(TextCell):
    """A day as people write it."""

    def render(self, value: Any, obj: Model | None = None, **kwargs: Any) -> str:
        return value.isoformat() if value else ""

    def clean(self, value: Any, row: dict | None = None, **kwargs: Any) -> date | None:
        text = super().clean(value, row).strip()
        day = date_in(text) if text else None
        if text and day is None:
            raise ValueError(_("没有看懂这个日期，请这样写：2026-11-21。"))
        return day


def places_by_code(levels: tuple[str, ...]) -> dict[str, Division]:
    """Every place of these levels that has not been abolished: a table asks once, not once a row."""
    return {place.code: place for place in Division.objects.filter(level__in=levels, abolished_on=None)}


class PlaceCell(widgets.ForeignKeyWidget):
    """A community by its code."""

    def __init__(self, *args: Any, levels: tuple[str, ...] = (COMMUNITY,), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.levels = levels

    @cached_property
    def known(self) -> dict[str, Division]:
        return places_by_code(self.levels)

    def clean(self, value: Any, row: dict | None = None, **kwargs: Any) -> Division:
        found = self.known.get(str(value or "").strip())
        if found is None:
            raise ValueError(_("没有这个社区代码。"))
        return found


class PlacesCell(widgets.ManyToManyWidget):
    """Communities by their codes, with commas between."""

    def render(self, value: Any, obj: Model | None = None, **kwargs: Any) -> str:
        return "" if value is None else ",".join(sorted(place.code for place in value.all()))

    def clean(self, value: Any, row: dict | None = None, **kwargs: Any) -> list[Division]:
        codes = {code.strip() for code in str(value or "").replace("，", ",").split(",") if code.strip()}
        found = [self.known[code] for code in sorted(codes) if code in self.known]
        if len(found) != len(codes):
            raise ValueError(_("没有这个社区代码。"))
        return found

    @cached_property
    def known(self) -> dict[str, Division]:
        return places_by_code((COMMUNITY,))


class OwnerCell(widgets.ForeignKeyWidget):
    """The record that this one belongs to, by its number; whether it lies in scope is asked of the row."""

    def clean(self, value: Any, row: dict | None = None, **kwargs: Any) -> Model:
        number = str(value or "").strip()
        found = number.isdecimal() and len(number) < LONGEST and self.model.objects.filter(pk=int(number)).first()
        if not found:
            raise ValueError(_("没有这个编号。"))
        return found
