"""Rows that every app needs: the log and its chain, notices, jobs, special days, files, the demo clock."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class LogEntry(models.Model):
    """One act. The actor is a number, so that closing an account does not touch the log (C5)."""

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    ip = models.GenericIPAddressField(null=True)
    request_id = models.CharField(max_length=40, blank=True)
    action = models.CharField(max_length=80)
    about_kind = models.CharField(max_length=60, blank=True)
    about_id = models.CharField(max_length=40, blank=True)
    result = models.CharField(max_length=20, default="done")
    reason = models.TextField(blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("操作日志")
        indexes = [
            models.Index(fields=["about_kind", "about_id"]),
            models.Index(fields=["actor_id", "at"]),
            models.Index(fields=["at"]),
        ]


class LogSeal(models.Model):
    """The place of a row in the chain."""

    position = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(LogEntry, models.PROTECT, related_name="seal")
    digest = models.CharField(max_length=64)


class Notice(models.Model):
    """What the portal owes a person: shown in 我的消息 at once, sent outside by a job when a channel is on."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    text = models.TextField()
    params = models.JSONField(default=dict)
    url = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    not_before = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        verbose_name = _("消息")
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="one_notice_per_person_and_key"),
        ]
        indexes = [
            models.Index(fields=["person", "-at"]),
            models.Index(fields=["not_before", "id"], condition=models.Q(sent_at=None), name="notice_unsent"),
        ]


class Job(models.Model):
    """A long piece of work as a row: who asked, how far it is, what went wrong, the file that came out."""

    class State(models.TextChoices):
        WAITING = "waiting", _("排队中")
        RUNNING = "running", _("处理中")
        DONE = "done", _("已完成")
        FAILED = "failed", _("未完成")

    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    key = models.CharField(max_length=120, unique=True, null=True)
    args = models.JSONField(default=dict)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="jobs")
    asked_at = models.DateTimeField()
    not_before = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    answer = models.JSONField(default=dict)
    file = models.FileField(upload_to="jobs/%Y/%m/", blank=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("后台任务")
        indexes = [
            models.Index(fields=["state", "not_before"]),
            models.Index(fields=["asked_by", "-asked_at"]),
        ]


class SpecialDay(models.Model):
    """A holiday, or a weekend day on which offices work (调休)."""

    on = models.DateField(_("日期"), unique=True)
    works = models.BooleanField(_("上班"))
    name = models.CharField(_("名称"), max_length=40)

    class Meta:
        verbose_name = verbose_name_plural = _("节假日与调休")
        ordering = ["on"]


class DemoClock(models.Model):
    """How far the demo's clock runs ahead. Read in demo mode only."""

    ahead_seconds = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="only_one_demo_clock")]
