"""How a person is reached outside the portal, and the letters that are on their way."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.channels import rules


class Reach(models.Model):
    """A person's own choices; who never chose has the defaults of rules.Reach. `email` is confirmed by its link."""

    class Wish(models.TextChoices):
        ALL = rules.EVERYTHING, _("全部消息")
        URGENT = rules.URGENT_ONLY, _("只发要我办理的和账号安全的")
        NONE = rules.NOTHING, _("只发账号安全的")

    class Pace(models.TextChoices):
        DAILY = rules.DAILY, _("每天汇总一次，急事立即发")
        AT_ONCE = rules.AT_ONCE, _("有消息就发")

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reach", primary_key=True)
    email = models.EmailField(blank=True)
    wechat_id = models.CharField(max_length=64, blank=True)
    by_email = models.CharField(max_length=10, choices=Wish.choices, default=Wish.ALL)
    by_sms = models.CharField(max_length=10, choices=Wish.choices, default=Wish.URGENT)
    by_wechat = models.CharField(max_length=10, choices=Wish.choices, default=Wish.ALL)
    pace = models.CharField(max_length=10, choices=Pace.choices, default=Pace.DAILY)
    digest_hour = models.PositiveSmallIntegerField(default=18)
    quiet_from = models.PositiveSmallIntegerField(default=21)
    quiet_until = models.PositiveSmallIntegerField(default=8)
    muted = models.JSONField(default=list)

    class Meta:
        verbose_name = _("消息接收方式")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(digest_hour__lt=24, quiet_from__lt=24, quiet_until__lt=24), name="hours_of_a_day"
            ),
        ]


class Letter(models.Model):
    """One message to one person by one channel: written once under its key, carried by a job, never lost.

    `address` is filled only where it is not yet the person's own: the link that confirms an e-mail address.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("等待发送")
        SENDING = "sending", _("发送中")
        SENT = "sent", _("已发送")
        FAILED = "failed", _("未发出")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="letters")
    channel = models.CharField(max_length=10)
    key = models.CharField(max_length=120, unique=True)
    address = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=120)
    text = models.TextField()
    made_at = models.DateTimeField()
    not_before = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("外发消息")
        indexes = [
            models.Index(
                fields=["not_before", "id"], condition=models.Q(state__in=["waiting", "sending"]), name="letter_unsent"
            ),
            models.Index(fields=["channel", "sent_at"]),
        ]
