"""Write the database and the attachments into one file."""
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from portal import backups, clock


class Command(BaseCommand):
    help = "备份数据库和附件（加密封存，不含密钥）"

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", nargs="?", help="默认写到 var/backups/")

    def handle(self, *args, file: str | None = None, **options) -> None:
        now = clock.now()
        path = Path(file) if file else settings.VAR / "backups" / f"portal-{now:%Y%m%dT%H%M%SZ}.sealed"
        if path.exists():
            raise CommandError(f"{path} 已经存在。")
        try:
            manifest = backups.write_backup(path, now=now)
        except backups.BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"已备份：{path}（{path.stat().st_size / 1e6:.1f} MB，{sum(manifest['rows'].values())} 行）")
        self.stdout.write("备份用 BACKUP_KEY 封存，不含任何密钥。")
        self.stdout.write("请另存 BACKUP_KEY、SECRET_KEY 和 PHONE_KEY（单机在 var/secrets/）：丢失后备份打不开，手机号读不出。")
