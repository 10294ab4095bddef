"""The demo: Longgang's real places, invented people, and rounds that stand at every stage.

Everything after the people is done by the portal's own services, at the past moments at which it would have happened;
nothing is written behind the pipeline's back.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import StringIO

from django.core.management import call_command
from django.utils import timezone

from communities.divisions.files import SHENZHEN
from portal import clock
from projects.approval import services as approval
from projects.demo import content, heard, mandated, paper, rehearsing
from projects.demo.centres import furnish
from projects.demo.confirmed import confirmed
from projects.demo.judged import judged
from projects.demo.newcomers import moves_in
from projects.demo.people import Settler, Town
from projects.demo.walk import Walk, moment
from projects.demo.works import Work
from projects.models import Project, Proposal
from projects.proposals.standings import Standing
from projects.publicity import services as publicity
from projects.rounds.queries import window_of
from projects.search.services import rebuild

# one round ranks by votes, the others share the money out: both kinds of result can be seen
RULES = {"布吉街道第一批民生微实事": {"counting_rule": "greedy_votes"}}
GATES = {"scope": "yes", "project": "yes", "procedure": "yes"}
OBJECTION = "修补摊集中到市场西侧，我家窗户正对着，担心早上磨刀的声音太吵，请把开工时间定在八点半以后。"
COMMENT = "您的意见很好，提案里没有写时间，我愿意加上“早上八点半以后、晚上七点以前”。"

Story = Callable[[Town, date, datetime], None]
MORE: list[Story] = []


def follows(story: Story) -> None:
    """An app above adds its part of the demo, told after the rounds; its docstring is what the loader says."""
    if story not in MORE:
        MORE.append(story)


def load(say: Callable[[str], None]) -> None:
    """Load the whole demo into an empty database."""
    now = clock.now()
    today = timezone.localdate(now)
    say("区划：全市 9 个区、79 个街道、788 个居委会")
    call_command("import_divisions", str(SHENZHEN), "--apply", stdout=StringIO(), stderr=StringIO())
    say("人员、议事会和机构")
    joined = moment(today - timedelta(days=420), 9)
    town = Settler(content.people(), today=today, joined=joined).settle()
    furnish(town, today=today, joined=joined)
    for story in (
        finished,
        delivering,
        at_approval,
        on_notice,
        at_vote,
        at_council,
        at_screening,
        collecting,
        preparing,
        confirmed,
        *(judged, moves_in, *MORE),
    ):
        say((story.__doc__ or "").strip().rstrip("."))
        story(town, today, now)
    rebuild()


def finished(town: Town, today: date, now: datetime) -> None:
    """龙城街道：全部办结的一批"""
    walk = _decided(town, "龙城街道", "龙城街道上一年度民生微实事", "finished", {"爱联社区": 500_000}, days=165)
    _build(town, walk)


def delivering(town: Town, today: date, now: datetime) -> None:
    """布吉街道：正在实施的一批"""
    wishes = {place: list(rows) for place, rows in content.wishes("delivery").items()}
    wishes["龙岭社区"] += content.wishes("not_chosen_then")["龙岭社区"]
    amounts = {"龙岭社区": 600_000, "大芬社区": 400_000}
    walk = _decided(town, "布吉街道", "布吉街道第一批民生微实事", wishes, amounts, days=98)
    _build(town, walk)


def at_approval(town: Town, today: date, now: datetime) -> None:
    """龙城街道：街道审批中"""
    walk = _noticed(town, "龙城街道", "盛平社区民生微实事", "approval", {"盛平社区": 450_000}, stage="approval", days=2)
    walk.go_on("publicity")


def on_notice(town: Town, today: date, now: datetime) -> None:
    """吉华街道：公示中，有一条异议"""
    amounts = {"水径社区": 380_000}
    walk = _noticed(
        town,
        "吉华街道",
        "水径社区民生微实事",
        "publicity",
        amounts,
        stage="publicity",
        days=3,
        on_paper="水径社区",
    )
    stalls = Proposal.objects.get(round=walk.round, title="便民修补摊集中点")
    objector = town.residents["水径社区"][-3]
    with clock.pretend(now - timedelta(days=1, hours=2)) as then:
        held = publicity.lodge_objection(proposal_id=stalls.pk, text=OBJECTION, by=objector, now=then)
    with clock.pretend(now - timedelta(hours=20)) as then:
        publicity.comment_objection(objection_id=held.pk, comment=COMMENT, by=stalls.proposer, now=then)


def at_vote(town: Town, today: date, now: datetime) -> None:
    """坂田街道：居民正在投票"""
    amounts = {"南坑社区": 400_000, "杨美社区": 350_000}
    walk = _heard(town, "坂田街道", "坂田街道第二批民生微实事", "voting", amounts, stage="voting", days=8)
    walk.go_on("deliberation")
    walk.vote(share=0.46, until=now)
    paper.going_on(walk, "南坑社区", now=now)


def at_council(town: Town, today: date, now: datetime) -> None:
    """南湾街道：议事会明天开会"""
    walk = _started(
        town, "南湾街道", "丹竹头社区民生微实事", "deliberation", {"丹竹头社区": 600_000}, stage="deliberation", days=4
    )
    walk.collect()
    walk.go_on("proposals")
    walk.screen()
    walk.go_on("screening")
    rehearsing.tried(walk, "丹竹头社区", now=now)
    tomorrow = moment(today + timedelta(days=1), 19, 30)
    mandated.allowed("丹竹头社区")
    mandated.given(walk.convene("丹竹头社区", on=tomorrow, called=now - timedelta(days=3, hours=1)), now=now)
    heard.announced(walk, "丹竹头社区", now=now)


def at_screening(town: Town, today: date, now: datetime) -> None:
    """南湾街道：社区正在初审"""
    walk = _started(
        town, "南湾街道", "下李朗社区民生微实事", "screening", {"下李朗社区": 500_000}, stage="screening", days=2
    )
    walk.collect()
    walk.go_on("proposals")
    walk.screen(leave=3)


def collecting(town: Town, today: date, now: datetime) -> None:
    """布吉街道：正在征集"""
    amounts = {"龙岭社区": 600_000, "大芬社区": 500_000, "木棉湾社区": 400_000}
    walk = _started(town, "布吉街道", "布吉街道第二批民生微实事", "collecting", amounts, stage="proposals", days=11)
    walk.collect(until=now)


def preparing(town: Town, today: date, now: datetime) -> None:
    """平湖街道：筹备中"""
    walk = Walk(town, "平湖街道", "平湖社区民生微实事", {}, {"平湖社区": 500_000})
    walk.prepared(first_day=today + timedelta(days=9))


def _started(
    town: Town, street: str, title: str, wishes: str | dict, amounts: dict[str, int], *, stage: str, days: int
) -> Walk:
    """A round whose call is open; `stage` begins or began `days` days before today."""
    told = content.wishes(wishes) if isinstance(wishes, str) else wishes
    walk = Walk(town, street, title, told, amounts, rules={"advised_choices": 3, **RULES.get(title, {})})
    walk.open(stage, days=days)
    return walk


def _heard(
    town: Town, street: str, title: str, wishes: str | dict, amounts: dict[str, int], *, stage: str, days: int
) -> Walk:
    """… and whose council has voted on everything, with the minutes signed."""
    walk = _started(town, street, title, wishes, amounts, stage=stage, days=days)
    walk.collect()
    walk.go_on("proposals")
    walk.screen()
    walk.go_on("screening")
    opens = timezone.localdate(window_of(walk.round, "deliberation").opens_at)
    for number, place in enumerate(amounts):
        day = opens + timedelta(days=6 + number)
        walk.meet(place, on=moment(day, 19, 30), called=moment(day - timedelta(days=5), 10))
    return walk


def _noticed(
    town: Town,
    street: str,
    title: str,
    wishes: str | dict,
    amounts: dict[str, int],
    *,
    stage: str,
    days: int,
    on_paper: str = "",
) -> Walk:
    """… and whose residents have voted, in one place on paper too; the count is done and the notice is up."""
    walk = _heard(town, street, title, wishes, amounts, stage=stage, days=days)
    walk.go_on("deliberation")
    walk.vote(share=0.58, until=window_of(walk.round, "voting").closes_at)
    if on_paper:
        paper.counted(walk, on_paper)
    walk.go_on("voting")
    walk.go_on("tally")
    return walk


def _decided(town: Town, street: str, title: str, wishes: str | dict, amounts: dict[str, int], *, days: int) -> Walk:
    """… and which the street has approved item by item, two signatures on the large ones."""
    walk = _noticed(town, street, title, wishes, amounts, stage="approval", days=days)
    walk.go_on("publicity")
    officers = town.officers[street]
    opens = timezone.localdate(window_of(walk.round, "approval").opens_at)
    with clock.pretend(moment(opens + timedelta(days=2), 15)) as then:
        for proposal in Proposal.objects.filter(round=walk.round, standing=Standing.CHOSEN).order_by("pk"):
            decision = approval.decide_proposal(
                proposal_id=proposal.pk,
                verdict="approve",
                amount=None,
                conditions="",
                reason="",
                gates=GATES,
                by=officers[0],
                now=then,
            )
            if decision.needs_second:
                approval.sign_second(decision_id=decision.pk, agrees=True, reason="", by=officers[1], now=then)
    with clock.pretend(moment(opens + timedelta(days=3), 10)) as then:
        approval.file_list(
            round_id=walk.round.pk,
            reference=f"龙民备〔{opens.year}〕{walk.round.pk:02d}号",
            by=town.district[0],
            now=then,
        )
    walk.go_on("approval")
    return walk


def _build(town: Town, walk: Walk) -> None:
    ways = {row["title"]: row["way"] for rows in walk.wishes.values() for row in rows if "way" in row}
    rows = Project.objects.filter(round=walk.round).select_related("proposal__proposer", "community__parent")
    for project in rows.order_by("pk"):
        Work(town, project, ways[project.title], project.approved_at).walk()
