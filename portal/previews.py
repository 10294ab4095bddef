"""Before a decision is sent, the officer reads what goes to whom: the very words, found out by a rehearsal.

A form's first POST answers the preview; its button posts the same again with go=send, "go=edit" shows the form anew.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext

from portal import notices
from portal.web import Done, attempt, page


def sent(
    request: HttpRequest, form: BaseForm, act: Callable[..., object], *, title: str, button: str, **arguments: Any
) -> tuple[HttpResponse | None, Done | None]:
    """For a valid form: (the page to read first, None), then (None, Done) once it was read and sent.

    (None, None) shows the form again: a refusal stands at its field, or the officer went back to change something.
    Files do not travel through a preview: forms with uploads have none.
    """
    go = request.POST.get("go")
    if go == "send":
        return None, attempt(form, act, **arguments)
    rehearsed = None if go == "edit" else attempt(form, notices.rehearse, act=act, **arguments)
    if rehearsed is None:
        return None, None
    context = {"form": form, "title": title, "button": button, "told": rows(rehearsed.value)}
    return page(request, "portal/preview.html", context), None


def rows(told: list[notices.Told]) -> list[dict[str, str]]:
    """[{to, text}]: one person by name, more by their number; the same words to the same people once."""
    alone = {next(iter(each.people)) for each in told if len(each.people) == 1}
    names = {person.pk: str(person) for person in get_user_model().objects.filter(pk__in=alone)}
    found: dict[tuple[frozenset[int], str], dict[str, str]] = {}
    for each in told:
        to = names.get(next(iter(each.people)), "") if len(each.people) == 1 else _counted(len(each.people))
        found.setdefault((each.people, each.text), {"to": to, "text": each.said()})
    return list(found.values())


def _counted(count: int) -> str:
    return ngettext("%(count)d 人", "%(count)d 人", count) % {"count": count}
