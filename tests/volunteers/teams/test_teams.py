"""Registering, guardians, teams: what a volunteer, a leader and a worker can do, and what the public sees."""

from datetime import timedelta

import pytest

from communities.residents import privacy
from portal.models import Notice
from portal.refusals import Refused
from tests import factories as make
from tests.factories import NOON
from tests.signing_in import sign_in
from tests.volunteers import volunteer_worlds as worlds
from volunteers.models import Membership, Skill, Team, Volunteer
from volunteers.parties import is_volunteer
from volunteers.teams import rules, services

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ({"band": "child"}, "too_young"),
        ({"has_name": False}, "name_missing"),
        ({"is_staff": True}, "staff_account"),
        ({"registered": True}, "already_registered"),
        ({}, None),
    ],
)
def test_who_may_register(case, code):
    """P7: nobody under 14."""
    held = {"band": "adult", "has_name": True, "is_staff": False, "registered": False} | case
    refusal = rules.objection_to_registering(**held)
    assert (refusal.code if refusal else None) == code


def register(who, home, band="adult", **more):
    given = {"estate": "", "skills": ["first_aid"], "times": ["weekend_morning"], "now": NOON} | more
    return services.register_volunteer(by=who, community_id=home.pk, band=band, **given)


def test_a_minor_waits_until_a_worker_has_seen_the_paper():
    """P7: 14 to 17 with the guardian's consent; withdrawn, she is no volunteer again."""
    home = make.community()
    worker, stranger = make.worker(home), make.worker(make.community("南坑社区"))
    made = register(make.resident(home, "方小雨"), home, "minor")
    assert not is_volunteer(made.person)
    assert Notice.objects.filter(person=worker, url=f"/teams/guardian/{made.pk}/").exists()
    paper = {"relation": "parent", "guardian_name": "方志明", "paper_ref": "TY-1", "now": NOON}
    with pytest.raises(Refused):
        services.confirm_guardian(volunteer_id=made.pk, by=stranger, **paper)
    services.confirm_guardian(volunteer_id=made.pk, by=worker, **paper)
    assert is_volunteer(made.person)
    with pytest.raises(Refused, match="consent_stands"):
        services.confirm_guardian(volunteer_id=made.pk, by=worker, **paper)
    services.withdraw_guardian(volunteer_id=made.pk, by=worker, now=NOON)
    assert not is_volunteer(made.person)


def test_leaving_and_coming_back_keeps_one_row():
    home = make.community()
    made = register(make.resident(home), home)
    worlds.member(worlds.team(home), made)
    services.leave_service(by=made.person, now=NOON + timedelta(days=3))
    services.leave_service(by=made.person, now=NOON + timedelta(days=4))
    assert not is_volunteer(made.person)
    assert not Membership.objects.open().exists()
    again = register(made.person, home, now=NOON + timedelta(days=9))
    assert again.pk == made.pk and again.left_on is None


def test_a_team_from_its_founding_to_its_end():
    home = make.community()
    worker, other = make.worker(home), make.worker(make.community("南坑社区"))
    first, second = worlds.volunteer(home), worlds.volunteer(home, "唐明")
    given = {"community_id": home.pk, "about": "帮邻居做小事。", "meets_at": "", "now": NOON}
    with pytest.raises(Refused):
        services.found_team(by=other, name="邻里队", kind="community", **given)
    with pytest.raises(Refused, match="personal_number"):
        services.found_team(by=worker, name="邻里队", kind="community", **{**given, "about": "电话 13800138000"})
    with pytest.raises(Refused, match="no_social_worker"):
        services.found_team(by=worker, name="结对队", kind="pair", **given)
    team = services.found_team(by=worker, name="邻里队", kind="community", **given)
    with pytest.raises(Refused, match="name_taken"):
        services.found_team(by=worker, name="邻里队", kind="station", **given)
    asked = services.ask_to_join(team_id=team.pk, by=first.person, now=NOON)
    with pytest.raises(Refused, match="already_asked"):
        services.ask_to_join(team_id=team.pk, by=first.person, now=NOON)
    with pytest.raises(Refused, match="not_yours"):
        services.answer_request(membership_id=asked.pk, by=second.person, accepts=True, now=NOON)
    services.answer_request(membership_id=asked.pk, by=worker, accepts=True, now=NOON)
    services.name_leader(membership_id=asked.pk, by=worker, leads=True, now=NOON)
    wants = services.ask_to_join(team_id=team.pk, by=second.person, now=NOON)
    with pytest.raises(Refused, match="reason_missing"):
        services.answer_request(membership_id=wants.pk, by=first.person, accepts=False, now=NOON)
    services.answer_request(membership_id=wants.pk, by=first.person, accepts=True, now=NOON)
    services.end_membership(membership_id=wants.pk, by=first.person, reason="已搬去外地。", now=NOON)
    with pytest.raises(Refused, match="not_yours"):
        services.end_membership(membership_id=asked.pk, by=first.person, reason="自己走。", now=NOON)
    services.close_team(team_id=team.pk, by=worker, reason="队员都搬走了。", now=NOON)
    assert not Membership.objects.open().exists()
    assert Team.objects.get().closed_on == NOON.date()
    told = set(Notice.objects.filter(person=first.person).values_list("kind", flat=True))
    assert told >= {"teams.answered", "teams.leader", "teams.closed"}


