"""Form fields that read what people type: amounts in 元, counts, dates, lines and longer text (U3, U4, U5).

Full-width digits, blanks, separators and units are taken as meant; what cannot be read stays in the box with a sentence
that says how to write it. Money leaves as int fen (分).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

WAN = 10_000
MOST_FEN = 10**13  # a thousand 亿元: more than any envelope, less than any overflow
MOST_PEOPLE = 20_000_000
_AMOUNT = re.compile(
    r"(?:约|大约)?(?:人民币|RMB|CNY|¥)?(\d[\d,]*(?:\.\d+)?|\.\d+)(万|千|亿)?(?:元|块|圆)?(?:整)?", re.I
)
_COUNT = re.compile(r"(?:约|大约|大概)?(\d[\d,]*)(?:多)?(?:人|名|位|户|个)?(?:左右|以上)?")
_DATE = re.compile(r"(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})日?|(\d{4})(\d{2})(\d{2})")
_TURNED = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")  # signs that turn text round
_UNIT = {None: 1, "": 1, "千": 1_000, "万": WAN, "亿": WAN * WAN}


def plain(text: object) -> str:
    """Text without characters that nobody means: NUL and other controls, lone surrogates, signs that turn text round."""
    return "".join(sign for sign in str(text) if sign in "\n\t" or is_meant(sign))


def is_meant(sign: str) -> bool:
    return unicodedata.category(sign) not in ("Cc", "Cs", "Cn") and sign not in _TURNED


def squeezed(text: object) -> str:
    """Full-width signs made plain, every blank gone: for figures and dates."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", plain(text))).replace("，", ",").replace("。", ".")


def fen_in(text: object) -> int | None:
    """185,000 元 / １８.５ 万 / ¥3,500.5 → fen; None when it is no amount. More than two decimals of a 元 is none."""
    found = _AMOUNT.fullmatch(squeezed(text)[:60])
    if not found:
        return None
    try:
        fen = Decimal(found[1].replace(",", "")) * _UNIT[found[2]] * 100
    except InvalidOperation:
        return None
    return int(fen) if fen == fen.to_integral_value() and fen <= MOST_FEN else None


def date_in(text: object) -> date | None:
    """2026-11-21, 2026年11月21日, 2026/11/21, 20261121, with full-width digits too; None when it is no date."""
    found = _DATE.fullmatch(squeezed(text)[:40])
    if not found:
        return None
    year, month, day = (int(part) for part in found.groups() if part is not None)
    try:
        return date(year, month, day) if 1900 <= year <= 2199 else None
    except ValueError:
        return None


class LineField(forms.CharField):
    """One line of text. Says how many characters are allowed and how many there are."""

    def __init__(self, *, most: int, least: int = 0, **kwargs: Any):
        self.most, self.least = most, least
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "data-most": self.most}

    def to_python(self, value: Any) -> str:
        text = super().to_python(plain(value) if value not in self.empty_values else value)
        return " ".join(text.split())

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.most:
            raise ValidationError(
                gettext("最多写 %(most)d 个字，现在有 %(count)d 个字，请删减一些。"),
                code="too_long",
                params={"most": self.most, "count": len(value)},
            )
        if value and len(value) < self.least:
            raise ValidationError(
                gettext("请再写详细一点，至少 %(least)d 个字。"), code="too_short", params={"least": self.least}
            )


class TextField(LineField):
    """Several lines of text; line ends are made equal, blank lines at the ends go."""

    widget = forms.Textarea

    def __init__(self, *, most: int = 1000, rows: int = 5, **kwargs: Any):
        kwargs.setdefault("widget", forms.Textarea({"rows": rows}))  # Django's own has ten rows
        super().__init__(most=most, **kwargs)

    def to_python(self, value: Any) -> str:
        text = "" if value in self.empty_values else plain(str(value).replace("\r\n", "\n").replace("\r", "\n"))
        return "\n".join(line.rstrip() for line in text.strip().split("\n")) if text.strip() else ""


class ReasonField(TextField):
    """The reason of a decision, which the public or the person concerned will read."""

    def __init__(self, *, least: int = 4, most: int = 500, rows: int = 4, **kwargs: Any):
        kwargs.setdefault("label", _("理由"))
        kwargs.setdefault("error_messages", {"required": _("请写明理由，当事人会看到这段话。")})
        super().__init__(least=least, most=most, rows=rows, **kwargs)


