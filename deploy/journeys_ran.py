"""Fail when a browser journey was skipped, or none was there: a machine without Chromium must not look green.

A journey that was played again stands twice in the report: it ran once, and is named.
"""
import sys
from collections import Counter
from xml.etree import ElementTree  # nosec B405


def journeys(report: str) -> tuple[set[str], set[str], set[str]]:
    """The names of those that ran, of those that were skipped, of those that were played again."""
    cases = ElementTree.parse(report).iter("testcase")  # nosec B314
    ours = [case for case in cases if case.get("classname", "").startswith("tests.journeys")]
    plays = Counter(name_of(case) for case in ours)
    skipped = {name_of(case) for case in ours if case.find("skipped") is not None}
    return plays.keys() - skipped, skipped, {name for name, times in plays.items() if times > 1}


def name_of(case: ElementTree.Element) -> str:
    return f"{case.get('classname')}::{case.get('name')}"


if __name__ == "__main__":
    ran, skipped, again = journeys(sys.argv[1])
    if skipped or not ran:
        sys.exit(f"browser journeys: {len(ran)} ran, skipped: {sorted(skipped) or 'there is none'}")
    if again:
        print(f"journeys played again: {sorted(again)}")
