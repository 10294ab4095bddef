"""`python -m projects.tally`: anybody repeats a published result, without Django or a database. STANDARDS B9."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from projects.tally.__main__ import main

TOP = Path(__file__).resolve().parents[4]
FILE = """META
key;value
budget;100
vote_type;approval
min_project_score_threshold;2
PROJECTS
project_id;cost;name
p1;60;Trees
p2;40;Benches
p3;40;Lamps
VOTES
voter_id;vote
1;p1,p2
2;p1,p3
3;p2
4;p3
5;p1
"""


@pytest.fixture
def pb(tmp_path) -> Path:
    path = tmp_path / "round.pb"
    path.write_text(FILE, encoding="utf-8")
    return path


def run(capsys, *arguments) -> tuple[int, str, str]:
    code = main([str(argument) for argument in arguments])
    return code, *capsys.readouterr()


def test_it_prints_the_outcome_as_json(pb, capsys):
    code, out, _ = run(capsys, pb, "--rule", "greedy_votes", "--json")
    report = json.loads(out)
    assert code == 0
    assert report.pop("seconds") >= 0
    assert report == {
        "rule": "greedy_votes",
        "selected": ["p1", "p2"],
        "order": ["p1", "p2"],
        "total_cost": "100",
        "ties": [{"step": 2, "phase": "greedy", "among": ["p2", "p3"], "broken_by": "id", "decisive": True}],
        "certified": True,
    }


def test_lots_are_drawn_from_the_round_and_the_seed(pb, capsys):
    drawn = set()
    for seed in "abcdefgh":
        code, out, _ = run(
            capsys, pb, "--rule=greedy_votes", "--ties=cost,votes,lot", "--round=7", f"--seed={seed}", "--json"
        )
        assert code == 0
        drawn.add(tuple(json.loads(out)["selected"]))
    assert drawn == {("p1", "p2"), ("p1", "p3")}


def test_the_increment_is_passed_on(pb, capsys):
    _, out, _ = run(capsys, pb, "--rule", "mes_cost_add1", "--increment", "5/2", "--explain")
    assert json.loads(out)["endowment"] == "55/2"
    _, out, _ = run(capsys, pb, "--rule", "mes_cost_add1_integral_noexh", "--increment", "7", "--explain")
    report = json.loads(out)
    assert report["endowment"] == "27"
    assert report["runs"] == 3


def test_the_threshold_comes_from_the_file(pb, capsys):
    pb.write_text(FILE.replace("threshold;2", "threshold;3"), encoding="utf-8")
    _, out, _ = run(capsys, pb, "--rule", "greedy_votes_threshold", "--explain")
    report = json.loads(out)
    assert report["selected"] == ["p1"]
    assert report["excluded"] == {"p2": "score", "p3": "score"}


def test_minimums_may_be_given(pb, capsys):
    _, out, _ = run(capsys, pb, "--rule", "mes_cost_util", "--least-votes", "3", "--explain")
    assert json.loads(out)["excluded"] == {"p2": "votes", "p3": "votes"}
    _, out, _ = run(capsys, pb, "--rule", "greedy_votes", "--least-share", "1/2", "--explain")
    assert json.loads(out)["excluded"] == {"p2": "share", "p3": "share"}
    _, out, _ = run(capsys, pb, "--rule", "greedy_votes_threshold", "--least-score", "5/2", "--fair-share", "--explain")
    assert json.loads(out)["excluded"] == {"p2": "score", "p3": "score"}


def test_the_page_for_people_names_projects_and_ties(pb, capsys):
    _, out, _ = run(capsys, pb, "--rule", "greedy_votes")
    assert "1. p1  60  Trees" in out
    assert "tie at step 2: p2, p3 by id, decided the outcome" in out


def test_a_malformed_file_ends_with_2_and_its_line(pb, capsys):
    pb.write_text(FILE.replace("3;p2\n", "3;p7\n"), encoding="utf-8")
    code, out, fault = run(capsys, pb, "--rule", "greedy_votes", "--json")
    assert (code, out) == (2, "")
    assert "line 15: unknown project 'p7'" in fault


@pytest.mark.parametrize("arguments", [
    ("--rule", "dictator"), ("--rule", "greedy_votes", "--ties", "row"), ("--rule", "greedy_votes", "--increment", "2"),
    ("--rule", "mes_cost_add1", "--ties", "cost,votes,lot"), ("--rule", "mes_cost_add1", "--increment", "-1"),
])  # fmt: skip
def test_wrong_arguments_end_with_2(pb, capsys, arguments):
    code, out, fault = run(capsys, pb, *arguments)
    assert (code, out) == (2, "")
    assert fault


def test_a_missing_file_ends_with_2(tmp_path, capsys):
    assert run(capsys, tmp_path / "none.pb", "--rule", "greedy_votes")[0] == 2


@pytest.mark.parametrize("arguments", [[], ["f.pb"], ["f.pb", "--rule", "mes_cost_add1", "--increment", "1/0"]])
def test_an_incomplete_command_ends_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    capsys.readouterr()


def test_it_runs_as_a_module_and_loads_neither_django_nor_a_database(pb):
    code = (
        "import runpy, sys\n"
        f"sys.argv = ['tally', {str(pb)!r}, '--rule', 'mes_cost_add1u', '--json']\n"
        "try:\n    runpy.run_module('projects.tally', run_name='__main__')\n"
        "except SystemExit as end:\n    assert end.code == 0\n"
        "print(sorted(m for m in ('django', 'celery', 'psycopg2', 'redis') if m in sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=TOP, capture_output=True, text=True, check=True, timeout=60)
    report, loaded = done.stdout.splitlines()
    assert json.loads(report)["certified"] is True
    assert loaded == "[]"
