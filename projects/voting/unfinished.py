"""The reminder on every page that a ballot was begun and not cast: a signed cookie with the round, never the choices."""

from __future__ import annotations

from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse

COOKIE = "unfinished"
DAY = 24 * 3600


def remember(request: HttpRequest, response: HttpResponse, number: str) -> HttpResponse:
    """For this browser and this person: a day at most, after that the notices remind her. Never at a public device."""
    if getattr(request, "kiosk", None):
        return response
    value = f"{request.user.pk}|{number}"
    secure = request.is_secure()
    response.set_signed_cookie(COOKIE, value, max_age=DAY, httponly=True, samesite="Lax", secure=secure)
    return response


def forget(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(COOKIE, samesite="Lax")
    return response


def unfinished(request: HttpRequest) -> dict[str, str]:
    """Context of every page: the number of the round whose ballot she left, without asking the database."""
    if COOKIE not in request.COOKIES:
        return {}
    try:
        person, number = request.get_signed_cookie(COOKIE, max_age=DAY).split("|", 1)
    except (BadSignature, ValueError):
        return {}
    hers = request.user.is_authenticated and str(request.user.pk) == person
    return {"unfinished_ballot": number} if hers else {}
