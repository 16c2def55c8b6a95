"""manage.py backup: write an encrypted backup of the database now, or every night."""

import time
from datetime import timedelta
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connections

from congress import backups, clock
from congress.crypto.providers import KeyUnavailable

KEEP = 30
NIGHT = {"hour": 2, "minute": 30, "second": 0, "microsecond": 0}
FAULTS = (backups.Fault, KeyUnavailable, OSError, psycopg.Error, DatabaseError)
_AWAKE = 60  # seconds: a machine that slept is up to date soon after


class Command(BaseCommand):
    """Runs as the backup role; needs the key folder, which the backup itself does not hold."""

    help = "备份数据库：加密、读回核对、写入审计记录；只保留最近若干份"

    def add_arguments(self, parser):
        parser.add_argument("--to", default=settings.BACKUP_DIR, help="放备份的目录，默认取 CONGRESS_BACKUP_DIR")
        parser.add_argument("--keep", type=int, default=KEEP, help=f"保留最近几份，默认{KEEP}")
        parser.add_argument("--nightly", action="store_true", help="不退出，每天夜里两点半备份一次")

    def handle(self, *args, to, keep, nightly, **options):
        if keep < 1:
            raise CommandError("至少要保留一份（--keep 1）。")
        if nightly:
            self._every_night(Path(to), keep)
        try:
            self._once(Path(to), keep)
        except FAULTS as error:
            raise CommandError(words(error)) from None

    def _once(self, folder: Path, keep: int) -> None:
        made = backups.make(folder, keep)
        self.stdout.write(f"已备份到 {made.path}（{made.size}字节，{made.rows}条记录），读回核对无误。")
        self.stdout.write(f"SHA-256：{made.sha256}")
        if made.removed:
            self.stdout.write(f"删去更早的备份{made.removed}份，保留最近{keep}份。")
        self.stdout.write(
            f"密钥文件在 {settings.CONGRESS_KEYS_DIR}，不在备份里。请把整个密钥目录另存到别处，"
            "不要和备份放在一起：没有它，备份打不开，加密的个人信息也无法恢复。"
        )

    def _every_night(self, folder: Path, keep: int) -> None:
        """Never returns; a night that failed is told and the next one tried."""
        due = next_night(clock.now())
        while True:
            time.sleep(_AWAKE)
            if clock.now() < due:
                continue
            try:
                self._once(folder, keep)
            except FAULTS as error:
                self.stderr.write(f"夜间备份没有成功：{words(error)}")
            connections.close_all()
            due = next_night(clock.now())


def next_night(now):
    """The next moment for the nightly backup after `now`."""
    tonight = now.replace(**NIGHT)
    return tonight if tonight > now else tonight + timedelta(days=1)


def words(error: Exception) -> str:
    """What went wrong, as one sentence for the terminal."""
    if isinstance(error, OSError):
        return f"文件读写失败（{error.filename or '备份文件'}）：{error.strerror}。"
    if isinstance(error, psycopg.Error | DatabaseError):
        return f"数据库出错：{str(error).strip().splitlines()[0]}"
    return str(error)
