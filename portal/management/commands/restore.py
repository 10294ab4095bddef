"""Bring the database and the attachments back from a file of `backup`."""
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError, call_command
from django.db import ProgrammingError

from portal import backups
from portal.management.commands.recover import check_restored


class Command(BaseCommand):
    help = "从备份恢复数据库和附件"
    requires_migrations_checks = False

    def add_arguments(self, parser) -> None:
        parser.add_argument("file")
        parser.add_argument("--replace", action="store_true", help="现有数据也覆盖")

    def handle(self, *args, file: str, replace: bool = False, **options) -> None:
        try:
            manifest = backups.read_manifest(Path(file))
            if not replace and self.has_data():
                raise CommandError("数据库里已有数据。请先停止门户并备份；确定要覆盖时加上 --replace。")
            backups.restore_backup(Path(file))
        except backups.BackupError as error:
            raise CommandError(str(error)) from error
        if different := backups.differences(manifest):
            raise CommandError("恢复后的行数与备份不一致：" + "；".join(different))
        call_command("migrate", interactive=False, verbosity=0)
        self.stdout.write(f"已恢复 {manifest['written_at']} 的备份，共 {sum(manifest['rows'].values())} 行。")
        if not backups.keys_match(manifest):
            self.stderr.write("注意：这里的 PHONE_KEY 与备份时不同，手机号将无法读出，居民无法登录。请换回原来的密钥。")
        check_restored(self)

    def has_data(self) -> bool:
        try:
            return get_user_model().objects.exists()
        except ProgrammingError:
            return False
