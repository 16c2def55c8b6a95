"""The two management commands, each in a process of its own with bare settings: no database, no keys, no apps."""

import json
import os
import subprocess
import sys
from pathlib import Path

from congress.law.catalogue import LAWS
from congress.law.sources import cite
from congress.law.textstore import stored_article

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import sys
from pathlib import Path
from django.conf import settings

settings.configure(BASE_DIR=Path(sys.argv[1]), CONGRESS_LAW_DIR=sys.argv[2], INSTALLED_APPS=[], DATABASES={})
import django

django.setup()
from importlib import import_module

command = import_module("congress.management.commands." + sys.argv[3]).Command()
command.run_from_argv(["manage.py", *sys.argv[3:]])
"""


def run(command: list[str], base: Path = ROOT, store: str = "") -> subprocess.CompletedProcess[str]:
    """What the command printed and its exit code."""
    arguments = [sys.executable, "-c", PROGRAM, str(base), store, *command]
    return subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=False)


def test_law_command_lists_describes_and_answers() -> None:
    assert "suggestions.reply_due  建议答复期限" in run(["law", "--list"]).stdout
    assert '"assigned_on"' in run(["law", "suggestions.reply_due"]).stdout
    answered = run(["law", "suggestions.reply_due", '{"assigned_on": "2025-03-12"}'])
    assert answered.returncode == 0
    assert json.loads(answered.stdout)["answer"]["date"] == "2025-06-12"


def test_law_command_ends_with_code_two_on_wrong_questions() -> None:
    for question in (["nothing"], ["nothing", "{}"], ["suggestions.reply_due", "{"], ["suggestions.reply_due", "{}"]):
        answered = run(["law", *question])
        assert answered.returncode == 2, question
        assert "无法回答" in answered.stderr
        assert "Traceback" not in answered.stderr


def test_law_command_writes_the_generated_pages(tmp_path: Path) -> None:
    assert run(["law", "--write-docs"], base=tmp_path).returncode == 0
    for page in ("law-api.md", "law-map.md"):
        written = (tmp_path / "docs" / page).read_text(encoding="utf-8")
        assert written == (ROOT / "docs" / page).read_text(encoding="utf-8")


def test_law_command_without_settings_says_one_line_and_names_the_other_door() -> None:
    command = [sys.executable, "manage.py", "law", "--list"]
    bare = {"PATH": os.environ["PATH"]}
    refused = subprocess.run(command, cwd=ROOT, env=bare, capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert refused.stderr == (
        "缺少设置：DJANGO_SECRET_KEY (or DJANGO_SECRET_KEY_FILE) is not set；查询法律规则不需要设置：python -m congress.law\n"
    )


def sample(folder: Path) -> Path:
    """A folder with one text of a known law whose wording is not the official one, and one unknown file."""
    folder.mkdir()
    head = f"# {LAWS['budget_law'].title}\n\n2018年12月29日 修正\n\n<!-- INFO END -->\n\n"
    (folder / "budget.md").write_text(head + "第十四条 另一种写法。\n\n第十五条 其他。\n", encoding="utf-8")
    (folder / "letter.txt").write_text("一封信", encoding="utf-8")
    return folder


def test_load_law_texts_stores_articles_and_names_what_differs(tmp_path: Path) -> None:
    folder, store = sample(tmp_path / "texts"), tmp_path / "store"
    loaded = run(["load_law_texts", str(folder)], store=str(store))
    assert loaded.returncode == 0
    assert "未识别：letter.txt" in loaded.stdout
    assert "与核对过的文字不同：《中华人民共和国预算法》（2018年修正）第十四条" in loaded.stdout
    stored = json.loads((store / "budget_law-2018年修正.json").read_text(encoding="utf-8"))
    assert stored["articles"] == {"14": "另一种写法。", "15": "其他。"}
    assert [path.name for path in store.iterdir()] == ["budget_law-2018年修正.json"]
    assert stored_article(store, cite("budget_law", "publish_budget")) == "另一种写法。"
    assert stored_article(store, cite("organic_law", "quorum")) == ""
    assert stored_article(store, cite("budget_law")) == ""


def test_load_law_texts_check_writes_nothing_and_fails_on_other_wording(tmp_path: Path) -> None:
    folder, store = sample(tmp_path / "texts"), tmp_path / "store"
    checked = run(["load_law_texts", str(folder), "--check"], store=str(store))
    assert checked.returncode == 1
    assert not store.exists()


def test_load_law_texts_refuses_missing_folders_texts_and_targets(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    for arguments, words in (
        ([str(tmp_path / "none")], "没有这个文件夹"),
        ([str(empty)], "没有认出"),
        ([str(sample(tmp_path / "texts"))], "CONGRESS_LAW_DIR"),
        ([str(tmp_path / "texts"), "--write-fingerprints"], "缺少被引用的文本"),
    ):
        refused = run(["load_law_texts", *arguments])
        assert refused.returncode == 2
        assert words in refused.stderr
