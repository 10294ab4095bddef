"""What ships is named with its licence, and none of it is GPL or AGPL only (S49)."""
import re
from importlib import metadata

import pytest

from portal import env

LOCK = (env.ROOT / "deploy" / "requirements.lock").read_text()
SHIPPED = sorted(set(re.findall(r"^([a-z0-9][a-z0-9._-]*)==", LOCK, re.MULTILINE)))
ELSEWHERE = {"async-timeout", "brotlicffi", "colorama"}  # for older Pythons, PyPy, Windows
CHOSEN = {"pyphen"}  # offered under MPL as well, and used under it


def test_the_table_names_all_that_ships():
    table = (env.ROOT / "docs" / "licences.md").read_text()
    assert re.findall(r"^\| ([a-z0-9][a-z0-9._-]*) \| [^|]*[A-Za-z][^|]* \|", table, re.MULTILINE) == SHIPPED


@pytest.mark.parametrize("name", [name for name in SHIPPED if name not in ELSEWHERE])
def test_no_package_is_gpl(name):
    told = metadata.metadata(name)
    said = " ".join([told.get("License-Expression") or "", *(told.get_all("Classifier") or [])])
    lesser = re.sub(r"LGPL|Lesser General Public License", "", said)
    assert name in CHOSEN or not re.search(r"\bA?GPL|General Public License", lesser), said
