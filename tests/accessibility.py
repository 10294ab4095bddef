"""What a page must keep to at first sight, asked of a page in Chromium: axe, touch targets, reflow."""

from axe_playwright_python.base import AXE_SCRIPT

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
# Only what is wrong leaves the page: what axe found in order is a hundred times as much.
RUN = """options => axe.run(options).then(found => found.violations.map(
    fault => [fault.id, fault.nodes.slice(0, 3).map(node => node.html.slice(0, 160))]))"""
SMALL = """least => [...document.querySelectorAll('a[href], button, select, summary, input:not([type=hidden])')].filter(node => {
    const box = node.getBoundingClientRect();
    if (!box.width || !box.height || !node.offsetParent || node.closest('.visually-hidden, .skip')) return false;
    if (node.tagName === 'A' && getComputedStyle(node).display === 'inline') return false;  // within a sentence (2.5.8)
    const check = ['checkbox', 'radio'].includes(node.type);
    const area = check && node.labels.length ? node.labels[0].getBoundingClientRect() : box;
    return Math.round(area.height) < least || Math.round(area.width) < Math.min(least, 44);
}).map(node => (node.textContent.trim() || node.name || node.className).slice(0, 20) + ' ' +
    Math.round(node.getBoundingClientRect().width) + '×' + Math.round(node.getBoundingClientRect().height))"""
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def violations(page) -> list:
    """A1: [rule, pieces of HTML] of each rule of axe that the page breaks as it is shown now."""
    if not page.evaluate("() => !!window.axe"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(RUN, OPTIONS)


def small_targets(page, *, elder: bool) -> list[str]:
    """A2: whatever one touches that is under 44 px, 60 in 长者模式."""
    return page.evaluate(SMALL, 60 if elder else 44)


def too_wide(page) -> int:
    """A5: by how many px the page is wider than the screen."""
    return page.evaluate(WIDER)
