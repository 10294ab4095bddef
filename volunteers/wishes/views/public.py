"""The wall, a wish, making one, claiming one."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communities.divisions import queries as places
from portal import clock, files
from portal.web import attempt, back, page, posted
from volunteers.parties import is_volunteer
from volunteers.wishes import forms, queries, rules, services
from volunteers.wishes.models import Thanks, Wish

A_PAGE = 24
CHECK, SEND = "check", "send"


@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """Wishes that wait for somebody, are claimed, or came true; ?community=code, ?state=."""
    code, state = (request.GET.get(name, "")[:20] for name in ("community", "state"))
    place = places.by_code(code) if code else None
    found = Paginator(queries.wall(community=place, state=state), A_PAGE).get_page(request.GET.get("page"))
    states = [(value, Wish.State(value).label) for value in queries.SHOWN]
    context = {"found": found, "place": place, "state": state or rules.PUBLISHED, "states": states}
    return page(request, "volunteers/wishes/wall.html", context)


def shown_wish(number: str) -> Wish:
    return get_object_or_404(queries.shown(), number=number)


@require_safe
def wish(request: HttpRequest, number: str) -> HttpResponse:
    """The need and how far it is; what I can do. Whose it is stands nowhere."""
    row = shown_wish(number)
    claim = queries.open_claim(row)
    context = {
        "wish": row,
        "claim": claim,
        "mine": bool(claim and claim.volunteer.person_id == request.user.pk),
        "may_claim": is_volunteer(request.user) if request.user.is_authenticated else False,
        "form": forms.ClaimForm(teams=queries.teams_to_claim(request.user)),
        "days": rules.CLAIM_DAYS,
    }
    return page(request, "volunteers/wishes/wish.html", context)


@require_safe
def photo(request: HttpRequest, key: int) -> HttpResponse:
    """Only what the person agreed to is ever kept (P11)."""
    kept = get_object_or_404(Thanks, pk=key, agreed=True)
    return files.serve(kept.photo, title=kept.caption, small=request.GET.get("size") == "small")


@login_required
def make(request: HttpRequest, code: str) -> HttpResponse:
    """A resident's own wish, or with ?for=other a worker's for somebody: write, check, send."""
    place = get_object_or_404(places.living(), code=code, level=places.LEVEL.COMMUNITY)
    collected = request.GET.get("for") == "other"
    form = forms.WishForm(**posted(request), initial={} if collected else {"wisher": request.user.name})
    context = {"form": form, "place": place, "collected": collected}
    if not form.is_valid() or request.POST.get("do") not in (CHECK, SEND):
        return page(request, "volunteers/wishes/make.html", context)
    if request.POST["do"] == CHECK:
        return page(request, "volunteers/wishes/make_check.html", context)
    given = {"community_id": place.pk, "by": request.user, "collected": collected, "now": clock.now()}
    if done := attempt(form, services.make_wish, **given, **form.cleaned_data):
        return back(request, "wishes:made", done.value.number)
    return page(request, "volunteers/wishes/make.html", context)


@login_required
@require_safe
def made(request: HttpRequest, number: str) -> HttpResponse:
    row = get_object_or_404(queries.made_by(request.user), number=number)
    return page(request, "volunteers/wishes/made.html", {"wish": row})


@login_required
@require_POST
def claim(request: HttpRequest, number: str) -> HttpResponse:
    row = shown_wish(number)
    form = forms.ClaimForm(**posted(request), teams=queries.teams_to_claim(request.user))
    given = {"wish_id": row.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.claim_wish, **given, **form.cleaned_data):
        return back(request, "wishes:wish", number, said=_("认领成功，谢谢您。社区工作者会和您联系。"))
    context = {"wish": row, "claim": queries.open_claim(row), "form": form, "may_claim": True, "days": rules.CLAIM_DAYS}
    return page(request, "volunteers/wishes/wish.html", context)


@login_required
@require_POST
def give_up(request: HttpRequest, number: str) -> HttpResponse:
    services.give_up_claim(wish_id=shown_wish(number).pk, by=request.user, now=clock.now())
    return back(request, "wishes:wish", number, said=_("已放回心愿墙，别人可以接着认领。"))


@login_required
def done(request: HttpRequest, number: str) -> HttpResponse:
    row = get_object_or_404(
        queries.shown(), number=number, claims__volunteer__person=request.user, claims__ended_at=None
    )
    form = forms.DoneForm(**posted(request))
    given = {"wish_id": row.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.report_done, **given, **form.cleaned_data):
        return back(request, "wishes:wish", number, said=_("收到，社区工作者会向心愿人确认。"))
    return page(request, "volunteers/wishes/done.html", {"form": form, "wish": row})
