"""manage.py restore: check a backup, or bring it back into an empty database."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from congress import backups
from congress.env import Misconfigured
from congress.management.commands.backup import FAULTS, words


class Command(BaseCommand):
    """Never writes over data: the target must be empty."""

    help = "核对备份（--verify），或者恢复到空数据库（--into）"

    def add_arguments(self, parser):
        parser.add_argument("file", help="备份文件")
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--verify", action="store_true", help="恢复到临时数据库，与备份时的清单核对，然后删去")
        what.add_argument(
            "--into",
            nargs="?",
            const=settings.DATABASE_OWNER_URL,
            help="恢复到这个地址的空数据库（用建表角色）；不写地址时是本安装的数据库",
        )

    def handle(self, *args, file, verify, into, **options):
        if not verify and not into:
            raise CommandError("没有设置 DATABASE_OWNER_URL，请写明要恢复到的数据库地址。")
        try:
            manifest = backups.verify(Path(file)) if verify else backups.restore(Path(file), into)
        except (*FAULTS, Misconfigured) as error:
            raise CommandError(words(error)) from None
        tables, rows, heads = len(manifest["tables"]), sum(manifest["tables"].values()), len(manifest["heads"])
        self.stdout.write(
            f"{manifest['made'][:16].replace('T', ' ')} 的备份：{tables}张表、{rows}条记录、{heads}条审计链。"
        )
        self.stdout.write(
            "全部与备份时一致，可以恢复。" if verify else "已恢复，全部与备份时一致。请再运行 verify_audit。"
        )
