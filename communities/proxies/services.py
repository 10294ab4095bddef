"""Recording a proxy before a witness, opening the account of somebody without a phone, revoking."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from communities.accounts import notice
from communities.accounts.models import Consent, User
from communities.divisions.models import Division
from communities.proxies import queries, rules
from communities.proxies.models import Proxy, ProxyAct
from communities.residents import services as residents
from communities.residents.queries import is_proved_resident, namesakes
from communities.residents.rules import CONFIRMED
from communities.roles.queries import roles_at
from portal import locks, log, notices
from portal.refusals import gettext_noop as _
from portal.refusals import insist


@transaction.atomic
def record_proxy(
    *,
    community_id: int,
    holder_id: int,
    person_id: int | None,
    name: str = "",
    adult: bool = True,
    evidence: str = "",
    another: bool = False,
    why: str,
    paper_ref: str,
    ends_on: date,
    by: User,
    now: datetime,
) -> Proxy:
    """Both stood before the worker and signed. Without `person_id` the person has no phone: her account is opened without
    one, her home confirmed on what the worker saw. Nobody gets a second account, and with it a second ballot: where
    somebody of that name lives here already, the worker says that this is `another`. All or nothing; both are told."""
    locks.hold_alone("person", holder_id)
    community, today = Division.objects.select_for_update(no_key=True).get(pk=community_id), timezone.localdate(now)
    roles = roles_at(by, community, today)
    holder = User.objects.get(pk=holder_id)
    person = User.objects.get(pk=person_id) if person_id else None
    held = Proxy.objects.filter(holder=holder, revoked_at=None, ends_on__gte=today)
    known = person is not None or another or not namesakes(name, community).exists()
    insist(
        rules.objection_to_recording(
            roles=roles,
            same_person=person == holder,
            witness_is_party=by in (holder, person),
            holder_fits=bool(holder.is_active and not holder.is_staff and holder.adult and holder.phone_index),
            person_lives_here=person is None or is_proved_resident(person, community),
            starts=today,
            ends=ends_on,
            standing=person is not None and held.filter(person=person).exists(),
            held=held.count(),
            namesake="" if known else name,
        )
    )
    person = person or _opened(name, adult, evidence, community, by=by, now=now)
    made = Proxy.objects.create(
        person=person, holder=holder, community=community, why=why, paper_ref=paper_ref, starts_on=today, ends_on=ends_on,
        witnessed_by=by, witnessed_at=now,
    )  # fmt: skip
    log.record("proxies.record_proxy", by=by, about=made, now=now, why=why, ends_on=ends_on.isoformat())
    _tell(made, "recorded", _("%(holder)s 可以在手机上替 %(person)s 办事，到 %(day)s 为止。不能代投票，随时可以撤销。"), now)
    return made


@transaction.atomic
def revoke_proxy(*, proxy_id: int, by: User, now: datetime) -> Proxy:
    """From this moment nothing more is done by proxy; what was done stays. Both are told."""
    proxy = Proxy.objects.select_for_update(of=("self",)).select_related("person", "holder", "community").get(pk=proxy_id)
    roles = roles_at(by, proxy.community, timezone.localdate(now))
    is_party = by.pk in (proxy.person_id, proxy.holder_id)
    insist(rules.objection_to_revoking(is_party=is_party, roles=roles, revoked=proxy.revoked_at is not None))
    proxy.revoked_at, proxy.revoked_by = now, by
    proxy.save(update_fields=["revoked_at", "revoked_by"])
    log.record("proxies.revoke_proxy", by=by, about=proxy, now=now)
    _tell(proxy, "revoked", _("%(holder)s 替 %(person)s 代办的登记已撤销。"), now)
    return proxy


@transaction.atomic
def begin_acting(*, proxy_id: int, by: User, now: datetime) -> Proxy:
    """The holder takes the person's place until she ends it, signs out, or the proxy ends."""
    proxy = Proxy.objects.select_related("person").get(pk=proxy_id)
    standing = queries.standing(timezone.localdate(now)).filter(pk=proxy_id).exists()
    insist(rules.objection_to_beginning(is_holder=proxy.holder_id == by.pk, standing=standing))
    log.record("proxies.begin_acting", by=by, about=proxy, now=now)
    return proxy


def note_act(*, proxy_id: int, view: str, path: str, now: datetime) -> ProxyAct:
    """What was done by proxy, for both to see."""
    return ProxyAct.objects.create(proxy_id=proxy_id, act=view, path=path[:200], at=now)


def end_all(person: User, *, now: datetime) -> None:
    """An account is closed: no proxy from or for it stands."""
    for proxy in queries.of_person(person).filter(revoked_at=None):
        revoke_proxy(proxy_id=proxy.pk, by=person, now=now)


def _opened(name: str, adult: bool, evidence: str, community: Division, *, by: User, now: datetime) -> User:
    person = User(name=name, adult=adult, date_joined=now)
    person.set_unusable_password()
    person.save()
    Consent.objects.create(person=person, purpose=Consent.Purpose.SERVICE, version=notice.VERSION, channel="paper", at=now)
    log.record("proxies.open_account", by=by, about=person, now=now)
    home = residents.declare_home(by=person, community_id=community.pk, estate="", now=now)
    residents.check_residency(residency_id=home.pk, outcome=CONFIRMED, evidence=evidence, by=by, now=now)
    return person


def _tell(proxy: Proxy, kind: str, text: str, now: datetime) -> None:
    notices.owe(
        [proxy.person_id, proxy.holder_id],
        kind=f"proxies.{kind}",
        key=f"proxy-{kind}-{proxy.pk}",
        text=text,
        url=f"/proxies/{proxy.pk}/",
        now=now,
        holder=proxy.holder.name,
        person=proxy.person.name,
        day=proxy.ends_on,
    )
