"""Every form that a visitor or a resident can reach is given what nobody should type: never a 5xx, an error at the
field, and the typed words still there (U2, U3, U4, S34). The forms are those that the pages really show.
"""

import html
import re
from dataclasses import dataclass

import lxml.html
import pytest
import urllib3
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.journeys.crawl import Crawl, kind_of
from tests.journeys.stack import demo_portal

pytestmark = [pytest.mark.processes, pytest.mark.flaky(reruns=0)]  # a form that breaks once is broken
NOT_TRIED = re.compile(r"sign-out|/discard/|/close/|/accounts/demo/|everywhere|devices|resend|withdraw")
NASTY = {
    "nothing": "", "blank": " \t\r\n ", "nul": "a\x00b", "half a sign": "\ud800", "half a sign, spelt": "\\ud800", "huge number": "9" * 400,
    "negative": "-1", "fraction": "0.0000001", "not a number": "NaN", "infinite": "1e999", "word": "你好", "emoji": "👩‍👩‍👧‍👦🇨🇳", "rtl": "\u202eمرحبا\u200f",
    "long": "长" * 33_000, "markup": "<script>alert(1)</script>", "quote": "' OR 1=1 --", "template": "{{ 7*7 }}{% x %}", "no such day": "2026-02-30",
    "year 0": "0000-00-00", "far day": "99999-12-31", "foreign id": "999999999", "id beyond": "99999999999999999999", "path": "../../etc/passwd",
    "full width": "１２３",
}  # fmt: skip
TYPED = "巷口的灯坏了"


@dataclass(frozen=True)
class Form:
    page: str
    action: str
    method: str
    fields: tuple[tuple[str, str], ...]  # name, kind

    def __str__(self) -> str:
        return f"{self.method} {kind_of(self.action)} {','.join(name for name, _kind in self.fields)[:60]}"


class Visitor:
    """A browser without a screen: cookies, CSRF, forms of a page."""

    def __init__(self, address: str):
        self.address, self.pool, self.cookies = address, urllib3.PoolManager(), {}

    def ask(self, method: str, path: str, fields: list | None = None) -> urllib3.BaseHTTPResponse:
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), "Referer": self.address + path}
        if method == "GET":
            answer = self.pool.request(
                "GET", self.address + path, fields=fields, headers=headers, redirect=False, timeout=30
            )
        else:
            data = [("csrfmiddlewaretoken", self.token()), *(fields or [])]
            answer = self.pool.request(
                "POST", self.address + path, fields=data, headers=headers, redirect=False, timeout=30
            )
        for line in answer.headers.getlist("Set-Cookie"):
            name, value = line.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return answer

    def token(self) -> str:
        if "csrf" not in self.cookies:
            self.ask("GET", "/sign-in/")
        return self.cookies.get("csrf", "")

    def becomes(self, name: str) -> None:
        tree = lxml.html.fromstring(self.ask("GET", "/accounts/demo/").data.decode())
        form = next(form for form in tree.forms if (form.text_content().split() or [""])[0] == name)
        assert self.ask("POST", form.action).status == 302

    def forms(self) -> list[Form]:
        crawl, found = Crawl(self.address, dict(self.cookies), each=1, most=160).run(), {}
        for start in ("/wode/", "/proposals/start/", "/residents/mine/"):
            crawl.run(start)
        for page in crawl.shown:
            for form in lxml.html.fromstring(page.text).forms:
                made = shape(form, page.path)
                if not NOT_TRIED.search(made.action):
                    found.setdefault(str(made), made)
        return list(found.values())


def shape(form, path: str) -> Form:
    inputs = []
    for node in form.inputs:
        name, kind = node.get("name"), node.get("type", node.tag)
        if name and name != "csrfmiddlewaretoken" and kind != "submit" and (name, kind) not in inputs:
            inputs.append((name, kind))
    return Form(path, form.action or path, form.method, tuple(inputs))


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    with demo_portal("input", tmp_path_factory.mktemp("input") / "var") as portal:
        yield f"http://127.0.0.1:{portal.port}"


@pytest.fixture(scope="module")
def people(portal) -> list[tuple[Visitor, list[Form]]]:
    """A visitor, and a resident with a draft in hand and a supervisor; each with all forms in reach."""
    found, known = [], set()
    for name in ("", "李秀兰", "温志明"):
        visitor = Visitor(portal)
        if name:
            visitor.becomes(name)
        forms = [form for form in visitor.forms() if str(form) not in known]
        if name == "李秀兰":
            forms += wizard(visitor) + rating(visitor)
        known |= {str(form) for form in forms}
        found.append((visitor, forms))
    return found


