"""The pages of last resort (U11): what happened, what became of the answers, whom to call.

400, 403 and 404 wear the whole layout; 500 and 503 ask the database nothing.
"""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What came is too large, or cannot be read."""
    code = 413 if isinstance(exception, RequestDataTooBig) else 400
    return render(request, f"portal/{code}.html", status=code)


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """Also the answer to a stale form (CSRF_FAILURE_VIEW)."""
    return render(request, "portal/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "portal/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/500.html", status=500)
