"""Views are thin and named once: view = URL = template."""

import ast
import re
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[2]
OURS = ("communities", "projects", "volunteers")
LINES = 15
VIEW_FILES = [path for app in OURS for path in [*(ROOT / app).glob("*/views.py"), *(ROOT / app).glob("*/views/*.py")]]


def is_view(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef) and bool(node.args.args) and node.args.args[0].arg == "request"


def patterns(resolver=None, space=""):
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, entry.namespace or space)
        elif isinstance(entry, URLPattern):
            yield space, entry


OUR_PATTERNS = [(space, entry) for space, entry in patterns() if entry.callback.__module__.split(".")[0] in OURS]


def test_there_are_views():
    assert len(OUR_PATTERNS) > 60 and len(VIEW_FILES) >= 12


@pytest.mark.parametrize("path", VIEW_FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_view_is_thin(path):
    """At most 15 lines of statements; no try, no .save(), no branch on who the person is."""
    faults = []
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if not is_view(node):
            continue
        body = node.body[1:] if ast.get_docstring(node) else node.body
        lines = body[-1].end_lineno - body[0].lineno + 1 if body else 0
        if lines > LINES:
            faults.append(f"{node.name}: {lines} lines")
        for inner in ast.walk(node):
            if isinstance(inner, ast.Try):
                faults.append(f"{node.name}: try")
            if isinstance(inner, ast.Attribute) and inner.attr == "save":
                faults.append(f"{node.name}: .save")
            if isinstance(inner, ast.If) and re.match(r"(not )?request\.user\b", ast.unparse(inner.test)):
                faults.append(f"{node.name}: if request.user")
    assert faults == []


def test_the_name_of_a_url_is_the_name_of_its_view():
    wrong = [
        f"{space}:{entry.name} -> {entry.callback.__name__}"
        for space, entry in OUR_PATTERNS
        if entry.name != entry.callback.__name__
    ]
    assert wrong == []


def test_a_namespace_is_its_room():
    wrong = [
        f"{space}:{entry.name} in {entry.callback.__module__}"
        for space, entry in OUR_PATTERNS
        if space and space not in entry.callback.__module__.split(".")
    ]
    assert wrong == []


def test_a_whole_page_has_the_name_of_its_view():
    """page(request, "projects/screening/queue.html") stands in the view `queue` of the room screening.

    A second page of the same view (check-answers, done) is named after it: `rate_check.html` in `rate`. An act that only
    takes a POST may show again the page from which it was sent.
    """
    wrong = []
    for path in VIEW_FILES:
        app = path.relative_to(ROOT).parts[0]
        room = path.relative_to(ROOT).parts[1]
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if not is_view(node):
                continue
            for template in re.findall(rf'"({app}/{room}/[^"]+\.html)"', ast.unparse(node).replace("'", '"')):
                name = template.rsplit("/", 1)[1].removesuffix(".html")
                sent_from_elsewhere = any("require_POST" in ast.unparse(each) for each in node.decorator_list)
                own = name == node.name or name.startswith((f"{node.name}_", "_"))
                if not own and not sent_from_elsewhere:
                    wrong.append(f"{path.parent.name}/{node.name}: {template}")
                if not (ROOT / "templates" / template).exists():
                    wrong.append(f"missing {template}")
    assert wrong == []


def test_no_template_is_an_orphan():
    """Every whole page under a room's folder is printed by a view, extended or included somewhere."""
    code = "\n".join(
        path.read_text(encoding="utf-8") for app in ("portal", *OURS) for path in (ROOT / app).rglob("*.py")
    )
    code += "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html"))
    orphans = [
        str(path.relative_to(ROOT / "templates"))
        for app in OURS
        for path in (ROOT / "templates" / app).rglob("*.html")
        if str(path.relative_to(ROOT / "templates")) not in code
    ]
    assert orphans == []
