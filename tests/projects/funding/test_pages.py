"""The office's and the public's pages of money, clicked as people click them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from portal import clock
from projects.funding import services
from projects.funding.models import Contract, Payment, Provider
from tests import factories as make
from tests.factories import NOON
from tests.projects import project_worlds as worlds
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    with clock.pretend(NOON):
        yield


def text_of(answer):
    return answer.content.decode()


def contract_data(provider, **other):
    return {
        "provider": provider.pk,
        "number": "HT-2026-08",
        "amount": "6 万",
        "route": "quotes",
        "signed_on": "2026年3月2日",
        "starts_by": "2026-03-20",
        "responsible_name": "吴国栋",
        "responsible_phone": "１３８ 0013 8000",
        **other,
    }


def test_a_street_registers_a_provider_by_its_credit_code(client):
    home = make.community()
    sign_in(client, make.street_officer(home.parent))
    data = {
        "name": "深圳市惠邻建设工程有限公司",
        "credit_code": " 9111 0000 6000 3734 1l ",
        "phone": "0755-28880001",
        "eligible_until": "2027-12-31",
    }
    answer = client.post(reverse("funding:register_provider"), {**data, "credit_code": "911100006000373410"})
    assert answer.status_code == 422 and "校验位" in text_of(answer)
    answer = client.post(reverse("funding:register_provider"), {**data, "credit_code": "9111"})
    assert "18 位" in text_of(answer) and "现在是 4 位" in text_of(answer)
    answer = client.post(reverse("funding:register_provider"), data, follow=True)
    assert "已登记" in text_of(answer) and Provider.objects.get().credit_code == "91110000600037341L"
    assert "惠邻" in text_of(client.get(reverse("funding:providers"), {"q": "惠邻"}))


def test_contract_payment_and_release_by_two_people(client):
    """U4: what is wrong stands at its field; S31: the second person is another."""
    world = worlds.approved()
    provider = worlds.provider(world.officer, world.home.parent)
    sign_in(client, world.officer)
    url = reverse("funding:sign_contract", args=[world.number])
    answer = client.post(url, contract_data(provider, amount="9 万"))
    assert answer.status_code == 422 and "80,000.00" in text_of(answer) and 'value="9 万"' in text_of(answer)
    answer = client.post(url, contract_data(provider, responsible_phone="123"))
    assert "11 位手机号" in text_of(answer)
    answer = client.post(url, contract_data(provider), follow=True)
    assert "HT-2026-08" in text_of(answer)
    contract = Contract.objects.get()
    answer = client.post(reverse("funding:start_delivery", args=[world.number]), follow=True)
    assert world.again().stage == "delivery"
    pay = {"instalment": "progress", "amount": "20000", "voucher": "FP-0088", "purpose": "坡道基础"}
    answer = client.post(reverse("funding:request_payment", args=[contract.pk]), pay, follow=True)
    assert "等另一位同事批准" in text_of(answer)
    payment = Payment.objects.get()
    answer = client.post(reverse("funding:release_payment", args=[payment.pk]))
    assert answer.status_code == 403 and "不能是同一个人" in text_of(answer)
    sign_in(client, world.second)
    answer = client.post(reverse("funding:release_payment", args=[payment.pk]), follow=True)
    assert "付款已批准" in text_of(answer)
    answer = client.post(reverse("funding:release_payment", args=[payment.pk]))
    assert answer.status_code == 409 and "不会重复付款" in text_of(answer)
    client.logout()
    public = text_of(client.get(reverse("funding:money", args=[world.number])))
    assert "20,000.00" in public and "FP-0088" in public and "惠邻" in public
    assert "黄志强" not in public and "吴国栋" not in public and "13800138000" not in public


def test_low_score_and_settlement_pages(client):
    world = worlds.concluded(score=1)
    with clock.pretend(worlds.AFTER):
        sign_in(client, world.officer)
        page = text_of(client.get(reverse("funding:project", args=[world.number])))
        assert "解除尾款暂缓" in page and "办理结算" in page
        answer = client.post(
            reverse("funding:lift_hold", args=[world.number]), {"reason": "扶手已经重新加固。"}, follow=True
        )
        assert "尾款可以支付了" in text_of(answer)
        answer = client.post(reverse("funding:settle_project", args=[world.number]), {"note": ""})
        assert answer.status_code == 422 and "核减" in text_of(answer)
        answer = client.post(
            reverse("funding:settle_project", args=[world.number]), {"note": "只完成了基础，核减。"}, follow=True
        )
        assert "项目已结算" in text_of(answer)


def test_who_has_no_business_sees_no_desk(client):
    """S28: other streets, residents and visitors get no office page."""
    world = worlds.in_delivery()
    pages = ["funding:project", "funding:sign_contract", "funding:settle_project", "funding:enter_cofunding"]
    for person in (make.street_officer(make.street("坂田街道")), world.proposer):
        sign_in(client, person)
        for name in pages:
            assert client.get(reverse(name, args=[world.number])).status_code in (403, 409)
        assert client.get(reverse("funding:request_payment", args=[world.contract.pk])).status_code == 403
    client.logout()
    for name in pages:
        assert client.get(reverse(name, args=[world.number])).status_code == 302
    assert client.get(reverse("funding:money", args=["WSS-2026-999999"])).status_code == 404


def test_lists_ask_as_often_for_three_as_for_one(client):
    world = worlds.in_delivery()
    sign_in(client, world.officer)

    def asked(name, *args):
        client.get(reverse(name, args=args))
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse(name, args=args)).status_code == 200
        return len(seen)

    before = [asked("funding:work"), asked("funding:providers"), asked("funding:money", world.number)]
    for place in (1, 2):
        worlds.provider(world.officer, world.home.parent, code=worlds.CODES[place], name=f"第{place}家建设公司")
        proposal = make.proposal(world.batch, world.proposer, standing="approved")
        services.receive_project(proposal=proposal, amount=1_000_00, now=NOON)
        worlds.pay(world, 1_000_00)
    assert [asked("funding:work"), asked("funding:providers"), asked("funding:money", world.number)] == before


TYPED = some.one_of(
    some.text(max_size=60),
    some.sampled_from(["\x00", "\ud800", "9" * 400, "-1", "1e999", "٣", "2026-02-30", "NaN", "　"]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    some.dictionaries(
        some.sampled_from(
            [
                "provider",
                "number",
                "amount",
                "route",
                "signed_on",
                "starts_by",
                "responsible_name",
                "responsible_phone",
                "liaison_name",
                "liaison_phone",
                "instalment",
                "voucher",
                "purpose",
                "kind",
                "name",
                "credit_code",
                "eligible_until",
                "note",
            ]
        ),
        TYPED,
    )
)
def test_bad_input_is_answered_never_broken(client, fuzz_world, data):
    """D7, U4: every box takes anything and answers in words."""
    data = {
        key: value.encode("utf-8", "surrogatepass").decode("utf-8", "replace") if "\ud800" in value else value
        for key, value in data.items()
    }
    number, contract = fuzz_world
    for url in (
        reverse("funding:sign_contract", args=[number]),
        reverse("funding:request_payment", args=[contract]),
        reverse("funding:register_provider"),
        reverse("funding:enter_cofunding", args=[number]),
    ):
        assert client.post(url, data).status_code in (200, 302, 403, 409, 422)


@pytest.fixture
def fuzz_world(client):
    world = worlds.approved()
    contract = worlds.sign(world)
    sign_in(client, world.officer)
    return world.number, contract.pk
