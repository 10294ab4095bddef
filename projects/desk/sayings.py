"""What a visitor reads about a state: a resident's few words and the tone of their tag. Plain Python."""

from __future__ import annotations

from portal.refusals import gettext_noop as _
from projects.pipeline import DONE
from projects.proposals.standings import Standing

# standing: (a resident's words, tone of the tag)
OF_STANDING = {
    Standing.DRAFT: (_("还没有提交"), "turn"),
    Standing.LODGED: (_("社区初审中"), "active"),
    Standing.RETURNED: (_("等提案人补充"), "turn"),
    Standing.WITHDRAWN: (_("已撤回"), "stopped"),
    Standing.REJECTED: (_("初审没有通过"), "stopped"),
    Standing.REDIRECTED: (_("已转给负责部门"), "stopped"),
    Standing.MERGED: (_("已并入另一份提案"), "stopped"),
    Standing.ACCEPTED: (_("等议事会评议"), "active"),
    Standing.DEFERRED: (_("下次会议再议"), "active"),
    Standing.REFUSED: (_("议事会没有通过"), "stopped"),
    Standing.SHORTLISTED: (_("列入候选"), "active"),
    Standing.ELECTED: (_("得票入选，等议事会确认"), "active"),
    Standing.CHOSEN: (_("入选了"), "done"),
    Standing.NOT_CHOSEN: (_("这次没有入选"), "stopped"),
    Standing.STRUCK: (_("公示后撤下"), "stopped"),
    Standing.APPROVED: (_("街道已批准"), "done"),
    Standing.DECLINED: (_("街道没有批准"), "stopped"),
    Standing.CARRIED: (_("转到下一批"), "stopped"),
}
OF_PROJECT = {
    "funding": (_("正在落实资金"), "active"),
    "delivery": (_("正在实施"), "active"),
    "acceptance": (_("正在验收"), "active"),
    "evaluation": (_("做好了，等您评"), "done"),
    DONE: (_("已办结"), "done"),
}
OF_ROUND = {
    "rounds": (_("街道正在筹备"), "turn"),
    "proposals": (_("正在征集提案"), "active"),
    "screening": (_("社区正在初审"), "active"),
    "deliberation": (_("议事会正在评议"), "active"),
    "voting": (_("正在投票"), "active"),
    "tally": (_("正在计票"), "active"),
    "publicity": (_("正在公示"), "active"),
    "approval": (_("街道正在审批"), "active"),
    DONE: (_("项目正在逐项落实"), "done"),
}
CANCELLED = (_("已取消"), "stopped")

# the groups by which a list is filtered: key -> (title, standings, stages of the project)
GROUPS = {
    "collecting": (_("征集和初审"), (Standing.LODGED, Standing.RETURNED), ()),
    "council": (_("等议事会评议"), (Standing.ACCEPTED, Standing.DEFERRED, Standing.ELECTED), ()),
    "shortlisted": (_("列入候选"), (Standing.SHORTLISTED,), ()),
    "chosen": (_("入选"), (Standing.CHOSEN,), ()),
    "doing": (_("正在实施"), (), ("funding", "delivery", "acceptance")),
    "finished": (_("已做好"), (), ("evaluation", DONE)),
    "ended": (
        _("没有办成"),
        (
            Standing.REJECTED,
            Standing.REDIRECTED,
            Standing.MERGED,
            Standing.REFUSED,
            Standing.NOT_CHOSEN,
            Standing.STRUCK,
            Standing.DECLINED,
            Standing.WITHDRAWN,
            Standing.CARRIED,
        ),
        (),
    ),
}
# bands of price in fen: key -> (title, from, below)
PRICES = {
    "small": (_("5 万元以下"), 0, 50_000_00),
    "middle": (_("5 万到 20 万元"), 50_000_00, 200_000_00),
    "large": (_("20 万元以上"), 200_000_00, None),
}
