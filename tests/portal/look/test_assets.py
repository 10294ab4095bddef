"""What a page loads: ours, small, and the file that its maker published (G17, R2, R3)."""

import base64
import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

ROOT = Path(__file__).resolve().parents[3]
STATIC, TEMPLATES = ROOT / "static", ROOT / "templates"
PAGES = sorted(TEMPLATES.rglob("*.html"))
MANIFEST = json.loads((STATIC / "vendor" / "MANIFEST.json").read_text())


def test_vendored_files_are_the_ones_listed():
    """G17: nothing foreign without its name, version, licence and checksum."""
    listed = {}
    for part in MANIFEST:
        assert part["name"] and part["version"] and part["licence"]
        assert any("LICENSE" in name for name in part["files"])
        listed |= part["files"]
    there = {str(path.relative_to(STATIC / "vendor")) for path in (STATIC / "vendor").rglob("*") if path.is_file()}
    assert there - {"MANIFEST.json"} == set(listed)
    for name, wanted in listed.items():
        digest = hashlib.sha384((STATIC / "vendor" / name).read_bytes()).digest()
        assert wanted == "sha384-" + base64.b64encode(digest).decode(), name


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_inline_script_or_style_and_nothing_from_elsewhere(path: Path):
    """G17 and the content security policy."""
    text = path.read_text()
    assert not re.search(r"\sstyle\s*=", text), "style attribute"
    assert not re.search(r"<style\b", text), "style element"
    assert not re.search(r"<script\b(?![^>]*(?:\bsrc=|application/json))", text), "inline script"
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), "inline handler"
    assert not re.search(
        r"<(?:script|img|link|iframe|source|video)\b[^>]*\b(?:src|href|srcset)=[\"'](?:https?:)?//", text
    ), "from elsewhere"


def test_style_sheets_load_only_our_files():
    """G17: every url() is a file of ours; no web fonts."""
    for path in (STATIC / "css").glob("*.css"):
        text = path.read_text()
        assert "@import" not in text and "@font-face" not in text
        for target in re.findall(r"url\(\"?([^\")]+)\"?\)", text):
            assert (path.parent / target).resolve().is_file(), f"{path.name}: {target}"


def test_lengths_of_text_follow_the_reader():
    """A5: font sizes in rem, em or percent, never px; only the drawing of a chart counts in its own units."""
    for path in (STATIC / "css").glob("*.css"):
        for rule in re.findall(r"([^{}]+)\{([^{}]*font-size:\s*[\d.]+px[^{}]*)\}", path.read_text()):
            assert ".curve text" in rule[0], f"{path.name}: {rule[0].strip()}"


def test_our_script_is_for_old_phones():
    """R3: no syntax newer than ES5, nothing that evaluates text."""
    text = (STATIC / "js" / "portal.js").read_text()
    code = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    assert not re.search(r"=>|`|\b(?:let|const|class|async|await|import|export)\b(?=\s)", code)
    assert not re.search(r"\beval\(|new Function|innerHTML|document\.write", code)


def test_first_view_is_small():
    """R2: style, script and mark of a resident's first view, gzipped, leave room for the page and a photo."""
    head = (TEMPLATES / "components" / "_head.html").read_text() + (
        TEMPLATES / "components" / "_scripts.html"
    ).read_text()
    names = re.findall(r"{% static '([^']+)' %}", head)
    scripts = [name for name in names if name.endswith(".js")]
    assert len(scripts) == 2
    size = sum(
        len(gzip.compress(Path(finders.find(name)).read_bytes(), 6))
        for name in [*names, "img/mark.svg", "img/arcs.svg"]
    )
    assert size < 80 * 1024, size


def test_drawings_are_plain():
    """No script, link or foreign picture inside an SVG that we serve."""
    for path in (STATIC / "img").glob("*.svg"):
        assert not re.search(r"<script|<image|<foreignObject|href=|\son\w+=", path.read_text()), path.name