def test_a_minor_does_not_lead():
    home = make.community()
    team = worlds.team(home)
    row = worlds.member(team, worlds.volunteer(home, minor=True))
    with pytest.raises(Refused, match="leader_is_minor"):
        services.name_leader(membership_id=row.pk, by=team.founded_by, leads=True, now=NOON)


def test_closing_the_account_forgets_what_describes_her():
    """P8, P9"""
    home = make.community()
    made = worlds.volunteer(home, minor=True, skills=("music",), times=("weekend_morning",))
    assert privacy.everything_about(made.person)["志愿者登记"]["监护人"] == ["方志明"]
    privacy.erase(made.person, now=NOON + timedelta(days=1))
    made.refresh_from_db()
    assert (made.estate, made.times, made.skills.count(), made.left_on is None) == ("", [], 0, False)
    assert made.consents.get().guardian_name == ""


def test_pages_from_registering_to_leading(client):
    """U7, U8: check before sending, then what comes next. The public reads no name and no phone."""
    home = make.community()
    worker = make.worker(home)
    who = make.resident(home, "欧阳晓彤")
    page = f"/teams/register/{home.code}/"
    assert client.get(page).status_code == 302
    sign_in(client, who)
    assert "在龙岭社区登记" in client.get("/teams/start/").content.decode()
    assert client.get("/teams/registered/").status_code == 404
    bad = client.post(page, {"do": "check", "band": "x", "skills": "\0", "times": "９" * 3000})
    assert bad.status_code == 422 and "请在列出的选项里选" in bad.content.decode()
    young = client.post(page, {"do": "send", "band": "child", "agree": "on"})
    assert young.status_code == 422 and "未满14周岁" in young.content.decode()
    typed = {"band": "adult", "estate": "金运花园", "skills": ["repair"], "times": ["weekend_morning"], "agree": "on"}
    checked = client.post(page, typed | {"do": "check"}).content.decode()
    assert "水电维修" in checked and not Volunteer.objects.exists()
    done = client.post(page, typed | {"do": "send"}, follow=True)
    assert "欢迎您，志愿者" in done.content.decode()
    team = worlds.team(home, by=worker)
    client.post(f"/teams/{team.pk}/join/")
    assert "等队长答复" in client.get("/volunteers/mine/").content.decode()
    assert client.get(f"/teams/{team.pk}/lead/").status_code == 403
    row = Membership.objects.get()
    sign_in(client, worker)
    assert "欧阳晓彤申请加入" in client.get(f"/teams/{team.pk}/lead/").content.decode()
    client.post(f"/teams/request/{row.pk}/", {"accepts": "yes"})
    client.post(f"/teams/member/{row.pk}/leader/", {"leads": "yes"})
    sign_in(client, who)
    assert "欧阳晓彤" in client.get(f"/teams/{team.pk}/lead/").content.decode()
    client.post("/teams/profile/", {"estate": "可园", "skills": ["music"], "times": []})
    assert [skill.code for skill in Volunteer.objects.get().skills.all()] == ["music"]
    client.logout()
    public = client.get(f"/teams/{team.pk}/").content.decode() + client.get("/teams/").content.decode()
    assert "欧阳**" in public and "晓彤" not in public


def test_teams_are_listed_with_few_queries(client, django_assert_num_queries):
    home = make.community()
    for number in range(3):
        worlds.member(worlds.team(home, f"志愿队{number}"), worlds.volunteer(home, f"唐明{number}"), leads=True)
    with django_assert_num_queries(3):
        client.get("/teams/")
    Team.objects.exclude(name="志愿队0").update(closed_on=NOON.date())
    with django_assert_num_queries(3):
        client.get("/teams/")


def test_the_shipped_skills_are_there():
    assert Skill.objects.count() == len(rules.SKILLS)
