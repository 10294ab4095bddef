"""A district brings its own lists: read row by row, looked at, taken in, the same again changes nothing; communities pick from them."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from communities.centres import catalogue, listed, queries, services
from communities.centres.models import ListDraft, ListEntry, Service, ServiceCentre
from communities.centres.rules import CATALOGUES, CATEGORIES
from communities.centres.rules import lists as rules
from communities.roles.rules import Role
from portal import clock
from portal.models import LogEntry
from portal.refusals import Refused
from tests import factories as make
from tests.signing_in import sign_in

HEADS = [heading for heading, _most, _needed, _other in rules.COLUMNS.values()]
GOOD = ["R-1", "健康服务", "三甲医院义诊", "每季一次，内科和骨科医生到场。", "所有居民", "身份证", "免费", "报名\n看诊"]
OTHER = ["R-2", "law", "律师驻点", "每周三下午。", "所有居民", "", "免费", ""]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, None),
        ({0: ""}, "没有编号"),
        ({0: "编1"}, "编号只用字母、数字和短横线，最多 20 个"),
        ({1: "养老"}, "类别不是规定的十种之一"),
        ({2: ""}, "没有服务名称"),
        ({3: "长" * 301}, "服务内容最多 300 个字"),
        ({6: ""}, "没有写收费；不收钱写“免费”"),
        ({7: "步" * 601}, "办理步骤最多 600 个字"),
    ],
)
def test_which_rows_can_be_taken(change, reason):
    row = [change.get(place, cell) for place, cell in enumerate(GOOD)]
    found = rules.read([["某区资源清单（2026年）"], [], HEADS, row])
    assert [row["reason"] for row in found.bad] == ([reason] if reason else [])
    assert [row["line"] for row in found.bad] == ([4] if reason else []) and len(found.rows) == (not reason)


def test_columns_stand_in_any_order_under_the_names_that_offices_use():
    found = rules.read([["备注", "费用", "名称", "对象", "内容", "分类", "序号"], ["x", "免费", "律师驻点", "所有居民", "每周三", "law", "7"]])
    assert found.rows == [{"code": "7", "category": "law", "name": "律师驻点", "about": "每周三", "who": "所有居民", "bring": "", "cost": "免费", "steps": ""}]
    assert rules.read([["编号", "服务名称"], ["1", "x"]]).missing == ["类别", "服务内容", "服务对象", "收费"]
    twice = rules.read([HEADS, GOOD, GOOD])
    assert [row["reason"] for row in twice.bad] == ["这个编号前面已经有了"]
    assert [row["reason"] for row in rules.read([HEADS, *([str(n), *GOOD[1:]] for n in range(501))]).bad] == ["一份目录最多 500 项"]


def test_the_portals_own_lists_are_whole_and_say_that_they_are_its_own():
    """As many kinds as the sources name (87 and 23), each with its own name; no entry can be taken for a district's."""
    own = {key: [entry for entry in catalogue.ENTRIES if entry.catalogue == key] for key in CATALOGUES}
    assert {key: len(rows) for key, rows in own.items()} == {"basic": 87, "added": 23, "resources": 0, "offers": 0}
    assert len({entry.name for entry in catalogue.ENTRIES}) == 110 and {entry.source for entry in catalogue.ENTRIES} == {"平台拟定"}
    for entry in catalogue.ENTRIES:
        assert rules.fault_in({**{name: getattr(entry, name) for name in rules.FIELDS if name != "code"}, "code": entry.key}, set()) == "", entry.key
        assert not entry.key.startswith(tuple(f"{key}-" for key in CATALOGUES))


class World:
    def __init__(self):
        self.home = make.community()
        self.district = self.home.parent.parent
        self.centre = ServiceCentre.objects.create(community=self.home, name="龙岭社区党群服务中心", address="龙岭路1号")
        self.worker, self.officer = make.worker(self.home), make.holder(Role.DISTRICT_OFFICER, self.district)

    def hands_in(self, client, *rows, name="清单.csv", content=None, **other):
        text = io.StringIO()
        csv.writer(text).writerows([HEADS, *rows])
        file = SimpleUploadedFile(name, content if content is not None else text.getvalue().encode("gb18030"))
        return client.post(reverse("centres:lists"), {"catalogue": "resources", "source": "龙民字〔2026〕1号", "file": file} | other)

    def takes(self, client, *rows):
        self.hands_in(client, *rows)
        return client.post(reverse("centres:take_list", args=[ListDraft.objects.latest("pk").pk]))


@pytest.fixture
def world(db):
    with clock.pretend(make.NOON):
        yield World()


