"""As whom the embedded servers run. PostgreSQL refuses root, so root lends it an account without rights."""
import os
import pwd
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from portal import env

ACCOUNTS = ("postgres", "nobody")


class Trouble(Exception):
    """An embedded server does not come up; the text says what a person can do."""


@dataclass(frozen=True)
class Runner:
    uid: int | None = None
    gid: int | None = None

    def run(
        self, command: list[str], *, cwd: Path, told: dict[str, str] | None = None, **options
    ) -> subprocess.CompletedProcess:
        """`told`: more of the environment than every child gets."""
        child = self._child(cwd)
        child["env"] |= told or {}
        return subprocess.run(command, **child, capture_output=True, text=True, check=False, **options)

    def spawn(self, command: list[str], *, cwd: Path, **options) -> subprocess.Popen:
        return subprocess.Popen(command, start_new_session=True, **self._child(cwd), **options)

    def _child(self, cwd: Path) -> dict:
        kept = {name: value for name in ("PATH", "LD_LIBRARY_PATH") if (value := env.text(name))}
        child: dict = {"cwd": cwd, "stdin": subprocess.DEVNULL, "env": {**kept, "LC_ALL": "C", "HOME": str(cwd)}}
        if self.uid is not None:
            child.update(user=self.uid, group=self.gid, extra_groups=[])
        return child

    def own(self, folder: Path) -> Path:
        """Make the folder, private to the account that runs the server."""
        folder.mkdir(parents=True, exist_ok=True)
        owner = folder.lstat().st_uid
        if folder.is_symlink() or owner not in (os.geteuid(), self.uid):
            raise Trouble(f"{folder} belongs to another user: start as that user, or choose another PORTAL_VAR.")
        if self.uid is not None and owner != self.uid:
            os.chown(folder, self.uid, self.gid)
        folder.chmod(0o700)
        return folder

    def give(self, path: Path) -> None:
        """One file or folder, now the account's own."""
        if self.uid is not None:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def can_reach(self, *paths: Path) -> None:
        """Let the account walk (not read) through the folders above a path; only root ever needs this."""
        if self.uid is None:
            return
        for path in paths:
            for folder in path.resolve().parents:
                mode = folder.stat().st_mode
                if folder.stat().st_uid != self.uid and not mode & stat.S_IXOTH:
                    folder.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)

    def can_read(self, tree: Path) -> None:
        if self.uid is None:
            return
        for path in [tree, *tree.rglob("*")]:
            if path.is_symlink():
                continue
            mode = stat.S_IMODE(path.stat().st_mode)
            wanted = mode | stat.S_IROTH | (stat.S_IXOTH if path.is_dir() or mode & stat.S_IXUSR else 0)
            if wanted != mode:
                path.chmod(wanted)


def runner() -> Runner:
    if os.geteuid() != 0:
        return Runner()
    for name in ACCOUNTS:
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        return Runner(account.pw_uid, account.pw_gid)
    raise Trouble(f"Started as root, and this machine has none of the accounts {ACCOUNTS}: start as another user.")


def alive(pid_file: Path, word: str) -> int | None:
    """The process number in the first line of a pid file, when that process lives and its command contains `word`."""
    import psutil

    try:
        number = int(pid_file.read_text().split("\n", 1)[0])
        command = " ".join(psutil.Process(number).cmdline())
    except (OSError, ValueError, psutil.Error):
        return None
    return number if word in command else None
