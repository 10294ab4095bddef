"""How the web process serves. PORT, WEB_WORKERS and WEB_THREADS may change it."""
import socket

from portal import env


def speaks_ipv6() -> bool:
    """One IPv6 socket also takes IPv4 visitors where the machine lets it (G12)."""
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            both = probe.getsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY) == 0
            probe.bind(("::", 0))
            return both
    except OSError:
        return False


port = env.number("PORT", 8000)
host = env.text("PORTAL_BIND") or ("[::]" if speaks_ipv6() else "0.0.0.0")  # nosec B104
bind = f"{host}:{port}"
workers = env.number("WEB_WORKERS", 2)
threads = env.number("WEB_THREADS", 8)
worker_class = "gthread"
max_requests, max_requests_jitter = 5000, 500
timeout, graceful_timeout, keepalive = 60, 15, 5
accesslog = None  # requests are logged once, structured and masked, by the portal itself
errorlog, loglevel = "-", "warning"
limit_request_line, limit_request_fields = 4094, 60
forwarded_allow_ips = "*" if env.number("PORTAL_TRUSTED_PROXIES", 0) else "127.0.0.1,::1"
