"""The rules of the house that no linter knows: docs/architecture.md says why each is there."""

import ast
import re
from pathlib import Path

import grimp
import pytest

from projects.pipeline import KEYS

ROOT = Path(__file__).resolve().parents[2]
APPS = ("portal", "communities", "projects", "volunteers")
CODE = sorted(
    path
    for app in APPS
    for path in (ROOT / app).rglob("*.py")
    if "migrations" not in path.parts and "__pycache__" not in path.parts
)
CAP = 250
FORBIDDEN_NAMES = {"utils", "helpers", "mixins", "base", "signals", "misc", "common"}
FILES_OF_A_ROOM = ["rules", "models", "queries", "services", "gate", "forms", "pages", "views", "urls"]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph(*APPS, include_external_packages=True)


def test_files_stay_under_the_cap():
    long = {named(path): lines for path in CODE if (lines := len(path.read_text().splitlines())) > CAP}
    assert long == {}


def test_no_file_is_a_drawer():
    assert [named(path) for path in CODE if FORBIDDEN_NAMES & {path.stem, *path.relative_to(ROOT).parts[:-1]}] == []


def test_every_module_says_what_it_is_for():
    """An empty __init__ and a Django app's apps.py need no words."""
    silent = [
        named(path)
        for path in CODE
        if path.read_text().strip() and path.name != "apps.py" and not ast.get_docstring(tree_of(path))
    ]
    assert silent == []


def test_only_the_engine_writes_a_stage():
    writers = [named(path) for path in CODE if re.search(r"\.stage\s*=[^=]", path.read_text())]
    assert writers == ["projects/engine.py"]


def test_no_query_writes_a_stage():
    """Not by update() either; a new row starts where its model says."""
    calls = [
        f"{named(path)}:{node.lineno}"
        for path in CODE
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "update"
        and any(keyword.arg in {"stage", "stage_since"} for keyword in node.keywords)
    ]
    assert calls == []


def test_only_settle_writes_a_standing():
    writers = [named(path) for path in CODE if re.search(r"\.standing\s*=[^=]", path.read_text())]
    assert len(writers) == 1 and writers[0].startswith("projects/proposals/services")


def test_only_the_clock_reads_the_time():
    found = [
        named(path)
        for path in CODE
        if re.search(r"timezone\.now\(|datetime\.now\(|date\.today\(|datetime\.utcnow\(", path.read_text())
    ]
    assert found == ["portal/clock.py"]


def test_only_env_reads_the_environment():
    found = [named(path) for path in CODE if re.search(r"\bos\.(environ|getenv)\b", path.read_text())]
    assert found == ["portal/env.py"]


@pytest.mark.parametrize("room", KEYS)
def test_every_stage_is_a_room_with_a_gate(room):
    assert (ROOT / "projects" / room / "gate.py").exists()
    assert (ROOT / "projects" / room / "urls.py").exists()


def rooms_of(app: str) -> list[str]:
    return sorted(path.parent.name for path in (ROOT / app).glob("*/__init__.py") if path.parent.name != "migrations")


@pytest.mark.parametrize("app", ["communities", "projects", "volunteers"])
def test_inside_a_room_imports_go_one_way(graph, app):
    """rules ← models ← queries ← services ← gate ← forms ← pages ← views ← urls"""
    wrong = []
    for room in rooms_of(app):
        for low, name in enumerate(FILES_OF_A_ROOM):
            for above in FILES_OF_A_ROOM[low + 1 :]:
                wrong += imports_between(graph, f"{app}.{room}.{name}", f"{app}.{room}.{above}")
    assert wrong == []


def test_a_stage_imports_earlier_stages_only(graph):
    wrong = [
        pair
        for place, room in enumerate(KEYS)
        for later in [*KEYS[place + 1 :], "desk", "demo"]
        for pair in imports_between(graph, f"projects.{room}", f"projects.{later}")
    ]
    assert wrong == []


def test_nothing_leans_on_a_rehearsal(graph):
    """Its rows meet no other: only the index of models, the addresses and the demo know the room, and it writes nothing
    of the vote or the count."""
    known = {"projects.models", "projects.demo.rehearsing"}
    own = {"projects.rehearsal", *graph.find_descendants("projects.rehearsal")}
    users = {each for module in own for each in graph.find_modules_that_directly_import(module)} - own
    assert users <= known
    used = {each for module in own for each in graph.find_modules_directly_imported_by(module)}
    assert {each for each in used if re.search(r"(voting|tally)\.(services|models)", each)} == set()


def test_models_lean_on_earlier_models_only(graph):
    """A room's models import other rooms' models and plain values, nothing that acts."""
    wrong = []
    for app in ("communities", "projects", "volunteers"):
        for room in rooms_of(app):
            module = f"{app}.{room}.models"
            if module not in graph.modules:
                continue
            wrong += [
                f"{module} -> {used}"
                for used in graph.find_modules_directly_imported_by(module)
                if used.split(".")[-1] in {"services", "views", "forms", "gate", "urls", "queries"}
            ]
    assert wrong == []


LATER = {
    "teams": ("timebank", "activities", "rewards", "wishes"),
    "timebank": ("activities", "rewards", "wishes"),
    "activities": ("rewards", "wishes"),
    "rewards": ("wishes",),
    "wishes": ("timebank", "activities", "rewards"),
}


def test_rooms_of_the_volunteers_lean_on_earlier_rooms(graph):
    """teams ← timebank ← activities ← rewards; wishes lean on teams alone."""
    wrong = [
        pair
        for room, others in LATER.items()
        for later in [*others, "demo"]
        for pair in imports_between(graph, f"volunteers.{room}", f"volunteers.{later}")
    ]
    assert wrong == []
    assert set(rooms_of("volunteers")) - set(LATER) <= {"demo", "front"}


PLAIN = [
    "portal.permits", "projects.pipeline", "projects.permissions", "volunteers.permissions", "projects.items",
    "projects.proposals.standings",
]  # fmt: skip
DEEP = ("django", "celery")


def test_rules_load_neither_django_nor_celery(graph):
    plain = PLAIN + [
        module
        for module in graph.modules
        if re.fullmatch(r"(communities|projects|volunteers)\.\w+\.rules(\.\w+)*", module)
        or module.startswith(("projects.tally.count", "projects.tally.pb", "projects.voting.ballots"))
    ]
    wrong = [f"{module} -> {deep}" for module in plain for deep in DEEP if graph.chain_exists(module, deep)]
    assert wrong == []


def imports_between(graph, importer: str, imported: str) -> list[str]:
    if importer not in graph.modules or imported not in graph.modules:
        return []
    below = {importer, *graph.find_descendants(importer)}
    above = {imported, *graph.find_descendants(imported)}
    return [
        f"{module} -> {used}" for module in below for used in graph.find_modules_directly_imported_by(module) & above
    ]
