"""The English catalogue is complete, and what is compiled is what is written."""

import polib
import pytest

from portal import catalogue


@pytest.fixture(scope="module")
def merged():
    return catalogue.merge(catalogue.sources())


def test_strings_are_found_where_they_stand(merged):
    known = {entry.msgid for entry in merged}
    assert len(known) > 1000
    assert "还没有登记党群服务中心。请拨打页面下方的电话询问。" in known, "a template"
    assert "还有 %(count)s 件事没有办完，暂时不能进入下一阶段。" in known, "a rule"


def test_every_string_has_its_english(merged):
    """Run `manage.py catalogue`, then fill what is empty in locale/en."""
    assert catalogue.faults(merged) == []


def test_the_compiled_catalogue_is_the_written_one():
    written = polib.pofile(str(catalogue.CATALOGUE))
    compiled = polib.mofile(str(catalogue.CATALOGUE.with_suffix(".mo")))
    assert {entry.msgid: entry.msgstr for entry in compiled} == {entry.msgid: entry.msgstr for entry in written}


@pytest.mark.parametrize(
    ("source", "english", "fault"),
    [
        ("还有 %(count)s 件", "%(count)s left", None),
        ("还有 %(count)s 件", "some left", None),
        ("还有 %(count)s 件", "%(number)s left", "other places"),
        ("还有 %(count)s 件", "", "missing"),
    ],
)
def test_a_wrong_translation_is_named(source, english, fault):
    held = polib.POFile()
    held.append(polib.POEntry(msgid=source, msgstr=english))
    found = catalogue.faults(held)
    assert (found[0].split(":")[0] if found else None) == fault
