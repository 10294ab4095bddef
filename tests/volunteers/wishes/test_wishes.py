"""A wish from the resident's word to the thanks; and that nobody reads whose it is."""

from datetime import timedelta

import pytest

from portal import clock
from portal.models import LogEntry, Notice
from portal.refusals import Refused
from tests import factories as make
from tests.factories import NOON
from tests.projects import project_worlds
from tests.signing_in import sign_in
from tests.threads import at_once
from tests.volunteers import volunteer_worlds as worlds
from volunteers.models import Claim, Thanks, Wish, WishPerson
from volunteers.teams.services import leave_service
from volunteers.wishes import rules, services

SECRET = {"wisher": "欧阳秀珍", "phone": "13712345678", "address": "金运花园八栋七零二"}
NEED = {"title": "一把旧轮椅", "need": "一位独居长者出院后走不远，想要一把旧轮椅。"}


def wish(home, worker, *, published=True):
    given = {"community_id": home.pk, "by": worker, "whom": "elder", "collected": True, "now": NOON}
    made = services.make_wish(**given, **NEED, **SECRET)
    if published:
        services.screen_wish(wish_id=made.pk, by=worker, outcome="published", reason="", now=NOON, **NEED)
    return made


def state(of):
    of.refresh_from_db()
    return of.state


@pytest.mark.django_db
def test_the_need_is_shown_and_the_person_is_not():
    home = make.community()
    worker, stranger = make.worker(home), make.worker(make.community("南坑社区"))
    made = wish(home, worker, published=False)
    assert all(part not in bytes(WishPerson.objects.get().cipher).decode("latin1") for part in SECRET.values())
    given = {"wish_id": made.pk, "by": worker, "outcome": "published", "reason": "", "now": NOON}
    for need in (
        "欧阳秀珍想要一把旧轮椅，住得近的来。",
        "请送到金运花园八栋七零二，谢谢大家帮忙。",
        "打 137 1234 5678 就行。",
    ):
        with pytest.raises(Refused):
            services.screen_wish(**given, title="一把旧轮椅", need=need)
    with pytest.raises(Refused, match="not_yours"):
        services.screen_wish(**{**given, "by": stranger}, **NEED)
    with pytest.raises(Refused, match="reason_missing"):
        services.screen_wish(**{**given, "outcome": "closed"}, **NEED)
    with pytest.raises(Refused, match="not_yours"):
        services.reveal_person(wish_id=made.pk, by=stranger, reason="约时间", now=NOON)
    assert services.reveal_person(wish_id=made.pk, by=worker, reason="约时间", now=NOON)["name"] == "欧阳秀珍"
    assert LogEntry.objects.get(action="wishes.reveal_person").reason == "约时间"


@pytest.mark.django_db
def test_claimed_lapsed_claimed_again_and_fulfilled():
    home = make.community()
    worker = make.worker(home)
    first, second = worlds.volunteer(home, "方慧"), worlds.volunteer(home, "唐明")
    made = wish(home, worker)
    claim = services.claim_wish(wish_id=made.pk, by=first.person, now=NOON)
    with pytest.raises(Refused, match="not_free"):
        services.claim_wish(wish_id=made.pk, by=second.person, now=NOON)
    with pytest.raises(Refused, match="not_yours"):
        services.give_up_claim(wish_id=made.pk, by=second.person, now=NOON)
    services.tend(now=NOON + timedelta(days=12))
    services.tend(now=NOON + timedelta(days=13))
    assert Notice.objects.filter(person=first.person, kind="wishes.reminder").count() == 1
    assert services.tend(now=NOON + timedelta(days=rules.CLAIM_DAYS)) == 0
    late = NOON + timedelta(days=rules.CLAIM_DAYS + 1)
    assert (services.tend(now=late), services.tend(now=late), state(made)) == (1, 0, "published")
    claim.refresh_from_db()
    assert claim.outcome == "lapsed"
    services.claim_wish(wish_id=made.pk, by=second.person, now=late)
    services.report_done(wish_id=made.pk, by=second.person, text="已送到服务中心。", now=late)
    assert services.tend(now=late + timedelta(days=60)) == 0, "what is said to be done does not lapse"
    given = {"wish_id": made.pk, "by": worker, "caption": "", "now": late}
    photo = project_worlds.kept_photo()
    with pytest.raises(Refused, match="photo_without_word"):
        services.confirm_fulfilled(**given, text="谢谢好心的邻居。", photo=photo, agreed=False)
    with pytest.raises(Refused, match="shows_the_person"):
        services.confirm_fulfilled(**given, text="欧阳秀珍谢谢大家。", photo=None, agreed=False)
    services.confirm_fulfilled(**given, text="谢谢好心的邻居。", photo=photo, agreed=True)
    assert (state(made), Thanks.objects.get().agreed) == ("fulfilled", True)
    services.tend(now=late + timedelta(days=rules.KEEP_DAYS - 1))
    assert WishPerson.objects.exists()
    services.tend(now=late + timedelta(days=rules.KEEP_DAYS + 1))
    assert not WishPerson.objects.exists()


