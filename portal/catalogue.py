"""The English catalogue, kept with Python parts alone: collect the source strings, merge, check, compile.

Chinese strings are the sources. A string may stand in Python (`_`, gettext and its kin) or in a template.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import polib
from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

from portal import env

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "npgettext": ((1, "c"), 2, 3),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
APPS = ("portal", "communities", "projects", "volunteers")
PLACES = re.compile(r"%(?:\((\w+)\))?[a-z%]")
CATALOGUE = env.ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
HEADER = {
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "en",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}

Key = tuple[str, str, str]


def sources(root: Path = env.ROOT) -> dict[Key, list[str]]:
    """Every source string as (context, singular, plural) with the files in which it stands."""
    found: dict[Key, list[str]] = {}
    for path in files(root):
        text = path.read_text(encoding="utf-8")
        code = text if path.suffix == ".py" else as_code(text, path)
        for key in strings_in(code):
            found.setdefault(key, []).append(str(path.relative_to(root)))
    return found


def files(root: Path) -> Iterator[Path]:
    for app in APPS:
        yield from sorted((root / app).rglob("*.py"))
    yield from sorted((root / "templates").rglob("*.html"))
    yield from sorted((root / "templates").rglob("*.txt"))


def as_code(text: str, path: Path) -> str:
    """A template as lines of Python calls; what it fills in between is not to be read as a block."""
    return "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).splitlines())


def strings_in(code: str) -> Iterator[Key]:
    for _line, keyword, message, _notes in extract_python(
        BytesIO(code.encode()), list(KEYWORDS), (), {"encoding": "utf-8"}
    ):
        parts = [part for part in (message if isinstance(message, tuple) else (message,)) if isinstance(part, str)]
        if not parts or not parts[0]:
            continue
        if keyword.startswith(("pgettext", "npgettext")):
            yield (parts[0], *_pair(parts[1:]))
        elif keyword.startswith("ngettext"):
            yield ("", *_pair(parts))
        else:
            yield ("", parts[0], "")


def merge(wanted: dict[Key, list[str]], path: Path = CATALOGUE) -> polib.POFile:
    """The catalogue with exactly the wanted strings: translations kept, new ones empty, dead ones dropped."""
    held = polib.pofile(str(path)) if path.exists() else polib.POFile()
    known = {(entry.msgctxt or "", entry.msgid, entry.msgid_plural): entry for entry in held}
    merged = polib.POFile(wrapwidth=110)
    merged.metadata = HEADER
    for key in sorted(wanted, key=lambda each: (wanted[each][0], each)):
        entry = known.get(key) or _empty(key)
        entry.occurrences = [(name, "") for name in sorted(set(wanted[key]))]
        entry.flags = ["python-format"] if PLACES.search(entry.msgid.replace("%%", "")) else []
        merged.append(entry)
    return merged


def faults(catalogue: polib.POFile) -> list[str]:
    """What is wrong with the translations: missing, other places than the source, Chinese left over."""
    found = []
    for entry in catalogue:
        said = [entry.msgstr, *entry.msgstr_plural.values()] if entry.msgid_plural else [entry.msgstr]
        said = [text for text in said if text]
        if not said or (entry.msgid_plural and len(said) < 2):
            found.append(f"missing: {entry.msgid}")
            continue
        for text in said:
            if not set(PLACES.findall(text)) <= set(PLACES.findall(entry.msgid + entry.msgid_plural)):
                found.append(f"other places: {entry.msgid} → {text}")
            elif entry.msgid.endswith("\n") != text.endswith("\n"):
                found.append(f"line ends: {entry.msgid}")
    return found


def _pair(parts: list[str]) -> tuple[str, str]:
    return (parts[0], parts[1] if len(parts) > 1 else "")


def _empty(key: Key) -> polib.POEntry:
    context, single, plural = key
    entry = polib.POEntry(msgctxt=context or None, msgid=single, msgid_plural=plural, msgstr="")
    if plural:
        entry.msgstr_plural = {0: "", 1: ""}
    return entry
