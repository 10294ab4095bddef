"""A works project from its money to its last day in a browser, a supervisor's finding, a district's worst streets."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from communities.roles.rules import Role
from projects.funding import services as funding
from projects.funding.queries import balance
from projects.models import Account, Payment, ProblemReport, Project
from projects.proposals.standings import Standing
from tests import factories as make
from tests.factories import NOON
from tests.journeys.browser import PHONE, Person
from tests.projects import project_worlds as worlds

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(420)]


def days(count: int):
    return NOON + timedelta(days=count)


def written(day) -> str:
    return f"{day:%Y-%m-%d}"


def sends(who: Person, button: str, said: str) -> None:
    """Press and read the next page's own word."""
    who.presses(button, exact=False)
    who.reads(said)
    assert not who.shows(".error-summary")


def pays(asks: Person, releases: Person, work: str, *, kind: str, amount: str, voucher: str) -> None:
    asks.opens(work)
    asks.clicks(asks.page.locator("main").get_by_role("link", name=re.compile("^申请付款")))
    asks.page.get_by_label("款项").select_option(label=kind)
    asks.writes(付款金额=amount, 凭证号=voucher, 用途="坡道工程款")
    sends(asks, "提交申请", "等另一位同事批准")
    assert not asks.offers(re.compile("^批准付款")), "one person never does both"
    releases.opens(work)
    sends(releases, "批准付款", "付款已批准并记账")


def test_a_works_project_from_contract_to_settlement(at, sits):
    """Two instalments by two people, a rework with a date, acceptance with the proposer's name, money back to the envelope."""
    at(NOON)
    w = worlds.approved(amount=80_000_00)
    worlds.provider(w.officer, w.home.parent)
    work, site, panel = (f"/{room}/{w.number}/work/" for room in ("funding", "delivery", "acceptance"))
    he, second, worker = sits(w.officer), sits(w.second), sits(w.worker)

    he.opens(work)
    he.presses("登记合同")
    he.page.get_by_label("承接单位").select_option(label="深圳市惠邻建设工程有限公司")
    he.page.get_by_label("采购方式").select_option(label="三家比选")
    he.writes(合同编号="HT-2026-01", 合同金额="6 万", 签约日期=written(NOON), 最迟开工日=written(days(14)))
    he.writes(负责人姓名="吴国栋", 负责人手机="139 5550 0001")
    sends(he, "登记合同", "合同已登记")
    sends(he, "进入实施阶段", "项目已进入实施阶段")
    pays(he, second, work, kind="预付款", amount="18000", voucher="FP-0001")

    at(days(20))
    builder = sits(Project.objects.get().contracts.get().responsible, PHONE)
    builder.opens(f"/delivery/{w.number}/plan/")
    builder.writes(节点="坡道浇筑", 计划完成日=written(days(20)))
    sends(builder, "添加节点", "节点已添加")
    builder.opens(f"/delivery/{w.number}/report/")
    builder.writes(完成进度="100", 进展说明="坡道和扶手都已完工。", 照片说明="坡道完工后")
    photo = {"name": "坡道.jpg", "mimeType": "image/jpeg", "buffer": worlds.photo_file().read()}
    builder.page.set_input_files("input[type=file]", photo)
    builder.page.get_by_label("照片类别").select_option(label="实施后")
    sends(builder, "提交进度", "进度已上报")
    finishes(builder)

    worlds.seat_panel(w, now=days(20))
    at(days(21))
    worker.opens(site)
    sends(worker, "开始验收", "项目已进入验收")
    worlds.mark_all(w, now=days(21), but=(w.engineer,))
    engineer = sits(w.engineer, PHONE)
    engineer.opens(f"/acceptance/{w.number}/mark/")
    engineer.ticks("不合格，需要整改")
    engineer.fills("意见", "扶手松动，要加固。")
    sends(engineer, "提交意见", "意见已提交")
    worker.opens(panel)
    worker.presses("退回整改")
    worker.reads("扶手松动，要加固。")
    worker.writes(整改期限=written(days(30)), 整改内容="加固扶手，三个固定点。")
    sends(worker, "退回整改", "已退回整改")

    at(days(28))
    builder.opens(site)
    finishes(builder)
    worker.opens(site)
    sends(worker, "开始验收", "项目已进入验收")
    worlds.mark_all(w, now=days(28))
    proposer = sits(w.proposer, PHONE)
    proposer.opens(f"/acceptance/{w.number}/sign/")
    proposer.ticks("很满意")
    sends(proposer, "签字确认", "签字已记录")
    proposer.reads("第 2 次验收")
    worker.opens(panel)
    sends(worker, "验收通过，开始评价", "验收完成，居民可以评价了")

    at(days(29))
    proposer.opens(f"/evaluation/{w.number}/rate/")
    proposer.ticks("很满意")
    proposer.presses("下一步：核对")
    proposer.presses("提交评价")
    at(days(60))
    worker.opens(f"/evaluation/{w.number}/work/")
    sends(worker, "公布评价结果", "评价结果已公布")
    pays(he, second, work, kind="尾款", amount="40000", voucher="FP-0002")
    he.opens(work)
    he.presses("办理结算")
    he.page.locator("main form textarea").fill("扶手少做两米，按核实的工程量核减。")
    sends(he, "结算", "项目已结算，结余已退回")
    he.reads("22,000.00 元")
    he.opens(f"/evaluation/{w.number}/work/")
    sends(he, "办结项目", "项目已办结")

    w.again()
    assert w.project.stage == "done"
    assert list(w.project.inspections.order_by("number").values_list("outcome", flat=True)) == ["rework", "meets"]
    released = Payment.objects.order_by("pk").values_list("instalment", "amount", "requested_by", "decided_by")
    assert list(released) == [
        ("advance", 18_000_00, w.officer.pk, w.second.pk),
        ("balance", 40_000_00, w.officer.pk, w.second.pk),
    ]
    settlement = w.project.settlement
    assert (settlement.paid, settlement.returned) == (58_000_00, 22_000_00)
    home = Account.objects.get(kind=Account.Kind.ENVELOPE, envelope=w.envelope)
    assert balance(home) == 2_000_000_00 - 58_000_00, "the envelope lacks what was paid, not a fen more"
    proposer.opens(f"/funding/{w.number}/")
    proposer.reads("FP-0001", "FP-0002", "22,000.00 元")


