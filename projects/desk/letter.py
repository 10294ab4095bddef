"""The monthly return in Word, as official documents are laid out (GB/T 9704)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from portal.documents import FANG, HEI, RED, TITLE, Paper, blank, line, ruled, table, word_of


def return_document(told: dict[str, Any]) -> bytes:
    """The monthly return: a red head with issue and date, paragraphs, tables, the signing line."""
    paper = blank()
    line(paper, told["title"], TITLE, 26, middle=True, colour=RED)
    line(paper, f"（{told['month']}）", FANG, 16, middle=True)
    ruled(line(paper, f"{told['issue']}　　　　{told['place'].name}　　　　{told['on']}", FANG, 14, middle=True))
    line(paper, _("一、总体情况"), HEI, 16)
    for text in told["summary"]:
        line(paper, text, FANG, 16, indent=True)
    line(paper, _("二、分类型情况"), HEI, 16)
    table(paper, [_("类型"), *told["heads"]], told["types"], figures_from=1)
    line(paper, _("三、分%(level)s情况") % {"level": told["child_word"]}, HEI, 16)
    table(paper, [told["child_word"], *told["heads"]], told["children"], figures_from=1)
    line(paper, _("四、本月支付"), HEI, 16)
    _listed(paper, [_("日期"), _("项目"), _("收款单位"), _("款项"), _("凭证号"), _("金额（元）")], told["paid"])
    line(paper, _("五、超期、停滞和暂停的项目"), HEI, 16)
    _listed(paper, [_("编号"), _("项目"), _("情况"), _("原因或待完成节点"), _("批准金额（元）")], told["late"])
    line(paper, _("六、下月计划节点"), HEI, 16)
    _listed(paper, [_("到期"), _("项目"), _("节点")], told["coming"])
    line(paper, "", FANG, 16)
    line(paper, _("填报人：　　　　　　审核人：　　　　　　（盖章）"), FANG, 16)
    return word_of(paper)


def _listed(paper: Paper, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if rows:
        table(paper, heads, rows, figures_from=len(heads) - 1 if "元" in heads[-1] else len(heads))
    else:
        line(paper, _("无。"), FANG, 16, indent=True)
