"""Volunteers and teams of the demo."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from communities.accounts.models import User
from portal import clock
from projects.demo.people import Town
from projects.demo.walk import moment
from volunteers.teams import services
from volunteers.teams.models import Membership, Team, Volunteer

FIRST = 40  # before them stand the authors and the council, whom other stories need
MANY = {"龙岭社区": 26, "大芬社区": 12, "南坑社区": 10, "爱联社区": 12, "丹竹头社区": 8}
SKILLS = (
    ("order", "photo"),
    ("elder_care",),
    ("first_aid", "driving"),
    ("teaching", "child_care"),
    ("repair", "engineering"),
    ("gardening",),
    ("computing", "photo"),
    ("haircut", "elder_care"),
    ("music", "design"),
    ("order", "engineering"),
)
TIMES = (
    ("weekend_morning", "weekend_afternoon"),
    ("weekday_morning", "weekday_afternoon"),
    ("weekend_morning", "weekday_evening"),
    ("weekend_afternoon",),
)
TEAMS = {
    "龙岭社区": (
        (
            "龙岭社区邻里志愿服务队",
            "community",
            "巡一巡楼道、陪长者聊聊天、活动时维持秩序。",
            "社区党群服务中心一楼大厅",
        ),
        ("龙岭社区U站", "station", "地铁口的便民服务点：指路、饮水、应急药箱、雨伞借用。", "布吉地铁站C出口旁"),
        ("龙岭“守望”结对小组", "pair", "社工带着志愿者，定期上门看望独居长者。", "社区长者服务站"),
        ("金运花园党员先锋队", "party", "看工地、护施工，社区项目开工时轮流到现场看一看。", "金运花园东门岗亭"),
    ),
    "大芬社区": (("大芬油画村美育志愿队", "community", "周末教孩子画画，帮邻居粉刷旧墙。", "大芬美术馆前广场"),),
    "爱联社区": (("爱联社区志愿服务队", "community", "楼栋清洁日、亲子阅读、反诈宣传。", "爱联社区党群服务中心"),),
}


def volunteers(town: Town, today: date, now: datetime) -> None:
    """志愿者和队伍"""
    began = moment(today - timedelta(days=120), 10)
    with clock.pretend(began):
        for place, many in MANY.items():
            for number, person in enumerate(town.residents[place][FIRST : FIRST + many]):
                _register(person, town.communities[place].pk, number, began)
        _minors(town, began)
        for place, rows in TEAMS.items():
            for number, row in enumerate(rows):
                _team(town, place, number, row, began)


def _register(person: User, community: int, number: int, at: datetime) -> None:
    services.register_volunteer(
        by=person,
        community_id=community,
        band=Volunteer.Band.ADULT,
        estate="",
        skills=list(SKILLS[number % len(SKILLS)]),
        times=list(TIMES[number % len(TIMES)]),
        now=at,
    )


def _minors(town: Town, at: datetime) -> None:
    """One whose guardian's paper was seen, one who waits."""
    place = "龙岭社区"
    for number, person in enumerate(town.residents[place][FIRST + 30 : FIRST + 32]):
        User.objects.filter(pk=person.pk).update(adult=False)
        made = services.register_volunteer(
            by=person,
            community_id=town.communities[place].pk,
            band=Volunteer.Band.MINOR,
            estate="金运花园",
            skills=["teaching"],
            times=["weekend_morning"],
            now=at,
        )
        if number == 0:
            services.confirm_guardian(
                volunteer_id=made.pk,
                by=town.workers[place][0],
                relation="parent",
                guardian_name="刘建华",
                paper_ref="TY-001",
                now=at,
            )


def _team(town: Town, place: str, number: int, row: tuple[str, str, str, str], at: datetime) -> Team:
    """The team with a leader and some members; the last who asked still waits for an answer."""
    worker = town.workers[place][0]
    name, kind, about, meets_at = row
    team = services.found_team(
        community_id=town.communities[place].pk,
        by=worker,
        name=name,
        kind=kind,
        about=about,
        meets_at=meets_at,
        social_worker=worker if kind == Team.Kind.PAIR else None,
        now=at,
    )
    start = FIRST + number * 6
    crew = town.residents[place][start : start + 8]
    for order, person in enumerate(crew):
        asked = services.ask_to_join(team_id=team.pk, by=person, now=at + timedelta(hours=order))
        if order < len(crew) - 1:
            services.answer_request(membership_id=asked.pk, by=worker, accepts=True, now=at + timedelta(days=1))
    first = Membership.objects.get(team=team, volunteer__person=crew[0])
    services.name_leader(membership_id=first.pk, by=worker, leads=True, now=at + timedelta(days=1))
    return team
