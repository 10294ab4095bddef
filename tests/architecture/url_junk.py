"""What nobody means to ask: the names that a view reads out of an address, with values that no page offers."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from types import ModuleType

from django.forms import BaseForm
from django.urls import URLPattern

READ = re.compile(r"""request\.GET(?:\.get\(|\.getlist\(|\[)"(\w+)"|"(\w+)" in request\.GET""")
FORM = re.compile(r"(\w+)\(request(?:\.GET)?[,)]|(\w+)\(request\.GET if")
LOOP = re.compile(r"request\.GET\.get\(name\b.*?for name in \(([^)]*)\)")
VALUES = ("9" * 30, "\0", "2026-02-30", "0001-01-01", "9999-12", "０")


def names_read(pattern: URLPattern) -> list[str]:
    """The query names that a view reads, itself or through its module's functions, or through a form that takes the query."""
    view = inspect.unwrap(pattern.callback)
    module = inspect.getmodule(view)
    text = with_called(view, module)
    names = {name for pair in READ.findall(text) for name in pair if name}
    names |= {name for group in LOOP.findall(text) for name in re.findall(r'"(\w+)"', group)}
    for form in forms_read(module, text):
        names |= set(form.base_fields)
    return sorted(names)


def with_called(view: Callable, module: ModuleType) -> str:
    """The source of the view, and of the module's own functions that it hands its request to."""
    seen, text, waiting = {view}, "", [view]
    while waiting:
        source = inspect.getsource(waiting.pop())
        text += source
        found = {getattr(module, name, None) for name in re.findall(r"\b(\w+)\(request\b", source)}
        own = {each for each in found if inspect.isfunction(each) and each.__module__ == module.__name__} - seen
        seen |= own
        waiting += own
    return text


def forms_read(module: ModuleType, text: str) -> Iterator[type[BaseForm]]:
    for pair in FORM.findall(text):
        for holder in (module, getattr(module, "forms", None)):
            found = getattr(holder, pair[0] or pair[1], None)
            if inspect.isclass(found) and issubclass(found, BaseForm):
                yield found


def queries(names: list[str]) -> Iterator[dict[str, str]]:
    """Each value once in every name, in turns; then each name alone, so that no early refusal hides a later fault."""
    for turn in range(2 if names == ["page"] else len(VALUES) if names else 0):
        yield {name: VALUES[(place + turn) % len(VALUES)] for place, name in enumerate(names)}
    if len(names) > 1:
        yield from ({name: VALUES[0]} for name in names)
