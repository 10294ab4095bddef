"""Copy the files of the embedded PostgreSQL into the archive folder: the start of a recovery to any moment after it."""

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from portal.embedded import archive
from portal.embedded.postgres import Postgres
from portal.embedded.runner import Trouble
from portal.vault import Sealed


class Command(BaseCommand):
    help = "把内置数据库的文件整份复制到 PORTAL_WAL_ARCHIVE，并删除更早的变更记录（每晚一次，投票截止后再做一次）"

    def handle(self, *args, **options) -> None:
        folder = archive.folder()
        if settings.DATABASE_URL or folder is None:
            raise CommandError("请先设置 PORTAL_WAL_ARCHIVE 并重新启动门户；使用外部数据库时请看 docs/decisions/recovery.md。")
        try:
            base = archive.take_base(Postgres(settings.VAR), folder)
        except (Trouble, Sealed) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"已复制到 {base}，用 BACKUP_KEY 封存。恢复时必须有这把密钥，请另存一份（单机在 var/secrets/backup_key）。")
