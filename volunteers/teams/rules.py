"""Who may be a volunteer, the published lists of skills, times and kinds of team. Plain Python."""

from __future__ import annotations

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _

# code, title, needs_proof: whether a leader should see a paper before relying on it. The list that is shipped; a
# district may add its own rows.
SKILLS = (
    ("first_aid", _("急救护理"), True),
    ("teaching", _("课业辅导"), False),
    ("elder_care", _("陪伴长者"), False),
    ("child_care", _("照看儿童"), False),
    ("repair", _("水电维修"), True),
    ("handwork", _("缝补手工"), False),
    ("haircut", _("理发"), False),
    ("law", _("法律咨询"), True),
    ("counsel", _("心理疏导"), True),
    ("interpreting", _("外语翻译"), False),
    ("sign_language", _("手语"), False),
    ("computing", _("电脑和手机使用"), False),
    ("design", _("设计宣传"), False),
    ("photo", _("摄影摄像"), False),
    ("music", _("文艺表演"), False),
    ("sport", _("体育指导"), False),
    ("gardening", _("园艺绿化"), False),
    ("driving", _("驾驶"), True),
    ("order", _("现场秩序"), False),
    ("engineering", _("工程质量"), True),
)

TIMES = (
    ("weekday_morning", _("工作日上午")),
    ("weekday_afternoon", _("工作日下午")),
    ("weekday_evening", _("工作日晚上")),
    ("weekend_morning", _("周末上午")),
    ("weekend_afternoon", _("周末下午")),
    ("weekend_evening", _("周末晚上")),
)

ADULT, MINOR, CHILD = "adult", "minor", "child"
MOST_TEAMS = 5  # open memberships of one volunteer


def objection_to_registering(*, band: str, has_name: bool, is_staff: bool, registered: bool) -> Refusal | None:
    """May this person register as a volunteer? Under 14 nobody does (P7)."""
    if registered:
        return Refusal("already_registered", _("您已经是登记的志愿者，不用再登记。"))
    if is_staff:
        return Refusal("staff_account", _("工作账号不能登记为志愿者，请用您本人的手机号登录后登记。"))
    if not has_name:
        return Refusal("name_missing", _("请先在“我的资料”里填写姓名，队长要知道怎样称呼您。"))
    if band == CHILD:
        return Refusal(
            "too_young",
            _("未满14周岁暂不能登记为志愿者。"),
            field="band",
            next=_("欢迎由家长带着参加社区的亲子活动。"),
        )
    return None


def objection_to_consent(*, band: str, left: bool, stands: bool) -> Refusal | None:
    """Is there a guardian's consent to record for this volunteer?"""
    if band != MINOR:
        return Refusal("not_a_minor", _("这位志愿者已满18周岁，不需要监护人同意。"))
    if left:
        return Refusal("has_left", _("这位志愿者已经退出。"))
    if stands:
        return Refusal("consent_stands", _("监护人同意书已经核对过了。"))
    return None


def objection_to_joining(*, closed: bool, belongs: bool, asked: bool, teams: int) -> Refusal | None:
    if closed:
        return Refusal("team_closed", _("这支队伍已经解散。"))
    if belongs:
        return Refusal("already_member", _("您已经是这支队伍的队员。"))
    if asked:
        return Refusal("already_asked", _("您已经申请加入，请等队长答复。"))
    if teams >= MOST_TEAMS:
        return Refusal("too_many_teams", _("一个人最多加入 %(most)s 支队伍。"), {"most": MOST_TEAMS})
    return None


def objection_to_answer(*, waiting: bool, same_person: bool, accepts: bool, reason: str) -> Refusal | None:
    """May this request be answered so? Nobody answers her own; a refusal says why."""
    if not waiting:
        return Refusal("already_answered", _("这份申请已经答复过了。"))
    if same_person:
        return Refusal("own_request", _("不能答复自己的申请。"), status=403)
    if not accepts and not reason.strip():
        return Refusal("reason_missing", _("没有接收要写明理由，对方会看到。"), field="reason")
    return None


def objection_to_leader(*, belongs: bool, band: str) -> Refusal | None:
    if not belongs:
        return Refusal("not_a_member", _("队长要先是这支队伍的队员。"))
    if band != ADULT:
        return Refusal("leader_is_minor", _("队长要年满18周岁。"))
    return None
