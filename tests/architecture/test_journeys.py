"""Journeys look when the page is there: they ask the person at the browser, who waits. And who is played again."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.journeys_ran import journeys

FOLDER = Path(__file__).resolve().parent.parent / "journeys"
EARLY = {"click", "wait_for_timeout", "go_forward"}  # Person.clicks ends on the next page; a sleep is too short or too long


def early_looks(text: str) -> Iterator[tuple[int, str]]:
    """(line, what): an assertion that asks a page itself, a bare click, a sleep."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Assert):
            asked = [part for part in ast.walk(node) if isinstance(part, ast.Attribute) and part.attr == "page"]
            yield from ((part.lineno, "asserts on the page") for part in asked)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in EARLY:
            yield node.lineno, node.func.attr


@pytest.mark.parametrize("path", sorted(FOLDER.glob("test_*.py")), ids=lambda path: path.stem)
def test_a_journey_never_looks_too_early(path):
    assert list(early_looks(path.read_text())) == []


def test_an_early_look_is_found():
    text = "assert her.page.locator('img').count()\nhe.page.locator('a').first.click()\nshe.page.wait_for_timeout(9)\nassert her.words"
    assert list(early_looks(text)) == [(1, "asserts on the page"), (2, "click"), (3, "wait_for_timeout")]


def test_only_journeys_are_played_again(request):
    """docs/decisions/played-again.md: once, never one that rules, grids, races and the matrix decide."""
    for item in request.session.items:
        flaky = item.get_closest_marker("flaky")
        if flaky is None:
            assert not item.get_closest_marker("browser") and not item.get_closest_marker("processes"), item.nodeid
        else:
            assert flaky.kwargs["reruns"] <= 1 and not item.get_closest_marker("race"), item.nodeid
            assert item.get_closest_marker("browser") or item.get_closest_marker("processes"), item.nodeid


def test_a_journey_that_was_played_again_ran_once(tmp_path):
    """The report has it twice: the first time without a word, because pytest knows no such outcome."""
    walk = '<testcase classname="tests.journeys.test_walk" name="test_walk"/>'
    left = '<testcase classname="tests.journeys.test_left" name="test_left"><skipped/></testcase>'
    rule = '<testcase classname="tests.projects.test_rule" name="test_rule"/>'
    (tmp_path / "tests.xml").write_text(f"<testsuites><testsuite>{walk}{left}{rule}{walk}</testsuite></testsuites>")
    ran, skipped, again = journeys(str(tmp_path / "tests.xml"))
    assert ran == again == {"tests.journeys.test_walk::test_walk"}
    assert skipped == {"tests.journeys.test_left::test_left"}
