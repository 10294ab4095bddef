"""Staff passwords as the profile asks that the deployment chose (C1). Residents have none.

Django asks the validator before a password is taken and tells it afterwards, on whichever way the password came: by the one-time link, by
the page that changes it, by a command.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.hashers import check_password, is_password_usable
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from communities.accounts.models import User
from communities.accounts.rules import PROFILES, Profile
from portal import clock


def profile() -> Profile:
    return PROFILES[settings.STAFF_PASSWORDS]


def kinds_in(password: str) -> int:
    """How many of: capital letters, small letters, digits, other signs."""
    tests = (
        any(sign.isascii() and sign.isupper() for sign in password),
        any(sign.isascii() and sign.islower() for sign in password),
        any(sign.isdigit() for sign in password),
        any(not (sign.isascii() and sign.isalnum()) for sign in password),
    )
    return sum(tests)


def words() -> str:
    """What a new password must be, for the field and for the error list."""
    asked = profile()
    if not asked.kinds:
        return _("至少 12 位，长一点的句子更好记；不必凑大小写和符号。")
    return _("至少 12 位，含大写字母、小写字母、数字、符号中的三种，不能是最近 %(count)s 次用过的。") % {"count": asked.unused}


class ProfileValidator:
    """Kinds of signs, and none of the passwords that the person used last; afterwards its digest is remembered."""

    def validate(self, password: str, user: User | None = None) -> None:
        asked = profile()
        if kinds_in(password) < asked.kinds:
            raise ValidationError(_("密码要含大写字母、小写字母、数字、符号中的至少三种。"), code="too_few_kinds")
        if user is not None and user.pk and any(check_password(password, held) for held in _last(user, asked.unused)):
            told = _("这个密码最近用过，请换一个没有用过的（最近 %(count)s 次的都不能再用）。")
            raise ValidationError(told % {"count": asked.unused}, code="used_before")

    def password_changed(self, password: str, user: User) -> None:
        asked = profile()
        if asked.unused and user.is_staff and is_password_usable(user.password):
            user.used_passwords.create(hashed=user.password, at=clock.now())
        kept = user.used_passwords.order_by("-pk").values("pk")[: asked.unused]
        user.used_passwords.exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()

    def get_help_text(self) -> str:
        return words()


def _last(person: User, count: int) -> set[str]:
    """Digests of the last passwords, the standing one among them, also when it is older than the remembering."""
    if not count:
        return set()
    held = person.used_passwords.order_by("-pk").values_list("hashed", flat=True)[:count]
    return {digest for digest in (person.password, *held) if digest and is_password_usable(digest)}
