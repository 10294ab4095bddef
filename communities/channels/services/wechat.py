"""Binding WeChat: the service account is told a code by whoever scans it, the portal asks it who that was.

The code is signed for one person and the account that she has bound so far: it lasts ten minutes and is dead once it was used.
"""

from __future__ import annotations

from datetime import datetime

from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.urls import reverse

from communities.accounts.models import User
from communities.channels import queries, senders
from communities.channels.models import Reach
from communities.channels.services.choose import bind_wechat
from portal import locks, notices
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _

CODE_LASTS = 10 * 60


def code_for(person: User, *, shown: str = "") -> str:
    """The code that the page shows: the one that it has shown already while that is good, else a new one."""
    return shown if is_good(shown, person) else _signer(person).sign(str(person.pk))


def is_good(code: str, person: User) -> bool:
    try:
        return _signer(person).unsign(code, max_age=CODE_LASTS) == str(person.pk)
    except (BadSignature, ValueError):
        return False


def _signer(person: User) -> TimestampSigner:
    return TimestampSigner(salt=f"communities.channels.wechat.{queries.reach_of(person).wechat_id}")


def bind_scanned(*, by: User, code: str, now: datetime) -> Reach:
    """Bind the WeChat account that scanned this person's code, and tell her. A repeat finds the code used."""
    insist(_objection_to_code(code, by))
    follower = senders.follower_of(code)  # asked before anything is locked: the gateway may be slow
    if follower is None:
        insist(Refusal("wechat_away", _("微信暂时连不上，请过几分钟再试。")))
    if not follower:
        insist(Refusal("not_scanned", _("还没有收到您的扫码。请用微信扫一扫上面的二维码并关注，再按这个按钮。")))
    with transaction.atomic():
        locks.hold_alone("person", by.pk)
        insist(_objection_to_code(code, by))
        row = bind_wechat(person=by, wechat_id=follower, now=now)
        _warn(by, now)
    return row


def _objection_to_code(code: str, person: User) -> Refusal | None:
    if is_good(code, person):
        return None
    return Refusal("code_old", _("刚才的二维码已失效，请扫现在这一个。"))


def _warn(person: User, now: datetime) -> None:
    """Whoever sat at her screen for a moment could have bound an account of his own."""
    text = _("您的账号已绑定一个微信，以后的消息也会发到那里。不是您本人操作的，请马上解除绑定。")
    told = {"kind": "accounts.wechat_bound", "key": f"wechat-{person.pk}-{now:%Y%m%d%H%M%S}", "text": text}
    notices.owe([person], url=reverse("channels:my_channels"), now=now, **told)