def test_a_list_is_looked_at_taken_in_changed_and_the_same_again_changes_nothing(client, world):
    """What a file leaves out can no longer be picked; what could not be read is not left out; picked services stay."""
    sign_in(client, world.officer)
    bad = ["R-3", "养老", "x", "x", "x", "", "免费", ""]
    made = world.hands_in(client, GOOD, OTHER, bad)
    shown = client.get(made.url).content.decode()
    assert "第 4 行：类别不是规定的十种之一" in shown and "三甲医院义诊" in shown and not ListEntry.objects.exists()
    take = reverse("centres:take_list", args=[ListDraft.objects.get().pk])
    assert client.post(take).status_code == 302 and ListEntry.objects.count() == 2
    assert "没有需要改动的内容" in client.get(made.url).content.decode()
    client.post(take)
    assert [row.detail["added"] for row in LogEntry.objects.filter(action="centres.take_list").order_by("pk")] == [2, 0]
    picked = services.pick_services(centre_id=world.centre.pk, keys=["resources-R-1"], by=world.worker, now=make.NOON)[0]
    assert (picked.catalogue, picked.steps) == ("resources", "报名\n看诊")
    world.takes(client, [*GOOD[:2], "专家义诊", *GOOD[3:]], ["R-2", "养老", *OTHER[2:]])
    assert [(row.code, row.name) for row in queries.on_list(world.district)] == [("R-1", "专家义诊"), ("R-2", "律师驻点")]
    world.takes(client, OTHER)
    assert [row.code for row in queries.on_list(world.district)] == ["R-2"] and ListEntry.objects.count() == 2
    picked.refresh_from_db()
    assert (picked.name, picked.ended_on) == ("三甲医院义诊", None)
    world.takes(client, GOOD, OTHER)
    assert [row.code for row in queries.on_list(world.district)] == ["R-1", "R-2"]


def test_export_of_a_list_is_the_list_and_no_cell_is_a_formula(client, world):
    """import(export(x)) = x, and S37 both ways: what starts like a formula leaves with an apostrophe and comes back without."""
    sign_in(client, world.officer)
    odd = ["R-9", "law", "=1+1", "@所有人", "-居民", "", "免费", "+86"]
    world.takes(client, GOOD, odd)
    file = client.get(reverse("centres:list_file"), {"list": "resources"}).content
    cells = [cell for row in load_workbook(io.BytesIO(file)).active.iter_rows(values_only=True) for cell in row if cell]
    assert "'=1+1" in cells and not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    again = world.hands_in(client, name="清单.xlsx", content=file)
    assert "没有需要改动的内容" in client.get(again.url).content.decode()
    own = client.get(reverse("centres:list_file"), {"list": "basic"}).content
    world.hands_in(client, name="清单.xlsx", content=own, catalogue="basic")
    assert len(ListDraft.objects.latest("pk").rows) == 87, "the portal's own list is where a district begins"
    assert client.get(reverse("centres:list_file"), {"list": "x\0"}).status_code == 404


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"content": b"", "name": "x.csv"}, "这个文件是空的"),
        ({"content": b"PK\3\4junk", "name": "x.xlsx"}, "文件打不开"),
        ({"content": b"a,b\n1,2\n", "name": "x.csv"}, "缺少这些列"),
        ({"content": b"\xff\xfe\0\0", "name": "x.csv"}, "文字编码无法识别"),
        ({"name": "x.pdf"}, "请上传 Excel"),
        ({"catalogue": "\0"}, "请从四份目录中选一份"),
        ({"source": ""}, "请写这份目录出自哪份文件"),
    ],
)
def test_a_file_that_is_none_gets_a_sentence(client, world, given, told):
    sign_in(client, world.officer)
    answer = world.hands_in(client, GOOD, **given)
    assert answer.status_code == 422 and told in answer.content.decode()


def test_a_worker_looks_through_the_four_lists_and_ticks_many_in_one_sitting(client, world):
    """The district's list counts where it brought one; looking for another word keeps the ticks; bad words find nothing."""
    sign_in(client, world.officer)
    world.takes(client, GOOD, OTHER)
    sign_in(client, world.worker)
    pick = reverse("centres:pick_services", args=[world.centre.pk])
    whole = client.get(pick).content.decode()
    assert whole.count('name="keys"') == 112 and "龙民字〔2026〕1号" in whole and "平台拟定" in whole
    found = client.post(pick, {"look": "1", "q": "律师", "list": "", "keys": ["library", "resources-R-2"]}).content.decode()
    assert found.count(" checked") == 2 and 'id_library"' in found and "三甲医院义诊" not in found and not Service.objects.exists()
    assert client.post(pick, {"look": "1", "q": "", "list": "offers"}).content.decode().count('name="keys"') == 0
    assert client.post(pick, {"look": "1", "q": "\u202e\0" * 99, "list": "9" * 999}).status_code == 200
    assert client.post(pick, {"q": "律师", "list": "", "keys": ["library", "resources-R-2", "lawyer"]}).status_code == 302
    assert set(Service.objects.values_list("key", flat=True)) == {"library", "resources-R-2", "lawyer"}
    assert "resources-R-2" not in {entry.key for entry in queries.pickable(world.centre)}


def test_only_the_districts_officer_brings_its_lists(client, world):
    sign_in(client, world.officer)
    world.hands_in(client, GOOD)
    draft = ListDraft.objects.get()
    stranger = make.holder(Role.DISTRICT_OFFICER, make.division("district", "福田区", world.district.parent))
    for who, status in ((world.worker, 404), (stranger, 404)):
        sign_in(client, who)
        assert client.get(reverse("centres:list_preview", args=[draft.pk])).status_code == status
        assert client.post(reverse("centres:take_list", args=[draft.pk])).status_code == status
        with pytest.raises(Refused):
            services.take_list(draft_id=draft.pk, by=who, now=make.NOON)
    assert listed.four_lists(world.district)[2]["count"] == 0 and set(CATEGORIES) == {entry.category for entry in catalogue.ENTRIES}
