"""What everybody gets of a count: the file that repeats it, the digests, the sheet for the board, the own share."""

import hashlib
import random
import re
import shlex
from fractions import Fraction
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from communities.roles.rules import Role
from portal import locks
from projects.models import CountedBallot, CountedTracker, Participation, Proposal, Round, Slate
from projects.proposals.services import settle
from projects.proposals.standings import Standing
from projects.tally import queries
from projects.tally.__main__ import main
from projects.tally.own_share import own_share_of
from projects.tally.services import count_round
from projects.tally.takeaway import recount_of
from projects.voting.models import Channel
from projects.voting.queries import candidates_of
from projects.voting.rules import tracker_from
from projects.voting.services import freeze_slates, sign_key_end
from projects.voting.services.ceremony import end_key
from tests import factories as f
from tests.projects.tally.pabulib_checks import faults_in
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

COSTS = {"坡道": 60_000_00, "路灯": 50_000_00, "充电棚": 40_000_00, "凉亭": 30_000_00}
KINDS = [("approval", "mes_cost_add1u"), ("approval", "greedy_votes"), ("points", "mes_cost_add1u"),
         ("knapsack", "mes_cost_add1u")]  # fmt: skip


@pytest.fixture
def many():
    """A poll of 240 ballots, large enough to be published; one candidate costs more than the whole envelope."""
    home = f.community()

    def made(ballot, rule):
        batch = f.round_at("tally", home, amount=150_000_00, ballot=ballot, counting_rule=rule, max_choices=3)
        author = f.resident(home)
        costs = {**COSTS, "地下车库": 900_000_00, "长椅": 45_000_50}
        rows = {
            title: f.proposal(batch, author, standing=Standing.SHORTLISTED, title=title, estimate=cost)
            for title, cost in costs.items()
        }
        [slate] = freeze_slates(batch, with_roll=True, now=f.NOON)
        keys = [str(each.pk) for each in candidates_of(slate)]
        draw = random.Random(5)
        listed = [draw.sample(keys, draw.randint(1, 3)) for _each in range(236)] + [[]] + [[keys[4]]] * 3
        CountedBallot.objects.bulk_create(
            CountedBallot(
                slate=slate,
                choices={key: draw.randint(1, 3) if ballot == "points" else 1 for key in each},
                channel=Channel.ONLINE,
            )
            for each in listed
        )
        return batch, slate, rows

    return made


@pytest.mark.parametrize(("ballot", "rule"), KINDS)
def test_the_ballots_file_repeats_the_published_log_byte_for_byte(many, client, tmp_path, capsys, ballot, rule):
    """B9: before and after a project was struck and another approved; the file passes what Pabulib asks of files."""
    batch, slate, made = many(ballot, rule)
    count_round(batch, now=f.NOON)
    winner, other = Proposal.objects.filter(round=batch, standing=Standing.CHOSEN).order_by("pk")[:2]
    for again in (False, True):
        if again:
            locks.hold_alone("round", batch.pk)
            settle(winner, to=Standing.STRUCK, now=f.NOON)
            settle(other, to=Standing.APPROVED, now=f.NOON)
            count_round(batch, now=f.NOON)
        tally = queries.tally_in_force(batch.number, slate.community.code)
        at = f"/tally/{batch.number}/{slate.community.code}"
        text = client.get(f"{at}/ballots.pb").content
        assert faults_in(text.decode()) == []
        assert hashlib.sha256(text).hexdigest() == tally.result["ballots_sha256"]
        path = tmp_path / "round.pb"
        path.write_bytes(text)
        command = shlex.split(recount_of(tally)["command"].split(".pb ")[1])
        assert main([str(path), *command]) == 0
        log = capsys.readouterr().out
        assert log == client.get(f"{at}/count.json").content.decode()
        assert hashlib.sha256(log.encode()).hexdigest() == tally.result["log_sha256"]
        assert (tally.ballots, tally.blank) == (240, 1) and tally.result["bare"] >= 3
    assert tally.result["left_out"] == [winner.number] and tally.result["settled"] == [other.number]
    assert next(each for each in tally.result["projects"] if each["number"] == winner.number)["votes"] > 0


