"""Public pages of the desk: they answer, they hide what is not public, and they ask a fixed number of questions."""

import pytest
from django.urls import reverse

from communities.roles.rules import Role
from portal import clock
from projects.models import Project
from projects.proposals.standings import Standing
from tests import factories
from tests.factories import NOON
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon():
    with clock.pretend(NOON):
        yield


@pytest.fixture
def home():
    return factories.community("龙岭社区")


@pytest.fixture
def batch(home):
    return factories.round_at("proposals", home)


@pytest.fixture
def resident(home):
    return factories.resident(home, "李秀兰")


def get(client, name, *args, **query):
    return client.get(reverse(f"desk:{name}", args=args), query)


def text(response):
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def make_project(proposal, stage="delivery"):
    return Project.objects.create(
        proposal=proposal,
        round=proposal.round,
        community=proposal.community,
        title=proposal.title,
        category=proposal.category,
        content_class="facilities",
        budget=70_000_00,
        stage=stage,
        stage_since=NOON,
        approved_at=NOON,
    )


@pytest.mark.parametrize(
    "name",
    [
        "home", "communities", "rounds", "proposals", "notice_board", "delivery_board", "statistics", "search", "help",
        "accessibility", "site_map",
    ],
)  # fmt: skip
def test_every_public_page_answers_with_and_without_rows(client, name, home, batch, resident):
    assert text(get(client, name)).count("<h1") == 1
    make_project(factories.proposal(batch, resident, standing=Standing.APPROVED))
    assert text(get(client, name)).count("<h1") == 1


def test_a_first_visitor_chooses_her_community_and_it_is_remembered(client, home, batch):
    assert "选择我的社区" in text(get(client, "home"))
    assert "龙岭社区" in text(get(client, "communities", q="龙岭"))
    answer = get(client, "choose_community", home.code)
    assert answer.cookies["community"].value == home.code
    page = text(get(client, "home"))
    assert "正在征集提案" in page
    assert "我要提一个提案" in page
    assert "还剩 29 天" in page


def test_a_resident_lands_in_her_own_community(client, home, batch, resident):
    sign_in(client, resident)
    assert batch.title in text(get(client, "home"))


def test_an_unknown_community_is_not_remembered(client):
    assert get(client, "choose_community", "C0").status_code == 404
    client.cookies["community"] = "C0' OR 1=1"
    assert "选择我的社区" in text(get(client, "home"))


def test_a_draft_is_nobodys_to_see(client, batch, resident):
    draft = factories.proposal(batch, resident, standing=Standing.DRAFT, title="还没写完的")
    sign_in(client, resident)
    assert "还没写完的" not in text(get(client, "proposals"))
    assert draft.number is None
    assert "还没写完的" in text(get(client, "mine")), "its author finds it among her own"


def test_the_list_is_found_by_words_number_and_filter(client, batch, resident):
    ramp = factories.proposal(batch, resident, title="三栋加装无障碍坡道", estimate=30_000_00)
    shed = factories.proposal(batch, resident, title="电动车充电棚", estimate=300_000_00, category="goods")
    for row in (ramp, shed):
        row.bigrams = [row.title[place : place + 2] for place in range(len(row.title) - 1)]
        row.save(update_fields=["bigrams"])

    def titles(**query):
        page = text(get(client, "proposals", **query))
        return {row.title for row in (ramp, shed) if row.title in page}

    assert titles() == {ramp.title, shed.title}
    assert titles(q="坡道") == {ramp.title}
    assert titles(q=shed.number.lower()) == {shed.title}
    assert titles(category="goods") == {shed.title}
    assert titles(price="small") == {ramp.title}
    assert titles(stage="doing") == set()
    assert titles(community=batch.envelopes.get().community.code) == {ramp.title, shed.title}
    assert titles(round="2020-XX-99") == set()


def test_filters_are_chips_that_can_be_taken_off(client, batch, resident):
    factories.proposal(batch, resident)
    page = text(get(client, "proposals", category="works", price="middle"))
    assert 'href="?price=middle"' in page
    assert "类型：工程类" in page


