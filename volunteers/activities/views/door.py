"""At the door: the code on the leader's phone, and what a volunteer's phone does with it."""

from __future__ import annotations

from datetime import datetime

import segno
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal import clock
from portal.refusals import Refusal, insist
from portal.web import attempt, back, page, posted
from volunteers.activities import forms, rules, services
from volunteers.activities.models import Shift
from volunteers.activities.services.door import sees_door

SEEN = "door"
STALE = Refusal("stale_code", _("这个二维码已经过时。"), next=_("请重新扫一次队长手机上的二维码，它每半分钟换一次。"))


def shift_of(key: int) -> Shift:
    rows = Shift.objects.select_related("call__community", "call__team__community")
    return get_object_or_404(rows, pk=key, call__published_at__isnull=False)


@login_required
@require_safe
def wall(request: HttpRequest, key: int, way: str) -> HttpResponse:
    """The leader's screen: a QR code that changes every half minute, and the six digits to read out."""
    shift, now = shift_of(key), clock.now()
    insist(sees_door(request.user, shift, now))
    mark = rules.token(shift.secret, way, now)
    address = request.build_absolute_uri(reverse("activities:scan", args=[shift.pk, way, mark]))
    context = {
        "shift": shift,
        "way": way,
        "qr": segno.make(address, error="m").svg_data_uri(scale=8, border=2),
        "code": rules.door_code(shift.secret, now),
        "seconds": rules.seconds_left(now),
    }
    return page(request, "volunteers/activities/wall.html", context, fragment="volunteers/activities/_wall.html")


@require_safe
def scan(request: HttpRequest, key: int, way: str, token: str) -> HttpResponse:
    """Where the QR code leads: a fresh code is remembered for ten minutes, so that there is time to sign in."""
    shift, now = shift_of(key), clock.now()
    insist(None if rules.is_fresh(token, shift.secret, way, now) else STALE)
    request.session[SEEN] = {"shift": shift.pk, "way": way, "at": now.isoformat()}
    return redirect("activities:here")


def seen_door(request: HttpRequest) -> tuple[Shift, str]:
    """The shift and the way of the code that this browser has scanned."""
    held = request.session.get(SEEN)
    if not held:
        raise Http404
    insist(STALE if clock.now() - datetime.fromisoformat(held["at"]) > rules.TICKET else None)
    return shift_of(held["shift"]), held["way"]


@login_required
def here(request: HttpRequest) -> HttpResponse:
    """One button: I am here, or I am leaving."""
    shift, way = seen_door(request)
    form = forms.PressForm(**posted(request))
    act = services.check_in if way == rules.IN else services.check_out
    if form.is_valid() and attempt(form, act, shift_id=shift.pk, by=request.user, now=clock.now()):
        del request.session[SEEN]
        said = _("签到成功，开始服务吧。") if way == rules.IN else _("签退成功，辛苦了。时长已记入您的时间银行。")
        return back(request, "activities:call", shift.call.number, said=said)
    return page(request, "volunteers/activities/here.html", {"form": form, "shift": shift, "way": way})


@login_required
def by_code(request: HttpRequest, key: int) -> HttpResponse:
    shift = shift_of(key)
    form = forms.CodeForm(**posted(request))
    given = {"shift_id": shift.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and (done := attempt(form, services.check_by_code, **given, **form.cleaned_data)):
        said = _("签退成功，辛苦了。时长已记入您的时间银行。") if done.value.left_at else _("签到成功，开始服务吧。")
        return back(request, "activities:call", shift.call.number, said=said)
    return page(request, "volunteers/activities/by_code.html", {"form": form, "shift": shift})
