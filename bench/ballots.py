"""How many ballots a second the portal takes through HTTP, and what one costs in CPU: signed in, review left out.

The demo runs as real processes; residents of 南坑社区 and 杨美社区 are signed in beforehand; each casts on one connection.
"""

from __future__ import annotations

import re
import tempfile
import threading
import time
from pathlib import Path

import psutil
import urllib3

VOTERS, THREADS = 16, 4


def show() -> None:
    from tests.journeys.stack import demo_portal

    with tempfile.TemporaryDirectory() as folder, demo_portal("bench", Path(folder) / "var", WEB_WORKERS="2") as portal:
        voters = signed_in(f"http://127.0.0.1:{portal.port}")
        master = portal.find("web")
        web = [master, *master.children()]
        before, began = cpu(web), time.perf_counter()
        done: list[int] = []
        workers = [threading.Thread(target=cast_all, args=(voters[place::THREADS], done)) for place in range(THREADS)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        took, spent = time.perf_counter() - began, cpu(web) - before
    good = sum(status == 302 for status in done)
    print(
        f"ballots: {good} of {len(done)} taken in {took:.1f} s: {good / took:.1f} a second; {1000 * spent / max(good, 1):.0f} ms of CPU each (web)"
    )


def cpu(processes: list[psutil.Process]) -> float:
    return sum(sum(process.cpu_times()[:2]) for process in processes if process.is_running())


def signed_in(address: str) -> list[tuple]:
    """Residents who may vote: their cookies, the address of their ballot, one choice on it."""
    import lxml.html

    pool, found = urllib3.PoolManager(maxsize=THREADS), []
    page = lxml.html.fromstring(pool.request("GET", f"{address}/accounts/demo/").data.decode())
    wanted = [form for form in page.forms if form.getparent().getparent().get("aria-labelledby")]
    for form in wanted:
        if len(found) == VOTERS:
            break
        cookies: dict[str, str] = {}
        ask(pool, cookies, "GET", f"{address}/sign-in/")
        ask(pool, cookies, "POST", address + form.action)
        mine = ask(pool, cookies, "GET", f"{address}/wode/").data.decode()
        if not (link := re.search(r'href="/voting/([^/"]+)/', mine)):
            continue
        ballot = ask(pool, cookies, "GET", f"{address}/voting/{link[1]}/").data.decode()
        if choice := re.search(r'name="choices"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="choices"', ballot):
            found.append((address, cookies, link[1], choice[1] or choice[2]))
    return found


def ask(pool: urllib3.PoolManager, cookies: dict, method: str, url: str, fields: dict | None = None):
    headers = {"Cookie": "; ".join(f"{key}={value}" for key, value in cookies.items()), "Referer": url}
    sent = {**(fields or {}), "csrfmiddlewaretoken": cookies.get("csrf", "")} if method == "POST" else None
    answer = pool.request(method, url, fields=sent, headers=headers, redirect=False)
    for line in answer.headers.getlist("Set-Cookie"):
        key, value = line.split(";")[0].split("=", 1)
        cookies[key] = value
    return answer


def cast_all(voters: list[tuple], done: list[int]) -> None:
    """Each votes ten times over: the last ballot counts, every one is a full transaction."""
    pool = urllib3.PoolManager()
    for address, cookies, number, choice in voters * 10:
        done.append(ask(pool, cookies, "POST", f"{address}/voting/{number}/cast/", {"choices": choice}).status)
