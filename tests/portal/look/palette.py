"""Reads the colours that the style sheets use, and how well one is read on another."""

import colorsys
import re
from pathlib import Path

STATIC = Path(__file__).resolve().parents[3] / "static"
OURS = sorted((STATIC / "css").glob("*.css")) + sorted((STATIC / "img").glob("*.svg"))


def tokens(selector: str) -> dict[str, str]:
    """The custom properties of one block of tokens.css that are plain colours."""
    css = (STATIC / "css" / "tokens.css").read_text()
    block = css[css.index(f"{selector} {{") :].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", block))


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(ink: str, paper: str) -> float:
    light, dark = sorted((luminance(ink), luminance(paper)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def colours_in(text: str) -> set[str]:
    found = set()
    for short in re.findall(r"#([0-9a-fA-F]{3,8})\b", text):
        if len(short) == 3:
            found.add("#" + "".join(sign * 2 for sign in short).lower())
        elif len(short) == 6:
            found.add("#" + short.lower())
    for red, green, blue in re.findall(r"rgba?\((\d+),\s*(\d+),\s*(\d+)", text):
        found.add(f"#{int(red):02x}{int(green):02x}{int(blue):02x}")
    return found


def hue(colour: str) -> float | None:
    """Degrees of a colour that reads as one; None of a grey, a near white or a near black."""
    red, green, blue = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    degrees, _, _ = colorsys.rgb_to_hls(red, green, blue)
    chroma = max(red, green, blue) - min(red, green, blue)
    return degrees * 360 if chroma > 0.06 else None