@pytest.mark.django_db
def test_who_may_claim_and_what_becomes_free_again():
    home = make.community()
    worker = make.worker(home)
    leader, young = worlds.volunteer(home, "方慧"), worlds.volunteer(home, "小雨", minor=True)
    team = worlds.team(home, by=worker)
    worlds.member(team, leader, leads=True)
    wishes = [wish(home, worker) for _each in range(4)]
    with pytest.raises(Refused, match="claimed_by_minor"):
        services.claim_wish(wish_id=wishes[0].pk, by=young.person, now=NOON)
    with pytest.raises(Refused, match="not_yours"):
        services.claim_wish(wish_id=wishes[0].pk, by=young.person, team=team, now=NOON)
    services.claim_wish(wish_id=wishes[0].pk, by=leader.person, team=team, now=NOON)
    for each in wishes[1:3]:
        services.claim_wish(wish_id=each.pk, by=leader.person, now=NOON)
    with pytest.raises(Refused, match="too_many_claims"):
        services.claim_wish(wish_id=wishes[3].pk, by=leader.person, now=NOON)
    services.give_up_claim(wish_id=wishes[1].pk, by=leader.person, now=NOON)
    services.send_back(wish_id=wishes[2].pk, by=worker, reason="心愿人想换时间。", now=NOON)
    leave_service(by=leader.person, now=NOON)
    assert [state(each) for each in wishes] == ["published"] * 4


@pytest.mark.django_db(transaction=True)
@pytest.mark.race
def test_of_many_at_once_one_claims():
    home = make.community()
    made = wish(home, make.worker(home))
    crowd = [worlds.volunteer(home, f"唐明{number}") for number in range(10)]
    answers = at_once([lambda who=who: services.claim_wish(wish_id=made.pk, by=who.person, now=NOON) for who in crowd])
    assert sum(isinstance(answer, Claim) for answer in answers) == 1
    assert all(isinstance(answer, Claim | Refused) for answer in answers)


@pytest.mark.django_db
def test_a_visitors_crawl_finds_nobody(client):
    """P11: no volunteer's phone or full name, and nobody behind any wish, on any public page of the volunteers."""
    home = make.community()
    worker = make.worker(home)
    helper = worlds.volunteer(home, "上官文静")
    team = worlds.team(home, by=worker)
    worlds.member(team, helper, leads=True)
    call = worlds.call(home, by=worker, team=team)
    worlds.activities.sign_up(shift_id=worlds.shift_of(call).pk, by=helper.person, now=NOON)
    waiting, claimed, hidden = wish(home, worker), wish(home, worker), wish(home, worker, published=False)
    services.claim_wish(wish_id=claimed.pk, by=helper.person, now=NOON)
    with clock.pretend(NOON):
        seen, todo, read = set(), ["/volunteers/", "/teams/", "/activities/", "/wishes/", "/wishes/?state=claimed"], ""
        todo.append(f"/volunteers/figures/{home.code}/")
        while todo and len(seen) < 60:
            url = todo.pop()
            if url in seen:
                continue
            seen.add(url)
            page = client.get(url)
            if page.status_code == 200:
                text = page.content.decode()
                read += text
                roots = ("/volunteers/", "/teams/", "/activities/", "/wishes/", "?")
                links = [part.split('"')[0].replace("&amp;", "&") for part in text.split('href="')[1:]]
                todo += [
                    link if link[0] != "?" else url.split("?")[0] + link for link in links if link.startswith(roots)
                ]
    assert {f"/wishes/{waiting.number}/", f"/wishes/{claimed.number}/", f"/teams/{team.pk}/"} <= seen
    assert f"/activities/{call.number}/" in seen
    assert client.get(f"/wishes/{hidden.number}/").status_code == 404
    found = [part for part in (*SECRET.values(), "欧阳", "上官文静", "文静", "8栋") if part in read]
    assert found == []
    assert "上官**" in read


@pytest.mark.django_db
def test_pages_of_a_wish(client):
    home = make.community()
    worker, who = make.worker(home), worlds.volunteer(home, "方慧")
    asks = make.resident(home, "欧阳秀珍")
    sign_in(client, asks)
    page = f"/wishes/make/{home.code}/"
    bad = client.post(page, {"do": "send", "whom": "x", "title": "椅", "need": "9" * 4000, "phone": "12"})
    assert bad.status_code == 422 and "11 位手机号码" in bad.content.decode()
    typed = {"whom": "elder", **NEED, **SECRET}
    assert "大家会看到" in client.post(page, typed | {"do": "check"}).content.decode() and not Wish.objects.exists()
    assert client.post(f"{page}?for=other", typed | {"do": "send"}).status_code == 422, "that is for workers"
    done = client.post(page, typed | {"do": "send"}, follow=True).content.decode()
    made = Wish.objects.get()
    assert made.number in done and client.get("/wishes/desk/").status_code == 404
    sign_in(client, worker)
    assert NEED["title"] in client.get("/wishes/desk/").content.decode()
    client.post(f"/wishes/{made.number}/screen/", {"outcome": "published", **NEED})
    assert SECRET["wisher"] in client.post(f"/wishes/{made.number}/person/", {"reason": "约上门时间"}).content.decode()
    sign_in(client, who.person)
    assert "认领成功" in client.post(f"/wishes/{made.number}/claim/", follow=True).content.decode()
    assert NEED["title"] in client.get("/volunteers/mine/").content.decode()
    client.post(f"/wishes/{made.number}/done/", {"text": "已送到服务中心。"})
    sign_in(client, worker)
    told = {"text": "谢谢好心的邻居。", "photo": project_worlds.photo_file(), "caption": "轮椅", "agreed": "on"}
    client.post(f"/wishes/{made.number}/confirm/", told)
    client.logout()
    assert "谢谢好心的邻居" in client.get(f"/wishes/{made.number}/").content.decode()
    assert client.get(f"/wishes/photo/{Thanks.objects.get().pk}/").status_code == 200
