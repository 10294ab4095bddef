"""People who sign in: residents by phone and code, staff by password and a second factor."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.accounts.people import PeopleManager


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Residents have a phone and no password; staff have a staff name, a password and a second factor.

    The phone is kept encrypted; `phone_index` is a keyed digest for look-ups (P5). `name` is as the person gave it
    and is masked wherever the public sees it (P11).
    """

    staff_name = models.CharField(_("工号"), max_length=40, unique=True, null=True, blank=True)
    name = models.CharField(_("姓名"), max_length=50, blank=True)
    phone_cipher = models.BinaryField(null=True, blank=True, editable=False)
    phone_index = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    email = models.EmailField(_("电子邮箱"), blank=True)
    is_staff = models.BooleanField(_("工作人员"), default=False)
    is_active = models.BooleanField(_("可以登录"), default=True)
    date_joined = models.DateTimeField(_("注册时间"))
    closed_at = models.DateTimeField(_("注销时间"), null=True, blank=True)
    show_name = models.BooleanField(_("同意公开姓名"), default=False)
    elder_mode = models.BooleanField(_("长者模式"), default=False)

    USERNAME_FIELD = "staff_name"
    REQUIRED_FIELDS: list[str] = []

    objects = PeopleManager()

    class Meta:
        verbose_name = _("人员")

    def __str__(self) -> str:
        return self.name or self.staff_name or _("居民")

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class SignInCode(models.Model):
    """A six-digit code on its way to a phone: hashed, single-use, five minutes, three tries (S17)."""

    phone_index = models.CharField(max_length=64)
    code_hash = models.CharField(max_length=64)
    binding = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["phone_index", "-asked_at"])]
