"""Open data: projects, money and decisions, each a table with a dictionary, at addresses that stay. No person is named.

A column is a key, its meaning in words and what it holds; CSV and JSON carry the same columns in the same order.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from portal.masking import mask_numbers
from portal.refusals import gettext_noop as _
from portal.sheets import Sheet, csv_lines
from projects.models import ApprovalDecision, Payment, Project, Resolution
from projects.pipeline import DONE

LICENCE = "https://opendatacommons.org/licenses/by/1-0/"
LICENCE_NAME = "ODC-BY 1.0"
CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    means: str
    holds: str  # text, day, yuan, count, code


@dataclass(frozen=True, slots=True)
class Dataset:
    """`rows(year)` answers the rows of the year in which they happened, as lists in the order of the columns."""

    key: str
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: Callable[[int], Iterator[list[Any]]]


def day(value: Any) -> str:
    return timezone.localdate(value).isoformat() if value else ""


def yuan(fen: int | None) -> str:
    return "" if fen is None else f"{fen // 100}.{fen % 100:02d}"


def projects_of(year: int) -> Iterator[list[Any]]:
    found = Project.objects.filter(approved_at__year=year).select_related(
        "proposal", "community__parent", "round", "settlement"
    )
    for row in found.order_by("pk").iterator(CHUNK):
        settled = getattr(row, "settlement", None)
        yield [
            row.proposal.number, mask_numbers(row.title), row.community.parent.code, row.community.parent.name,
            row.community.code, row.community.name, row.round.number, row.category, row.content_class, row.proposal.origin,
            row.stage, day(row.approved_at), yuan(row.budget), yuan(row.paid), day(settled and settled.at),
            yuan(settled.returned) if settled else "",
        ]  # fmt: skip


def money_of(year: int) -> Iterator[list[Any]]:
    found = Payment.objects.filter(state=Payment.State.RELEASED, decided_at__year=year).select_related(
        "contract__provider", "contract__project__proposal"
    )
    for row in found.order_by("decided_at", "pk").iterator(CHUNK):
        contract = row.contract
        yield [
            contract.project.proposal.number, contract.number, contract.provider.name, contract.provider.credit_code,
            contract.route, day_of(contract.signed_on), yuan(contract.amount), row.instalment, row.voucher,
            mask_numbers(row.purpose), yuan(row.amount), day(row.decided_at),
        ]  # fmt: skip


def day_of(value: date | None) -> str:
    return value.isoformat() if value else ""


def decisions_of(year: int) -> Iterator[list[Any]]:
    heard = Resolution.objects.filter(at__year=year, item__meeting__closed_at__isnull=False).select_related("proposal")
    for row in heard.order_by("at", "pk").iterator(CHUNK):
        yield [
            row.proposal.number, "council", row.outcome, day(row.at), row.present, row.in_favour, row.against, row.abstained, "",
            mask_numbers(row.reason or ""), row.represented,
        ]  # fmt: skip
    street = ApprovalDecision.objects.filter(at__year=year, proposal__round__stage=DONE).select_related("proposal")
    for row in street.order_by("at", "pk").iterator(CHUNK):
        yield [
            row.proposal.number, "street", row.verdict, day(row.at), "", "", "", "", yuan(row.amount), mask_numbers(row.reason or ""), "",
        ]  # fmt: skip


DATASETS = {
    row.key: row
    for row in (
        Dataset(
            "projects",
            _("项目"),
            _("每个批准的项目一行，按批准年份。"),
            (
                Column("number", _("项目编号，与平台页面上的编号相同"), "text"),
                Column("title", _("项目名称"), "text"),
                Column("street_code", _("街道代码"), "code"),
                Column("street", _("街道"), "text"),
                Column("community_code", _("社区代码"), "code"),
                Column("community", _("社区"), "text"),
                Column("round", _("批次编号"), "text"),
                Column("category", _("类型：services 服务类，goods 货物类，works 工程类"), "code"),
                Column("content_class", _("内容类别"), "code"),
                Column("origin", _("来源：resident 为居民提出"), "code"),
                Column("stage", _("阶段：funding 资金与采购，delivery 实施，acceptance 验收，evaluation 评价，done 已办结"), "code"),
                Column("approved_on", _("批准日期"), "day"),
                Column("budget", _("批准金额"), "yuan"),
                Column("paid", _("已支付给承接单位的金额"), "yuan"),
                Column("settled_on", _("结算日期，未结算为空"), "day"),
                Column("returned", _("结算时退回的金额"), "yuan"),
            ),
            projects_of,
        ),
        Dataset(
            "money",
            _("资金"),
            _("每笔经两人批准的付款一行，按付款年份。"),
            (
                Column("number", _("项目编号，与平台页面上的编号相同"), "text"),
                Column("contract", _("合同编号"), "text"),
                Column("provider", _("承接单位"), "text"),
                Column("credit_code", _("承接单位的统一社会信用代码"), "text"),
                Column("route", _("采购方式：direct 直接委托，quotes 三家比选，tender 公开采购"), "code"),
                Column("signed_on", _("签约日期"), "day"),
                Column("contract_amount", _("合同金额"), "yuan"),
                Column("instalment", _("款项：advance 预付款，progress 进度款，balance 尾款，retention 质保金"), "code"),
                Column("voucher", _("凭证号"), "text"),
                Column("purpose", _("用途"), "text"),
                Column("amount", _("付款金额"), "yuan"),
                Column("paid_on", _("付款日期"), "day"),
            ),
            money_of,
        ),
        Dataset(
            "decisions",
            _("决定"),
            _("议事会的每次表决和街道的每次审批一行，按决定年份。"),
            (
                Column("number", _("项目编号，与平台页面上的编号相同"), "text"),
                Column("by", _("谁决定：council 居民议事会，street 街道"), "code"),
                Column("outcome", _("结果"), "code"),
                Column("decided_on", _("决定日期"), "day"),
                Column("present", _("到会人数（议事会）"), "count"),
                Column("in_favour", _("同意票"), "count"),
                Column("against", _("反对票"), "count"),
                Column("abstained", _("弃权票"), "count"),
                Column("amount", _("批准金额（街道）"), "yuan"),
                Column("reason", _("公开的理由"), "text"),
                Column("represented", _("委托出席人数（议事会），不算在到会人数里"), "count"),
            ),
            decisions_of,
        ),
    )
}


def csv_parts(dataset: Dataset, year: int) -> Iterator[str]:
    return csv_lines([Sheet(dataset.key, [column.key for column in dataset.columns], dataset.rows(year))])


def json_parts(dataset: Dataset, year: int) -> Iterator[str]:
    """One JSON document, a row to a line: {dataset, year, licence, rows: [...]}."""
    head = {"dataset": dataset.key, "year": year, "licence": LICENCE}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "rows": [\n'
    between = ""
    keys = [column.key for column in dataset.columns]
    for row in dataset.rows(year):
        yield between + json.dumps(dict(zip(keys, row, strict=True)), ensure_ascii=False)
        between = ",\n"
    yield "\n]}\n"


def years_held(*, today: date) -> list[int]:
    """Years with data, the newest first."""
    first = Project.objects.order_by("approved_at").values_list("approved_at", flat=True).first()
    return list(range(today.year, (timezone.localdate(first).year if first else today.year) - 1, -1))[:30]
