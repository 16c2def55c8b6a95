"""Ask the law library: `manage.py law --list`, `manage.py law RULE`, `manage.py law RULE JSON`. Needs no database."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from congress.law import api_docs, cli, map_docs

SOURCES = Path(__file__).resolve().parents[3]


class Command(BaseCommand):
    """Answers a rule as JSON with its grounds; wrong input ends with exit code 2 and a Chinese message."""

    help = "查询法律规则：--list 列出；规则名 看参数；规则名 JSON 求答复；--write-docs 重写 docs/law-api.md 和 docs/law-map.md"
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """RULE and JSON are optional; the two flags stand alone."""
        parser.add_argument("rule", nargs="?", default="", help="规则名，例如 suggestions.reply_due")
        parser.add_argument("payload", nargs="?", default="", help="JSON 对象")
        parser.add_argument("--list", action="store_true", dest="listing", help="列出全部规则")
        parser.add_argument("--write-docs", action="store_true", help="重写 docs/law-api.md 和 docs/law-map.md")

    def handle(self, *args: object, **options: object) -> None:
        """Prints the answer; with --write-docs writes the generated pages."""
        if options["write_docs"]:
            self._write_docs(Path(settings.BASE_DIR))
            return
        rule, payload = str(options["rule"]), str(options["payload"])
        if options["listing"] or not rule:
            reply = cli.listing()
        elif not payload:
            reply = cli.describe(rule)
        else:
            reply = cli.ask(rule, payload)
        if reply.code != cli.OK:
            raise CommandError(reply.text, returncode=reply.code)
        self.stdout.write(reply.text)

    def _write_docs(self, base: Path) -> None:
        """Writes both generated pages into `docs/` below the product's folder."""
        pages = {"law-api.md": api_docs.render(), "law-map.md": map_docs.render(SOURCES)}
        for name, text in pages.items():
            page = base / "docs" / name
            page.parent.mkdir(exist_ok=True)
            page.write_text(text, encoding="utf-8")
            self.stdout.write(f"已写入 {page.relative_to(base)}")
