"""Published elections with exact expected outcomes (Pabulib; Faliszewski et al., IJCAI 2023). STANDARDS B9.

The data is not part of the portal: PABULIB_DIR, or a folder `shared/data/pabulib` beside the checkout. Without it only
this module is left out. GOLDEN_ALL=1 counts everything (about 17 minutes); by default what is small or quick.
"""

import json
import os
from dataclasses import replace
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path

import pytest

from projects.tally.count import Minimums, Result, count
from projects.tally.pb import PbFile, read

BESIDE = Path(__file__).resolve().parents[5] / "shared" / "data" / "pabulib"
FOLDER = Path(os.environ.get("PABULIB_DIR", BESIDE))
ALL = os.environ.get("GOLDEN_ALL") == "1"
GOLDENS = sorted([*FOLDER.glob("*.golden.json"), *FOLDER.glob("edge/*.golden.json")])
SMALL, QUICK_RUNS = 150_000, 120
OFFICIAL = {
    "greedy": "greedy_votes",
    "greedy+threshold": "greedy_votes_threshold",
    "greedy-no-skip": "greedy_no_skip",
    "mes_cost_add1": "mes_cost_add1",
    "equalshares/add1": "mes_cost_add1_integral_noexh",
}

pytestmark = pytest.mark.skipif(not GOLDENS, reason="the Pabulib data is not here: set PABULIB_DIR")


@lru_cache(maxsize=2)
def election_file(golden: Path) -> PbFile:
    return read(golden.with_name(golden.name.replace(".golden.json", ".pb")))


@cache
def counted(golden: Path, rule: str) -> Result:
    file = election_file(golden)
    result = count(file.election, rule, minimums=Minimums(score=file.threshold if "threshold" in rule else 0))
    return replace(result, settled=None)  # lets go of the ballots


def affordable(golden: Path, want: dict) -> bool:
    size = golden.with_name(golden.name.replace(".golden.json", ".pb")).stat().st_size
    return ALL or size < SMALL or want.get("mes_runs", 1) < QUICK_RUNS and size < 2_000_000


def cases() -> list:
    made = []
    for golden in GOLDENS:
        rules = json.loads(golden.read_text(encoding="utf-8"))["rules"]
        for rule, want in rules.items():
            runs = {"mes_runs": rules[rule[:-1]].get("mes_runs", 1)} if rule.endswith("_add1u") else {}
            if rule != "official" and affordable(golden, want | runs):
                made.append(pytest.param(golden, rule, want, id=f"{golden.name.split('.')[0]}-{rule}"))
    return made


def officials() -> list:
    made = []
    for golden in GOLDENS:
        rules = json.loads(golden.read_text(encoding="utf-8"))["rules"]
        for theirs, equal in rules["official"].get("equal_to", {}).items():
            rule = OFFICIAL[theirs]
            if affordable(golden, rules.get(rule, {})):
                made.append(pytest.param(golden, theirs, equal, rules["official"], id=f"{golden.name[:-12]}-{theirs}"))
    return made


@pytest.mark.parametrize(("golden", "rule", "want"), cases())
def test_the_outcome_is_the_golden_one(golden, rule, want):
    result, minor = counted(golden, rule), election_file(golden).election.minor
    assert list(result.selected) == want["selected"]
    assert list(result.order) == want["order"]
    assert str(Fraction(result.total_cost, minor)) == want["total_cost"]
    assert result.certified
    assert list(result.completed) == want.get("added_by_completion", [])
    if "final_endowment" in want:
        assert (result.runs, str(result.endowment / minor)) == (want["mes_runs"], want["final_endowment"])
    if "tie_rounds" in want:
        assert [(tie.at - 1, set(tie.among)) for tie in result.ties] == [(at, set(p)) for at, p in want["tie_rounds"]]


@pytest.mark.parametrize(("golden", "theirs", "equal", "official"), officials())
def test_the_official_outcome_is_reproduced_where_it_can_be(golden, theirs, equal, official):
    chosen, published = set(counted(golden, OFFICIAL[theirs]).selected), set(official["selected_1"])
    assert (chosen == published) is equal
    if theirs in official["diff_to"]:
        diff = official["diff_to"][theirs]
        assert (sorted(chosen - published), sorted(published - chosen)) == (diff["missing"], diff["extra"])


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden.name.split(".")[0])
def test_votes_and_scores_are_those_of_the_file(golden):
    election, columns = election_file(golden).election, election_file(golden).projects
    want = json.loads(golden.read_text(encoding="utf-8"))
    assert {p.id: str(election.points(i)) for i, p in enumerate(election.projects)} == want["score"]
    assert election.ballots.voters == want["n_votes"]
    assert [str(votes) for votes in election.votes] == [columns[p.id]["votes"] for p in election.projects]