class FigureField(forms.CharField):
    """A CharField whose value is not text: what was typed is kept when it cannot be read."""

    def to_python(self, value: Any) -> Any:
        raise NotImplementedError

    def run_validators(self, value: Any) -> None:
        """Text validators do not apply to the value that was read."""

    def clean(self, value: Any) -> Any:
        read = self.to_python(value)
        self.validate(read)
        return read


class YuanField(FigureField):
    """An amount typed in 元 (or 万元), kept in fen (分). `least` and `most` are in fen."""

    default_error_messages = {
        "required": _("请写金额，例如 35000 或 3.5 万。"),
        "unreadable": _("没有看懂这个金额，请写数字，例如 35000、35,000.50 或 3.5 万。"),
        "too_small": _("金额要在 %(least)s 元以上。"),
        "too_big": _("金额不能超过 %(most)s 元，请检查是不是多写了零。"),
    }

    def __init__(self, *, least: int = 1, most: int = MOST_FEN, **kwargs: Any):
        self.least, self.most = least, most
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "decimal", "autocomplete": "off", "class": "field-money"}

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values or not plain(value).strip():
            return None
        fen = value if isinstance(value, int) and not isinstance(value, bool) else fen_in(value)
        if fen is None:
            raise ValidationError(self.error_messages["unreadable"], code="unreadable")
        if fen < self.least:
            raise ValidationError(
                self.error_messages["too_small"], code="too_small", params={"least": typed_yuan(self.least)}
            )
        if fen > self.most:
            raise ValidationError(
                self.error_messages["too_big"], code="too_big", params={"most": typed_yuan(self.most)}
            )
        return fen

    def prepare_value(self, value: Any) -> Any:
        return typed_yuan(value) if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return initial != (fen_in(data) if data else None)


class CountField(FigureField):
    """A whole number of people or things: 60, ６０人, 约 1,200 人."""

    default_error_messages = {
        "required": _("请写一个数字，例如 60。"),
        "unreadable": _("没有看懂这个数，请只写数字，例如 60。"),
        "out_of_range": _("这个数要在 %(least)s 到 %(most)s 之间。"),
    }

    def __init__(self, *, least: int = 1, most: int = MOST_PEOPLE, **kwargs: Any):
        self.least, self.most = least, most
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "numeric", "autocomplete": "off"}

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values or not plain(value).strip():
            return None
        found = _COUNT.fullmatch(squeezed(value)[:40])
        if not found:
            raise ValidationError(self.error_messages["unreadable"], code="unreadable")
        number = int(found[1].replace(",", ""))
        if not self.least <= number <= self.most:
            raise ValidationError(
                self.error_messages["out_of_range"],
                code="out_of_range",
                params={"least": f"{self.least:,}", "most": f"{self.most:,}"},
            )
        return number


class DateInput(forms.DateInput):
    """The browser's own date picker, and a plain box again when what was typed is no date, so that it stays visible."""

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict:
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        readable = not shown or (re.fullmatch(r"\d{4}-\d\d-\d\d", str(shown)) and date_in(shown))
        context["widget"]["type"] = "date" if readable else "text"
        return context


class DateField(FigureField):
    """A day, typed as people write it. `now` is not asked here: whether a day suits is a rule of the room."""

    widget = DateInput(format="%Y-%m-%d")
    default_error_messages = {
        "required": _("请写日期，例如 2026年11月21日。"),
        "unreadable": _("没有看懂这个日期，请这样写：2026年11月21日 或 2026-11-21。"),
    }

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date):
            return value
        if value in self.empty_values or not plain(value).strip():
            return None
        day = date_in(value)
        if day is None:
            raise ValidationError(self.error_messages["unreadable"], code="unreadable")
        return day

    def prepare_value(self, value: Any) -> Any:
        return (date_in(value) or value) if isinstance(value, str) else value


def typed_yuan(fen: int) -> str:
    """Fen as a person would type them: 185,000 or 3,500.50."""
    return f"{Decimal(fen) / 100:,.2f}".removesuffix(".00")