def wizard(visitor: Visitor) -> list[Form]:
    """The pages of a draft, which no link leads to before it is begun."""
    start = lxml.html.fromstring(visitor.ask("GET", "/proposals/start/").data.decode())
    call = next(form for form in start.forms if "round" in form.fields)
    first = visitor.ask("POST", "/proposals/start/", [("round", call.fields["round"])]).headers["Location"]
    forms = []
    for key in ("need", "wish", "place", "people", "cost", "photos"):
        path = re.sub(r"/need/$", f"/{key}/", first)
        forms += [shape(form, path) for form in lxml.html.fromstring(visitor.ask("GET", path).data.decode()).forms]
    return [form for form in forms if form.fields]


def rating(visitor: Visitor) -> list[Form]:
    """The score of a project of her own community, which the crawl may pass by."""
    board = lxml.html.fromstring(visitor.ask("GET", "/jindu/?stage=evaluation").data.decode())
    for path in dict.fromkeys(board.xpath("//main//a/@href[starts-with(., '/xiangmu/')]")):
        shown = lxml.html.fromstring(visitor.ask("GET", path).data.decode())
        for ask in shown.xpath("//a/@href[contains(., '/rate/')]"):
            return [shape(form, ask) for form in lxml.html.fromstring(visitor.ask("GET", ask).data.decode()).forms]
    return []


def send(visitor: Visitor, form: Form, value: str) -> urllib3.BaseHTTPResponse:
    raw = value.encode("utf-8", "surrogatepass")
    fields = [(name, ("x.jpg", raw, "image/jpeg") if kind == "file" else raw) for name, kind in form.fields]
    if form.method == "GET":
        fields = [(name, value.encode("utf-8", "replace")[:3000]) for name, _kind in form.fields]
    return visitor.ask(form.method, form.action, fields)


def test_there_are_many_forms(people):
    kinds = {str(form) for _visitor, forms in people for form in forms}
    assert len(kinds) >= 25, sorted(kinds)
    for wanted in ("/sign-in/", "/sousuo/", "/need/", "/cost/", "/photos/", "/problem/", "/rate/"):
        assert any(wanted in kind for kind in kinds), (wanted, sorted(kinds))


@pytest.mark.parametrize("what", NASTY)
def test_no_form_breaks(people, what):
    """S34, U11: whatever it is, the answer is a page."""
    broken = []
    for visitor, forms in people:
        for form in forms:
            answer = send(visitor, form, NASTY[what])
            if answer.status >= 500:
                broken.append((str(form), answer.status))
    assert broken == []


def test_what_was_typed_stays_and_the_fault_is_named_at_its_field(people):
    """U2, U3: the summary's links lead to fields that carry a message; words in other fields are kept."""
    tried = 0
    for visitor, forms in people:
        for form in forms:
            text = [name for name, kind in form.fields if kind in ("text", "textarea")]
            if form.method != "POST" or not text or "caption" in text:
                continue
            wrong = [
                (name, TYPED if name == text[-1] else "\x00" if kind in ("text", "textarea", "tel") else "x")
                for name, kind in form.fields
            ]
            answer = visitor.ask("POST", form.action, wrong)
            if answer.status != 422:
                continue
            tried += 1
            page = lxml.html.fromstring(answer.data.decode())
            for link in page.xpath("//*[contains(@class, 'error-summary')]//a/@href"):
                assert page.get_element_by_id(link.removeprefix("#"), None) is not None, (str(form), link)
            assert page.xpath("//*[contains(@class, 'error-summary')]"), str(form)
            assert TYPED in html.unescape(answer.data.decode()), str(form)
            assert "这个字段" not in answer.data.decode(), str(form)
    assert tried >= 5


@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_form_breaks_on_anything(people, data):
    """Any text in any field, drawn at random, a foreign value in each of the choices."""
    visitor, forms = data.draw(st.sampled_from(people))
    form = data.draw(st.sampled_from(forms))
    fields = [
        (name, data.draw(st.text(max_size=60) | st.integers().map(str) | st.dates().map(str)))
        for name, _kind in form.fields
    ]
    fields = [(name, value.encode("utf-8", "replace")) for name, value in fields]
    assert visitor.ask(form.method, form.action, fields).status < 500
