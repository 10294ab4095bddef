"""Records leave as Excel or CSV and come back by a job that staff see: previewed, whole or not at all, rejects in a file (S37, D5)."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from import_export.formats.base_formats import CSV, XLSX
from openpyxl import load_workbook

from communities.bodies.models import Body, Office
from communities.centres.models import Service, ServiceCentre
from communities.councils.models import Council, Seat
from communities.divisions.models import Division
from communities.records.intake import Intake
from communities.records.resources import RECORDS
from communities.roles.rules import Role
from portal import jobs, sheets
from portal.fields import plain
from portal.models import Job, LogEntry
from tests.factories import NOON, community, council, division, holder
from tests.factories import person as make_person
from tests.signing_in import sign_in

TODAY = NOON.date()
HEAD = "编号,社区代码,类别,名称,还服务的社区代码,统一社会信用代码,公开电话,地址,服务时间"



@pytest.fixture
def home(db):
    place = community()
    station = Body.objects.create(kind="station", name="龙岭社区工作站", community=place, phone="0755-28700000")
    Office.objects.create(body=station, title="站长", name="陈志明", since=TODAY - timedelta(days=90))
    return place


@pytest.fixture
def keeper(client, home):
    """The administrator of the district, signed in."""
    person = holder(Role.ADMINISTRATOR, home.parent.parent)
    sign_in(client, person)
    return person


def exported(client, model, form="1"):
    answer = client.post(f"/admin/communities/{model}/export/", {"format": form})
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content


def handed_in(client, model, content, form="1"):
    """The preview's job, done."""
    sent = SimpleUploadedFile("记录.csv" if form == "1" else "记录.xlsx", content if isinstance(content, bytes) else content.encode())
    answer = client.post(reverse("records:imports"), {"record": model, "file": sent})
    assert answer.status_code == 302, answer.content.decode()
    return worked(int(answer.url.rstrip("/").rpartition("/")[2]))


def worked(number):
    assert jobs.run(number, now=NOON)
    job = Job.objects.get(pk=number)
    assert job.state == "done", job.error
    return job


def taken_in(client, preview):
    assert client.post(reverse("records:take_in", args=[preview.pk])).status_code == 302
    return worked(Job.objects.get(kind="records.import_records", args__preview=preview.pk).pk)


def shown(client, preview):
    return client.get(reverse("records:preview", args=[preview.pk])).content.decode()


def rows_of():
    tables = (Body, Office, ServiceCentre, Service, Division, Council, Seat)
    return [list(table.objects.order_by("pk").values()) for table in tables] + [list(Body.also_serves.through.objects.values())]


def test_what_leaves_comes_back_and_changes_nothing(client, home, keeper):
    """import(export(x)) = x for each record, in both forms, formulas and all (S37, G16)."""
    centre = ServiceCentre.objects.create(community=home, name="=HYPERLINK(1)", address="'+1", phone="-2", hours="'=x")
    Service.objects.create(centre=centre, category="affairs", name="@代办", about="＝1+1", who="+所有人", cost="免费", steps="先\n后")
    Body.objects.get(kind="station").also_serves.add(community("凤凰社区", home.parent))
    council(home, seats=2)
    before = rows_of()
    for model in RECORDS:
        for form in ("0", "1"):
            content = exported(client, model, form)
            assert form == "0" or not any(cell[:1] in "=+-@" for line in csv.reader(content.decode().splitlines()) for cell in line if cell)
            told = handed_in(client, model, content, form).answer
            found = told["counts"]
            assert found.get("same") == found["rows"] > 0 and set(found) == {"rows", "same"}, (model, form, told)
    assert rows_of() == before and not Body.history.filter(history_type="~").exists()
    assert LogEntry.objects.filter(action="records.export_records").count() == 2 * len(RECORDS)


@given(st.text(max_size=12))
def test_a_cell_starts_no_formula_and_comes_back(text):
    written = sheets.harmless(text)
    assert not written.startswith(sheets.FORMULA_STARTS) and sheets.restored(written) == text