def test_a_voter_sees_where_her_share_went_from_what_she_ticks_and_nothing_is_kept(many, client):
    """P11: the tracker leads there, but no page joins a tracker and a choice."""
    batch, slate, made = many("approval", "mes_cost_add1u")
    CountedTracker.objects.create(slate=slate, tracker=tracker_from(7))
    [tally] = count_round(batch, now=f.NOON)
    found = client.post(f"/tally/{batch.number}/tracker/", {"tracker": tracker_from(7)}).content.decode()
    at = f"/tally/{batch.number}/{slate.community.code}/share/"
    assert "已计入" in found and at in found
    assert "已计入" not in client.post(f"/tally/{batch.number}/tracker/", {"tracker": tracker_from(8)}).content.decode()
    picks = candidates_of(slate)
    answer = client.post(at, {"choices": [each.pk for each in picks]})
    assert (
        answer.status_code == 200
        and "no-store" in answer["Cache-Control"]
        and "每张选票分到" in answer.content.decode()
    )
    told = own_share_of(tally, {each.pk: 1 for each in picks})
    share = Fraction(tally.result["log"]["endowment"])
    assert told.share == round(share * 100) and told.left + sum(each.paid for each in told.picks) == told.share
    prices = {step["project"]: step["price_per_point"] for step in tally.result["log"]["steps"] if step["taken"]}
    bought = [each for each in told.picks if prices.get(each.number)]
    assert bought[0].paid > 0 and all(each.chosen for each in bought)
    assert client.post(at, {"choices": ["x", "99999999999999999999", "\x00"]}).status_code == 422
    assert client.get(at).status_code == 200


def test_the_public_page_tells_the_digests_and_what_became_of_the_key(many, client):
    """B9, P11: by role and never by name; both denominators; the sheet for the board in two sizes."""
    batch, slate, _made = many("approval", "mes_cost_add1u")
    home = slate.community
    one, two = f.street_officer(home.parent, "黄志强"), f.street_officer(home.parent, "林国栋")
    type(home).objects.filter(pk=home.pk).update(residents_count=4800)
    Slate.objects.filter(pk=slate.pk).update(closed_at=f.NOON, roll_size=300)
    [tally] = count_round(batch, now=f.NOON)
    page = client.get(f"/tally/{batch.number}/").content.decode()
    for digest in (tally.digest, *(tally.result[key] for key in ("log_sha256", "ballots_sha256", "rules_sha256"))):
        assert digest in page
    assert "已经封存" in page and "常住人口 4800 人" in page.replace(",", "")
    for who in (one, two):
        sign_key_end(round_id=batch.pk, by=who, now=f.NOON)
    end_key(batch, by_people=True, now=f.NOON)
    page = client.get(f"/tally/{batch.number}/").content.decode()
    assert "两位工作人员先后确认" in page and "黄志强" not in page and "林国栋" not in page
    for size in ("", "?size=a3"):
        sheet = client.get(f"/tally/{batch.number}/{home.code}/sheet/{size}").content.decode()
        assert "data:image/svg+xml" in sheet and ("a3.css" in sheet) == bool(size)


def test_a_result_page_asks_the_database_the_same_few_questions(many, client, django_assert_num_queries):
    batch, _slate, _made = many("approval", "mes_cost_add1u")
    count_round(batch, now=f.NOON)
    client.get(f"/tally/{batch.number}/")
    with django_assert_num_queries(10):
        client.get(f"/tally/{batch.number}/")


def test_one_page_has_every_file_to_take_away_and_an_observer_may_watch(many, client):
    """B9, P11: who took part by channel before the count, for observers alone; afterwards the same files for everybody."""
    batch, slate, _made = many("approval", "mes_cost_add1u")
    at, home = f"/tally/{batch.number}/recount/", slate.community
    Round.objects.filter(pk=batch.pk).update(stage="voting")
    voter = f.resident(home)
    Participation.objects.create(round=batch, slate=slate, person=voter, channel=Channel.KIOSK, day=f.NOON.date())
    for who, watches in ((None, False), (voter, False), (f.worker(home), False), (f.holder(Role.SUPERVISOR, home), True)):
        seen = sign_in(Client(), who).get(at).content.decode() if who else client.get(at).content.decode()
        assert ("只有观察员看得到这张表" in seen) is watches and "还没有计票" in seen
    row = seen[seen.index("<tbody>") : seen.index("</tbody>")]
    assert re.findall(r'class="num">(\d+)<', row) == [str(slate.roll_size), "1", "0", "1", "0"]

    Round.objects.filter(pk=batch.pk).update(stage="tally")
    batch.refresh_from_db()
    [tally] = count_round(batch, now=f.NOON)
    page = client.get(at).content.decode()
    files = dict(re.findall(r'<a href="([^"]+)">([^<]+)</a></dt>', page))
    assert len(files) == 8 and "只有观察员看得到这张表" not in page
    for url in files:
        assert client.get(url).status_code == 200, url
    assert all(tally.result[key] in page for key in ("log_sha256", "ballots_sha256", "rules_sha256")) and tally.digest in page
    told = StringIO()
    call_command("recount", all=True, stdout=told, stderr=told)
    assert told.getvalue() == f"{batch.number} {home.code} {tally.digest} same\n"
