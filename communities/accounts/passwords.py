"""Staff passwords: at least twelve characters of three kinds (C1). Residents have none."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

WANTED = 3


def kinds_in(password: str) -> int:
    """How many of: capital letters, small letters, digits, other signs."""
    tests = (
        any(sign.isascii() and sign.isupper() for sign in password),
        any(sign.isascii() and sign.islower() for sign in password),
        any(sign.isdigit() for sign in password),
        any(not (sign.isascii() and sign.isalnum()) for sign in password),
    )
    return sum(tests)


class ThreeKindsValidator:
    """A long sentence (20 characters and more) passes without counting kinds."""

    def validate(self, password: str, user: object = None) -> None:
        if len(password) < 20 and kinds_in(password) < WANTED:
            raise ValidationError(
                _("密码要含大写字母、小写字母、数字、符号中的至少三种，或不少于 20 个字。"), code="too_few_kinds"
            )

    def get_help_text(self) -> str:
        return _("至少 12 位，含大写字母、小写字母、数字、符号中的三种；或用不少于 20 个字的句子。")
