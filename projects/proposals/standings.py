"""Where one proposal stands, in the office's term and in the resident's sentence. Plain Python.

A standing is a summary of the decisions that rooms have written; `proposals.services.settle` is its only writer and
asks `objection_to_change`. The decision itself (Finding, Resolution, Outcome, ApprovalDecision) is the record.
"""

from __future__ import annotations

from enum import StrEnum

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _


class Standing(StrEnum):
    DRAFT = "draft"
    LODGED = "lodged"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"
    REDIRECTED = "redirected"
    MERGED = "merged"
    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REFUSED = "refused"
    SHORTLISTED = "shortlisted"
    ELECTED = "elected"
    CHOSEN = "chosen"
    NOT_CHOSEN = "not_chosen"
    STRUCK = "struck"
    APPROVED = "approved"
    DECLINED = "declined"
    CARRIED = "carried"


TITLES = {
    Standing.DRAFT: _("草稿"),
    Standing.LODGED: _("待初审"),
    Standing.RETURNED: _("待补正"),
    Standing.WITHDRAWN: _("已撤回"),
    Standing.REJECTED: _("初审未通过"),
    Standing.REDIRECTED: _("已转办"),
    Standing.MERGED: _("已合并"),
    Standing.ACCEPTED: _("待评议"),
    Standing.DEFERRED: _("暂缓评议"),
    Standing.REFUSED: _("评议未通过"),
    Standing.SHORTLISTED: _("列入候选"),
    Standing.ELECTED: _("得票入选，待议事会确认"),
    Standing.CHOSEN: _("已入选"),
    Standing.NOT_CHOSEN: _("未入选"),
    Standing.STRUCK: _("异议成立，已撤下"),
    Standing.APPROVED: _("已立项"),
    Standing.DECLINED: _("审批未通过"),
    Standing.CARRIED: _("转入下一批次"),
}

SENTENCES = {
    Standing.DRAFT: _("这份提案还没有提交，只有您看得到。"),
    Standing.LODGED: _("提案已收到，社区正在初审。"),
    Standing.RETURNED: _("社区请您补充一些内容，补好后再提交。"),
    Standing.WITHDRAWN: _("提案人已撤回这份提案。"),
    Standing.REJECTED: _("提案没有通过初审，原因写在下面。"),
    Standing.REDIRECTED: _("这件事由其他部门负责，已经转过去了。"),
    Standing.MERGED: _("内容相近，已并入另一份提案，支持也一并转过去了。"),
    Standing.ACCEPTED: _("提案已通过初审，等居民议事会评议。"),
    Standing.DEFERRED: _("议事会这次没有定下来，下次会议再议。"),
    Standing.REFUSED: _("议事会评议没有通过，原因写在下面。"),
    Standing.SHORTLISTED: _("已经列入候选项目。"),
    Standing.ELECTED: _("得票入选了，等居民议事会确认。"),
    Standing.CHOSEN: _("提案入选了，接下来公示。"),
    Standing.NOT_CHOSEN: _("这次没有入选，原因写在下面。"),
    Standing.STRUCK: _("公示期间有异议成立，提案已撤下。"),
    Standing.APPROVED: _("街道已批准，项目开始落实。"),
    Standing.DECLINED: _("街道审批没有通过，原因写在下面。"),
    Standing.CARRIED: _("这次没来得及办完，转到下一批次继续。"),
}

CHANGES: dict[Standing, frozenset[Standing]] = {
    Standing.DRAFT: frozenset({Standing.LODGED}),
    Standing.LODGED: frozenset(
        {
            Standing.DRAFT,
            Standing.WITHDRAWN,
            Standing.RETURNED,
            Standing.REJECTED,
            Standing.REDIRECTED,
            Standing.MERGED,
            Standing.ACCEPTED,
            Standing.CARRIED,
        }
    ),
    Standing.RETURNED: frozenset({Standing.LODGED, Standing.WITHDRAWN, Standing.REJECTED, Standing.CARRIED}),
    Standing.REJECTED: frozenset({Standing.LODGED}),
    Standing.ACCEPTED: frozenset(
        {Standing.WITHDRAWN, Standing.DEFERRED, Standing.REFUSED, Standing.SHORTLISTED, Standing.CARRIED}
    ),
    Standing.DEFERRED: frozenset(
        {Standing.WITHDRAWN, Standing.DEFERRED, Standing.REFUSED, Standing.SHORTLISTED, Standing.CARRIED}
    ),
    Standing.SHORTLISTED: frozenset({Standing.ELECTED, Standing.CHOSEN, Standing.NOT_CHOSEN}),
    Standing.ELECTED: frozenset({Standing.CHOSEN, Standing.NOT_CHOSEN, Standing.REFUSED}),
    Standing.CHOSEN: frozenset({Standing.NOT_CHOSEN, Standing.STRUCK, Standing.APPROVED, Standing.DECLINED}),
    Standing.NOT_CHOSEN: frozenset({Standing.ELECTED, Standing.CHOSEN}),
}

PUBLIC = frozenset(Standing) - {Standing.DRAFT}
ENDED = frozenset(standing for standing in Standing if standing not in CHANGES) - {Standing.APPROVED}


def objection_to_change(was: str, to: str) -> Refusal | None:
    """May a proposal that stands at `was` come to stand at `to`?"""
    if Standing(to) in CHANGES.get(Standing(was), frozenset()):
        return None
    return Refusal(
        "standing_moved_on",
        _("这份提案现在是“%(was)s”，不能再这样办理。"),
        {"was": TITLES[Standing(was)]},
        next=_("请刷新页面查看最新情况。"),
    )
