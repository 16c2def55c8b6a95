"""Load the law texts an office holds: `manage.py load_law_texts DIR`. Writes JSON to settings.CONGRESS_LAW_DIR."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from congress.law.sources import LAWS
from congress.law.textstore import LoadedText, differing, fingerprint_module, read_folder, store_name


class Command(BaseCommand):
    """Recognises each text, splits it into articles and stores one JSON file per edition. Needs no database."""

    help = "载入法律文本：识别法律与版本，拆成条文，写入 CONGRESS_LAW_DIR，供页面点开依据时显示原文"
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """DIR holds .md or .txt files, in sub-folders too."""
        parser.add_argument("folder", help="存放法律文本（.md、.txt）的文件夹")
        parser.add_argument("--check", action="store_true", help="只与指纹核对，不写入")
        parser.add_argument("--write-fingerprints", action="store_true", help="重写条文指纹（仅在核对过规则之后使用）")

    def handle(self, *args: object, **options: object) -> None:
        """Reports what was recognised and what differs from the checked wording; differing texts are still stored."""
        folder = Path(str(options["folder"]))
        if not folder.is_dir():
            raise CommandError(f"没有这个文件夹：{folder}", returncode=2)
        loaded, unknown = read_folder(folder)
        if not loaded:
            raise CommandError("没有认出任何法律文本", returncode=2)
        for name in unknown:
            self.stdout.write(f"未识别：{name}")
        if options["write_fingerprints"]:
            self._write_fingerprints(loaded)
            return
        wrong = differing(loaded)
        for citation in wrong:
            self.stdout.write(f"与核对过的文字不同：{citation.text}")
        if options["check"]:
            if wrong:
                raise CommandError(f"{len(wrong)}条与核对过的文字不同", returncode=1)
            self.stdout.write(f"认出{len(loaded)}部文本，所引条文与核对过的文字一致")
            return
        target = self._target()
        for item in loaded:
            self._write(target, item)
        self.stdout.write(f"已载入{len(loaded)}部文本")

    def _target(self) -> Path:
        configured = getattr(settings, "CONGRESS_LAW_DIR", None)
        if not configured:
            raise CommandError("没有设置 CONGRESS_LAW_DIR，不知道写到哪里", returncode=2)
        target = Path(configured)
        target.mkdir(parents=True, exist_ok=True)
        return target

    def _write(self, target: Path, item: LoadedText) -> None:
        content = {
            "source_key": item.source_key,
            "title": LAWS[item.source_key].title,
            "edition": item.edition,
            "articles": {str(number): wording for number, wording in item.articles.items()},
        }
        path = target / store_name(item.source_key, item.edition)
        draft = path.with_suffix(".tmp")
        draft.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
        draft.replace(path)  # a reader never sees half a file

    def _write_fingerprints(self, loaded: tuple[LoadedText, ...]) -> None:
        try:
            source = fingerprint_module(loaded)
        except KeyError as error:
            raise CommandError(f"缺少被引用的文本：{error}", returncode=2) from error
        page = Path(settings.BASE_DIR) / "congress" / "law" / "fingerprints.py"
        page.write_text(source, encoding="utf-8")
        self.stdout.write("已重写条文指纹")
