"""Sending a code to a phone, and taking it back."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from communities.accounts import phones, queries, rules, sms
from communities.accounts.models import SignInCode, User
from communities.accounts.services import people
from portal import locks, log
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _

OTHER_PHONE = Refusal("other_phone", _("这个验证码不是发给您的号码的，请重新获取。"), field="code")
ALL_CODES = 0  # the lock under which codes are counted and written


@dataclass(frozen=True, slots=True)
class Sent:
    """What the browser keeps: the row's number and the secret that binds it. `code` is for the demo's eyes only."""

    number: int
    binding: str
    code: str


def ask_code(*, phone: str, purpose: str, address: str, now: datetime) -> Sent:
    """Send a code to `phone` (11 digits), known or not (C6, S18). Asking again makes the earlier codes useless.

    Refused beyond the limits (S42), which are counted in rows and so outlive any restart.
    """
    code = f"{secrets.randbelow(10**rules.CODE_DIGITS):0{rules.CODE_DIGITS}d}"
    binding = secrets.token_urlsafe(24)
    index = phones.index_of(phone)
    with transaction.atomic():
        locks.hold_alone("person", ALL_CODES)
        insist(
            rules.objection_to_sending(
                now,
                to_number=queries.codes_to(index, now),
                from_address=queries.codes_from(address, now),
                today=queries.codes_today(now),
                limits=limits(),
            )
        )
        SignInCode.objects.filter(phone_index=index, used_at=None).update(used_at=now, phone_cipher=None)
        row = SignInCode.objects.create(
            phone_index=index,
            phone_cipher=phones.seal(phone),
            purpose=purpose,
            code_hash=digest(code, binding),
            binding=hashlib.sha256(binding.encode()).hexdigest(),
            address=address,
            asked_at=now,
            expires_at=now + rules.CODE_LIFE,
        )
    _hand_over(phone, code, key=f"code-{row.pk}")
    return Sent(row.pk, binding, code)


def take_code(*, number: int, binding: str, purpose: str, code: str, now: datetime) -> str:
    """The phone that the right code was sent to. A wrong try is kept even though the act is refused."""
    with transaction.atomic():
        row = SignInCode.objects.select_for_update().filter(pk=number, purpose=purpose).first()
        insist(objection_to_binding(row, binding))
        matches = hmac.compare_digest(row.code_hash, digest(code, binding))
        refusal = rules.objection_to_code(
            now, expires_at=row.expires_at, used=row.used_at is not None, tries=row.tries, matches=matches
        )
        phone = phones.unseal(row.phone_cipher) if refusal is None else ""
        row.tries = min(row.tries + 1, rules.CODE_TRIES + 1)
        if refusal is None:
            row.used_at, row.phone_cipher = now, None
        row.save(update_fields=["tries", "used_at", "phone_cipher"])
        if refusal is not None:
            log.record("accounts.take_code", by=None, about=None, now=now, result="refused", code=refusal.code)
    insist(refusal)
    return phone


def sweep_codes(*, before: datetime) -> int:
    """Delete the codes asked before that instant; answer how many (P10)."""
    return SignInCode.objects.filter(asked_at__lt=before).delete()[0]


def objection_to_binding(row: SignInCode | None, binding: str) -> Refusal | None:
    """A code is good in the browser that asked for it, nowhere else (S17)."""
    held = hashlib.sha256(binding.encode()).hexdigest()
    if row is None or not hmac.compare_digest(row.binding, held):
        return Refusal("code_unknown", _("没有等待输入的验证码，请重新获取。"), field="code")
    return None


def digest(code: str, binding: str) -> str:
    """Keyed, so that a copy of the table does not give the million codes away."""
    return hmac.new(settings.SECRET_KEY.encode(), f"{binding}:{code}".encode(), hashlib.sha256).hexdigest()


def limits() -> rules.Limits:
    return rules.Limits(per_address=settings.SMS_PER_ADDRESS, per_day=settings.SMS_DAILY_BUDGET)


def _hand_over(phone: str, code: str, *, key: str) -> None:
    try:
        sms.send(phone, sms.code_message(code), key=key)
    except sms.NotSent:
        insist(
            Refusal(
                "sms_away", _("短信暂时发不出去，请过几分钟再试。"), {}, "phone", next=_("急事请联系社区工作站。"), status=503
            )
        )


def phone_waiting(*, number: int, binding: str) -> str:
    """The phone of a code that this browser waits for, to send it another one; refused when there is none."""
    row = SignInCode.objects.filter(pk=number).first()
    refusal = objection_to_binding(row, binding)
    if refusal is None and row.phone_cipher is None:
        refusal = Refusal("code_unknown", _("没有等待输入的验证码，请重新获取。"))
    insist(refusal)
    return phones.unseal(row.phone_cipher)


def redeem(*, number: int, binding: str, purpose: str, code: str, by: User, now: datetime) -> User:
    """Take a code and do what it was asked for: come in, show that it is still she, or change the number."""
    phone = take_code(number=number, binding=binding, purpose=purpose, code=code, now=now)
    if purpose == SignInCode.Purpose.CHANGE:
        return people.change_phone(by=by, phone=phone, now=now)
    if purpose == SignInCode.Purpose.CONFIRM:
        insist(None if by.phone_index == phones.index_of(phone) else OTHER_PHONE)
        return by
    return people.come_in(phone=phone, now=now)
