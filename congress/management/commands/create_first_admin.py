"""manage.py create_first_admin: the first account of a fresh deployment."""

from django.core.management.base import BaseCommand, CommandError

from congress import accounts
from congress.guard import scope
from congress.models import Membership, Role


class Command(BaseCommand):
    """Makes a system administrator and prints a one-time secret; refuses when there is one already."""

    help = "建立首个系统管理员，并打印一次性口令（只显示一次）"

    def add_arguments(self, parser):
        parser.add_argument("username", nargs="?", default="sysadmin")

    def handle(self, *args, username, **options):
        with scope.accounts():
            if Membership.objects.filter(role=Role.SYSTEM, ended_at__isnull=True).exists():
                raise CommandError("已有系统管理员，不再建立。忘记口令请由另一名管理员重置。")
            user, code = accounts.create_account(None, username, "系统管理员")
            accounts.grant(None, user, Role.SYSTEM)
        self.stdout.write(
            f"登录名：{username}\n一次性口令：{code}\n首次登录须设置自己的密码，口令{accounts.CODE_DAYS}天内有效。"
        )
