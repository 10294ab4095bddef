"""Keep one process alive on a single machine: python -m portal.keep COMMAND ...

Starts the command (and the embedded servers) again when it dies of itself, hands SIGTERM on to it, and stops it when the `make run` that started
everything is gone. On servers the container platform does this instead.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time

from portal import env
from portal.embedded import hold

PATIENCE = 20  # seconds that a worker may take to finish the task in its hands
LONGEST_REST = 10
SERVERS_EVERY = 3  # seconds between two looks at the embedded servers
PR_SET_PDEATHSIG = 1


class Keeper:
    def __init__(self, command: list[str], guardian: int | None):
        self.command, self.guardian = command, guardian
        self.child: subprocess.Popen | None = None
        self.stopping = False
        self.looked = 0

    def run(self) -> int:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self.stop)
        rest = 1
        while not self.stopping:
            began = time.monotonic()
            self.child = subprocess.Popen(self.command, start_new_session=True, preexec_fn=_die_with_parent)  # noqa: PLW1509
            code = self._watch()
            if not self.stopping:
                rest = 1 if time.monotonic() - began > 60 else min(rest * 2, LONGEST_REST)
                print(f"ended with {code}, starting again in {rest} s: {self.command[2:4]}", flush=True)  # noqa: T201
                self._sleep(rest)
        return 0

    def stop(self, *_signal: object) -> None:
        self.stopping = True
        if self.child is not None and self.child.poll() is None:
            self.child.terminate()

    def _watch(self) -> int:
        patience = PATIENCE
        while True:
            try:
                return self.child.wait(1)
            except subprocess.TimeoutExpired:
                self._tend_servers()
                if self._orphaned() and not self.stopping:
                    self.stop()
                if self.stopping:
                    patience -= 1
                    if patience == 0:
                        self.child.kill()

    def _tend_servers(self) -> None:
        """The embedded PostgreSQL and Redis come back too when somebody kills them; on servers there are none."""
        self.looked = (self.looked + 1) % SERVERS_EVERY
        if self.looked or self.guardian is None or self.stopping or self._orphaned():
            return
        try:
            for name in hold.revive_for_settings():
                print(f"{name} was dead, started again", flush=True)  # noqa: T201
        except Exception as error:  # noqa: BLE001 - whatever keeps it from starting, the next look tries again
            print(f"an embedded server does not start: {error}", flush=True)  # noqa: T201

    def _sleep(self, seconds: int) -> None:
        until = time.monotonic() + seconds
        while not self.stopping and not self._orphaned() and time.monotonic() < until:
            time.sleep(0.1)
        self.stopping = self.stopping or self._orphaned()

    def _orphaned(self) -> bool:
        if self.guardian is None:
            return False
        try:
            os.kill(self.guardian, 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            return False
        return False


def _die_with_parent() -> None:
    """Linux sends the child SIGTERM when this keeper is killed; elsewhere there is no such thing."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(Keeper(sys.argv[1:], env.number("PORTAL_GUARDIAN", 0) or None).run())
