"""The offices' overview: every figure with its base, the rows behind it, and the same as a file."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from communities.roles.rules import Role
from portal import clock, sheets
from projects.delivery import queries as delivery
from projects.desk.queries import months, overview, programme
from tests import factories as make
from tests.factories import NOON
from tests.projects import project_worlds as worlds
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    """Two streets: 布吉 has one project that never began, 南湾 one under way and one that nobody has begun."""
    here = make.street("布吉街道")
    city_district = here.parent
    late = worlds.in_delivery(home=make.community("龙岭社区", here))
    other = make.street("南湾街道")
    going = worlds.approved(home=make.community("丹竹头社区", other), category="services")
    going.provider = worlds.provider(going.officer, other, code=worlds.CODES[1])
    going.contract = worlds.sign(going)
    from projects.funding import services as funding

    funding.start_delivery(project_id=going.project.pk, by=going.officer, now=NOON)
    going.again()
    from projects.delivery import services as works

    by = going.contract.responsible
    works.add_milestone(
        project_id=going.project.pk, by=by, title="第一场活动", due_on=NOON.date() + timedelta(days=80),
        planned_amount=40_000_00, now=NOON,
    )  # fmt: skip
    works.report_progress(project_id=going.project.pk, by=by, percent=30, text="第一场活动已经办完。", now=NOON + timedelta(days=60))
    worlds.pay(going, 20_000_00, now=NOON + timedelta(days=61))
    return city_district, late, going


LATER = NOON + timedelta(days=70)


def get(client, name, **asked):
    with clock.pretend(LATER):
        return client.get(reverse(f"desk:{name}"), asked)


def test_the_table_of_the_programme(district):
    place, late, going = district
    counted = programme.programme_of(place, today=LATER.date())
    whole = counted.whole
    assert (whole.declared, whole.projects, whole.done, whole.going, whole.waiting, whole.overdue) == (2, 2, 0, 1, 1, 1)
    assert (whole.budget, whole.paid) == (160_000_00, 20_000_00)
    by_child = {child.name: line for child, line in counted.by_child()}
    assert (by_child["布吉街道"].overdue, by_child["南湾街道"].overdue) == (1, 0)
    assert counted.at(going.home.parent, "services").paid == 20_000_00
    kinds = {key: line.projects for key, _label, line in counted.by_category()}
    assert kinds == {"works": 1, "services": 1, "goods": 0}
    narrow = programme.programme_of(late.home, today=LATER.date())
    assert narrow.whole.projects == 1 and [child for child, _line in narrow.by_child()] == [late.home]


def test_the_database_flags_as_the_rule_does(district):
    """marked() and rules.flags() must never part."""
    _place, late, going = district
    for days in (0, 14, 15, 59, 60, 61, 90, 106, 130):
        today = NOON.date() + timedelta(days=days)
        said = {row.project.pk: row.flags for row in delivery.board(today=today)}
        for world in (late, going):
            assert said[world.project.pk] == delivery.progress_of(world.again(), today=today).flags, days


def test_the_curve_sets_fact_against_plan(district):
    place, _late, _going = district
    told = months.months_of(place, 2026, today=LATER.date())
    may = told[4]
    assert (may.plan["done"], may.plan["paid"], may.fact["started"], may.fact["paid"]) == (1, 40_000_00, 1, 20_000_00)
    assert told[2].plan["started"] == 2
    plan, fact = months.curve_of(told, "paid")
    assert plan[-1] == 40_000_00 and fact == [0, 0, 0, 0, 20_000_00]


def test_a_district_officer_finds_the_most_overdue_street_and_its_rows(client, district, django_assert_max_num_queries):
    place, late, going = district
    sign_in(client, make.holder(Role.DISTRICT_OFFICER, place))
    get(client, "overview")
    with django_assert_max_num_queries(19):
        page = get(client, "overview").content.decode()
    assert page.index("布吉街道") < page.index("南湾街道"), "the street with overdue projects comes first"
    assert "1 个，共批准 2 个项目" in page and "已支付 2 万元，批准金额 16 万元" in page
    rows = get(client, "overview_rows", place=late.home.parent.code, state="overdue").content.decode()
    assert late.number in rows and going.number not in rows and "超期未开工" in rows
    none = get(client, "overview_rows", state="overdue", category="services").content.decode()
    assert "没有符合条件的项目" in none
    assert get(client, "overview_rows", age="2", stage="delivery").content.decode().count('<th scope="row"') == 2
    assert get(client, "overview_rows", state="nonsense", age="9", place="no").status_code == 404


def test_what_is_seen_leaves_as_excel_and_csv(client, district):
    """S37: no cell starts a formula; amounts are numbers in 元."""
    place, late, _going = district
    late.project.title = "=HYPERLINK(1)"
    late.project.save(update_fields=["title"])
    sign_in(client, make.holder(Role.DISTRICT_OFFICER, place))
    book = load_workbook(io.BytesIO(get(client, "overview_file", form="xlsx").content))
    assert book.sheetnames[:2] == ["项目总表", "按街道"]
    total = [row for row in book["项目总表"].iter_rows(values_only=True) if row[0] == "合计"][0]
    assert total[1:6] == (2, 2, 0, 1, 1) and total[9:12] == (160000, 20000, 0.125)
    text = get(client, "overview_rows_file").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["项目"] for row in rows} == {"'=HYPERLINK(1)", "楼道加装无障碍坡道"}
    assert {row["批准金额（元）"] for row in rows} == {"80000.00"}
    sheet = load_workbook(io.BytesIO(get(client, "overview_rows_file", form="xlsx").content)).active
    assert sheet["B3"].value.startswith("'=") and sheet["B3"].data_type == "s"


def test_only_offices_look_and_only_at_their_own_place(client, district):
    place, late, going = district
    assert get(client, "overview").status_code == 302
    sign_in(client, late.proposer)
    assert get(client, "overview").status_code == 403
    sign_in(client, late.officer)
    assert "布吉街道 · 项目看板" in get(client, "overview").content.decode()
    for name in ("overview", "overview_file", "overview_rows", "overview_rows_file"):
        assert get(client, name, place=going.home.code).status_code == 404
    assert overview.place_seen(late.worker, "", today=LATER.date()) == late.home


def test_a_sheet_keeps_values_apart_from_words():
    made = sheets.Sheet("表", ["名称", "金额", "比例"], [["＋1", sheets.Yuan(123_45), sheets.share(1, 4)], [None, 3, sheets.share(1, 0)]], ["注"])
    lines = sheets.csv_of([made]).lstrip("\ufeff").split("\r\n")
    assert lines == ["名称,金额,比例", "'＋1,123.45,0.2500", ",3,", "注", ""]
    both = sheets.xlsx_of([made, made])
    assert len(load_workbook(io.BytesIO(both)).sheetnames) == 2
