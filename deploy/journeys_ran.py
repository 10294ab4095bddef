"""Fail when a browser journey was skipped, or none was there: a machine without Chromium must not look green."""
import sys
from xml.etree import ElementTree  # nosec B405


def journeys(report: str) -> tuple[int, list[str]]:
    cases = ElementTree.parse(report).iter("testcase")  # nosec B314
    ours = [case for case in cases if case.get("classname", "").startswith("tests.journeys")]
    skipped = [f"{case.get('classname')}::{case.get('name')}" for case in ours if case.find("skipped") is not None]
    return len(ours) - len(skipped), skipped


if __name__ == "__main__":
    ran, skipped = journeys(sys.argv[1])
    if skipped or not ran:
        sys.exit(f"browser journeys: {ran} ran, skipped: {skipped or 'there is none'}")
