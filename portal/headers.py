"""Headers that Django does not set itself, the methods that the portal does not speak, and the probes' own door."""

from collections.abc import Callable

from csp.constants import NONCE, NONE, SELF
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

# Everything comes from this site; a script or style inside a page needs the request's nonce (S3, G17).
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
SPOKEN = ["GET", "HEAD", "POST", "OPTIONS"]
UNUSED = (
    "accelerometer",
    "autoplay",
    "bluetooth",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
PERMISSIONS = ", ".join(f"{feature}=()" for feature in UNUSED)
IPV4_IN_IPV6 = "::ffff:"


class HeadersMiddleware:
    """Permissions-Policy on every answer (S4); nothing personal stays in a browser's cache (S11); TRACE refused (S8).

    Probes come by address, not by name, so that they are answered before the Host header is looked at. A visitor by
    IPv4 on an IPv6 socket gets the plain address back, so that limits and the log know one visitor by one address (G12).
    """

    def __init__(self, get_response: Callable):
        from portal import health  # models are not loaded yet when the settings read this module

        self.get_response = get_response
        self.probes = {"/healthz": health.healthz, "/readyz": health.readyz}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SPOKEN:
            return HttpResponseNotAllowed(SPOKEN)
        address = request.META.get("REMOTE_ADDR", "")
        if address.startswith(IPV4_IN_IPV6):
            request.META["REMOTE_ADDR"] = address.removeprefix(IPV4_IN_IPV6)
        response = self.probes.get(request.path_info, self.get_response)(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response
