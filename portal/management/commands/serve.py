"""Everything on one machine: migrate, static files, demo, then web, worker and beat until Ctrl-C. `make run` calls it."""
import http.client
import os
import signal
import socket
import sys
import threading
import time
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError, call_command, get_commands
from honcho import manager
from honcho.environ import parse_procfile
from honcho.printer import Printer

from portal import env

PATIENCE = 120


class Command(BaseCommand):
    help = "运行整个门户：网站、后台任务和定时任务（按 Ctrl-C 停止）"

    def handle(self, *args, **options) -> None:
        self.port = env.number("PORT", 8000)
        self.refuse_if_taken()
        call_command("migrate", interactive=False, verbosity=0)
        self.collect_static()
        if settings.DEMO:
            self.load_demo()
        sys.exit(self.run_processes())

    def refuse_if_taken(self) -> None:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                raise CommandError(f"端口 {self.port} 已被占用。请先停止占用它的程序，或换一个端口：PORT=8001 make run")

    def collect_static(self) -> None:
        """Only when a static file changed: compressing all of them takes seconds."""
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
        if not env.flag("PORTAL_MANIFEST"):
            return
        stamp = settings.STATIC_ROOT / ".collected"
        now = str(sorted((str(path), path.stat().st_mtime_ns) for path in self.static_sources()))
        if stamp.exists() and stamp.read_text() == now:
            return
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(now)

    def static_sources(self) -> list[Path]:
        lock = settings.ROOT / "deploy" / "requirements.lock"  # the packages' own static files change with it
        return [lock, *(path for path in (settings.ROOT / "static").rglob("*") if path.is_file())]

    def load_demo(self) -> None:
        if "load_demo" in get_commands() and not get_user_model().objects.exists():
            self.stdout.write("正在准备演示数据 …")
            call_command("load_demo")

    def demo_people(self) -> str:
        if not settings.DEMO or "demo_people" not in get_commands():
            return ""
        text = StringIO()
        call_command("demo_people", stdout=text)
        return text.getvalue()

    def run_processes(self) -> int:
        env.put("PORTAL_GUARDIAN", str(os.getpid()))
        manager.KILL_WAIT = 25  # a worker may finish the task in its hands
        manager.SIGNALS[signal.SIGHUP] = {"name": "SIGHUP", "rc": 129}
        told = Printer(sys.stdout, colour=sys.stdout.isatty(), prefix=True)
        crew = manager.Manager(told)
        here = {**env.inherited(), "PORTAL_VAR": str(settings.VAR), "PYTHONUNBUFFERED": "1"}
        here["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), here.get("PATH", os.defpath)])
        for name, command in parse_procfile((settings.ROOT / "Procfile").read_text()).processes.items():
            crew.add_process(name, f"exec {command}", env=here, cwd=str(settings.ROOT))
        signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))  # the terminal was closed
        threading.Thread(target=self.greet, args=(self.demo_people(),), daemon=True).start()
        crew.loop()
        return 0 if crew.returncode in (130, 143) else crew.returncode or 0

    def greet(self, people: str) -> None:
        """Once the portal answers, say where it is and who can sign in."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            time.sleep(0.2)
            try:
                line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
                line.request("GET", "/healthz", headers={"Host": "localhost"})
                if line.getresponse().status == 200:
                    break
            except OSError:
                continue
        else:
            print("门户没有在两分钟内启动，请看上面的日志。", flush=True)
            return
        print(f"\n门户已就绪：http://localhost:{self.port}\n{people}按 Ctrl-C 停止。\n", flush=True)
