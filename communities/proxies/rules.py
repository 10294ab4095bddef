"""Who may act for whom, how long, in what, and in what never. Plain Python."""

from __future__ import annotations

from collections.abc import Set
from datetime import date, timedelta

from communities.roles.rules import Role
from portal.refusals import Refusal
from portal.refusals import gettext_noop as _

LONGEST = timedelta(days=365)
MOST = 3  # people whom one phone may act for

# What one may do for another: the sentence for the paper, and the acts behind it.
MAY = {
    _("写、修改、提交和撤回提案"): {
        "proposals:start": _("开始写提案"),
        "proposals:step": _("写提案"),
        "proposals:keep": _("保存提案草稿"),
        "proposals:remove_photo": _("删去提案照片"),
        "proposals:check": _("提交提案"),
        "proposals:discard": _("删除提案草稿"),
        "proposals:edit": _("修改提案"),
        "proposals:correct": _("补正提案"),
        "proposals:withdraw": _("撤回提案"),
    },
    _("支持和关注提案"): {
        "proposals:support": _("支持提案"),
        "proposals:unsupport": _("取消支持"),
        "proposals:follow": _("关注提案"),
        "proposals:unfollow": _("取消关注"),
    },
    _("对公示的项目提出异议"): {"publicity:lodge": _("提出异议")},
    _("反映项目实施中的问题"): {"delivery:report_problem": _("反映问题")},
    _("报名活动，取消报名"): {"centres:sign_up": _("报名活动"), "centres:leave": _("取消报名")},
    _("预约场地，取消预约"): {"centres:book_room": _("预约场地"), "centres:cancel_booking": _("取消场地预约")},
}
ACTS = {view: title for acts in MAY.values() for view, title in acts.items()}
# The public page of what an act was about; it takes the same argument as the act's own address.
ABOUT = {
    **dict.fromkeys(("proposals:support", "proposals:unsupport", "proposals:follow", "proposals:unfollow"), "desk:proposal"),
    **dict.fromkeys(("proposals:edit", "proposals:correct", "proposals:withdraw"), "desk:proposal"),
    **dict.fromkeys(("publicity:lodge", "delivery:report_problem"), "desk:proposal"),
    **dict.fromkeys(("centres:sign_up", "centres:leave"), "centres:activity"),
    "centres:book_room": "centres:room",
}
PAGES = frozenset(
    {
        "desk:home", "desk:communities", "desk:community", "desk:rounds", "desk:round", "desk:round_rules",
        "desk:round_projects", "desk:proposals", "desk:proposal", "desk:notice_board", "desk:delivery_board", "desk:search",
        "desk:help", "desk:site_map", "desk:statistics", "desk:public_money", "desk:open_data", "desk:accessibility", "desk:privacy",
        "proposals:drafts", "proposals:similar", "proposals:photo", "proposals:lodged", "publicity:notice",
        "publicity:objection", "publicity:lodged", "delivery:photo", "delivery:problem_sent", "centres:centres",
        "centres:centre", "centres:service", "centres:activities", "centres:activity", "centres:room", "centres:mine",
        "bodies:who_is_who", "councils:council",
    }
)  # fmt: skip
# The holder's own pages at any time; the last three are the demo's.
OWN = frozenset(
    {
        "proxies:mine", "proxies:proxy", "proxies:end", "proxies:revoke", "sign_out", "reading-mode", "accounts:privacy",
        "accounts:still", "accounts:demo_people", "accounts:demo_sign_in", "accounts:demo_clock",
    }
)  # fmt: skip
SECRET = frozenset({"voting", "rehearsal"})


def objection_to_recording(
    *,
    roles: Set[Role],
    same_person: bool,
    witness_is_party: bool,
    holder_fits: bool,
    person_lives_here: bool,
    starts: date,
    ends: date,
    standing: bool,
    held: int,
    namesake: str = "",
) -> Refusal | None:
    if Role.COMMUNITY_WORKER not in roles:
        return Refusal("not_worker", _("代办由本社区工作者当面见证登记，您没有权限。"), status=403)
    if witness_is_party:
        return Refusal("own_proxy", _("不能见证自己参与的代办，请由同事办理。"), status=403)
    if same_person:
        return Refusal("same_person", _("委托人和代办人不能是同一个人。"), field="holder_phone")
    if not holder_fits:
        return Refusal("holder_unfit", _("代办人要年满 18 周岁，用自己的手机号登录过。"), field="holder_phone")
    if not person_lives_here:
        return Refusal("not_resident", _("委托人还不是本社区已核实的居民。"), field="person_phone")
    if not starts <= ends <= starts + LONGEST:
        return Refusal("too_long", _("代办要有期限，最长一年。"), field="ends_on")
    if standing:
        return Refusal("proxy_stands", _("这两个人之间已有有效的代办，请先撤销。"), field="holder_phone")
    if held >= MOST:
        return Refusal("too_many", _("一部手机最多替 %(count)s 个人代办。"), {"count": MOST}, "holder_phone")
    if namesake:
        return Refusal(
            "namesake",
            _("本社区已经有一位叫%(name)s的居民。是同一个人的，有手机就填手机号，没有手机就打开原来的代办登记续办。"),
            {"name": namesake},
            "name",
            next=_("确实是另一个人的，请勾选“是同名的另一个人”。"),
        )
    return None


def objection_to_revoking(*, is_party: bool, roles: Set[Role], revoked: bool) -> Refusal | None:
    """Either of the two, or the community's worker, ends it at any time, without a reason."""
    if not is_party and Role.COMMUNITY_WORKER not in roles:
        return Refusal("not_yours", _("只有委托人、代办人和本社区工作者可以撤销代办。"), status=403)
    if revoked:
        return Refusal("revoked_already", _("这项代办已经撤销。"))
    return None


def stands(*, starts: date, ends: date, revoked: bool, today: date) -> bool:
    return not revoked and starts <= today <= ends


def objection_to_beginning(*, is_holder: bool, standing: bool) -> Refusal | None:
    if not is_holder:
        return Refusal("not_holder", _("这项代办不是委托给您的。"), status=403)
    if not standing:
        return Refusal("proxy_over", _("这项代办已经到期或撤销。"), next=_("需要继续代办的，请两人一起到社区工作站办理。"))
    return None


def objection_to_page(view: str, *, safe: bool) -> Refusal | None:
    """What is open while somebody acts for another: what is listed, and nothing else; a secret ballot never."""
    if view.partition(":")[0] in SECRET:
        return SECRET_BALLOT
    if view in ACTS or (safe and view in PAGES):
        return None
    return Refusal(
        "not_by_proxy",
        _("这一页不能代办。"),
        next=_("请先点“结束代办”，再用自己的身份打开。"),
        status=403,
    )


SECRET_BALLOT = Refusal(
    "secret_ballot",
    _("投票是秘密的，任何人都不能代投。"),
    next=_("本人可以到社区投纸质选票，行动不便的可以请工作者上门。"),
    status=403,
)
