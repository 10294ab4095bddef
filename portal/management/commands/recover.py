"""Bring the embedded PostgreSQL back from the archive folder, to the last change or to a moment, and check it."""

from datetime import datetime

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command, get_commands
from django.utils import timezone

from portal.embedded import archive, hold
from portal.embedded.postgres import Postgres
from portal.embedded.runner import Trouble
from portal.vault import Sealed


def moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else timezone.make_aware(found)


class Command(BaseCommand):
    help = "从 PORTAL_WAL_ARCHIVE 恢复内置数据库：最近一次整份复制，加上此后的全部变更（请先停止门户）"
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser) -> None:
        parser.add_argument("--until", type=moment, help="恢复到这一时刻，如 2026-11-22T03:00；不写就恢复到最后")

    def handle(self, *args, until: datetime | None = None, **options) -> None:
        folder = archive.folder()
        if settings.DATABASE_URL or folder is None:
            raise CommandError("请先设置 PORTAL_WAL_ARCHIVE；使用外部数据库时请看 docs/decisions/recovery.md。")
        try:
            with hold.offline(settings.VAR):
                old = archive.restore(Postgres(settings.VAR), folder, until=until)
        except (Trouble, Sealed) as error:
            raise CommandError(f"没有恢复：{error}") from error
        hold.attach_for_settings()
        call_command("migrate", interactive=False, verbosity=0)
        self.stdout.write("数据库已恢复。" + (f"原来的文件在 {old}，确认无误后请删除。" if old else ""))
        check_restored(self)


def check_restored(command: BaseCommand) -> None:
    """The log's chain, and every published result counted again from its ballots: whoever restores sees both."""
    for name, given in (("verify_log", []), ("recount", ["--all"])):
        if name in get_commands():
            call_command(name, *given, stdout=command.stdout, stderr=command.stderr)
