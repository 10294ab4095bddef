"""What others do with a lodged proposal: back it, follow it, see its photos, print its poster."""

from __future__ import annotations

import segno
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal import clock, files
from portal.web import back, page, words
from projects.parties import parties_to
from projects.proposals import queries, services
from projects.proposals.models import Attachment, Proposal


def seen(number: str) -> Proposal:
    return get_object_or_404(queries.lodged(), number=number)


@login_required
def support(request: HttpRequest, number: str) -> HttpResponse:
    """Asked once more where no script or sign-in came between; the act is a POST."""
    proposal = seen(number)
    if request.method == "POST":
        services.support_proposal(proposal_id=proposal.pk, by=request.user, now=clock.now())
        return back(request, queries.page_of(proposal), said=_("您已支持这份提案。"))
    parties = parties_to(request.user, proposal, day=timezone.localdate(clock.now()))
    own = proposal.proposer_id == request.user.pk
    blocked = queries.objection_to_support(proposal, parties=parties, own=own)
    context = {"proposal": proposal, "why": words(blocked) if blocked else ""}
    context |= {"supporters": queries.supporters_of(proposal), "mine": queries.is_supporter(request.user, proposal)}
    return page(request, "projects/proposals/support.html", context)


@login_required
@require_POST
def unsupport(request: HttpRequest, number: str) -> HttpResponse:
    proposal = seen(number)
    services.unsupport_proposal(proposal_id=proposal.pk, by=request.user, now=clock.now())
    return back(request, queries.page_of(proposal), said=_("您已收回支持。"))


@login_required
@require_POST
def follow(request: HttpRequest, number: str) -> HttpResponse:
    proposal = seen(number)
    services.follow_proposal(proposal_id=proposal.pk, by=request.user, now=clock.now())
    return back(request, queries.page_of(proposal), said=_("已关注，有进展会告诉您。"))


@login_required
@require_POST
def unfollow(request: HttpRequest, number: str) -> HttpResponse:
    proposal = seen(number)
    services.unfollow_proposal(proposal_id=proposal.pk, by=request.user, now=clock.now())
    return back(request, queries.page_of(proposal), said=_("已不再关注。"))


def photo(request: HttpRequest, photo_id: int) -> HttpResponse:
    """A photo of a lodged proposal for everybody; of a draft for those who write it."""
    row = get_object_or_404(Attachment.objects.select_related("proposal"), pk=photo_id)
    if not queries.sight_of(request.user, row, day=clock.today()):
        raise Http404
    ending = "" if row.is_photo else f".{row.file.name.rpartition('.')[2]}"
    return files.serve(row.file, title=row.caption + ending, small=bool(request.GET.get("small")))


def poster(request: HttpRequest, number: str) -> HttpResponse:
    """An A4 sheet for the stairwell with a QR code that leads to the proposal's page."""
    proposal = seen(number)
    address = request.build_absolute_uri(queries.page_of(proposal))
    qr = segno.make(address, error="m").svg_data_uri(scale=6, border=2)
    context = {"proposal": proposal, "qr": qr, "address": address, "window": queries.call_window(proposal.round)}
    return page(request, "projects/proposals/poster.html", context)
