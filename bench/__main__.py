"""make bench: what the portal takes, a table for each part. Loopback only; everything it makes is dropped again.

python -m bench [pages] [ballots] [tally] [roster] [admin]   what `make bench` runs
python -m bench [tenfold]                            752,550 ballots from PostgreSQL to a certified result
python -m bench [search] [offices] [volunteers]      100,000 rows and more; a quarter of an hour each on two cores
"""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SIZES = (500, 50_000)
MODULES = ("ballots", "tenfold", "roster", "admin", "search", "offices", "volunteers")


def scratch() -> None:
    """The test servers with a database of their own; the settings are those of tests, without demo."""
    os.environ["PORTAL_TEST_DB"] = f"bench{os.getpid()}"
    from tests import conftest

    conftest.start_services()
    import django

    django.setup()
    from django.conf import settings

    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = f"test_{os.environ['PORTAL_TEST_DB']}"  # not that of the tests
    settings.ALLOWED_HOSTS = ["*"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


def show_pages() -> None:
    from bench import own, pages

    print(f"{'proposals':>9}  {'page':14} {'status':>6} {'p50 ms':>8} {'p95 ms':>8} {'queries':>8} {'kB':>7}")
    for size in SIZES:
        with own.database():
            for number, title, status, median, high, queries, size_of in pages.measure(size):
                print(
                    f"{number:9,}  {title:14} {status:6} {median:8.1f} {high:8.1f} {queries:8} {size_of / 1000:7.1f}",
                    flush=True,
                )


def main() -> None:
    wanted = sys.argv[1:] or ["pages", "ballots", "tally", "roster", "admin"]
    sys.path.insert(0, str(ROOT))
    scratch()
    if "pages" in wanted:
        show_pages()
    for name in MODULES:
        if name in wanted:
            importlib.import_module(f"bench.{name}").show()
    if "tally" in wanted:
        subprocess.run([sys.executable, str(ROOT / "bench" / "tally.py")], check=True, cwd=ROOT)


if __name__ == "__main__":
    main()
