"""What is said to whom when screening has decided; the officer reads it before it is sent. Plain Python."""

from __future__ import annotations

from portal.refusals import gettext_noop as _

# outcome: what the proposer is told
TO_PROPOSER = {
    "accepted": _("您的提案“%(title)s”通过了初审，接下来由居民议事会评议。"),
    "returned": _("您的提案“%(title)s”需要补充：%(reason)s 请在 %(day)s 前补好后重新提交，过期未补的按未通过处理。"),
    "rejected": _(
        "您的提案“%(title)s”没有通过初审：%(reason)s 如果不同意，可以在 %(day)s 前申请复核一次，由街道另外的同事决定。"
    ),
    "redirected": _("您的提案“%(title)s”由%(department)s负责，已经转过去了：%(reason)s"),
    "merged": _("您的提案“%(title)s”与 %(number)s“%(other)s”合并：%(reason)s 支持也一并转过去了，已为您关注那份提案。"),
}
TO_FOLLOWERS = {
    "accepted": _("您关注的提案“%(title)s”通过了初审。"),
    "returned": _("您关注的提案“%(title)s”正在补充内容。"),
    "rejected": _("您关注的提案“%(title)s”没有通过初审。"),
    "redirected": _("您关注的提案“%(title)s”已转给%(department)s办理。"),
    "merged": _("您关注的提案“%(title)s”已并入 %(number)s“%(other)s”。"),
}
TO_SUPPORTERS = _("您支持的提案“%(title)s”已并入 %(number)s“%(other)s”，您的支持也转过去了。")
OVERDUE = _("您的提案“%(title)s”过了补充期限，按未通过初审处理。如果不同意，可以在 %(day)s 前申请复核一次。")
OVERDUE_REASON = _("逾期未补正")
APPEALED = _("“%(title)s”的提案人申请复核，请在 %(day)s 前答复。")
APPEAL_HEARD = _("您的复核申请已收到，街道会在 %(day)s 前答复。")
UPHELD = _("您对“%(title)s”的复核申请成立：%(reason)s 社区会重新初审。")
NOT_UPHELD = _("您对“%(title)s”的复核申请，街道维持初审结论：%(reason)s")
UPHELD_TO_FOLLOWERS = _("您关注的提案“%(title)s”复核成立，社区会重新初审。")
NOT_UPHELD_TO_FOLLOWERS = _("您关注的提案“%(title)s”复核后维持初审结论，理由已公开。")
ASSIGNED = _("%(count)s 件提案分给您初审，第一件是“%(title)s”。")
MENTIONED = _("%(name)s在“%(title)s”的内部备注里提到您：%(note)s")
LATE = _("%(community)s的“%(title)s”过了初审期限 %(day)s 还没有答复，请督办。")
