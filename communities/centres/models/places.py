"""Party-mass service centres (党群服务中心), when they are open, and their rooms."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from communities.divisions.models import Division

WEEKDAYS = [
    (0, _("周一")),
    (1, _("周二")),
    (2, _("周三")),
    (3, _("周四")),
    (4, _("周五")),
    (5, _("周六")),
    (6, _("周日")),
]


class ServiceCentre(models.Model):
    """Where people come in person: to ask, to hand in a paper proposal, to vote at the kiosk, to take part."""

    community = models.ForeignKey(Division, models.PROTECT, related_name="centres", verbose_name=_("社区"))
    name = models.CharField(_("名称"), max_length=80)
    address = models.CharField(_("地址"), max_length=120)
    phone = models.CharField(_("电话"), max_length=30, blank=True)
    hours = models.CharField(_("开放时间说明"), max_length=120, blank=True)
    way = models.CharField(_("怎么去"), max_length=200, blank=True)
    closed_on_holidays = models.BooleanField(_("法定节假日休息"), default=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = _("党群服务中心")

    def __str__(self) -> str:
        return self.name


class OpeningHours(models.Model):
    """One stretch of a weekday on which the centre is open; a day may have two."""

    centre = models.ForeignKey(ServiceCentre, models.CASCADE, related_name="week", verbose_name=_("服务中心"))
    weekday = models.PositiveSmallIntegerField(_("星期"), choices=WEEKDAYS)
    opens = models.TimeField(_("开门"))
    closes = models.TimeField(_("关门"))

    class Meta:
        verbose_name = verbose_name_plural = _("每周开放时间")
        ordering = ["weekday", "opens"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "weekday", "opens"], name="one_stretch_of_hours_begins_at_a_time"),
            models.CheckConstraint(condition=models.Q(opens__lt=models.F("closes")), name="a_centre_closes_after_it_opens"),
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="a_week_has_seven_days"),
        ]


class SpecialHours(models.Model):
    """A day that differs from the week: closed, or open at other hours. It also goes before the holiday rule."""

    centre = models.ForeignKey(ServiceCentre, models.CASCADE, related_name="special_hours", verbose_name=_("服务中心"))
    on = models.DateField(_("日期"))
    opens = models.TimeField(_("开门"), null=True, blank=True)
    closes = models.TimeField(_("关门"), null=True, blank=True)
    note = models.CharField(_("说明"), max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = _("特别安排")
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "on"], name="one_special_arrangement_a_day"),
            models.CheckConstraint(
                condition=models.Q(opens=None, closes=None) | models.Q(opens__lt=models.F("closes")),
                name="a_special_day_is_closed_or_has_hours",
            ),
        ]


class Room(models.Model):
    """A room or shared venue of a centre. Residents may book it where the centre lends it."""

    centre = models.ForeignKey(ServiceCentre, models.CASCADE, related_name="rooms", verbose_name=_("服务中心"))
    name = models.CharField(_("场地名称"), max_length=40)
    floor = models.CharField(_("位置"), max_length=40, blank=True)
    seats = models.PositiveSmallIntegerField(_("容纳人数"))
    equipment = models.CharField(_("设施"), max_length=120, blank=True)
    lends = models.BooleanField(_("居民可以预约"), default=True)
    most_hours = models.PositiveSmallIntegerField(_("每次最长几小时"), default=2)
    days_ahead = models.PositiveSmallIntegerField(_("提前几天可约"), default=14)
    cancel_hours = models.PositiveSmallIntegerField(_("最晚提前几小时取消"), default=4)
    closed_on = models.DateField(_("停用日期"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = _("场地")
        ordering = ["centre", "name"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "name"], name="one_room_of_a_name_in_a_centre"),
            models.CheckConstraint(condition=models.Q(seats__gte=1), name="a_room_holds_somebody"),
            models.CheckConstraint(
                condition=models.Q(most_hours__gte=1, most_hours__lte=12), name="a_booking_has_one_to_twelve_hours"
            ),
        ]

    def __str__(self) -> str:
        return self.name
