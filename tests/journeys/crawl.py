"""Every page that links lead to, as one person sees it: plain HTTP, one example of each kind of page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import lxml.html
import urllib3

NUMBER = re.compile(r"[A-Z]{2,5}-\d{4}-\d+|\d{4}-[A-Z]{2}-\d+|\d+")
LEFT_OUT = re.compile(r"^/(static|sign-out|reading|style|metrics)|^/accounts/demo|\.(csv|json|pb|txt|docx|svg|pdf)$")


@dataclass
class Found:
    path: str
    status: int
    text: str
    kind: str
    from_page: str
    bytes: int = 0
    links: list[str] = field(default_factory=list)


@dataclass
class Crawl:
    """Follows the links of a site from `start`; of each kind of page (numbers and codes left out) at most `each`."""

    address: str
    cookies: dict[str, str] = field(default_factory=dict)
    each: int = 2
    most: int = 260
    pages: dict[str, Found] = field(default_factory=dict)
    pool: urllib3.PoolManager = field(default_factory=urllib3.PoolManager)

    def run(self, start: str = "/") -> Crawl:
        waiting, kinds = [(start, "")], {}
        while waiting and len(self.pages) < self.most:
            path, origin = waiting.pop(0)
            kind = kind_of(path)
            if path in self.pages or kinds.get(kind, 0) >= self.each:
                continue
            kinds[kind] = kinds.get(kind, 0) + 1
            page = self.pages[path] = self._get(path, origin, kind)
            waiting += [(link, path) for link in page.links if link not in self.pages]
        return self

    def _fetch(self, path: str) -> tuple[int, Mapping[str, str], bytes]:
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())} if self.cookies else {}
        answer = self.pool.request("GET", self.address + path, headers=headers, redirect=False, timeout=20)
        return answer.status, answer.headers, answer.data

    def _get(self, path: str, origin: str, kind: str) -> Found:
        status, headers, data = self._fetch(path)
        text = data.decode("utf-8", "replace") if "html" in headers.get("Content-Type", "") else ""
        found = Found(path, status, text, kind, origin, len(data))
        if status in (301, 302) and (to := self._inside(headers["Location"], path)):
            found.links = [to]
        elif text:
            hrefs = lxml.html.fromstring(text).xpath("//a/@href")
            found.links = [link for href in hrefs if (link := self._inside(href, path))]
        return found

    def _inside(self, href: str, path: str) -> str:
        url = urlsplit(urldefrag(urljoin(self.address + path, href))[0])
        if f"{url.scheme}://{url.netloc}" != self.address or LEFT_OUT.search(url.path):
            return ""
        return url.path + (f"?{url.query}" if url.query else "")

    @property
    def shown(self) -> list[Found]:
        return [page for page in self.pages.values() if page.status == 200 and page.text]


def kind_of(path: str) -> str:
    """Two pages of one kind differ in numbers only; of a query the names of its fields count."""
    url = urlsplit(path)
    return NUMBER.sub("#", url.path) + "?" + "&".join(sorted({name for name, _value in parse_qsl(url.query)}))
