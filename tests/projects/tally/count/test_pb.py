"""Pabulib files: read as written by others, refused with the line that is wrong, written so as to count the same."""

import json
import shlex
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.tally.__main__ import main
from projects.tally.count import BY_ID, NAMES, Election, Minimums, Project, TieOrder, count
from projects.tally.pb import PbError, parse, rule_value, write
from tests.projects.tally.count.drawing import elections

FILE = """META
key;value
description;Two benches
num_projects;3
num_votes;4
budget;100.50
vote_type;approval
min_project_score_threshold;2
PROJECTS
project_id;cost;votes;name
p1;60,25;3;"A ""green"" corner; with trees"
p2;50;2;长椅
p3;10;0;b,c
VOTES
voter_id;vote;age
1;p1,p2;30
2;p1;
3;p2, p1;71
4;;18
"""


def test_a_file_becomes_an_election_in_minor_units():
    file = parse(FILE.encode())
    election = file.election
    assert [(p.id, p.cost) for p in election.projects] == [("p1", 6025), ("p2", 5000), ("p3", 1000)]
    assert (election.budget, election.minor) == (10050, 100)
    assert (election.votes, election.ballots.voters) == ([3, 2, 0], 4)
    assert file.projects["p1"]["name"] == 'A "green" corner; with trees'
    assert file.threshold == 2


@pytest.mark.parametrize("change", [
    lambda text: "\ufeff" + text,
    lambda text: text.replace("\n", "\r\n"),
    lambda text: text.rstrip("\n"),
    lambda text: text.replace("PROJECTS\n", "\nPROJECTS\n"),
    lambda text: text.replace("META\n", "meta\n"),
    lambda text: text.replace("长椅", '"长\n椅"'),
])  # fmt: skip
def test_bom_line_ends_and_empty_lines_do_not_matter(change):
    assert parse(change(FILE).encode()).election.votes == [3, 2, 0]


@pytest.mark.parametrize(("old", "new", "line", "fault"), [
    ("META\n", "VOTES\n", 1, "VOTES is not expected"),
    ("META\n", "", 1, "begin with META"),
    ("key;value", "key;worth", 2, "no column value"),
    ("description;Two benches", "description;Two;benches", 3, "a key and a value"),
    ("num_projects;3", "num_projects;4", 4, "but the file has 3"),
    ("num_votes;4", "num_votes;5", 5, "but the file has 4"),
    ("budget;100.50", "budget;a lot", 6, "budget is not a number"),
    ("budget;100.50", "budget;-5", 6, "budget is not a number"),
    ("budget;100.50", "budget;99999999999999", 6, "too large"),
    ("budget;100.50\n", "", 7, "META has no budget"),
    ("vote_type;approval", "vote_type;show of hands", 7, "unknown vote_type"),
    ("threshold;2", "threshold;x", 8, "threshold is not a number"),
    ("min_project_score_threshold;2", "budget;5", 8, "budget stands twice"),
    ("PROJECTS\n", "", 13, "VOTES is not expected"),
    ("project_id;cost", "project;cost", 10, "no column project_id"),
    ("p2;50;2;长椅", "p2;50;2", 12, "3 fields where the header has 4"),
    ("p2;50;2", "p2;1e3;2", 12, "cost is not a number"),
    ("p2;50;2", "p1;50;2", 12, "p1 stands twice"),
    ("p2;50;2", ";50;2", 12, "not empty"),
    ("长椅", '"长椅', 12, "unexpected end"),
    ("voter_id;vote;age", "voter_id;choice;age", 15, "no column vote"),
    ("2;p1;\n", "2;p1\n", 17, "2 fields where the header has 3"),
    ("2;p1;\n", "1;p1;\n", 17, "voter 1 stands twice"),
    ("2;p1;\n", "2;p9;\n", 17, "unknown project 'p9'"),
    ("p2, p1", "p1,p1", 18, "listed twice"),
    ("p2, p1", "p2,", 18, "unknown project ''"),
])  # fmt: skip
def test_a_malformed_file_is_refused_with_its_line(old, new, line, fault):
    assert old in FILE
    with pytest.raises(PbError, match=fault) as refused:
        parse(FILE.replace(old, new, 1).encode())
    assert refused.value.line == line


@pytest.mark.parametrize("data", [b"", b"META\nkey;value\nbudget;1\n", FILE.encode("utf-16"), b"\xff" * 9, b"META"])
def test_what_is_no_pabulib_file_is_refused(data):
    with pytest.raises(PbError):
        parse(data)


def test_bytes_that_are_not_utf8_are_refused_with_their_line():
    with pytest.raises(PbError, match="line 12: not UTF-8"):
        parse(FILE.encode().replace("长椅".encode(), b"\xff"))


@pytest.mark.parametrize(
    ("points", "fault"), [("3", "1 points for 2"), ("3,x", "not a number"), ("3,-1", "not a number")]
)
def test_points_must_match_the_projects_listed(points, fault):
    text = FILE.replace("approval", "cumulative").replace("vote;age", "vote;points")
    text = text.replace("p1,p2;30", "p1,p2;3,1").replace("2;p1;", "2;p1;4").replace("4;;18", "4;;")
    good = text.replace("p2, p1;71", "p2, p1;0.5,2")
    assert parse(good.encode()).election.points(0) == 9
    with pytest.raises(PbError, match=fault) as refused:
        parse(text.replace("p2, p1;71", f"p2, p1;{points}").encode())
    assert refused.value.line == 18