NAMES = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn")), min_size=1, max_size=20) | st.sampled_from(["=1+1", "'-x", "＠甲,乙", '"'])
SHARES = st.tuples(st.integers(0, 9), st.integers(1, 9), st.booleans()).filter(lambda it: it[0] < it[1] or (it[0] == it[1] and it[2]))
TERMS = st.tuples(st.sampled_from(Seat.Kind.values), st.sampled_from(Seat.CameBy.values), st.integers(0, 900), st.none() | st.integers(0, 900))
SECOND = {"name": "另", "quorum_over": 1, "quorum_under": 3, "quorum_inclusive": True, "pass_over": 0, "pass_under": 1, "notice_days": 9, "mandates_most": 2}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(NAMES, SHARES, SHARES, st.integers(0, 90), st.lists(TERMS, max_size=4), st.sampled_from([CSV, XLSX]))
def test_charters_and_seats_come_back_as_they_left(home, name, quorum, mark, days, terms, form):
    """import(export(x)) = x: nothing to do where nothing changed, and what was changed since comes back (S37)."""
    name = plain(name)
    assume(name.strip())
    with transaction.atomic():
        parts = ("over", "under", "inclusive")
        charter = {f"{key}_{part}": value for key, share in (("quorum", quorum), ("pass", mark)) for part, value in zip(parts, share, strict=True)}
        council = Council.objects.create(community=home, name=name, notice_days=days, **charter)
        for kind, came_by, start, length in terms:
            since = TODAY - timedelta(days=start)
            until = None if length is None else since + timedelta(days=length)
            Seat.objects.create(council=council, person=make_person(name), kind=kind, came_by=came_by, since=since, until=until)
        assert {field.name for field in Council._meta.concrete_fields} == set(record("council", home).fields)  # no part of a charter is forgotten
        for model, table, second in (("council", Council, SECOND), ("seat", Seat, {"kind": "party", "came_by": "appointed"})):
            before = list(table.objects.order_by("pk").values())
            written = form().export_data(record(model, home).export())
            file = default_storage.save(f"records/x.{'csv' if form is CSV else 'xlsx'}", ContentFile(written if form is XLSX else written.encode()))
            assert set(Intake(record(model, home), file, report=print).run().counts) <= {"rows", "same"}
            table.objects.update(**second)
            Intake(record(model, home), file, report=print).run()
            assert list(table.objects.order_by("pk").values()) == before
            default_storage.delete(file)
        transaction.set_rollback(True)


def record(model, home):
    inside = Q(path__startswith=home.path)
    return RECORDS[model](scope=Q(pk__isnull=False), places=inside)


def test_a_table_seats_nobody_and_sets_no_impossible_mark(client, home, keeper):
    """S28: who sits is the community's and the street's; the category is corrected, a mark that nobody reaches is refused."""
    made = council(home, seats=2)
    first, second = made.seats.order_by("pk")
    lines = exported(client, "seat").decode("utf-8-sig").splitlines()
    assert "议事代表1" not in "".join(lines)
    rows = sorted(csv.DictReader(lines), key=lambda row: int(row["编号"]))
    rows[0]["席位类别"] = "非户籍居民代表"
    rows[1]["任期止"] = str(TODAY)
    rows.append({**rows[0], "编号": ""})
    preview = handed_in(client, "seat", "\n".join(",".join(row) for row in [rows[0], *(row.values() for row in rows)]))
    assert preview.answer["counts"] == {"rows": 3, "changed": 1, "left_out": 2}
    taken_in(client, preview)
    first.refresh_from_db(), second.refresh_from_db()
    assert (first.kind, second.until) == ("newcomer", None) and Seat.objects.count() == 2
    head = "编号,社区代码,名称,法定人数分子,法定人数分母,法定人数含本数"
    bad = handed_in(client, "council", f"{head}\n{made.pk},{home.code},{made.name},3,2,是\n").answer
    assert bad["counts"] == {"rows": 1, "left_out": 1} and "法定人数" in bad["samples"]["left_out"][0][2]
    page = f"/admin/communities/council/{made.pk}/change/"
    sent = {"community": home.pk, "name": made.name, "notice_days": 3, "mandates_most": 0, "seats-TOTAL_FORMS": "0", "seats-INITIAL_FORMS": "0"}
    sent |= {"quorum_over": 3, "quorum_under": 3, "pass_over": 1, "pass_under": 2}
    assert "超过全体" in client.post(page, sent).content.decode()
    assert client.post(page, sent | {"quorum_inclusive": "on"}).status_code == 302


