"""manage.py create_first_admin: the first accounts of a fresh deployment, one for each of the three administrators."""

from django.core.management.base import BaseCommand, CommandError

from congress import accounts
from congress.guard import scope
from congress.models import ADMINISTRATORS, Membership, Role, User


class Command(BaseCommand):
    """Makes each administrator there is none of and prints one-time secrets; refuses when there are all three.

    Afterwards every role needs two persons, so all three are set up here and handed to three persons.
    """

    help = "建立还没有的系统、安全、审计管理员各一名，并打印一次性口令（只显示一次）"

    def add_arguments(self, parser):
        parser.add_argument("username", nargs="?", default="sysadmin", help="系统管理员的登录名")
        parser.add_argument("--security", default="secadmin", help="安全管理员的登录名")
        parser.add_argument("--audit", default="auditadmin", help="审计管理员的登录名")

    def handle(self, *args, username, security, audit, **options):
        names = {Role.SYSTEM: username, Role.SECURITY: security, Role.AUDIT: audit}
        with scope.accounts():
            running = Membership.objects.filter(role__in=ADMINISTRATORS, ended_at__isnull=True)
            held = set(running.values_list("role", flat=True))
            missing = [role for role in ADMINISTRATORS if role not in held]
            if not missing:
                raise CommandError(
                    "三类管理员都已有人，不再建立。忘记口令请由另一名系统管理员申请、安全管理员同意后重发。"
                )
            if taken := [names[role] for role in missing if User.objects.named(names[role]).exists()]:
                raise CommandError(f"登录名已有人使用：{'、'.join(taken)}，请换一个。")
            made = [(role, *self._make(names[role], role)) for role in missing]
        for role, name, code in made:
            self.stdout.write(f"{Role(role).label}\n登录名：{name}\n一次性口令：{code}")
        self.stdout.write(f"首次登录须设置自己的密码，口令{accounts.CODE_DAYS}天内有效。请分别交给不同的人。")

    @staticmethod
    def _make(name: str, role: str) -> tuple[str, str]:
        user, code = accounts.create_account(None, name, str(Role(role).label))
        accounts.grant(None, user, role)
        return name, code
