"""G5: one main colour, three hues at most. A4: text 4.5:1, parts of the interface 3:1."""

import pytest

from .palette import OURS, colours_in, contrast, hue, tokens

TEXT = [
    ("ink", "paper"), ("ink", "ground"), ("ink", "surface"), ("ink", "teal-soft"), ("ink", "amber-soft"), ("ink", "vermilion-soft"),
    ("ink-soft", "paper"), ("ink-soft", "ground"), ("ink-soft", "surface"), ("ink-soft", "teal-soft"), ("ink-soft", "amber-soft"),
    ("ink-soft", "vermilion-soft"), ("ink-faint", "paper"), ("ink-faint", "ground"),
    ("teal", "paper"), ("teal", "ground"), ("teal", "surface"), ("teal", "teal-soft"), ("teal", "amber-soft"),
    ("teal-deep", "teal-soft"), ("teal-deep", "surface"), ("vermilion", "paper"), ("vermilion", "ground"),
    ("vermilion-deep", "vermilion-soft"), ("amber-ink", "amber-soft"),
    ("paper", "teal"), ("paper", "teal-deep"), ("paper", "vermilion"),
]  # fmt: skip
PARTS = [
    ("line-strong", "paper"),
    ("line-strong", "ground"),
    ("line-strong", "surface"),
    ("teal", "line"),
    ("vermilion", "line"),
]
MODES = {"normal": {}, "high": tokens('html[data-contrast="high"]')}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("ink", "paper"), TEXT)
def test_text_is_read_at_4_5(mode: str, ink: str, paper: str):
    """A4"""
    palette = tokens(":root") | MODES[mode]
    assert contrast(palette[ink], palette[paper]) >= 4.5


@pytest.mark.parametrize(("part", "paper"), PARTS)
def test_parts_are_seen_at_3(part: str, paper: str):
    """A4"""
    palette = tokens(":root")
    assert contrast(palette[part], palette[paper]) >= 3


def test_high_contrast_reads_at_7():
    """A1: the high-contrast mode is more than a name."""
    palette = tokens(":root") | MODES["high"]
    for ink in ("ink", "ink-soft", "ink-faint", "teal", "vermilion", "amber-ink"):
        assert contrast(palette[ink], palette["paper"]) >= 7, ink


def test_three_hues_at_most():
    """G5: every colour of our own sheets and drawings is teal, vermilion, amber or a warm grey."""
    names = {"teal": (160, 180), "vermilion": (0, 12), "amber": (34, 48)}
    seen = {}
    for path in OURS:
        for colour in colours_in(path.read_text()):
            degrees = hue(colour)
            if degrees is None:
                continue
            name = next((name for name, (low, high) in names.items() if low <= degrees <= high), None)
            assert name, f"{path.name}: {colour} at {degrees:.0f}° is a hue of its own"
            seen.setdefault(name, set()).add(colour)
    assert set(seen) == set(names)
