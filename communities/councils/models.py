"""Standing residents' councils (居民议事会): charter and seats."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from communities.divisions.models import Division


def is_share(name: str) -> models.Q:
    """`over` of `under`, and not more than all of them: what Threshold can be made of."""
    over, under = f"{name}_over", f"{name}_under"
    less = models.Q(**{f"{name}_inclusive": True}) | models.Q(**{f"{over}__lt": models.F(under)})
    return models.Q(**{f"{under}__gte": 1, f"{over}__lte": models.F(under)}) & less


class Council(models.Model):
    """One community's council with its charter. Thresholds are a fraction and an inclusive flag (以上 / 超过)."""

    community = models.OneToOneField(Division, models.PROTECT, related_name="council", verbose_name=_("社区"))
    name = models.CharField(_("名称"), max_length=60)
    quorum_over = models.PositiveSmallIntegerField(_("法定人数分子"), default=2)
    quorum_under = models.PositiveSmallIntegerField(_("法定人数分母"), default=3)
    quorum_inclusive = models.BooleanField(_("法定人数含本数"), default=False)
    pass_over = models.PositiveSmallIntegerField(_("通过比例分子"), default=1)
    pass_under = models.PositiveSmallIntegerField(_("通过比例分母"), default=2)
    pass_inclusive = models.BooleanField(_("通过比例含本数"), default=False)
    notice_days = models.PositiveSmallIntegerField(_("提前几日送达议程"), default=3)
    mandates_most = models.PositiveSmallIntegerField(
        _("一位代表最多受托几份"),
        default=0,
        validators=[MaxValueValidator(3, _("一位代表最多受托 3 份。"))],
        help_text=_("0 表示不能委托其他代表出席会议。"),
    )
    mandates_in_quorum = models.BooleanField(_("委托出席计入法定人数"), default=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = _("居民议事会")
        constraints = [
            models.CheckConstraint(
                condition=is_share("quorum"),
                name="a_quorum_is_a_share_of_the_seats",
                violation_error_message=_("法定人数要写成不大于 1 的分数，例如 2/3；“超过全体”不会有到会的一天。"),
            ),
            models.CheckConstraint(
                condition=is_share("pass"),
                name="a_pass_mark_is_a_share_of_those_present",
                violation_error_message=_("通过比例要写成不大于 1 的分数，例如 1/2；“超过全体”永远通不过。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """A place on the council and who holds it."""

    class Kind(models.TextChoices):
        PARTY = "party", _("社区党委")
        COMMITTEE = "committee", _("居委会")
        DEPUTY = "deputy", _("两代表一委员")
        ENTERPRISE = "enterprise", _("辖区单位")
        RESIDENT = "resident", _("居民代表")
        NEWCOMER = "newcomer", _("非户籍居民代表")

    class CameBy(models.TextChoices):
        ELECTED = "elected", _("选举")
        APPOINTED = "appointed", _("推荐或指派")

    council = models.ForeignKey(Council, models.CASCADE, related_name="seats", verbose_name=_("居民议事会"))
    kind = models.CharField(_("席位类别"), max_length=12, choices=Kind.choices)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="seats", verbose_name=_("议事代表"))
    came_by = models.CharField(_("产生方式"), max_length=10, choices=CameBy.choices, default=CameBy.ELECTED)
    chairs = models.BooleanField(_("召集人"), default=False)
    since = models.DateField(_("任期起"))
    until = models.DateField(_("任期止"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = _("席位")
        constraints = [
            models.UniqueConstraint(
                fields=["council", "person"],
                condition=models.Q(until=None),
                name="one_seat_per_person_on_a_council",
            ),
            models.UniqueConstraint(
                fields=["council"],
                condition=models.Q(until=None, chairs=True),
                name="one_chair_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="a_seat_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
