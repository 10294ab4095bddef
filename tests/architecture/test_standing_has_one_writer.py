"""`.standing` of a proposal is written in one file, as `.stage` is in the engine."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WRITER = "projects/proposals/services/settle.py"
FIELDS = {"standing", "standing_since"}


def writes(tree: ast.AST) -> list[int]:
    """Lines that assign `x.standing`, or pass standing= to update() or bulk_update()."""
    found = []
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        found += [t.lineno for t in targets if isinstance(t, ast.Attribute) and t.attr in FIELDS]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            named = {keyword.arg for keyword in node.keywords}
            if node.func.attr in ("update", "aupdate") and named & FIELDS:
                found.append(node.lineno)
            if isinstance(node.func.value, ast.Name) and node.func.attr == "bulk_update":
                found += [
                    node.lineno for arg in ast.walk(node) if isinstance(arg, ast.Constant) and arg.value in FIELDS
                ]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "setattr":
            found += [node.lineno for arg in node.args if isinstance(arg, ast.Constant) and arg.value in FIELDS]
    return found


def sources() -> list[Path]:
    return [
        path
        for top in ("portal", "communities", "projects", "volunteers")
        for path in sorted((ROOT / top).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def test_only_settle_writes_the_standing():
    offenders = {
        str(path.relative_to(ROOT)): lines
        for path in sources()
        if (lines := writes(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert list(offenders) == [WRITER], offenders


@pytest.mark.parametrize(
    "code",
    [
        "p.standing = 'accepted'",
        "p.standing_since: object = 1",
        "rows.update(standing='x')",
        "setattr(p, 'standing', 1)",
        "Proposal.objects.filter().update(standing_since=now)",
    ],
)
def test_the_search_finds_a_writer(code):
    assert writes(ast.parse(code))
