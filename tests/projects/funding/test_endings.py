"""A project given up is settled; the retention waits for the warranty; a provider with too much is shown."""

from datetime import timedelta

import pytest
from django.urls import reverse

from portal import clock
from projects.delivery import services as delivery
from projects.desk.queries import programme
from projects.evaluation import services as evaluation
from projects.funding import queries, services, warranty
from projects.funding.splitting import concentration_warnings
from projects.models import Account
from tests import factories as make
from tests.factories import NOON
from tests.projects import project_worlds as worlds
from tests.projects.funding.test_services import refused
from tests.signing_in import sign_in

WHY = "管线单位不同意迁改，不再实施。"


def left_in(world, *kinds):
    return sum(queries.balance(row) for row in Account.objects.filter(project=world.project, kind__in=kinds))


@pytest.mark.django_db
def test_a_project_stopped_for_good_is_paid_for_what_was_done_and_settled(client):
    world = worlds.in_delivery()
    given = {"project_id": world.project.pk, "by": world.officer, "now": NOON}
    with refused("not_stopped"):
        delivery.end_project(**given, reason=WHY)
    with refused("not_at_its_end"):
        services.settle_project(**given, note="")
    delivery.stop_project(**given, reason="开挖发现燃气管线。")
    sign_in(client, world.officer)
    with clock.pretend(NOON):
        page = client.get(reverse("delivery:project", args=[world.number])).content.decode()
        assert "登记终止" in page
        assert client.post(reverse("delivery:end_project", args=[world.number]), {"reason": ""}).status_code == 422
        client.post(reverse("delivery:end_project", args=[world.number]), {"reason": WHY})
    with refused("already_ended"):
        delivery.end_project(**given, reason=WHY)
    with refused("ended"):
        delivery.resume_project(**given, note="还是想做。")
    with refused("only_work_done"):
        worlds.pay(world, 1_00, instalment="advance")
    worlds.pay(world, 12_000_00)
    before = queries.balance(Account.objects.get(kind="envelope", envelope=world.envelope))
    with refused("reduction_unexplained"):
        services.settle_project(**given, note="")
    with clock.pretend(NOON):
        assert WHY in client.get(reverse("funding:settle_project", args=[world.number])).content.decode()
    settled = services.settle_project(**given, note="合同其余部分不再履行。")
    assert (settled.paid, settled.returned, settled.retained) == (12_000_00, 68_000_00, 0)
    assert left_in(world, "allotted", "contracted") == 0
    with refused("already_settled"):
        services.enter_cofunding(**given, kind="fund", name="社区基金", amount=1_00)
    assert queries.balance(Account.objects.get(kind="envelope", envelope=world.envelope)) == before + 68_000_00
    whole = programme.programme_of(world.home, today=NOON.date()).whole
    assert (whole.ended, whole.going, whole.waiting, whole.done) == (1, 0, 0, 0)
    assert not [task for task in queries.awaiting(world.officer, today=NOON.date()) if task.title == world.project.title]
    assert WHY in client.get(reverse("desk:proposal", args=[world.number])).content.decode()


@pytest.mark.django_db
def test_the_retention_waits_for_the_warranty_and_for_faults_to_be_answered(client):
    world = worlds.concluded(retention_percent=5, retention_days=365)
    now, over = worlds.AFTER, worlds.AFTER + timedelta(days=370)
    worlds.pay(world, 54_000_00, now=now)
    with refused("over_contract"):
        worlds.pay(world, 6_000_00, instalment="balance", now=now)
    worlds.pay(world, 3_000_00, instalment="balance", now=now)
    with refused("warranty_runs"):
        worlds.pay(world, 3_000_00, instalment="retention", now=now)
    settled = services.settle_project(project_id=world.project.pk, by=world.officer, note="", now=now)
    assert (settled.paid, settled.returned, settled.retained) == (57_000_00, 20_000_00, 3_000_00)
    assert left_in(world, "contracted") == 3_000_00
    assert evaluation.close_project(project_id=world.project.pk, by=world.officer, now=now)
    with refused("already_settled"):
        worlds.pay(world, 1_00, now=over)
    problem = delivery.report_problem(
        project_id=world.project.pk, by=world.supporter, aspect="quality", text="坡道表面起砂，雨天打滑。", now=over
    )
    with refused("faults_open"):
        worlds.pay(world, 3_000_00, instalment="retention", now=over)
    delivery.answer_problem(problem_id=problem.pk, by=world.worker, answer="承接单位已重新铺设防滑面层。", now=over)
    with refused("over_retention"):
        worlds.pay(world, 3_000_01, instalment="retention", now=over)
    sign_in(client, world.officer)
    with clock.pretend(over):
        page = client.get(reverse("funding:project", args=[world.number])).content.decode()
    assert "质保金 3,000.00 元" in " ".join(page.split()) and "扣留质保金" in page
    worlds.pay(world, 1_000_00, instalment="retention", now=over)
    assert services.forfeit_retention(
        project_id=world.project.pk, by=world.officer, reason="多次通知没有修好。", now=over
    ) == 2_000_00  # fmt: skip
    assert left_in(world, "allotted", "contracted") == 0
    with refused("nothing_kept"):
        services.forfeit_retention(project_id=world.project.pk, by=world.officer, reason="再扣一次。", now=over)


@pytest.mark.parametrize(("amount", "works", "percent", "kept"), [(100, True, 3, 3), (101, True, 3, 4), (100, False, 3, 0), (100, True, 0, 0)])
def test_only_works_keep_a_retention(amount, works, percent, kept):
    assert warranty.retention_in(amount, works=works, percent=percent) == kept


@pytest.mark.parametrize(("part", "contracts", "shown"), [(40, 3, 1), (39, 3, 0), (90, 2, 0), (100, 5, 1)])
def test_a_provider_with_much_of_a_street_is_shown(part, contracts, shown):
    found = concentration_warnings("惠邻", part=part, whole=100, contracts=contracts, year=2026, percent=40, least=3)
    assert len(found) == shown


@pytest.mark.django_db
def test_concentration_counts_the_contracts_of_the_street():
    world = worlds.approved()
    for number in range(3):
        worlds.sign(world, amount=20_000_00, number=f"HT-{number}", route="quotes")
    (warned,) = queries.concentration_of(world.again())
    assert (warned.params["contracts"], warned.params["share"]) == (3, 100)
    elsewhere = worlds.approved(home=make.community("别处", make.street("坂田街道")))
    assert queries.concentration_of(elsewhere.project) == []
