"""Throw the embedded installation's data away, so that the next `make run` starts afresh. Only ever the demo's."""
import fcntl
import shutil

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from portal.embedded import hold
from portal.embedded.postgres import Postgres
from portal.embedded.redis import Redis

FOLDERS = ("pg", "redis", "run", "media")


class Command(BaseCommand):
    help = "清空演示数据（仅限演示模式、自带数据库）"
    requires_system_checks = []

    def handle(self, *args, **options) -> None:
        if settings.DATABASE_URL or not settings.DEMO:
            raise CommandError("只有演示模式（PORTAL_DEMO=1）并使用自带数据库时才能清空。")
        with hold.alone(settings.VAR), (settings.VAR / ".holders").open("a") as holders:
            try:
                fcntl.flock(holders, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise CommandError("门户正在运行。请先在运行它的窗口按 Ctrl-C 停止。") from None
            for server in (Redis(settings.VAR), Postgres(settings.VAR)):
                server.stop()
            for name in FOLDERS:
                shutil.rmtree(settings.VAR / name, ignore_errors=True)
            shutil.rmtree(settings.BALLOT_KEYS, ignore_errors=True)
        self.stdout.write("演示数据已清空。再次运行 make run 会重新准备。")
