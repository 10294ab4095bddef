"""The one line that each request leaves in the log, and what it leaves out: nobody is named at the ballot.

A line with a person's number and the second would tell when she cast; so every address of the vote is logged without the
person, the address that it came from and its browser; the numbers in its path (a place on the roll) fall out of every line,
whoever writes it (portal/telemetry.py). Who did what at the paper desk stands in the office's own log (portal.log).
"""

from __future__ import annotations

import structlog
from django.http import HttpRequest
from django_structlog.app_settings import app_settings
from django_structlog.middlewares import RequestMiddleware

from portal.web import client_ip

SECRET = ("/voting/",)

logger = structlog.get_logger(__name__)


def is_secret(request: HttpRequest) -> bool:
    return request.path_info.startswith(SECRET)


class RequestLogMiddleware(RequestMiddleware):
    """django-structlog's, with an eye on the ballot."""

    def prepare(self, request: HttpRequest) -> None:
        structlog.contextvars.bind_contextvars(request_id=request.id)
        self.bind_user_id(request)
        self.bind_ip(request)
        told = {} if is_secret(request) else {"user_agent": request.headers.get("User-Agent")}
        level = app_settings.STATUS_START_LOG_LEVEL
        logger.log(level, "request_started", request=self.format_request(request), **told)

    @staticmethod
    def bind_user_id(request: HttpRequest) -> None:
        if not is_secret(request):
            RequestMiddleware.bind_user_id(request)

    @classmethod
    def bind_ip(cls, request: HttpRequest) -> None:
        if not is_secret(request):
            structlog.contextvars.bind_contextvars(ip=client_ip(request))

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        if is_secret(request):
            return f"{request.method} {request.path}"
        return f"{request.method} {request.get_full_path()}"
