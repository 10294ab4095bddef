"""What a person sees of herself: her proposals, her votes (yes or no), her notices."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from communities.residents.queries import residency_of
from portal import clock, notices
from portal.web import back, page
from projects.delivery.queries import mine as mine_to_deliver
from projects.desk import life, services, strips
from projects.desk.cards import state_of
from projects.desk.queries import gather, proposals, records
from projects.rounds.queries import words_for
from projects.voting.queries import votes_of

A_PAGE = 20


@never_cache
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """My proposals with a sentence and the date of the next step; my votes; what awaits me; unread notices."""
    found = Paginator(proposals.proposals_by(request.user), A_PAGE).get_page(request.GET.get("page"))
    home = residency_of(request.user)
    words, today = words_for(home.community) if home else strips.PLAIN_WORDS, clock.today()
    context = {
        "found": found,
        "rows": [(row, state_of(row), life.sentence_of(row), life.coming_of(row, words, today=today)) for row in found],
        "votes": votes_of(request.user),
        "tasks": gather.tasks_of(request.user, today=today)[:A_PAGE],
        "unread": records.unread_count(request.user),
        "home": home,
        "provides": mine_to_deliver(request.user).exists(),
    }
    return page(request, "projects/desk/mine.html", context)


@never_cache
@login_required
def my_notices(request: HttpRequest) -> HttpResponse:
    found = Paginator(records.notices_of(request.user), A_PAGE).get_page(request.GET.get("page"))
    rows = [(row, notices.words(row)) for row in found]
    context = {"found": found, "rows": rows, "unread": records.unread_count(request.user)}
    return page(request, "projects/desk/my_notices.html", context)


@require_POST
@login_required
def read_notice(request: HttpRequest, key: int) -> HttpResponse:
    """Mark one as read and go where it leads."""
    row = get_object_or_404(records.notices_of(request.user), pk=key)
    services.mark_read(person=request.user, notice_ids=[row.pk], now=clock.now())
    return redirect(row.url or "desk:my_notices")


@require_POST
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    services.mark_read(person=request.user, notice_ids=None, now=clock.now())
    return back(request, "desk:my_notices", said=_("全部标为已读"))
