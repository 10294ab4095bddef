"""The only reader of the environment, and the keys that it keeps."""
import re
import stat
import threading

import pytest

from portal import env


def test_a_value_may_come_from_a_file(monkeypatch, tmp_path):
    (tmp_path / "key").write_text("from-file\n")
    monkeypatch.setenv("SOME_KEY_FILE", str(tmp_path / "key"))
    assert env.text("SOME_KEY") == "from-file"
    monkeypatch.setenv("SOME_KEY", "direct")
    assert env.text("SOME_KEY") == "direct"


@pytest.mark.parametrize(("said", "meant"), [("1", True), ("yes", True), ("ON", True), ("0", False), ("no", False), ("", True)])
def test_a_flag_is_said_in_words(monkeypatch, said, meant):
    monkeypatch.setenv("SOME_FLAG", said)
    assert env.flag("SOME_FLAG", True) is meant


def test_a_key_is_made_once_even_by_two_processes_at_once(tmp_path):
    """S50: private, long, and the same for everybody."""
    found, start = [], threading.Barrier(8)

    def ask() -> None:
        start.wait()
        found.append(env.secret("MADE_KEY", tmp_path / "secrets"))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    assert len(found[0]) > 40
    kept = tmp_path / "secrets" / "made_key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "secrets").iterdir()] == ["made_key"]


def test_where_a_database_is_shared_no_key_is_invented():
    with pytest.raises(env.Missing, match="UNSET_KEY"):
        env.secret("UNSET_KEY", None)


def test_nobody_else_reads_the_environment():
    ours = [path for app in ("portal", "communities", "projects", "volunteers") for path in (env.ROOT / app).rglob("*.py")]
    readers = [path for path in ours if re.search(r"os\.environ|os\.getenv", path.read_text())]
    assert readers == [env.ROOT / "portal" / "env.py"]


def test_the_example_names_every_value():
    """A deployment finds all that it can set in .env.example."""
    code = "".join(path.read_text() for path in [*(env.ROOT / "portal").rglob("*.py"), env.ROOT / "deploy" / "gunicorn.conf.py"])
    asked = set(re.findall(r"env\.(?:text|flag|number|words|folder|secret)\(\s*\"([A-Z_]+)\"", code))
    named = set(re.findall(r"^#? ?([A-Z_]+)=", (env.ROOT / ".env.example").read_text(), re.MULTILINE))
    assert asked - named - {"PORTAL_GUARDIAN", "PATH", "LD_LIBRARY_PATH"} == set()


def test_the_locks_name_no_index():
    for lock in (env.ROOT / "deploy").glob("*.lock"):
        text = lock.read_text()
        assert not re.search(r"https?://|file:|--find-links|--(extra-)?index-url", text)
        pinned = re.findall(r"^([a-z0-9][^ \n=]*)==", text, re.MULTILINE)
        assert pinned
        assert text.count("--hash=sha256:") >= len(pinned)
