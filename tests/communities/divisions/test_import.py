"""Bringing the tree in line: safe to repeat, nothing deleted, previews that do not differ from the act."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from communities.divisions import files, queries, services
from communities.divisions.models import Division
from communities.roles.rules import Role
from portal import jobs
from portal.models import Job, LogEntry
from tests.factories import NOON, holder, worker
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
HEAD = "code,name,level,parent_code\n4403,深圳市,city,\n440307,龙岗区,district,4403\n"
STREETS = "440307013,坂田街道,street,440307\n440307014,布吉街道,street,440307\n"
LONGLING = "440307014001,龙岭社区居委会,community,440307014\n"
NANKENG = "440307013020,南坑社区南坑居委会,community,440307013\n440307013021,南坑社区星光居委会,community,440307013\n"


def bring(text, *, apply=True, within=None):
    return services.import_divisions(
        reading=files.read_csv(text.encode()), by=None, now=NOON, apply=apply, within=within
    )


def names(level="community"):
    return sorted(Division.objects.filter(level=level, abolished_on=None).values_list("code", "name"))


def test_two_committees_are_one_community():
    bring(HEAD + STREETS + LONGLING + NANKENG)
    assert names() == [("C440307013020", "南坑社区"), ("C440307014001", "龙岭社区")]
    star = queries.by_code("440307013021")
    assert star.parent.name == "南坑社区"
    assert star.path == "4403/440307/440307013/C440307013020/440307013021/"
    assert [place.name for place in queries.chain(star)][-2:] == ["南坑社区", "南坑社区星光居委会"]


def test_a_repeat_changes_nothing():
    text = HEAD + STREETS + LONGLING + NANKENG
    bring(text)
    again = bring(text)
    assert again.is_empty and again.unchanged == 9


def test_a_preview_writes_nothing_and_tells_the_same():
    text = HEAD + STREETS + LONGLING
    preview = bring(text, apply=False)
    assert not Division.objects.exists() and not LogEntry.objects.exists()
    assert bring(text) == preview


def test_changed_names_update_and_the_community_keeps_its_code():
    bring(HEAD + STREETS + LONGLING)
    before = queries.by_code("C440307014001")
    change = bring(HEAD + STREETS + LONGLING.replace("龙岭", "龙珠"))
    after = queries.by_code("C440307014001")
    assert (before.pk, after.name, after.initials) == (after.pk, "龙珠社区", "lzsq")
    assert any("龙岭社区 → 龙珠社区" in line for line in change.renamed)


def test_a_new_lower_committee_does_not_change_the_communitys_code():
    bring(HEAD + STREETS + NANKENG)
    bring(HEAD + STREETS + NANKENG + "440307013005,南坑社区新居委会,community,440307013\n")
    assert names() == [("C440307013020", "南坑社区")]


def test_what_is_missing_is_abolished_and_never_deleted():
    bring(HEAD + STREETS + LONGLING + NANKENG)
    change = bring(HEAD + STREETS + NANKENG)
    gone = queries.by_code("C440307014001")
    assert gone.abolished_on == NOON.date() and len(change.abolished) == 2
    back = bring(HEAD + STREETS + LONGLING + NANKENG)
    assert queries.by_code("C440307014001").abolished_on is None and len(back.revived) == 2


def test_a_list_of_one_district_says_nothing_about_another():
    other = "440304,福田区,district,4403\n440304001,南园街道,street,440304\n440304001001,滨江社区居委会,community,440304001\n"
    bring(HEAD + STREETS + LONGLING + other)
    change = bring(HEAD + other)
    assert not any("滨江" in line for line in change.abolished)
    assert queries.by_code("440304001001").abolished_on is None


def test_a_bad_row_is_not_a_missing_one():
    bring(HEAD + STREETS + LONGLING + NANKENG)
    change = bring(HEAD + STREETS + NANKENG + "440307014001,,community,440307014\n")
    assert change.abolished == [] and change.bad[0]["line"] == 8
    assert queries.by_code("440307014001").abolished_on is None


def test_moving_a_street_moves_everything_below_it():
    bring(HEAD + STREETS + LONGLING)
    home = queries.by_code("C440307014001")
    estate = services.add_estate(community_id=home.pk, name="龙岭花园", by=None, now=NOON)
    moved = HEAD + "440304,福田区,district,4403\n" + STREETS.replace("440307014,布吉街道,street,440307", "440307014,布吉街道,street,440304")
    change = bring(moved + LONGLING)
    estate.refresh_from_db()
    assert estate.path.startswith("4403/440304/440307014/C440307014001/")
    assert any("布吉街道" in line for line in change.moved)
    assert bring(moved + LONGLING).is_empty


def test_an_estate_is_added_once():
    bring(HEAD + STREETS + LONGLING)
    home = queries.by_code("C440307014001")
    first = services.add_estate(community_id=home.pk, name="龙岭花园", by=None, now=NOON)
    assert services.add_estate(community_id=home.pk, name="龙岭花园", by=None, now=NOON) == first
    assert bring(HEAD + STREETS + LONGLING).abolished == []


@pytest.mark.parametrize("typed", ["龙岭", "龙岭社区", "longling", "ll", "LL", " 龙 岭 ", "布吉", "440307014001"])
def test_a_community_is_found_as_people_type_it(typed):
    bring(HEAD + STREETS + LONGLING + NANKENG)
    assert [place.name for place in queries.find_community(typed)] == ["龙岭社区"]


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "zzz", "%", "_", "' OR 1=1"])
def test_nothing_is_found_for_nothing(typed):
    bring(HEAD + STREETS + LONGLING)
    assert queries.find_community(typed) == []


def test_the_command_previews_and_applies(tmp_path, capsys):
    path = tmp_path / "list.csv"
    path.write_text(HEAD + STREETS + LONGLING + "bad,row,community,440307014\n", encoding="utf-8")
    call_command("import_divisions", str(path))
    assert not Division.objects.exists()
    call_command("import_divisions", str(path), "--apply")
    told = capsys.readouterr()
    assert Division.objects.count() == 6 and "line 7" in told.err


def test_the_whole_city_goes_in_and_stays_the_same(django_assert_max_num_queries):
    reading = files.read_csv(files.SHENZHEN.read_bytes())
    services.import_divisions(reading=reading, by=None, now=NOON, apply=True)
    assert Division.objects.filter(level="community").count() == 775
    with django_assert_max_num_queries(12):
        again = services.import_divisions(reading=reading, by=None, now=NOON, apply=True)
    assert again.is_empty and again.unchanged == 1 + 9 + 79 + 775 + 788


def test_an_administrator_previews_and_applies_in_the_browser(client, tmp_path, settings):
    """Bad rows with line and reason on the page; outside the administrator's district nothing changes."""
    settings.MEDIA_ROOT = tmp_path
    bring(HEAD + STREETS + "440304,福田区,district,4403\n")
    admin = holder(Role.ADMINISTRATOR, queries.by_code("440307"))
    sign_in(client, admin)
    path = tmp_path / "list.csv"
    path.write_text(HEAD + STREETS + LONGLING + "440304,福田新区,district,4403\nx,y,community,440307014\n", encoding="utf-8")
    with path.open("rb") as held:
        asked = client.post(reverse("divisions:import_list"), {"file": held})
    preview = Job.objects.get()
    assert jobs.run(preview.pk, now=NOON)
    text = client.get(asked.url).content.decode()
    assert "龙岭社区" in text and "第 8 行" in text and "不在您管理的范围内" in text
    assert queries.by_code("C440307014001") is None
    client.post(reverse("divisions:apply_import", args=[preview.pk]))
    client.post(reverse("divisions:apply_import", args=[preview.pk]))
    act = Job.objects.exclude(pk=preview.pk).get()
    assert jobs.run(act.pk, now=NOON)
    assert queries.by_code("C440307014001") and queries.by_code("440304").name == "福田区"


def test_nobody_else_finds_the_import(client):
    bring(HEAD + STREETS + LONGLING)
    sign_in(client, worker(queries.by_code("C440307014001")))
    assert client.get(reverse("divisions:import_list")).status_code == 404
