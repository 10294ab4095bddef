"""One page for the whole life of a proposal: everything that it prints, gathered once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import resolve
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.accounts.models import User
from portal.refusals import gettext_noop
from projects import permissions
from projects.desk import cards, strips
from projects.desk.queries import gather
from projects.funding.queries import Money, money_shown
from projects.items import Chapter, Offer
from projects.models import Project, Proposal
from projects.parties import parties_to, parties_to_project
from projects.proposals.standings import ENDED, SENTENCES, Standing
from projects.rounds.queries import words_for

# Offers that only lead to a page to read: links below the acts, so that what can be done stands out.
TO_READ = {
    "acceptance:record",
    "approval:approved",
    "deliberation:meeting",
    "funding:money",
    "proposals:poster",
    "publicity:notice",
    "tally:result",
}


@dataclass(frozen=True)
class Life:
    """`sentence` says where it stands in a resident's words, `coming` what is next and when."""

    proposal: Proposal
    project: Project | None
    state: str
    tone: str
    sentence: str
    coming: str
    proposer: str
    steps: list[dict]
    chapters: list[Chapter]
    offers: list[Offer]
    money: Money | None
    photos: list[dict] = field(default_factory=list)
    opens_dossier: bool = False

    @property
    def decisions(self) -> list[Chapter]:
        """Those events that carry a reason."""
        return [chapter for chapter in self.chapters if chapter.reason]

    @property
    def acts(self) -> list[Offer]:
        """What changes something, the one that stands out first and what is not possible now last."""
        acts = [offer for offer in self.offers if not _is_to_read(offer)]
        return sorted(acts, key=lambda offer: (bool(offer.why_not), offer is not self.primary))

    @property
    def to_read(self) -> list[Offer]:
        return [offer for offer in self.offers if _is_to_read(offer)]

    @property
    def primary(self) -> Offer | None:
        """The one act that stands out, where a room says that it should."""
        return next((offer for offer in self.offers if offer.primary and not offer.why_not), None)


def _is_to_read(offer: Offer) -> bool:
    return bool(offer.url) and not offer.posts and not offer.primary and resolve(offer.url).view_name in TO_READ


def life_of(proposal: Proposal, *, person: User, now: datetime) -> Life:
    project = strips.project_of(proposal)
    day = timezone.localdate(now)
    parties = parties_to_project(person, project, day=day) if project else parties_to(person, proposal, day=day)
    words = words_for(proposal.community)
    state, tone = cards.state_of(proposal)
    return Life(
        proposal=proposal,
        project=project,
        state=state,
        tone=tone,
        sentence=sentence_of(proposal),
        coming=coming_of(proposal, words, today=day),
        proposer=cards.proposer_shown(proposal),
        steps=strips.proposal_steps(proposal, words),
        chapters=gather.life_of(proposal),
        offers=gather.offers_to(person, proposal, parties=parties, now=now),
        money=money_shown(project) if project else None,
        photos=[
            {
                "url": cards.photo_url(photo),
                "thumb": cards.photo_url(photo, small=True),
                "alt": photo.caption,
                "caption": photo.caption,
                "at": photo.uploaded_at,
            }
            for photo in proposal.photos
        ],
        opens_dossier=permissions.objection_to("desk.see_dossier", roles=parties, stage=proposal.round.stage) is None,
    )


def sentence_of(proposal: Proposal) -> str:
    """Where it stands, in a resident's sentence."""
    project = strips.project_of(proposal)
    if project is None:
        return _(SENTENCES[Standing(proposal.standing)])
    return _(PROJECT_SENTENCES[project.stage])


PROJECT_SENTENCES = {
    "funding": gettext_noop("街道已批准，正在落实资金、确定承接单位。"),
    "delivery": gettext_noop("项目正在实施，进展和照片都在下面。"),
    "acceptance": gettext_noop("项目做完了，验收小组正在现场验收。"),
    "evaluation": gettext_noop("验收通过了，请用过的居民来评一评。"),
    "done": gettext_noop("项目已办结，钱款已结清。"),
}


def coming_of(proposal: Proposal, words: dict[str, str], *, today: date) -> str:
    """The date of the proposal's own next step, while it travels with its round.

    Screening goes on during the call already: a proposal that waits for its answer looks forward to the council.
    """
    if strips.project_of(proposal) or proposal.standing in ENDED or proposal.standing == Standing.NOT_CHOSEN:
        return ""
    if proposal.standing != Standing.DRAFT and proposal.round.stage in ("proposals", "screening"):
        return strips.step_from(proposal.round, "deliberation", words, today=today)
    return strips.next_step_of(proposal.round, words, today=today)
