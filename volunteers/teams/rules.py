"""Who may be a volunteer, the published lists of skills, times and kinds of team. Plain Python."""

from __future__ import annotations

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
