"""Bringing a roster in and being found on it (P4, P5, P10, P11, S37; B15)."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from communities.accounts import phones
from communities.accounts.models import User
from communities.residents import privacy
from communities.residents import services as residents
from communities.residents.models import Residency, ResidencyCheck
from communities.rosters import rules, services
from communities.rosters.models import Roster, RosterEntry
from portal import clock, jobs
from portal.models import Job, LogEntry, Notice
from portal.refusals import Refused
from portal.sheets import LongSheet
from tests.factories import NOON, community, division, person, street, street_officer, worker
from tests.signing_in import sign_in

HEAD = ["姓名", "手机号", "小区", "是否满18周岁", "备注"]


def csv_of(rows, head=HEAD):
    return "\n".join([",".join(head), *(",".join(str(cell) for cell in row) for row in rows)]).encode()


def excel_of(rows, head=HEAD):
    writer = LongSheet(head)
    for row in rows:
        writer.write(row)
    return writer.finished().read()


def uploaded(by, place, rows, *, whole=False, head=HEAD, excel=False):
    content = excel_of(rows, head) if excel else csv_of(rows, head)
    return services.upload_roster(
        title="名册.csv", content=content, is_excel=excel, place_id=place.pk, whole=whole, by=by, now=NOON
    )


def run(roster):
    roster.refresh_from_db()
    with clock.pretend(NOON):
        assert jobs.run(roster.job_id, now=NOON)
    assert Job.objects.get(pk=roster.job_id).error == ""
    roster.refresh_from_db()
    return roster


def checked(by, place, rows, **how):
    roster = uploaded(by, place, rows, **how)
    services.match_columns(roster_id=roster.pk, columns=roster.columns, by=by, now=NOON)
    return run(roster)


def taken_in(by, place, rows, **how):
    roster = checked(by, place, rows, **how)
    services.ask_taking_in(roster_id=roster.pk, by=by, now=NOON)
    return run(roster)


def figures(roster, *keys):
    return tuple(roster.counts[key] for key in keys)


def standing():
    rows = RosterEntry.objects.filter(until=None).order_by("pk")
    return [(row.name, phones.unseal(row.phone_cipher), row.community.name, row.estate, row.adult) for row in rows]


def code_of(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.refusal.code


A = ["王秀英", "13800000001", "龙岭花园", "是", ""]
B = ["李 明", "138 0000 0002", "", "70", ""]
C = ["陈小红", "+86 13800000003", "东区", "否", ""]


@pytest.mark.django_db
def test_a_roster_is_previewed_taken_in_and_a_repeat_changes_nothing():
    home = community()
    by = worker(home)
    roster = checked(by, home, [A, B, C], excel=True)
    assert figures(roster, "fresh", "changed", "moved", "same", "gone", "left_out") == (3, 0, 0, 0, 0, 0)
    assert not RosterEntry.objects.exists()  # a preview writes nothing
    services.ask_taking_in(roster_id=roster.pk, by=by, now=NOON)
    run(roster)
    wanted = [
        ("王秀英", "13800000001", home.name, "龙岭花园", True),
        ("李明", "13800000002", home.name, "", True),
        ("陈小红", "13800000003", home.name, "东区", False),
    ]
    assert standing() == wanted
    assert (roster.state, roster.file.name, roster.samples) == ("done", "", {})  # the file is not kept (P10)
    again = taken_in(by, home, [A, B, C])
    assert figures(again, "fresh", "same") == (0, 3) and standing() == wanted
    assert LogEntry.objects.filter(action="rosters.take_in").count() == 2


@pytest.mark.django_db
def test_changed_moved_and_gone_are_told_apart_and_dated():
    home = community()
    next_door = community("凤凰社区", home.parent)
    taken_in(worker(next_door), next_door, [A])
    by = worker(home)
    taken_in(by, home, [B, C])
    roster = taken_in(by, home, [A, ["李明明", "13800000002", "西区", "", ""]], whole=True)
    assert figures(roster, "moved", "changed", "gone", "fresh") == (1, 1, 1, 0)
    assert [row[0] for row in standing()] == ["李明明", "王秀英"]
    old = RosterEntry.objects.get(community=next_door)
    assert old.until == NOON.date() and RosterEntry.objects.get(name="陈小红").until == NOON.date()
    assert RosterEntry.objects.get(name="李明明", until=None).adult is True  # an empty cell says nothing


@pytest.mark.django_db
def test_a_supplement_takes_nobody_off_and_an_unreadable_row_is_not_a_missing_one():
    home = community()
    by = worker(home)
    taken_in(by, home, [A, B, C])
    assert taken_in(by, home, [A]).counts["gone"] == 0
    bad = [["王秀英", "1380000000", "", "", ""], ["李明", "13800000002", "", "也许", ""]]
    roster = taken_in(by, home, [*bad, C], whole=True)
    assert figures(roster, "gone", "left_out", "same") == (0, 2, 1) and len(standing()) == 3


@pytest.mark.django_db
def test_rejected_rows_come_back_with_their_reason_and_go_in_once_mended(client):
    """U3: what was typed is not lost. S37: a formula stays text."""
    home = community()
    by = worker(home)
    rows = [A, ["=1+1", "13800000009", "", "", "x"], ["无号", "", "", "", ""], ["王小", "13800000001", "", "", ""], ["小朋友", "13800000008", "", "9", ""]]
    roster = taken_in(by, home, rows)
    assert figures(roster, "fresh", "left_out") == (1, 4)
    with clock.pretend(NOON):
        answer = sign_in(client, by).get(reverse("rosters:rejects", args=[roster.pk]))
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    found = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert found[0] == [*HEAD, rules.REASON_HEADING]
    assert found[1][0] == "=1+1" and sheet["A2"].data_type == "s"
    assert [row[-1][:5] for row in found[1:]] == ["姓名要写 ", "没有手机号", "手机号与第", "未满 14"]
    mended = [["王加一", *found[1][1:]], ["吴号", "13800000007", "", "", "", found[2][-1]]]
    second = taken_in(by, home, mended, head=found[0], excel=True)
    assert figures(second, "fresh", "left_out") == (2, 0) and len(standing()) == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("head", "row", "code"),
    [
        (["姓名", "手机号", "身份证号"], ["王秀英", "13800000001", "x"], "identity_numbers"),
        (["姓名", "手机号", "备注"], ["王秀英", "13800000001", "11010519491231002X"], "identity_numbers"),
        (["姓名"], ["王秀英"], "empty_roster"),
        (["姓名", "手机号"], ["", ""], "empty_roster"),
    ],
)
def test_files_with_identity_numbers_are_not_taken(head, row, code):
    """P5: not collected, so not kept either."""
    home = community()
    assert code_of(lambda: uploaded(worker(home), home, [row], head=head)) == code
    assert not Roster.objects.exists()


@pytest.mark.django_db
def test_an_identity_number_deep_in_the_file_deletes_it():
    home = community()
    rows = [[f"居民{chr(0x4E00 + n)}", f"139{n:08d}", "", "", ""] for n in range(60)]
    rows[50][4] = "证件11010519491231002x"
    roster = checked(worker(home), home, rows)
    assert (roster.state, roster.file.name) == ("unreadable", "") and "身份证" in roster.fault


@pytest.mark.django_db
def test_a_street_names_the_community_and_only_its_own():
    place = street()
    one, two = community("龙岭社区", place), community("凤凰社区", place)
    elsewhere = community("南坑社区", division("street", "坂田街道", place.parent))
    by = street_officer(place)
    head = ["姓名", "联系电话", "社区"]
    rows = [["王秀英", "13800000001", "龙岭"], ["李明", "13800000002", "凤凰社区"], ["陈红", "13800000003", elsewhere.name]]
    roster = taken_in(by, place, rows, head=head)
    assert figures(roster, "fresh", "why_elsewhere") == (2, 1)
    assert {row[2] for row in standing()} == {one.name, two.name}
    assert code_of(lambda: uploaded(worker(one), two, [A])) == "not_yours"


@pytest.mark.django_db
def test_what_changed_since_the_preview_is_shown_again_instead_of_written():
    home = community()
    by = worker(home)
    first = checked(by, home, [A, B])
    taken_in(by, home, [A])
    services.ask_taking_in(roster_id=first.pk, by=by, now=NOON)
    run(first)
    assert first.state == "checked" and first.fault and len(standing()) == 1
    services.ask_taking_in(roster_id=first.pk, by=by, now=NOON)
    assert run(first).state == "done" and len(standing()) == 2


@pytest.mark.django_db
def test_a_failure_half_way_changes_nothing(monkeypatch):
    home = community()
    by = worker(home)
    taken_in(by, home, [B])
    roster = checked(by, home, [A], whole=True)
    services.ask_taking_in(roster_id=roster.pk, by=by, now=NOON)
    roster.refresh_from_db()
    monkeypatch.setattr(services, "prove_waiting", lambda *args, **more: 1 / 0)
    with clock.pretend(NOON):
        jobs.run(roster.job_id, now=NOON)
    assert [row[0] for row in standing()] == ["李明"]
    assert Job.objects.get(pk=roster.job_id).state == "waiting"  # tried again by the tick


def declared(home, name, phone):
    who = User.objects.create_resident(phone, name=name, date_joined=NOON, adult=True)
    residents.declare_home(by=who, community_id=home.pk, estate="", now=NOON)
    return User.objects.get(pk=who.pk)


@pytest.mark.django_db
def test_a_resident_proves_her_home_by_the_roster(client):
    """Who, when, on what evidence; the name must fit the number."""
    home = community()
    by = worker(home)
    roster = taken_in(by, home, [A])
    who = declared(home, "王 秀英", "13800000001")
    with clock.pretend(NOON):
        answer = sign_in(client, who).post(reverse("rosters:match"))
    assert answer.status_code == 302
    held, check = Residency.objects.get(person=who), ResidencyCheck.objects.get()
    assert (held.proof, held.proved_at, held.proved_by) == ("roster", NOON, by)
    assert (check.evidence, check.reference, check.by) == ("roster", f"名册第 {roster.pk} 号", by)
    assert Notice.objects.filter(person=who, kind="residents.confirmed").count() == 1
    assert code_of(lambda: services.match_on_roster(by=who, now=NOON)) == "nothing_to_prove"


@pytest.mark.django_db
def test_names_cannot_be_tried_through(client):
    home = community()
    taken_in(worker(home), home, [A, C])
    who = declared(home, "王秀莲", "13800000001")
    codes = [code_of(lambda: services.match_on_roster(by=who, now=NOON)) for _time in range(4)]
    assert codes == ["not_on_roster"] * 3 + ["too_many_tries"]
    with clock.pretend(NOON):
        text = sign_in(client, who).post(reverse("rosters:match"))
    assert text.status_code == 422 and "今天已核对 3 次" in text.content.decode()
    child = declared(home, "陈小红", "13800000003")
    assert code_of(lambda: services.match_on_roster(by=child, now=NOON)) == "ages_differ"


@pytest.mark.django_db
def test_a_new_roster_proves_those_who_wait():
    home = community()
    who = declared(home, "王秀英", "13800000001")
    other = declared(home, "李光明", "13800000002")
    roster = taken_in(worker(home), home, [A, B])
    assert roster.counts["proved"] == 1
    assert Residency.objects.get(person=who).proof == "roster"
    assert Residency.objects.get(person=other).proof == "declared"


@pytest.mark.django_db
def test_what_the_office_sees_is_masked_and_an_export_goes_in_again(client):
    """P11: no five digits in a row on any page; the whole list only for a logged reason. G16: import(export(x)) = x."""
    home = community()
    by = worker(home)
    roster = checked(by, home, [A, B, ["赵六", "13855556666", "", "不知道", ""]], whole=True)
    sign_in(client, by)
    with clock.pretend(NOON):
        pages = [client.get(reverse(f"rosters:{name}", args=args)) for name, args in (("rosters", []), ("columns", [roster.pk]), ("preview", [roster.pk]))]
        assert [answer.status_code for answer in pages] == [200] * 3
        text = pages[2].content.decode()
        assert "138****0001" in text and "13800000001" not in text and "王秀英" not in text and "8555566" not in text
        services.ask_taking_in(roster_id=roster.pk, by=by, now=NOON)
        before = run(roster) and standing()
        assert client.post(reverse("rosters:export"), {"place": home.pk, "reason": "核对"}).status_code == 422
        answer = client.post(reverse("rosters:export"), {"place": home.pk, "reason": "年度核对名册"})
    content = b"".join(answer.streaming_content)
    assert LogEntry.objects.get(action="rosters.export_roster").reason == "年度核对名册"
    RosterEntry.objects.all().delete()
    again = services.upload_roster(title="x", content=content, is_excel=True, place_id=home.pk, whole=True, by=by, now=NOON)
    services.match_columns(roster_id=again.pk, columns=again.columns, by=by, now=NOON)
    services.ask_taking_in(roster_id=run(again).pk, by=by, now=NOON)
    run(again)
    assert standing() == before


@pytest.mark.django_db
def test_a_neighbour_sees_no_roster_and_the_person_sees_her_own(client):
    """S28, P8, P9."""
    home = community()
    roster = taken_in(worker(home), home, [A])
    other = worker(community("凤凰社区", home.parent))
    sign_in(client, other)
    with clock.pretend(NOON):
        for name in ("columns", "preview", "rejects"):
            assert client.get(reverse(f"rosters:{name}", args=[roster.pk])).status_code == 404
        assert sign_in(client, person()).get(reverse("rosters:rosters")).status_code == 404
    who = declared(home, "王秀英", "13800000001")
    assert privacy.everything_about(who)["居民名册"][0]["名册上的姓名"] == "王秀英"
    residents.close_account(by=who, now=NOON)
    assert not RosterEntry.objects.exists()


@pytest.mark.django_db
def test_bad_files_are_refused_at_the_field(client):
    home = community()
    sign_in(client, worker(home))
    tried = [
        ("名册.xls", b"\xd0\xcf\x11\xe0", "旧版 Excel"),
        ("名册.txt", b"a,b", "请上传 Excel"),
        ("名册.xlsx", b"PK\x03\x04nonsense", "打不开"),
        ("名册.csv", b"\x00\x01\xff\xfe", "编码无法识别"),
        ("名册.csv", "姓名\n".encode(), "没有内容"),
    ]
    with clock.pretend(NOON):
        for name, content, words in tried:
            sent = {"place": home.pk, "whole": "part", "file": SimpleUploadedFile(name, content)}
            answer = client.post(reverse("rosters:rosters"), sent)
            assert answer.status_code == 422 and words in answer.content.decode(), name
        assert client.post(reverse("rosters:rosters"), {"place": "9" * 40}).status_code == 422


@settings(max_examples=60)
@given(st.text(max_size=60), st.text(max_size=30), st.text(max_size=10))
def test_any_row_is_sound_or_has_a_reason(name, estate, adult):
    line, reason = rules.sound_line(
        {rules.NAME: name, rules.ESTATE: estate, rules.ADULT: adult}, phone="13800000001", places={}, here="C1"
    )
    assert (line is None) == bool(reason) and (reason in rules.REASONS or line.name == rules.tidy_name(name))


def test_identity_numbers_are_known_by_their_check_sign():
    """GB 11643."""
    assert rules.has_identity_number("11010519491231002X") and rules.has_identity_number("证１１０１０５１９４９１２３１００２ｘ。")
    assert not rules.has_identity_number("110105194912310021") and not rules.has_identity_number("13800138000")
    assert not rules.has_identity_number("11010519491331002X")
