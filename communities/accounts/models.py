"""People who sign in: residents by phone and code, staff by password and a second factor."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from communities.accounts.people import PeopleManager


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Residents have a phone and no password; staff have a staff name, a password and a second factor.

    The phone is kept encrypted; `phone_index` is a keyed digest for look-ups (P5). `name` is as the person gave it
    and is masked wherever the public sees it (P11). Raising `sessions_ended` ends every session of the person (S23).
    """

    staff_name = models.CharField(_("工号"), max_length=40, unique=True, null=True, blank=True)
    name = models.CharField(_("姓名"), max_length=50, blank=True)
    phone_cipher = models.BinaryField(null=True, blank=True, editable=False)
    phone_index = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    email = models.EmailField(_("电子邮箱"), blank=True)
    is_staff = models.BooleanField(_("工作人员"), default=False)
    is_active = models.BooleanField(_("可以登录"), default=True)
    adult = models.BooleanField(_("已满18周岁"), null=True, blank=True)
    date_joined = models.DateTimeField(_("注册时间"))
    closed_at = models.DateTimeField(_("注销时间"), null=True, blank=True)
    show_name = models.BooleanField(_("同意公开姓名"), default=False)
    elder_mode = models.BooleanField(_("长者模式"), default=False)
    sessions_ended = models.PositiveIntegerField(default=0, editable=False)

    USERNAME_FIELD = "staff_name"
    REQUIRED_FIELDS: list[str] = []

    objects = PeopleManager()

    class Meta:
        verbose_name = _("人员")

    def __str__(self) -> str:
        return self.name or self.staff_name or str(_("居民"))

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        return self._session_hash()

    def get_session_auth_fallback_hash(self):
        for key in settings.SECRET_KEY_FALLBACKS:
            yield self._session_hash(key)

    def _session_hash(self, secret: str | None = None) -> str:
        held = f"{self.password}:{self.sessions_ended}"
        return salted_hmac("communities.accounts.session", held, secret=secret, algorithm="sha256").hexdigest()


class SignInCode(models.Model):
    """A six-digit code on its way to a phone: hashed, single-use, bound to the browser, five minutes, three tries
    (S17). The rows of a day are also the counters of what was sent (S42); they are swept after that."""

    class Purpose(models.TextChoices):
        SIGN_IN = "sign_in", _("登录")
        CONFIRM = "confirm", _("确认是本人")
        CHANGE = "change", _("更换手机号")

    phone_index = models.CharField(max_length=64)
    phone_cipher = models.BinaryField(null=True)
    purpose = models.CharField(max_length=10, choices=Purpose.choices, default=Purpose.SIGN_IN)
    code_hash = models.CharField(max_length=64)
    binding = models.CharField(max_length=64)
    address = models.CharField(max_length=45, blank=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["phone_index", "-asked_at"]),
            models.Index(fields=["address", "-asked_at"]),
            models.Index(fields=["asked_at"]),
        ]


class Consent(models.Model):
    """What a person agreed to: which text, when, from where (P1). Each purpose has its own box and its own row (P2)."""

    class Purpose(models.TextChoices):
        SERVICE = "service", _("使用本平台所需的个人信息")
        PUBLISH_NAME = "publish_name", _("公开本人姓名")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    version = models.CharField(max_length=20)
    channel = models.CharField(max_length=20, default="web")
    ip = models.GenericIPAddressField(null=True)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("同意记录")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose", "version"],
                condition=models.Q(withdrawn_at=None),
                name="one_standing_consent_per_text",
            ),
        ]


class UsedPassword(models.Model):
    """The digest of a password that a member of staff has or had, so that it is not taken again (C1); the last few only."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="used_passwords")
    hashed = models.CharField(max_length=128)
    at = models.DateTimeField()


class Invitation(models.Model):
    """A one-time link with which a member of staff sets a password and a second factor; only its digest is kept."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
