"""Rows as the shared card components take them."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from communities.accounts.models import User
from portal.masking import mask_name, mask_numbers
from projects.desk import sayings
from projects.desk.strips import project_of
from projects.models import Project, Proposal, Round
from projects.proposals.models import Attachment, Origin
from projects.proposals.standings import TITLES, Standing


def state_of(proposal: Proposal, *, office: bool = False) -> tuple[str, str]:
    """(words, tone) of the tag: a resident's words, or the office's term."""
    project = project_of(proposal)
    if project:
        words, tone = sayings.OF_PROJECT[project.stage]
        return (project.get_stage_display() if office else _(words)), tone
    words, tone = sayings.OF_STANDING[Standing(proposal.standing)]
    return _(TITLES[Standing(proposal.standing)] if office else words), tone


def round_state(round: Round) -> tuple[str, str]:
    words, tone = sayings.CANCELLED if round.cancelled_at else sayings.OF_ROUND[round.stage]
    return _(words), tone


def proposer_shown(proposal: Proposal) -> str:
    """Who proposed it, as far as the public may know (P11): masked, or the name by the person's own consent."""
    if proposal.origin != Origin.RESIDENT:
        return str(Origin(proposal.origin).label)
    person: User = proposal.proposer
    return person.name if person.show_name else mask_name(person.name) or _("居民")


def photo_url(photo: Attachment, *, small: bool = False) -> str:
    return reverse("proposals:photo", args=[photo.pk]) + ("?small=1" if small else "")


def proposal_card(proposal: Proposal, *, came_from: str = "", office: bool = False) -> dict:
    """`came_from` is the query of the list, so that the page can lead back to the same place."""
    words, tone = state_of(proposal, office=office)
    project = project_of(proposal)
    photo = next(iter(getattr(proposal, "photos", ())), None)
    url = reverse("desk:proposal", args=[proposal.number])
    return {
        "url": f"{url}?{urlencode({'list': came_from})}" if came_from else url,
        "title": mask_numbers(proposal.title),
        "number": proposal.number,
        "summary": mask_numbers(proposal.need),
        "place": proposal.community.name,
        "price": project.budget if project else proposal.estimate,
        "status": words,
        "tone": tone,
        "supporters": getattr(proposal, "supporters", None),
        "proposer": proposer_shown(proposal),
        "photo": photo_url(photo, small=True) if photo else "",
        "photo_alt": photo.caption if photo else "",
        "category": proposal.get_category_display(),
        "lodged_at": proposal.lodged_at,
    }


def project_card(project: Project, *, percent: int | None = None, **more: object) -> dict:
    words, tone = sayings.OF_PROJECT[project.stage]
    return {
        "url": reverse("desk:proposal", args=[project.proposal.number]),
        "title": project.title,
        "number": project.proposal.number,
        "place": project.community.name,
        "status": _(words),
        "tone": tone,
        "done": percent,
        "allotted": project.budget,
        **more,
    }