@pytest.mark.parametrize(
    "query",
    [
        {"q": "\x00\ud800坡"}, {"page": "9" * 30}, {"page": "-1"}, {"price": "x"}, {"community": "'"},
        {"sort": "password"}, {"q": "a" * 5000}, {"mine": "on"}, {"category": "工程", "stage": "\u202e"},
    ],
)  # fmt: skip
def test_bad_questions_get_a_page_never_an_error(client, batch, query):
    for name in ("proposals", "delivery_board", "notice_board", "communities", "search", "statistics"):
        url = reverse(f"desk:{name}")
        from urllib.parse import urlencode

        asked = urlencode({key: value.encode("utf-8", "surrogatepass") for key, value in query.items()})
        assert client.get(f"{url}?{asked}").status_code == 200


def test_the_order_by_chance_is_stable(client, batch, resident):
    for place in range(5):
        factories.proposal(batch, resident, title=f"提案{place}号")
    first = [get(client, "proposals").content.decode().find(f"提案{place}号") for place in range(5)]
    second = [get(client, "proposals").content.decode().find(f"提案{place}号") for place in range(5)]
    assert sorted(range(5), key=first.__getitem__) == sorted(range(5), key=second.__getitem__)


def test_a_page_of_the_list_holds_24_and_the_back_link_leads_there(client, batch, resident):
    for place in range(25):
        factories.proposal(batch, resident, title=f"第{place}件")
    page = text(get(client, "proposals", sort="newest", page=2))
    assert page.count('class="card-item"') == 1
    row = batch.proposals.order_by("lodged_at", "pk").first()
    assert "?list=sort%3Dnewest%26page%3D2" in page
    life = text(get(client, "proposal", row.number, list="sort=newest&page=2"))
    assert f"/xiangmu/?sort=newest&amp;page=2#{row.number}" in life


@pytest.mark.parametrize("standing", [standing for standing in Standing if standing is not Standing.DRAFT])
def test_one_page_tells_the_life_in_every_standing(client, batch, resident, standing):
    row = factories.proposal(batch, resident, standing=standing)
    page = text(get(client, "proposal", row.number))
    assert "李**" in page
    assert "李秀兰" not in page, "P11"
    assert row.number in page
    assert "data:image/svg+xml" in page


@pytest.mark.parametrize("stage", ["funding", "delivery", "acceptance", "evaluation", "done"])
def test_one_page_tells_the_life_of_a_project(client, batch, resident, stage):
    row = factories.proposal(batch, resident, standing=Standing.APPROVED)
    batch.stage = "done"
    batch.save()
    make_project(row, stage)
    page = text(get(client, "proposal", row.number))
    assert "70,000.00 元" in page


def test_a_phone_number_in_a_text_is_hidden(client, batch, resident):
    row = factories.proposal(batch, resident)
    row.need = "请打13800138000找我"
    row.save()
    assert "13800138000" not in text(get(client, "proposal", row.number))
    assert "13800138000" not in text(get(client, "proposals"))


def test_a_name_is_shown_by_consent_only(client, batch, resident):
    row = factories.proposal(batch, resident)
    resident.show_name = True
    resident.save()
    assert "李秀兰" in text(get(client, "proposal", row.number))


def test_a_round_in_preparation_is_not_public(client, home):
    made = factories.round_at("rounds", home)
    assert get(client, "round", made.number).status_code == 404
    assert made.title not in text(get(client, "rounds"))


@pytest.mark.parametrize(
    "stage", ["proposals", "screening", "deliberation", "voting", "tally", "publicity", "approval", "done"]
)
def test_a_round_page_answers_at_every_stage(client, home, stage):
    made = factories.round_at(stage, home)
    for name in ("round", "round_rules", "round_projects"):
        assert made.title in text(get(client, name, made.number))


