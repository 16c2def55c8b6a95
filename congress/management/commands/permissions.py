"""Who may do what, as a table: `manage.py permissions`. Needs no database."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import get_resolver

from congress.models import Role
from congress.permissions import Permission, all_permissions

HEAD = """# 权限表

本页由 `manage.py permissions --write-docs` 生成，不要手改；测试检查它与程序一致。

● 表示该角色有此权限。权限写在程序里，不在数据库里。取决于对象的限制（承办单位只办理交给本单位的建议，代表只评价自己领衔的建议）
由每个动作另行检查。

邻镇和外县的人看到的一律是“找不到”；县级人大只读；三类管理员看不到任何业务数据。
"""


def table() -> str:
    """The page `docs/permissions.md`: one row for each permission, one column for each role."""
    get_resolver().url_patterns  # noqa: B018  # loads every app's views, and with them their permissions
    roles = list(Role)
    lines = [HEAD, "| 权限 | 名称 | " + " | ".join(role.label for role in roles) + " |"]
    lines.append("| --- | --- |" + " :-: |" * len(roles))
    lines += [_row(one, roles) for _, one in sorted(all_permissions().items())]
    return "\n".join(lines) + "\n"


def _row(one: Permission, roles: list[Role]) -> str:
    marks = ["●" if str(role) in one.roles else "" for role in roles]
    return f"| `{one.key}` | {one.label} | " + " | ".join(marks) + " |"


class Command(BaseCommand):
    """Prints the table; with --write-docs writes the generated page."""

    help = "打印权限表；--write-docs 重写 docs/permissions.md"
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser):
        """One flag."""
        parser.add_argument("--write-docs", action="store_true", help="重写 docs/permissions.md")

    def handle(self, *args, **options):
        """Prints or writes."""
        if not options["write_docs"]:
            self.stdout.write(table())
            return
        path = Path(settings.BASE_DIR) / "docs" / "permissions.md"
        path.write_text(table(), encoding="utf-8")
        self.stdout.write(f"已写入 {path.relative_to(settings.BASE_DIR)}")
