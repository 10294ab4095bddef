"""Taking objections: from residents on line, from paper by staff."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from communities.accounts.models import User
from communities.roles.queries import holders
from communities.roles.rules import Role
from portal import figures, holidays, locks, log, notices
from portal.publishing import objection_to_publishing
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _
from portal.workdays import deadline_after
from projects import permissions
from projects.parties import parties_to
from projects.proposals.models import Proposal
from projects.publicity import queries, rules
from projects.publicity.models import Objection
from projects.rounds.rules import objection_to_cancelled


@transaction.atomic
def lodge_objection(*, proposal_id: int, text: str, by: User, now: datetime) -> Objection:
    """A resident's objection to an item on notice: numbered, with the day by which it is answered.

    A second one by the same person while the first is open is refused.
    """
    proposal = _for("publicity.lodge_objection", proposal_id, by=by, now=now)
    already = queries.has_open_objection(by, proposal)
    return _take(proposal, text=text, already=already, objector=by, entered_by=None, paper_ref="", now=now)


@transaction.atomic
def enter_objection(*, proposal_id: int, text: str, paper_ref: str, by: User, now: datetime) -> Objection:
    """An objection that came on paper, entered by a community worker under the paper's reference."""
    proposal = _for("publicity.enter_objection", proposal_id, by=by, now=now)
    insist(rules.objection_to_paper(paper_ref))
    return _take(proposal, text=text, already=False, objector=None, entered_by=by, paper_ref=paper_ref.strip(), now=now)


def _for(action: str, proposal_id: int, *, by: User, now: datetime) -> Proposal:
    """The item, locked so that a second click waits and the standing cannot change underneath."""
    locks.hold_shared("round", Proposal.objects.values_list("round_id", flat=True).get(pk=proposal_id))
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("round", "community")
    proposal = rows.get(pk=proposal_id)
    parties = parties_to(by, proposal, day=queries.local_day(now))
    insist(permissions.objection_to(action, roles=parties, stage=proposal.round.stage))
    insist(objection_to_cancelled(cancelled=proposal.round.cancelled_at is not None))
    return proposal


def _take(
    proposal: Proposal,
    *,
    text: str,
    already: bool,
    objector: User | None,
    entered_by: User | None,
    paper_ref: str,
    now: datetime,
) -> Objection:
    sheet, today = queries.notice_of(proposal), queries.local_day(now)
    if sheet is None:
        insist(Refusal("not_on_notice", _("这一项现在不在公示名单里。")))
    insist(
        rules.objection_to_objecting(
            today=today,
            starts_on=sheet.starts_on,
            ends_on=sheet.ends_on,
            said=figures.day(sheet.ends_on),
            standing=proposal.standing,
            already=already,
        )
    )
    insist(rules.objection_to_text(text))
    insist(objection_to_publishing(text, field="text"))
    settings = proposal.round.rules
    due = deadline_after(today, settings["objection_days"], settings["objection_unit"], holidays.calendar()).on
    row = Objection.objects.create(
        notice=sheet,
        proposal=proposal,
        objector=objector,
        entered_by=entered_by,
        paper_ref=paper_ref,
        text=text.strip(),
        at=now,
        due_on=due,
    )
    row.number = f"YY-{today.year}-{row.pk:06d}"
    row.save(update_fields=["number"])
    by = objector or entered_by
    log.record("publicity.take_objection", by=by, about=row, now=now, proposal=proposal.number, paper=bool(paper_ref))
    _tell(row, proposal, now=now)
    return row


def _tell(row: Objection, proposal: Proposal, *, now: datetime) -> None:
    day = queries.local_day(now)
    for role in queries.ANSWERERS:
        notices.owe(
            holders(Role(role), proposal.community, day),
            kind="publicity.to_answer",
            key=f"objection-{row.pk}",
            text=_("有居民对“%(title)s”提出异议，请在%(day)s前答复。"),
            now=now,
            url=reverse("publicity:answer", args=[row.number]),
            title=proposal.title,
            day=row.due_on,
        )
    notices.owe(
        [proposal.proposer_id],
        kind="publicity.objected",
        key=f"objected-{row.pk}",
        text=_("有居民对您的“%(title)s”提出异议，您可以补充说明。%(day)s前会有答复。"),
        now=now,
        url=reverse("publicity:objection", args=[row.number]),
        title=proposal.title,
        day=row.due_on,
    )
