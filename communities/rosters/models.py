"""Lists of residents that communities already keep: the file that came in, and who stood on it from when to when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.divisions.models import Division
from portal.models import Job


class Roster(models.Model):
    """One file on its way in: uploaded, its columns matched, checked, taken in or dropped.

    The file is deleted as soon as it was taken in or dropped; what stays is counts (P10). `samples` holds masked rows.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("待对应列")
        CHECKING = "checking", _("正在检查")
        CHECKED = "checked", _("待导入")
        TAKING_IN = "taking_in", _("正在导入")
        DONE = "done", _("已导入")
        UNREADABLE = "unreadable", _("没有收")
        DROPPED = "dropped", _("已放弃")

    place = models.ForeignKey(Division, models.PROTECT, related_name="rosters")
    whole = models.BooleanField(_("是完整名册"), default=False)
    title = models.CharField(_("文件名"), max_length=80)
    file = models.FileField(upload_to="rosters/%Y/%m/", blank=True)
    rejects = models.FileField(upload_to="rosters/%Y/%m/", blank=True)
    headings = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.UPLOADED)
    fault = models.CharField(max_length=200, blank=True)
    counts = models.JSONField(default=dict)
    samples = models.JSONField(default=dict)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("上传时间"))
    taken_in_at = models.DateTimeField(_("导入时间"), null=True)

    class Meta:
        verbose_name = _("居民名册")
        indexes = [models.Index(fields=["place", "-at"])]


class RosterEntry(models.Model):
    """A person on a community's list from one day to another. Found by the keyed digest of the number (P5)."""

    community = models.ForeignKey(Division, models.PROTECT, related_name="roster_entries")
    name = models.CharField(_("姓名"), max_length=50)
    phone_cipher = models.BinaryField()
    phone_index = models.CharField(max_length=64)
    estate = models.CharField(_("小区或城中村"), max_length=60, blank=True)
    adult = models.BooleanField(_("已满18周岁"), null=True)
    since = models.DateField(_("起始日期"))
    until = models.DateField(_("止日期"), null=True)
    roster = models.ForeignKey(Roster, models.PROTECT, related_name="entries")

    class Meta:
        verbose_name = _("名册登记")
        indexes = [models.Index(fields=["community"], condition=models.Q(until=None), name="roster_entry_standing")]
        constraints = [
            models.UniqueConstraint(
                fields=["phone_index"], condition=models.Q(until=None), name="one_standing_roster_entry_per_phone"
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="a_roster_entry_ends_after_it_starts",
            ),
        ]