def test_a_cancelled_round_says_why(client, batch):
    batch.cancelled_at, batch.cancel_reason = NOON, "资金调整"
    batch.save()
    assert "资金调整" in text(get(client, "round", batch.number))


def test_the_reading_mode_is_found_by_its_other_names(client):
    """A8."""
    for name in ("长辈版", "关怀版", "长者版", "适老版"):
        assert "elder=1" in text(get(client, "search", q=name))


@pytest.mark.parametrize(("rows", "queries"), [(1, 4), (3, 4)])
def test_the_list_of_proposals_asks_a_fixed_number(client, batch, resident, rows, queries, django_assert_num_queries):
    for _ in range(rows):
        factories.proposal(batch, resident)
    with django_assert_num_queries(queries):
        get(client, "proposals")


@pytest.mark.parametrize("rows", [1, 3])
def test_boards_ask_a_fixed_number(client, batch, resident, rows, django_assert_num_queries):
    for _ in range(rows):
        make_project(factories.proposal(batch, resident, standing=Standing.APPROVED))
    for name, queries in (("delivery_board", 5), ("home", 6), ("statistics", 14)):
        with django_assert_num_queries(queries):
            get(client, name)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_round_pages_ask_a_fixed_number(client, home, rows, django_assert_num_queries):
    made = factories.round_at("done", home)
    resident = factories.resident(home)
    for _ in range(rows):
        make_project(factories.proposal(made, resident, standing=Standing.APPROVED))
        factories.round_at("voting", factories.community(f"社区{_}", home.parent), officer=made.created_by)
    for name, args, queries in (("round", [made.number], 9), ("round_projects", [made.number], 5), ("rounds", [], 3)):
        with django_assert_num_queries(queries):
            get(client, name, *args)


def test_statistics_say_numerator_and_denominator(client, batch, resident):
    for standing in (Standing.REFUSED, Standing.SHORTLISTED, Standing.APPROVED):
        last = factories.proposal(batch, resident, standing=standing)
    last.origin = "council"
    last.save()
    make_project(last, "evaluation")
    page = text(get(client, "statistics"))
    assert "2 份，共提交 3 份提案" in page
    assert "否决 1 份，已评议 3 份" in page
    assert "1 个，共批准 1 个项目" in page


def test_mine_is_for_the_person_alone(client, batch, resident, home):
    factories.proposal(batch, resident, title="我提的坡道")
    assert get(client, "mine").status_code == 302
    sign_in(client, factories.resident(home, "王建国"))
    assert "我提的坡道" not in text(get(client, "mine"))
    sign_in(client, resident)
    page = text(get(client, "mine"))
    assert "我提的坡道" in page
    assert "提案已收到，社区正在初审。" in page
    assert "接下来：居民议事会评议" in page


def test_a_district_officer_sees_no_log_and_an_auditor_does(client, home):
    sign_in(client, factories.holder(Role.DISTRICT_OFFICER, home.parent.parent))
    assert get(client, "log").status_code == 403
    sign_in(client, factories.holder(Role.AUDITOR, home.parent.parent))
    assert "核验整条日志" in text(get(client, "log"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_life_page_asks_a_fixed_number(client, batch, home, resident, rows, django_assert_num_queries):
    row = factories.proposal(batch, resident)
    for _ in range(rows):
        row.supports.create(person=factories.resident(home), at=NOON)
        row.cost_items.create(name="扶手", quantity=2, unit_price=300_00)
        row.attachments.create(file="x.jpg", caption="台阶", uploaded_by=resident, uploaded_at=NOON)
    get(client, "proposal", row.number)
    with django_assert_num_queries(6):
        get(client, "proposal", row.number)


@pytest.mark.parametrize("rows", [1, 3])
def test_mine_asks_a_fixed_number(client, batch, resident, rows, django_assert_num_queries):
    for _ in range(rows):
        factories.proposal(batch, resident)
    sign_in(client, resident)
    get(client, "mine")
    with django_assert_num_queries(18):
        get(client, "mine")
