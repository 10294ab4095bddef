"""What every answer carries, and what the portal refuses before it thinks."""
import pytest
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db




@pytest.mark.parametrize("path", ["/", "/no-such-page/"])
def test_every_page_carries_the_policy(client, path):
    """S3, S4: also on 404."""
    answer = client.get(path)
    policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in answer["Permissions-Policy"]


@pytest.mark.parametrize("method", ["trace", "put", "delete", "patch"])
def test_other_methods_are_refused(client, method):
    """S8"""
    assert getattr(client, method)("/").status_code == 405


def test_a_page_of_somebody_signed_in_is_not_stored(client):
    """S11"""
    assert "no-store" not in client.get("/no-such-page/").get("Cache-Control", "")
    client.force_login(factories.person(), backend="django.contrib.auth.backends.ModelBackend")
    assert "no-store" in client.get("/no-such-page/")["Cache-Control"]


def test_a_foreign_host_name_is_refused_but_probes_are_answered(client):
    """S10, R7: load balancers ask by address."""
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
    assert client.get("/healthz", headers={"host": "10.0.0.7:8000"}).status_code == 200


def test_spoofed_forwarding_header_is_ignored_without_a_proxy(client, rf):
    """S9"""
    from portal.web import client_ip

    request = rf.get("/", headers={"X-Forwarded-For": "203.0.113.9"}, REMOTE_ADDR="2001:db8::1")
    assert client_ip(request) == "2001:db8::1"


def test_ipv4_on_an_ipv6_socket_is_one_visitor(rf):
    """G12"""
    from portal.headers import HeadersMiddleware

    seen = []

    def view(request):
        from django.http import HttpResponse

        seen.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    for address in ("::ffff:192.0.2.4", "192.0.2.4", "2001:db8::1"):
        HeadersMiddleware(view)(rf.get("/", REMOTE_ADDR=address))
    assert seen == ["192.0.2.4", "192.0.2.4", "2001:db8::1"]


def test_metrics_are_closed_without_a_token(client, settings):
    """S8, R8"""
    assert client.get("/metrics").status_code == 404
    settings.METRICS_TOKEN = "let-me-in"  # noqa: S105
    assert client.get("/metrics", headers={"authorization": "Bearer wrong"}).status_code == 404
    answer = client.get("/metrics", headers={"authorization": "Bearer let-me-in"})
    assert answer.status_code == 200
    assert b"portal_queue_lag_seconds 0" in answer.content


def test_language_is_part_of_the_answer():
    """A17: the answer says which language it speaks."""
    assert Client().get("/no-such-page/")["Content-Language"] == "zh-hans"