def finishes(builder: Person) -> None:
    """Every open step is done, then the work."""
    builder.opens(builder.page.url.split("#")[0])
    sends(builder, "标记完成", "已完成")
    builder.presses("申报完工")
    builder.fills("完工说明", "坡道、扶手全部完工。")
    sends(builder, "申报完工", "已申报完工")


def test_a_supervisors_finding_is_answered(at, sits):
    """Nothing goes to acceptance while it is open; the answer stands under it and reaches her."""
    at(days(20))
    w = worlds.in_delivery()
    worlds.finish(w, now=days(20))
    worlds.seat_panel(w, now=days(20))
    she, worker = sits(w.supervisor), sits(w.worker)
    she.opens(f"/delivery/{w.number}/work/")
    she.presses("提出监督意见")
    she.ticks("质量")
    she.fills("是什么问题", "坡道坡度偏大，轮椅推不上去。")
    sends(she, "提交意见", "已登记")
    worker.opens(f"/delivery/{w.number}/work/")
    worker.reads("1 条问题反映没有答复")
    assert not worker.offers("开始验收")
    worker.clicks(worker.page.locator("main article").get_by_role("link", name=re.compile("^答复")))
    worker.reads("坡道坡度偏大，轮椅推不上去。")
    worker.fills("答复", "已现场复测，坡度 1:12，符合要求，并加铺了防滑条。")
    sends(worker, "公开答复", "答复已公开，并通知了反映人")
    assert worker.offers("开始验收")
    finding = ProblemReport.objects.get()
    assert (finding.source, finding.answered_by_id) == ("supervisor", w.worker.pk)
    she.opens("/wode/xiaoxi/")
    she.reads(re.compile("已现场复测|有了答复|已答复"))


def overdue(street: str, projects: int):
    """A street some of whose projects never began."""
    home = make.community(f"{street}社区", make.street(f"{street}街道"))
    officer = make.street_officer(home.parent)
    batch = make.round_at("approval", home, officer=officer)
    author = make.resident(home)
    for place in range(projects):
        row = make.proposal(batch, author, standing=Standing.APPROVED, title=f"{street}坡道{place + 1}")
        funding.receive_project(proposal=row, amount=80_000_00, now=NOON)
    return home


def test_a_district_officer_finds_the_worst_streets_in_two_clicks(at, sits):
    """One click shows the streets, the three with the most overdue projects first; the second shows which they are."""
    at(days(90))
    late = {"布吉": 1, "坂田": 4, "平湖": 2, "横岗": 3}
    homes = {name: overdue(name, count) for name, count in late.items()}
    he = sits(make.holder(Role.DISTRICT_OFFICER, homes["布吉"].parent.parent))
    he.opens("/daiban/")
    he.goes_by_menu("项目看板")
    rows = he.page.locator("table[aria-labelledby=places], [aria-labelledby=places] table").locator("tbody tr")
    first = [" ".join(row.split()) for row in rows.all_inner_texts()[:3]]
    assert [row.split()[:2] for row in first] == [["坂田街道", "4"], ["横岗街道", "3"], ["平湖街道", "2"]]
    he.clicks(rows.first.locator("a.figure-link.urgent"))
    he.reads("坂田坡道1", "坂田坡道4", "超期未开工")
    assert "横岗坡道" not in he.words
