"""Sealed files: every byte counts, no piece can be moved, and PostgreSQL gets the answers that it understands (D9)."""

import pytest

from portal import vault
from portal.vault import ABSENT, AGAIN, PIECE, TAG, USELESS

HEAD = len(vault.MAGIC) + vault.SALT + vault.CHECK


def sealed(path, plain: bytes, key="key"):
    with vault.sealing(path, key) as writer:
        for start in range(0, len(plain), 700_001):
            writer.write(plain[start : start + 700_001])
    return path


def plain(path, key="key") -> bytes:
    with vault.opened(path, key) as file:
        return file.read()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE])
def test_what_went_in_comes_out(tmp_path, size):
    text = bytes(range(256)) * (size // 256 + 1)
    path = sealed(tmp_path / "x", text[:size])
    assert plain(path) == text[:size] and path.stat().st_mode & 0o077 == 0
    assert text[:64] not in path.read_bytes()


def test_nothing_is_changed_moved_cut_or_added(tmp_path):
    """Each piece is bound to its place, its file and the end."""
    path, other = sealed(tmp_path / "x", b"a" * (2 * PIECE + 5)), sealed(tmp_path / "y", b"a" * (2 * PIECE + 5))
    raw, length = path.read_bytes(), PIECE + TAG
    head, one, two, rest = raw[:HEAD], raw[HEAD : HEAD + length], raw[HEAD + length : HEAD + 2 * length], raw[HEAD + 2 * length :]
    foreign = other.read_bytes()[HEAD : HEAD + length]
    bent = [head + two + one + rest, head + one + two, head + one + rest, head + foreign + two + rest, raw + b"0", raw[:-1], head]
    bent += [raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :] for place in (0, 9, HEAD - 1, HEAD, HEAD + length, len(raw) - 1)]
    for each in bent:
        path.write_bytes(each)
        with pytest.raises(vault.Sealed):
            plain(path)
    with pytest.raises(vault.Sealed, match="BACKUP_KEY"):
        plain(other, "other key")


def test_a_writer_that_fails_leaves_nothing(tmp_path):
    with pytest.raises(ValueError, match="no disk"), vault.sealing(tmp_path / "x", "key") as writer:
        writer.write(b"half")
        raise ValueError("no disk")
    assert list(tmp_path.iterdir()) == []


def test_what_postgresql_asks_and_is_answered(tmp_path, monkeypatch, capsys):
    """Handed over twice is fine when it is the same; another file under the same name, an absent one, a wrong key are told apart."""
    here, there, back = (tmp_path / name for name in ("here", "there", "back"))
    here.write_bytes(b"change" * 9)
    monkeypatch.setenv("BACKUP_KEY", "key")
    assert [vault.main("seal", str(here), str(there)) for _time in range(2)] == [0, 0]
    assert vault.main("open", str(there), str(back)) == 0 and back.read_bytes() == here.read_bytes()
    here.write_bytes(b"another" * 9)
    assert vault.main("seal", str(here), str(there)) == AGAIN and plain(there) == b"change" * 9
    assert vault.main("open", str(tmp_path / "absent"), str(back)) == ABSENT
    for key in ("other", ""):
        monkeypatch.setenv("BACKUP_KEY", key)
        assert vault.main("open", str(there), str(back)) == USELESS and "BACKUP_KEY" in capsys.readouterr().err
        assert vault.main("seal", str(here), str(there)) == AGAIN
    assert USELESS > 125 > AGAIN, "PostgreSQL ends a recovery only by a number above 125"
