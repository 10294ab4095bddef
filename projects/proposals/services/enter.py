"""A proposal that came on paper, typed in by a community worker for the resident (A20)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from communities.accounts.models import User
from communities.divisions.models import Division
from communities.residents.models import Residency
from communities.residents.queries import namesakes, residency_of
from portal import locks, log
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _
from projects import permissions
from projects.parties import parties_at
from projects.proposals import steps
from projects.proposals.models import Origin, Proposal
from projects.proposals.services.draft import shuffled
from projects.proposals.similar import all_pairs
from projects.rounds.models import Round

SAME, ANOTHER = "same", "another"


@transaction.atomic
def enter_for_resident(
    *,
    round_id: int,
    community_id: int,
    by: User,
    paper_ref: str,
    name: str,
    phone: str,
    answers: Mapping[str, object],
    now: datetime,
    namesake: str = "",
    origin: str = Origin.RESIDENT,
) -> Proposal:
    """Type a paper in as a draft of the resident; lodge_entry hands it in. The same paper again answers the same row.

    The worker has the signed paper in hand: a resident whom the portal does not know yet is registered as vouched for.
    Without a phone she may be known already: where somebody of her name lives there, `namesake` says whether it is
    she ("same") or "another". Somebody else than the worker screens it, so that a second person sees the paper.
    """
    locks.hold_shared("round", round_id)
    round = Round.objects.get(pk=round_id, envelopes__community=community_id)
    community = Division.objects.get(pk=community_id)
    parties = parties_at(by, community, day=timezone.localdate(now))
    insist(permissions.objection_to("proposals.enter_for_resident", roles=parties, stage=round.stage))
    held = Proposal.objects.filter(community=community, paper_ref=paper_ref).first()
    if held is not None:
        insist(_objection_to_paper(held, by))
        return _rewrite(held, answers)
    proposer = _resident(name, phone, namesake, community, by=by, now=now)
    proposal = Proposal(
        round=round,
        community=community,
        proposer=proposer,
        entered_by=by,
        paper_ref=paper_ref,
        origin=origin,
        standing_since=now,
        created_at=now,
        shuffle_key=shuffled(),
    )
    _rewrite(proposal, answers)
    log.record("proposals.enter_for_resident", by=by, about=proposal, now=now, paper=paper_ref, origin=origin)
    return proposal


def _rewrite(proposal: Proposal, answers: Mapping[str, object]) -> Proposal:
    for name in steps.FIELDS:
        setattr(proposal, name, answers.get(name, getattr(proposal, name)))
    proposal.bigrams = all_pairs(proposal)
    proposal.save()
    return proposal


def _objection_to_paper(held: Proposal, by: User) -> Refusal | None:
    if held.number is None and held.entered_by_id == by.pk:
        return None
    return Refusal(
        "paper_entered_already",
        _("纸质登记号 %(paper)s 已经录入过（%(number)s）。"),
        {"paper": held.paper_ref, "number": held.number or _("还没有提交")},
        field="paper_ref",
    )


def _resident(name: str, phone: str, namesake: str, community: Division, *, by: User, now: datetime) -> User:
    person = User.objects.with_phone(phone) if phone else None
    if person is None:
        person = _known_without_phone(name, namesake, community, gives_phone=bool(phone))
    if person is None:
        person = User.objects.create_resident(phone, name=name, date_joined=now) if phone else _without_phone(name, now)
    elif person.is_staff:
        insist(Refusal("phone_of_staff", _("这个手机号属于工作人员，请核对。"), field="phone"))
    home = residency_of(person)
    if home is not None and home.community_id != community.pk:
        insist(Refusal("lives_elsewhere", _("这个手机号登记住在另一个社区，请先请本人更改居住社区。"), field="phone"))
    if home is None:
        Residency.objects.create(
            person=person,
            community=community,
            since=timezone.localdate(now),
            proof=Residency.Proof.VOUCHED,
            proved_at=now,
            proved_by=by,
        )
    return person


def _known_without_phone(name: str, namesake: str, community: Division, *, gives_phone: bool) -> User | None:
    """The one who is meant, or None when nobody is known yet. Two papers of one person at once wait for each other."""
    Division.objects.select_for_update(no_key=True).get(pk=community.pk)
    found = list(namesakes(name, community)[:50])
    known = [person for person in found if person.phone_index is None]
    if not (known if gives_phone else found) or namesake == ANOTHER:
        return None
    if namesake == SAME and len(known) == 1:
        return known[0]
    insist(
        Refusal(
            "namesake",
            _("本社区已经有叫%(name)s的居民。有手机的请填手机号；没有手机的，请选是不是同一个人。"),
            {"name": name},
            field="namesake",
        )
    )
    return None


def _without_phone(name: str, now: datetime) -> User:
    """Somebody who has no mobile phone: cannot sign in, is a proposer all the same."""
    person = User(name=name, date_joined=now)
    person.set_unusable_password()
    person.save()
    return person