def test_good_rows_come_in_and_the_others_come_back_with_their_reason(client, home, keeper, django_capture_on_commit_callbacks):
    """The preview writes nothing; a stranger's number, another district's community, a wrong code or word, a number twice and a
    name that is there stay out, in a file that can be handed in again."""
    far = community("南园社区", division("street", "南园街道", division("district", "福田区", home.parent.parent.parent)))
    station = Body.objects.get(kind="station")
    other = Body.objects.create(kind="station", name="南园社区工作站", community=far)
    wrong = {
        f"{other.pk},{home.code},社区工作站,夺来的,,,,,": "不在您管理的范围内",
        f",{far.code},社区工作站,别区的,,,,,": "不在您管理的范围内",
        f",{home.code},社区工作站,代码错,,91350100M000100Y44,,,": "18 位代码",
        f",{home.code},没有这类,名称,,,,,": "类别：请从这些里写一个",
        f"{station.pk},{home.code},社区工作站,又一次,,,,,": "第 2 行",
        f",{home.code},社区工作站,龙岭社区工作站,,,,,": f"编号 {station.pk}",
        f"{'9' * 40},{home.code},社区工作站,太长,,,,,": "没有这个编号",
    }
    good = f"{station.pk},{home.code},社区工作站,龙岭社区工作站,,,0755-99,,\n,{home.code},物业服务企业,龙岭物业,,91350100M000100Y43,,,"
    before = rows_of()
    preview = handed_in(client, "body", "\n".join([HEAD, good, *wrong]))
    assert rows_of() == before and preview.title.endswith(" 记录.csv")
    assert preview.answer["counts"] == {"rows": 9, "changed": 1, "fresh": 1, "left_out": 7}
    text = shown(client, preview)
    assert "公开电话：0755-28700000 → 0755-99" in text and "龙岭物业" in text and all(reason in text for reason in wrong.values())
    file = b"".join(client.get(reverse("records:rejects", args=[preview.pk])).streaming_content)
    lines = list(load_workbook(io.BytesIO(file)).worksheets[0].iter_rows(values_only=True))
    assert lines[0][-1] == "不导入的原因" and [line[3] for line in lines[1:]] == [row.split(",")[3] for row in wrong]
    assert all(reason in line[-1] for line, reason in zip(lines[1:], wrong.values(), strict=True))
    upload = preview.args["file"]
    with django_capture_on_commit_callbacks(execute=True):
        act = taken_in(client, preview)
    station.refresh_from_db()
    assert station.phone == "0755-99" and Body.objects.get(name="龙岭物业").community == home
    assert station.history.first().history_user == keeper and not Body.objects.filter(name="代码错").exists()
    assert "已导入" in shown(client, preview) and not default_storage.exists(upload)
    assert LogEntry.objects.get(action="records.import_records").detail["left_out"] == 7
    Job.objects.filter(pk=act.pk).update(state="running", not_before=NOON)  # the worker died between the act and its last word
    assert worked(act.pk).answer == act.answer and Body.objects.filter(name="龙岭物业").count() == 1
    again = handed_in(client, "body", "\n".join([HEAD, good]))
    assert again.answer["counts"] == {"rows": 2, "same": 1, "left_out": 1}
    assert client.post(reverse("records:take_in", args=[again.pk])).status_code == 409


def test_what_changed_after_the_preview_stops_the_whole_import(client, home, keeper):
    """And a term that overlaps stays out by name of the reason."""
    station = Body.objects.get(kind="station")
    head = "编号,机构编号,职务,姓名,任职日期,离任日期,同一职务可有几人"
    term = handed_in(client, "office", f"{head}\n,{station.pk},站长,新人,{TODAY},,否\n,{station.pk},副站长,李芳,二〇二六,,否\n,x,站长,王,{TODAY},,是\n")
    reasons = [words for _line, _name, words in term.answer["samples"]["left_out"]]
    assert len(reasons) == 3 and "任职日期：没有看懂" in reasons[1] and "没有这个编号" in reasons[2]
    row = f",{home.code},物业服务企业,龙岭物业,,,,,"
    preview = handed_in(client, "body", f"{HEAD}\n{row}\n")
    Body.objects.create(kind="property", name="龙岭物业", community=home)
    assert taken_in(client, preview).answer == {"stale": True}
    assert Body.objects.filter(name="龙岭物业").count() == 1 and "什么也没有改动" in shown(client, preview)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("表.csv", "名称\n甲\n".encode(), "编号"),
        ("表.csv", b"\xff\xfe\x00\x81", "编码"),
        ("表.xlsx", b"PK\x05\x06" + bytes(18), "文件打不开"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(client, home, keeper, name, content, said):
    sent = SimpleUploadedFile(name, content)
    answer = client.post(reverse("records:imports"), {"record": "body", "file": sent})
    preview = worked(int(answer.url.rstrip("/").rpartition("/")[2]))
    assert said in preview.answer["unreadable"] and said in shown(client, preview)


def test_imports_are_for_administrators_and_their_own(client, home, keeper):
    """S28: the role counts on the day of the work, not of the upload."""
    preview = handed_in(client, "body", f"{HEAD}\n,{home.code},物业服务企业,龙岭物业,,,,,\n")
    assert client.get("/admin/communities/body/import/").url == reverse("records:imports") + "?record=body"
    assert client.get("/admin/communities/body/process_import/").status_code in (302, 404)
    for sent in ({"record": "user"}, {"record": "body", "file": SimpleUploadedFile("表.xls", b"x")}, {}):
        assert client.post(reverse("records:imports"), sent).status_code == 422
    pages = [reverse("records:imports"), reverse("records:preview", args=[preview.pk]), reverse("records:rejects", args=[preview.pk])]
    sign_in(client, holder(Role.ADMINISTRATOR, home.parent.parent))
    assert [client.get(page).status_code for page in pages] == [200, 404, 404]
    sign_in(client, holder(Role.STREET_OFFICER, home.parent))
    assert [client.get(page).status_code for page in pages] == [404, 404, 404]
    sign_in(client, keeper)
    client.post(reverse("records:take_in", args=[preview.pk]))
    keeper.appointments.update(ends_on=NOON.date() - timedelta(days=2))
    act = worked(Job.objects.get(kind="records.import_records").pk)
    assert act.answer == {"stale": True} and not Body.objects.filter(name="龙岭物业").exists()
