"""`manage.py make_keys`: create the key files that are missing."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from congress.crypto import providers


class Command(BaseCommand):
    """Creates missing key files (0400) and never overwrites one; needs no database."""

    help = "生成缺少的密钥文件（0400），从不覆盖已有的；--rotate 另加一个新版本"
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--dir", default=None, help="密钥目录，默认取 CONGRESS_KEYS_DIR")
        parser.add_argument("--rotate", choices=providers.KINDS, help="为这一类密钥增加一个新版本（旧版本保留）")

    def handle(self, *args, dir=None, rotate=None, **options):
        directory = Path(dir or settings.CONGRESS_KEYS_DIR)
        try:
            made = self._make(directory, rotate)
        except OSError as error:
            raise CommandError(f"密钥文件写不进 {directory}：{error.strerror}") from error
        for path in made:
            self.stdout.write(f"已生成 {path.name}")
        if made:
            self.stdout.write("请把密钥文件另行离线备份，并与数据库备份分开保管：丢失密钥，密文无法恢复。")
        else:
            self.stdout.write("密钥文件齐全，未作改动。")

    def _make(self, directory: Path, rotate: str | None) -> list[Path]:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = []
        for kind, ids in providers.key_files(directory).items():
            if not ids:
                made.append(providers.create_key_file(directory, f"{kind}-1"))
            elif kind == rotate:
                newest = int(ids[-1].rpartition("-")[2])
                made.append(providers.create_key_file(directory, f"{kind}-{newest + 1}"))
        return made
