"""What the desk's pages show: queue rows, the filter in links, the letters before they are sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.accounts.models import User
from portal import notices
from portal.web import words
from projects.proposals import similar
from projects.proposals.models import Proposal
from projects.proposals.queries import followers_of, supporters_of
from projects.proposals.views.shown import papers, photos, rows
from projects.screening import letters, queries
from projects.screening.forms import VIEWS, QueueForm
from projects.screening.rules import Verdict
from projects.screening.services import tell

TONES = {"lodged": "active", "returned": "turn", "accepted": "done", "rejected": "stopped", "merged": "plain"}


def tail(view: str, chosen: Mapping[str, str]) -> str:
    """The filter as the end of an address, "" when nothing is filtered."""
    kept = {"view": view if view != "waiting" else "", **chosen}
    asked = urlencode({name: value for name, value in kept.items() if value})
    return f"?{asked}" if asked else ""


def tabs(counted: Mapping[str, int], view: str, chosen: Mapping[str, str]) -> list[dict]:
    """The views of the queue as links that keep the filter."""
    return [
        {
            "title": title,
            "url": reverse("screening:queue") + tail(key, chosen),
            "current": key == view,
            "count": counted.get(key),
        }
        for key, title in VIEWS
    ]


def row(proposal: Proposal, *, today: date, filtered: str) -> dict:
    """One row of the queue for the component."""
    due = queries.due(proposal)
    return {
        "url": reverse("screening:assess", args=[proposal.number]) + filtered,
        "title": proposal.title,
        "kind": proposal.get_category_display(),
        "number": proposal.number,
        "place": proposal.community.name,
        "status": proposal.get_standing_display(),
        "tone": TONES.get(proposal.standing, "plain"),
        "due_on": due.on if due else None,
        "left": queries.days_left(due, today=today),
        "to": proposal.assignment.person.name if hasattr(proposal, "assignment") else "",
    }


def kept(person: User) -> list[dict]:
    """The person's own filters as links."""
    found = []
    for row in queries.filters_of(person):
        asked = {name: str(row.asked.get(name) or "") for name in QueueForm.base_fields}
        end = tail(str(row.asked.get("view") or ""), asked)
        found.append({"key": row.pk, "title": row.title, "url": reverse("screening:queue") + end})
    return found


def beside(found: list[Proposal], at: str, *, tail: str, today: date) -> dict | None:
    """The item shown beside the queue, the first unless another is named, and the links to those before and after."""
    if not found:
        return None
    place = next((place for place, row in enumerate(found) if row.number == at), 0)
    proposal = found[place]
    sign = "&" if tail else "?"

    def link(number: str) -> str:
        return f"{reverse('screening:queue')}{tail}{sign}at={number}"

    due = queries.due(proposal)
    return {
        "proposal": proposal,
        "url": reverse("screening:assess", args=[proposal.number]) + tail,
        "answers": rows(proposal, change=False),
        "supporters": supporters_of(proposal),
        "matches": similar.like(proposal)[:3],
        "notes": list(proposal.notes.select_related("by").order_by("-pk")[:3]),
        "due": due,
        "left": queries.days_left(due, today=today),
        "before_url": link(found[place - 1].number) if place else "",
        "next_url": link(found[place + 1].number) if place + 1 < len(found) else "",
    }


def neighbours(ids: list[int], here: int) -> tuple[int | None, int | None, int]:
    """(previous, next, place from 1) of a proposal in its filtered queue; place 0 when it has left it."""
    if here not in ids:
        return None, (ids[0] if ids else None), 0
    place = ids.index(here)
    return (ids[place - 1] if place else None), (ids[place + 1] if place + 1 < len(ids) else None), place + 1


def sent(proposal: Proposal, answers: Mapping[str, object], *, today: date) -> list[dict]:
    """[{to, text}]: what goes to whom when this finding is sent."""
    draft = queries.draft_of(proposal, answers)
    target = queries.target_of(draft) if draft.outcome == Verdict.MERGED else None
    params = tell.params_of(proposal, draft, target, today=today)
    told = [{"to": _("提案人"), "text": notices.said(letters.TO_PROPOSER[draft.outcome], params)}]
    if draft.outcome == Verdict.MERGED and (backing := proposal.supports.count()):
        to = _("支持过的 %(count)d 位居民") % {"count": backing}
        told.append({"to": to, "text": notices.said(letters.TO_SUPPORTERS, params)})
    if following := len(followers_of(proposal)):
        to = _("关注的 %(count)d 人") % {"count": following}
        told.append({"to": to, "text": notices.said(letters.TO_FOLLOWERS[draft.outcome], params)})
    return told


def place_in(person: User, proposal: Proposal, view: str, chosen: Mapping[str, str], *, today: date) -> dict:
    """Where the proposal is in the filtered queue, and the links before and after it that keep the filter."""
    found = queries.queue(person, day=today, view=view, **chosen)
    numbers = dict(found.values_list("pk", "number")[: queries.STEPPED])
    before, following, place = neighbours(list(numbers), proposal.pk)
    end = tail(view, chosen)

    def link(pk: int | None) -> str:
        return reverse("screening:assess", args=[numbers[pk]]) + end if pk else ""

    return {"tail": end, "place": place, "total": len(numbers), "before_url": link(before), "next_url": link(following)}


def facts(proposal: Proposal, *, person: User, now: datetime) -> dict:
    """The proposal itself, what is like it, what was decided, the cap, and what this person may do."""
    today, due = timezone.localdate(now), queries.due(proposal)
    blocked = queries.objection_to_screen(proposal, by=person, now=now)
    cap = queries.cap_of(proposal)
    over = bool(cap and proposal.estimate and proposal.estimate > cap)
    appeal = queries.appeals().filter(proposal=proposal).first()
    return {
        "proposal": proposal,
        "status": row(proposal, today=today, filtered=""),
        "answers": rows(proposal, change=False),
        "photos": photos(proposal),
        "papers": papers(proposal),
        "supporters": supporters_of(proposal),
        "matches": similar.like(proposal),
        "findings": queries.findings_of(proposal),
        "editions": proposal.editions.count(),
        "notes": proposal.notes.select_related("by"),
        "colleagues": [each.name for each in queries.colleagues_at(proposal.community, day=today) if each != person],
        "replies": queries.replies(),
        "due": due,
        "left": queries.days_left(due, today=today),
        "why": words(blocked) if blocked else "",
        "cap": cap,
        "over": over,
        "override": queries.override_of(proposal),
        "allows": over and not queries.objection_to_act("override_cap", proposal, by=person, now=now),
        "appeal": appeal,
        "judges": bool(appeal) and not queries.objection_to_act("decide_appeal", proposal, by=person, now=now),
    }
