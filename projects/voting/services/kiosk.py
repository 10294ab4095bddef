"""Voting at the service centre: opening a device, letting a resident in by pass or by phone."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse

from communities.accounts.models import User
from communities.accounts.services import codes
from communities.centres.queries import centres_of
from portal import log, notices
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _
from projects.voting import kiosk as rules_of_kiosk
from projects.voting import queries
from projects.voting.models import Kiosk, KioskPass, RollEntry, Slate
from projects.voting.services.paper_hand import objection_to_paper_time, slate_for


@transaction.atomic
def open_kiosk(*, slate_id: int, centre_id: int, by: User, now: datetime) -> Kiosk:
    """Open voting on the device at hand, at one of the community's centres. Each call is one device more."""
    slate = slate_for("voting.open_kiosk", slate_id, by=by, now=now)
    insist(objection_to_paper_time(slate, now))
    centre = centres_of(slate.community).filter(pk=centre_id).first()
    if centre is None:
        insist(Refusal("no_centre", _("请选择本社区的服务中心。"), field="centre"))
    row = Kiosk.objects.create(slate=slate, centre=centre, opened_by=by, opened_at=now)
    log.record("voting.open_kiosk", by=by, about=row, now=now, round=slate.round.number, centre=centre.pk)
    return row


@transaction.atomic
def close_kiosk(*, kiosk_id: int, by: User, now: datetime) -> Kiosk:
    """End voting on a device; whoever is at it is out with the next click. A repeat changes nothing."""
    row = Kiosk.objects.select_for_update().get(pk=kiosk_id)
    slate_for("voting.open_kiosk", row.slate_id, by=by, now=now)
    if row.closed_at is None:
        row.closed_at = now
        row.save(update_fields=["closed_at"])
        log.record("voting.close_kiosk", by=by, about=row, now=now)
    return row


@transaction.atomic
def admit_voter(*, entry_id: int, by: User, now: datetime) -> str:
    """A pass for somebody on the roll whose card was checked: good once, for ten minutes, at her community's kiosks.

    She is told by a notice. A repeat makes the earlier pass useless. Answers the digits; the row keeps their keyed hash.
    """
    entry = RollEntry.objects.select_related("person").get(pk=entry_id)
    slate = slate_for("voting.open_kiosk", entry.slate_id, by=by, now=now)
    insist(objection_to_paper_time(slate, now))
    if entry.person_id == by.pk:
        insist(Refusal("own_pass", _("您自己的投票码要由同事核对后发。"), status=403))
    insist(queries.final_on_paper(slate, entry.person))
    if not (here := queries.open_kiosks(slate, now=now)):
        insist(Refusal("no_kiosk", _("还没有开启自助投票的设备。")))
    KioskPass.objects.filter(slate=slate, expires_at__lte=now).delete()
    code = f"{secrets.randbelow(10**rules_of_kiosk.PASS_DIGITS):0{rules_of_kiosk.PASS_DIGITS}d}"
    given = {"code_hash": _hash(slate.pk, code), "expires_at": now + rules_of_kiosk.PASS_LIFE}
    KioskPass.objects.update_or_create(slate=slate, person=entry.person, defaults=given)
    Kiosk.objects.filter(pk__in=[each.pk for each in here]).update(wrong_tries=0)
    log.record("voting.admit_voter", by=by, about=entry.person, now=now, round=slate.round.number)
    _tell(slate, entry.person, now)
    return code


def redeem_pass(*, kiosk_id: int, code: str, now: datetime) -> User:
    """The person whose pass this is. The pass is gone; a wrong try is kept even though it is refused."""
    with transaction.atomic():
        row = Kiosk.objects.select_for_update().get(pk=kiosk_id)
        held = KioskPass.objects.select_for_update().filter(slate=row.slate_id, expires_at__gt=now)
        found = held.filter(code_hash=_hash(row.slate_id, code)).select_related("person").first()
        refusal = rules_of_kiosk.objection_to_pass(matches=found is not None, wrong_tries=row.wrong_tries)
        if found and refusal is None:
            found.delete()
        elif row.wrong_tries < rules_of_kiosk.MOST_WRONG:
            Kiosk.objects.filter(pk=row.pk).update(wrong_tries=F("wrong_tries") + 1)
    insist(refusal)
    return may_vote_at(row, found.person)


def redeem_code(*, kiosk_id: int, number: int, binding: str, code: str, now: datetime) -> User:
    """The person on the roll whose phone got the code. Unknown phones make no account here."""
    row = Kiosk.objects.select_related("slate").get(pk=kiosk_id)
    phone = codes.take_code(number=number, binding=binding, purpose="sign_in", code=code, now=now)
    person = User.objects.with_phone(phone)
    if person is None or not person.is_active:
        insist(Refusal("not_on_roll", _("这一批次的选民名册上没有您。"), next=_("有疑问请联系社区工作站。"), field="code"))
    return may_vote_at(row, person)


def may_vote_at(row: Kiosk, person: User) -> User:
    slate = Slate.objects.select_related("round", "community").get(pk=row.slate_id)
    insist(queries.why_not_vote(slate, person) or queries.final_on_paper(slate, person))
    return person


def _hash(slate: int, code: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"kiosk|{slate}|{code}".encode(), hashlib.sha256).hexdigest()


def _tell(slate: Slate, person: User, now: datetime) -> None:
    notices.owe(
        [person.pk],
        kind="voting.kiosk",
        key=f"voting-kiosk-{slate.pk}-{now:%Y%m%d%H%M%S}",
        text=_("您在服务中心核对证件，领了“%(title)s”的自助投票码。不是您本人领的，请马上联系社区。"),
        now=now,
        url=reverse("voting:receipt", args=[slate.round.number]),
        title=slate.round.title,
    )
