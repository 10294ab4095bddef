"""The only reader of the process environment.

Every other module asks here, so that one page lists all that a deployment can set (`.env.example` explains each).
A value may also come from a file (NAME_FILE=/run/secrets/name), and a `.env` beside manage.py fills in what is unset.
"""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
YES = {"1", "true", "yes", "on"}


class Missing(Exception):
    """A value that the portal cannot do without is not set."""


def _fill_from_dotenv(path: Path) -> None:
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        name, sign, value = line.strip().partition("=")
        if sign and not name.startswith("#"):
            os.environ.setdefault(name.strip(), value.strip().strip("'\""))


if os.environ.get("PORTAL_DOTENV", "1") != "0":
    _fill_from_dotenv(ROOT / ".env")


def text(name: str, default: str = "") -> str:
    if value := os.environ.get(name, ""):
        return value
    if path := os.environ.get(f"{name}_FILE", ""):
        return Path(path).read_text(encoding="utf-8").strip()
    return default


def flag(name: str, default: bool = False) -> bool:
    value = text(name)
    return value.lower() in YES if value else default


def number(name: str, default: int) -> int:
    return int(text(name) or default)


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    value = text(name)
    return (ROOT / value).resolve() if value else default


def put(name: str, value: str) -> None:
    """Hand a value to the processes that this one starts."""
    os.environ[name] = value


def inherited() -> dict[str, str]:
    """A copy of the environment for a child process."""
    return dict(os.environ)


def secret(name: str, keep_in: Path | None) -> str:
    """A key from the environment, or one made once and kept in `keep_in` (None: several machines share the
    database, so each must be told the same key)."""
    if value := text(name):
        return value
    if keep_in is None:
        raise Missing(f"{name} is not set. With DATABASE_URL set, every node must be given the same {name}.")
    keep_in.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = keep_in / name.lower()
    if not path.exists():
        handle, fresh = tempfile.mkstemp(dir=keep_in)  # private from the first byte
        os.write(handle, secrets.token_urlsafe(48).encode())
        os.close(handle)
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)  # the first of two processes wins, the second reads the winner's key
        os.unlink(fresh)  # noqa: PTH108
    return path.read_text(encoding="ascii").strip()


def use_settings() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
