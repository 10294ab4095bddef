"""A resident's own pages: home, data, consents, leaving (P3, P8)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communities.accounts import phones, sessions
from communities.accounts.models import Consent
from communities.accounts.services import people
from communities.divisions import queries as places
from communities.residents import forms, privacy, queries, services
from portal import clock
from portal.web import attempt, back, page, posted


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """我的资料: everything in one place, each row with its own change."""
    person = request.user
    shown = {
        "residency": queries.residency_of(person),
        "refusal": queries.last_refusal(person),
        "phone": phones.unseal(person.phone_cipher) if person.phone_cipher else "",
        "reveals": privacy.reveals_of(person),
    }
    return page(request, "communities/residents/mine.html", shown)


@login_required
@require_safe
def choose_home(request: HttpRequest) -> HttpResponse:
    """Find one's community by name, pinyin or initials."""
    form = forms.SearchForm(request.GET)
    typed = form.typed()
    found = places.find_community(typed)
    shown = {"typed": typed, "found": found, "first": queries.residency_of(request.user) is None}
    return page(
        request, "communities/residents/choose_home.html", shown, fragment="communities/residents/_communities.html"
    )


@login_required
def declare_home(request: HttpRequest, code: str) -> HttpResponse:
    """The estate, and the declaration: from today she lives there."""
    community = places.by_code(code)
    if community is None or community.level != places.LEVEL.COMMUNITY:
        raise Http404
    held = queries.residency_of(request.user)
    form = forms.EstateForm(**posted(request), initial={"estate": held.estate if held else ""})
    given = {"by": request.user, "community_id": community.pk, "now": clock.now()}
    if form.is_valid() and attempt(form, services.declare_home, estate=form.cleaned_data["estate"], **given):
        return redirect("residents:home")
    shown = {"form": form, "community": community, "held": held, "estates": places.estates_of(community)[:200]}
    return page(request, "communities/residents/declare_home.html", shown)


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Where the person lives and what is still to do to be confirmed."""
    residency = queries.residency_of(request.user)
    if residency is None and not queries.last_refusal(request.user):
        return redirect("residents:choose_home")
    shown = {"residency": residency, "refusal": queries.last_refusal(request.user)}
    shown["centres"] = residency.community.centres.all()[:3] if residency else []
    shown["then"] = request.session.pop("then", "")
    return page(request, "communities/residents/home.html", shown)


@login_required
@require_POST
def publish_name(request: HttpRequest) -> HttpResponse:
    """Agree to the whole name on public pages (P2)."""
    people.agree_to_name(by=request.user, now=clock.now())
    return back(request, "residents:mine", said=_("已同意公开姓名，今后您的提案会显示全名。"))


@login_required
@require_POST
def hide_name(request: HttpRequest) -> HttpResponse:
    """Take that back: as easy as agreeing (P3)."""
    people.withdraw_consent(by=request.user, purpose=Consent.Purpose.PUBLISH_NAME, now=clock.now())
    return back(request, "residents:mine", said=_("已撤回，公开页面只显示您的姓氏。"))


@login_required
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take the consent to the notice back: signed out, nothing is asked or shown until it is given again."""
    if request.method != "POST":
        return page(request, "communities/residents/withdraw.html")
    people.withdraw_consent(by=request.user, purpose=Consent.Purpose.SERVICE, now=clock.now())
    sessions.end(request)
    return back(request, "sign_in", said=_("已撤回同意并退出。再次登录时会重新征求您的同意。"))


@login_required
@sessions.confirmation_required
def download(request: HttpRequest) -> HttpResponse:
    """My data as a file (P8)."""
    answer = JsonResponse(
        privacy.everything_about(request.user), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    answer.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return answer


@login_required
@sessions.confirmation_required
def close_account(request: HttpRequest) -> HttpResponse:
    """Forget me (P9)."""
    form = forms.CloseForm(**posted(request))
    if form.is_valid() and attempt(form, services.close_account, by=request.user, now=clock.now()):
        sessions.end(request)
        return back(request, "sign_in", said=_("账号已注销，您的姓名和手机号已删除。谢谢您参与社区的事。"))
    return page(request, "communities/residents/close_account.html", {"form": form})
