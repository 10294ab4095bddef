"""Where the embedded servers keep their files and sockets. Plain arithmetic on paths: starts nothing."""
import hashlib
from pathlib import Path

USER = DATABASE = "portal"
LONGEST_SOCKET = 100  # the kernel allows 107 bytes


def sockets(var: Path) -> Path:
    """A folder for both sockets; a short one elsewhere when the checkout lies too deep."""
    here = var / "run"
    if len(bytes(here / ".s.PGSQL.5432.lock")) <= LONGEST_SOCKET:
        return here
    return Path("/tmp") / f"portal-{hashlib.sha256(bytes(var)).hexdigest()[:16]}"  # nosec B108


def redis_socket(var: Path) -> Path:
    return sockets(var) / "redis.sock"


def redis_url(var: Path) -> str:
    return f"unix://{redis_socket(var)}?db=0"


def broker_url(redis: str) -> str:
    """The same Redis as Celery spells it."""
    if redis.startswith("unix://"):
        path, _, query = redis.removeprefix("unix://").partition("?")
        number = query.partition("db=")[2] or "0"
        return f"redis+socket://{path}?virtual_host={number}"
    return redis
