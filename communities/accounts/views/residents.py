"""Residents come in: phone, code, and the first time notice and name (C6, U1)."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from communities.accounts import forms, nexts, notice, pending, phones, queries, sessions, typed
from communities.accounts.models import SignInCode
from communities.accounts.services import codes, people
from portal import clock
from portal.web import attempt, back, page, posted

SIGN_IN, CONFIRM, CHANGE = SignInCode.Purpose.SIGN_IN, SignInCode.Purpose.CONFIRM, SignInCode.Purpose.CHANGE


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """登录/注册 in one: every number gets a code."""
    then = nexts.asked_for(request)
    if sessions.is_in(request):
        return redirect(then or "/")
    form = forms.PhoneForm(**posted(request))
    if form.is_valid() and (done := attempt(form, codes.ask_code, **asking(request, form, SIGN_IN))):
        pending.remember(request, done.value, phone=form.cleaned_data["phone"], purpose=SIGN_IN, then=then)
        return redirect("accounts:code")
    return page(request, "communities/accounts/sign_in.html", {"form": form, "next": then})


@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """The six digits."""
    held = pending.held(request)
    if not held:
        return redirect("sign_in")
    form = forms.CodeForm(**posted(request))
    if form.is_valid() and (done := attempt(form, codes.redeem, **redeeming(request, form, held))):
        return arrive(request, done.value, held["purpose"])
    return page(request, "communities/accounts/code.html", {"form": form, "held": held, "again": Form()})


@require_POST
def resend(request: HttpRequest) -> HttpResponse:
    """Another code to the same number; the one before is void."""
    held, form = pending.held(request), Form(request.POST)
    found = held and attempt(form, codes.phone_waiting, number=held["number"], binding=held["binding"])
    if not found:
        return redirect("sign_in")
    asked = {"phone": found.value, "purpose": held["purpose"], "address": pending.address_of(request)}
    if done := attempt(form, codes.ask_code, **asked, now=clock.now()):
        pending.remember(request, done.value, phone=found.value, purpose=held["purpose"], then=held["then"])
        return back(request, "accounts:code", said=_("新的验证码已发出，请查看短信。"))
    messages.warning(request, form.non_field_errors()[0])
    return redirect("accounts:code")


@login_required
def welcome(request: HttpRequest) -> HttpResponse:
    """The notice, the age band and the consent (P1, P7)."""
    if queries.has_consented(request.user):
        return redirect("accounts:name") if not request.user.name else finish(request)
    form = forms.NoticeForm(**posted(request))
    if form.is_valid() and attempt(
        form, people.agree_to_notice, by=request.user, age=form.cleaned_data["age"], now=clock.now()
    ):
        return redirect("accounts:name") if not request.user.name else finish(request)
    return page(request, "communities/accounts/welcome.html", {"form": form, "notice": notice})


@login_required
def name(request: HttpRequest) -> HttpResponse:
    """The name, once; afterwards the page that corrects it (P8)."""
    if not queries.has_consented(request.user) and not request.user.is_staff:
        return redirect("accounts:welcome")
    first = not request.user.name
    form = forms.NameForm(**posted(request), initial={"name": request.user.name})
    if form.is_valid() and attempt(
        form, people.give_name, by=request.user, name=form.cleaned_data["name"], now=clock.now()
    ):
        return finish(request, first=first)
    return page(request, "communities/accounts/name.html", {"form": form, "first": first})


@login_required
@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Does not agree, or is below 14: nothing is kept."""
    people.discard_account(by=request.user, now=clock.now())
    sessions.end(request)
    return back(request, "sign_in", said=_("已退出，您的手机号没有留存。公开的内容不登录也能看。"))


@login_required
@never_cache
def confirm(request: HttpRequest) -> HttpResponse:
    """A fresh code to the person's own number before a sensitive act (D2, S21)."""
    then = nexts.asked_for(request)
    if sessions.just_confirmed(request) or not request.user.phone_cipher:
        return redirect(then or "/")
    form, phone = Form(**posted(request)), phones.unseal(request.user.phone_cipher)
    asked = {"phone": phone, "purpose": CONFIRM, "address": pending.address_of(request), "now": clock.now()}
    if form.is_valid() and (done := attempt(form, codes.ask_code, **asked)):
        pending.remember(request, done.value, phone=phone, purpose=CONFIRM, then=then)
        return redirect("accounts:code")
    return page(request, "communities/accounts/confirm.html", {"form": form, "phone": phone, "next": then})


@login_required
@sessions.confirmation_required
def change_phone(request: HttpRequest) -> HttpResponse:
    """Sign in with another number from now on: the new number must answer first."""
    form = forms.PhoneForm(**posted(request))
    if form.is_valid() and (done := attempt(form, codes.ask_code, **asking(request, form, CHANGE))):
        pending.remember(request, done.value, phone=form.cleaned_data["phone"], purpose=CHANGE, then="")
        return redirect("accounts:code")
    return page(request, "communities/accounts/change_phone.html", {"form": form})


def privacy(request: HttpRequest) -> HttpResponse:
    """The privacy notice, for everybody."""
    return page(request, "communities/accounts/privacy.html", {"notice": notice})


@login_required
@never_cache
@require_POST
def still(request: HttpRequest) -> JsonResponse:
    """The person is still here: the session goes on; how many seconds are left (A11)."""
    return JsonResponse({"left": request.session_left})


@login_required
@never_cache
def kept(request: HttpRequest) -> HttpResponse:
    """What was typed when the session ended, to be sent once more or thrown away (A11)."""
    if request.method == "POST":
        typed.drop(request)
        return back(request, "/", said=_("刚才填写的内容已删除。"))
    held = typed.held_for(request)
    return page(request, "communities/accounts/kept.html", {"kept": held}) if held else redirect("/")


def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session on the server; a link without a form gets a page with the button (S6, S26)."""
    if request.method != "POST":
        return page(request, "communities/accounts/sign_out.html")
    sessions.end(request)
    response = back(request, "sign_in", said=_("您已安全退出。"))
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


def asking(request: HttpRequest, form: forms.PhoneForm, purpose: str) -> dict:
    address = pending.address_of(request)
    return {"phone": form.cleaned_data["phone"], "purpose": purpose, "address": address, "now": clock.now()}


def redeeming(request: HttpRequest, form: forms.CodeForm, held: dict) -> dict:
    given = {key: held[key] for key in ("number", "binding", "purpose")}
    return {**given, "code": form.cleaned_data["code"], "by": request.user, "now": clock.now()}


def arrive(request: HttpRequest, person: object, purpose: str) -> HttpResponse:
    """After the right code: a session, then what is still missing, then where the person wanted to go."""
    then = pending.forget(request)
    if purpose == CONFIRM:
        sessions.confirm(request)
        return redirect(then or "/")
    sessions.begin(request, person, how="phone")
    if purpose == CHANGE:
        return back(request, "accounts:security", said=_("手机号已更换，今后请用新号码登录。"))
    request.session["then"] = then
    if not person.name or not queries.has_consented(person):
        request.session[sessions.UNFINISHED] = True
        return redirect("accounts:welcome")
    return finish(request)


def finish(request: HttpRequest, *, first: bool = False) -> HttpResponse:
    """Nothing is missing any more; a newcomer chooses her community, others go where they wanted to."""
    request.session.pop(sessions.UNFINISHED, None)
    if first:
        return redirect("residents:choose_home")
    return redirect(request.session.pop("then", "") or "/")