def test_points_need_their_column_and_choose_1_one_choice():
    with pytest.raises(PbError, match="line 15: VOTES has no column points"):
        parse(FILE.replace("approval", "scoring").encode())
    with pytest.raises(PbError, match="line 16: more than one project"):
        parse(FILE.replace("approval", "choose-1").encode())


META = {"description": "批次", "country": "China", "unit": "Shenzhen", "instance": "2026",
        "date_begin": "01.06.2026", "date_end": "14.06.2026", "language": "zh", "currency": "CNY"}  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(
    election=elections(), rule=st.sampled_from([name for name in NAMES if "threshold" not in name]), seed=st.integers()
)
def test_a_written_round_counts_the_same_when_read_again(election, rule, seed):
    """STANDARDS B9."""
    result = count(election, rule)
    text = write(election, META, rule=rule, ties=BY_ID, shuffle=str(seed), selected=result.selected)
    again = parse(text.encode())
    assert count(again.election, rule).order == result.order
    assert {p for p, row in again.projects.items() if row["selected"] == "1"} == set(result.selected)


def test_a_written_file_stands_in_the_order_that_pabulib_asks_for():
    election = Election.of(
        [Project("p1", 60_25), Project("p2", 50_00), Project("p3", 40_00)], 100_00, "approval",
        [("p1", "p3"), ("p2",), ("p2",), ("p3",), ()], minor=100,
    )  # fmt: skip
    columns = {p: {"name": f"Project; {p}"} for p in ("p1", "p2", "p3")}
    text = write(
        election, {"comment": "One.", **META}, rule="mes_cost_add1u", ties=BY_ID, shuffle="1",
        columns=columns, selected=("p3",),
    )  # fmt: skip
    lines = text.split("\n")
    assert [line.split(";")[0] for line in lines[2:16]] == [
        "description", "country", "unit", "instance", "num_projects", "num_votes", "budget", "vote_type", "rule",
        "date_begin", "date_end", "language", "currency", "comment",
    ]  # fmt: skip
    assert "rule;unknown" in lines
    assert lines[15] == (
        "comment;#1: One. #2: Counted by the rule mes_cost_add1u of projects.tally. "
        "#3: Count again: python -m projects.tally FILE.pb --rule mes_cost_add1u --ties cost,votes,id"
    )
    start = lines.index("PROJECTS")
    assert lines[start + 1 : start + 5] == [
        "project_id;cost;votes;name;selected",
        'p3;40;2;"Project; p3";1', 'p2;50;2;"Project; p2";0', 'p1;60.25;1;"Project; p1";0',
    ]  # fmt: skip
    assert [line.split(";")[0] for line in lines[lines.index("VOTES") + 1 :]] == ["voter_id", *"12345", ""]


def test_the_comment_repeats_the_count_with_its_lots_increment_and_minimums(tmp_path, capsys):
    """STANDARDS B9: whoever has the file has all that the count needs."""
    election = Election.of([Project(p, 30) for p in "abcdef"], 70, "approval", [("a", "b", "c")] * 3 + [("d", "e")] * 2)
    ties, minimums = TieOrder.parse("cost,votes,lot", round_id="LG 7", seed='s;"1'), Minimums(votes=3, fair_share=True)
    result = count(election, "mes_cost_add1u", ties=ties, increment=Fraction(1, 2), minimums=minimums)
    path = tmp_path / "round 7.pb"
    text = write(election, META, rule="mes_cost_add1u", ties=ties, shuffle="1", selected=result.selected,
                 increment=Fraction(1, 2), minimums=minimums)  # fmt: skip
    path.write_text(text, encoding="utf-8")
    again = shlex.split(parse(path.read_bytes()).meta["comment"].split("FILE.pb ")[1])
    assert main([str(path), *again, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert tuple(report["order"]) == result.order
    assert {tie["broken_by"] for tie in report["ties"]} == {"lot"}


def test_a_threshold_is_written_where_pabulib_looks_for_it():
    election = Election.of([Project("a", 5), Project("b", 5)], 10, "approval", [("a",), ("a", "b")])
    minimums = Minimums(score=2)
    text = write(election, META, rule="greedy_votes_threshold", ties=BY_ID, shuffle="1", minimums=minimums)
    file = parse(text.encode())
    assert (file.meta["rule"], file.threshold) == ("greedy-threshold", 2)


@pytest.mark.parametrize("minimums", [Minimums(votes=2), Minimums(fair_share=True), Minimums(score=1, votes=2)])
def test_minimums_that_pabulib_does_not_know_make_the_rule_unknown(minimums):
    assert rule_value("greedy_votes", minimums)[0] == "unknown"
    assert rule_value("greedy_votes_threshold", minimums)[0] == "unknown"


def test_another_shuffle_gives_another_order_of_ballots_and_only_that():
    election = Election.of([Project(p, 1) for p in "abcdefgh"], 5, "approval", [tuple(p) for p in "abcdefgh"])
    texts = {write(election, META, rule="greedy_votes", ties=BY_ID, shuffle=str(s)) for s in range(5)}
    assert len(texts) == 5
    assert len({text.split("VOTES\n")[0] for text in texts}) == 1


@pytest.mark.parametrize(("rule", "value"), [
    ("greedy_votes", "greedy"), ("greedy_votes_threshold", "greedy-threshold"), ("greedy_no_skip", "greedy-no-skip"),
    ("mes_cost_add1_integral_noexh", "equalshares/add1"), ("mes_cost_util", "unknown"), ("greedy_ratio", "unknown"),
])  # fmt: skip
def test_only_rules_that_pabulib_knows_are_named(rule, value):
    name, comment = rule_value(rule)
    assert name == value
    assert (rule in comment) == (value == "unknown")
