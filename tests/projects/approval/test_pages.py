"""The street's desk and the approved list."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communities.roles.rules import Role
from portal import clock
from portal.models import Notice
from portal.sheets import harmless
from projects.approval import queries, rules, services
from projects.approval.models import ApprovalDecision
from projects.models import Proposal
from tests import factories
from tests.factories import NOON
from tests.projects.approval.test_services import decide, desk
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
FORM = {**dict.fromkeys(rules.GATES, "yes"), "verdict": "approve", "amount": "", "conditions": "", "reason": "", "go": "send"}


@pytest.fixture(autouse=True)
def _day():
    with clock.pretend(NOON):
        yield


def url(name: str, *args: object) -> str:
    return reverse(f"approval:{name}", args=args)


def text_of(answer) -> str:
    return answer.content.decode()


def test_an_officer_decides_item_by_item():
    batch, officer, (first, second) = desk()
    client = sign_in(Client(), officer)
    assert batch.title in text_of(client.get(url("desk")))
    assert "剩 2,000,000.00 元" in text_of(client.get(url("decide", first.number)))
    assert client.post(url("decide", first.number), FORM).headers["Location"] == url("round", batch.number)
    lower = {**FORM, "verdict": "lower", "amount": "6 万", "reason": "单价高于市场价"}
    assert client.post(url("decide", second.number), lower).status_code == 302
    assert [row.amount for row in ApprovalDecision.objects.order_by("pk")] == [80_000_00, 60_000_00]
    assert "核减金额后批准" in text_of(client.get(url("round", batch.number)))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"scope": ""}, "请选符合或不符合"),
        ({"scope": "no"}, "有一项审核不符合"),
        ({"verdict": ""}, "请选择审批决定"),
        ({"verdict": "conditions"}, "请写明批准的条件"),
        ({"verdict": "lower", "amount": "80000", "reason": "单价偏高"}, "并小于申报金额"),
        ({"verdict": "lower", "amount": "很多", "reason": "单价偏高"}, "没有看懂这个金额"),
        ({"verdict": "refuse"}, "请写明理由"),
    ],
)
def test_what_is_missing_is_said_at_the_form_and_nothing_is_written(change, words):
    """U4: specific messages."""
    _batch, officer, (first, _second) = desk()
    answer = sign_in(Client(), officer).post(url("decide", first.number), {**FORM, **change})
    assert answer.status_code == 422 and words in text_of(answer)
    assert not ApprovalDecision.objects.exists()


def test_an_officer_reads_what_goes_to_whom_before_it_goes():
    """U7: the preview writes nothing; going back keeps the words."""
    batch, officer, (first, _second) = desk()
    client = sign_in(Client(), officer)
    lower = {**FORM, "verdict": "lower", "amount": "6 万", "reason": "单价高于市场价"}
    told = text_of(client.post(url("decide", first.number), {**lower, "go": ""}))
    assert "会发给" in told and "由8 万元核减为6 万元。原因：单价高于市场价" in told and str(first.proposer) in told
    again = text_of(client.post(url("decide", first.number), {**lower, "go": "edit"}))
    assert "单价高于市场价" in again and "核减为6 万元" not in again
    assert not ApprovalDecision.objects.exists()
    client.post(url("decide", first.number), lower)
    assert Notice.objects.get(kind="approval.decided", person=first.proposer) and batch


def test_several_items_are_approved_as_a_list():
    batch, officer, rows = desk()
    client = sign_in(Client(), officer)
    ticked = {"proposals": [row.pk for row in rows], "checked": "on"}
    place = url("approve_list", batch.number)
    assert rows[1].title in text_of(client.get(place))
    assert client.post(place, {"proposals": ticked["proposals"], "go": "send"}).status_code == 422
    assert client.post(place, {**ticked, "proposals": ["x", "9" * 30], "go": "send"}).status_code == 422
    assert "会发给" in text_of(client.post(place, ticked)) and not ApprovalDecision.objects.exists()
    assert client.post(place, {**ticked, "go": "send"}).status_code == 302
    assert [row.verdict for row in ApprovalDecision.objects.all()] == ["approve", "approve"]
    assert "没有可以批准的项目" in text_of(client.get(place))


def test_a_list_is_approved_whole_or_not_at_all():
    """The envelope bears one of the two."""
    batch, officer, rows = desk(amount=100_000_00)
    ticked = {"proposals": [row.pk for row in rows], "checked": "on", "go": "send"}
    answer = sign_in(Client(), officer).post(url("approve_list", batch.number), ticked)
    assert answer.status_code == 422 and "只剩" in text_of(answer) and not ApprovalDecision.objects.exists()


def test_the_second_officer_signs_on_a_page_of_its_own():
    batch, officer, (first, _second) = desk(estimate=300_000_00)
    decide(first, officer)
    other = sign_in(Client(), factories.street_officer(batch.street, "林婉清"))
    assert "等我复核签字" in text_of(other.get(url("desk")))
    assert "等我复核签字" not in text_of(sign_in(Client(), officer).get(url("desk")))
    own = sign_in(Client(), officer).post(url("second", first.number), {"agrees": "yes", "reason": ""})
    assert own.status_code == 422 and "另一位街道工作人员" in text_of(own)
    assert other.post(url("second", first.number), {"agrees": "", "reason": ""}).status_code == 422
    assert other.post(url("second", first.number), {"agrees": "yes", "reason": ""}).status_code == 302
    assert Proposal.objects.get(pk=first.pk).standing == "approved"
    assert other.get(url("second", first.number)).status_code == 302


def test_another_street_and_a_worker_are_refused_with_the_reason():
    """S28: another street sees the refused page."""
    batch, _officer, (first, _second) = desk()
    for stranger in (factories.street_officer(factories.street("坂田街道")), factories.worker(first.community)):
        client = sign_in(Client(), stranger)
        for place in (url("round", batch.number), url("decide", first.number), url("refill", batch.number)):
            answer = client.get(place)
            assert answer.status_code == 403 and "街道工作人员" in text_of(answer)


def test_the_approved_list_is_public_with_amounts_reasons_and_filing():
    batch, officer, (first, second) = desk()
    assert "还没有批准的项目" in text_of(Client().get(url("approved", batch.number)))
    assert Client().get(url("approved_csv", batch.number)).status_code == 404
    decide(first, officer, "lower", amount=60_000_00, reason="单价高于市场价")
    decide(second, officer, "refuse", reason="与政府项目重复")
    district = sign_in(Client(), factories.holder(Role.DISTRICT_OFFICER, batch.street.parent))
    assert district.post(url("file", batch.number), {"reference": ""}).status_code == 422
    assert district.post(url("file", batch.number), {"reference": "龙民备〔2026〕7号"}).status_code == 302
    public = text_of(Client().get(url("approved", batch.number)))
    for words in ("60,000.00 元", "单价高于市场价", "与政府项目重复", "龙民备〔2026〕7号", "名单校验码"):
        assert words in public


def test_no_cell_of_the_file_starts_a_formula():
    """S37: spreadsheet injection."""
    batch, officer, (first, second) = desk()
    Proposal.objects.filter(pk=first.pk).update(title="=HYPERLINK(1)")
    decide(first, officer)
    decide(second, officer, "conditions", conditions="＋先征得同意")
    answer = Client().get(url("approved_csv", batch.number))
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[1][1] == "'=HYPERLINK(1)" and rows[2][6] == "'＋先征得同意"
    assert rows[0][5] == "批准金额（元）" and rows[1][5] == "80000.00"
    assert [harmless(cell) for cell in ("-1", "\tx", "\n=1", "＝1", "坡道", "")] == ["'-1", "'\tx", "'\n=1", "'＝1", "坡道", ""]


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_a_constant_number_of_questions(count, django_assert_num_queries, django_assert_max_num_queries):
    batch, officer, rows = desk(proposals=count)
    for row in rows:
        decide(row, officer)
    with django_assert_num_queries(4):
        Client().get(url("approved", batch.number))
    client = sign_in(Client(), officer)
    client.get(url("round", batch.number))
    with django_assert_max_num_queries(16):
        client.get(url("round", batch.number))


def test_what_awaits_and_what_is_told():
    batch, officer, (first, second) = desk(estimate=300_000_00)
    other = factories.street_officer(batch.street, "林婉清")
    assert [task.url for task in queries.awaiting(officer, today=NOON.date())] == [url("round", batch.number)]
    row = decide(first, officer)
    assert url("second", first.number) in [task.url for task in queries.awaiting(other, today=NOON.date())]
    assert queries.chapters(first) == []
    services.sign_second(decision_id=row.pk, agrees=True, reason="", by=other, now=NOON)
    first.refresh_from_db()
    (told,) = queries.chapters(first)
    assert (told.title, told.text) == ("街道审批：批准", "批准金额30 万元。")
    assert queries.offers(second, person=officer, parties=frozenset(), now=NOON) == []


ODD = st.one_of(st.text(max_size=40), st.sampled_from(["\0", "9" * 60, "1e999", "-1", "１２万", "NaN"]))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(ODD, min_size=4, max_size=4))
def test_no_typed_value_breaks_a_form(values):
    """Bad input is answered, never with a 500."""
    if not hasattr(test_no_typed_value_breaks_a_form, "ready"):
        test_no_typed_value_breaks_a_form.ready = desk()
    batch, officer, (first, _second) = test_no_typed_value_breaks_a_form.ready
    one, two, three, four = values
    client = sign_in(Client(), officer)
    form = {**FORM, "verdict": "lower", "amount": one, "conditions": two, "reason": three, "scope": four}
    for place, data in (
        (url("decide", first.number), form),
        (url("decide", first.number), {**FORM, "verdict": one, "reason": two}),
        (url("refill", batch.number), {"refill": one, "reason": two}),
        (url("second", first.number), {"agrees": one, "reason": two}),
    ):
        assert client.post(place, data).status_code in (302, 409, 422)
