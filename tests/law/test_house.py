"""The house rules of the library: pure, whole numbers, no clock of its own, documentation up to date."""

import ast
import json
import runpy
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from congress.law import api_docs, cli, map_docs, registry, usage
from congress.law.sources import cite
from congress.law.waiting import WAITING

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "congress" / "law").glob("*.py"))


def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def test_importing_the_law_starts_no_framework() -> None:
    code = (
        "import sys\n"
        "from congress.law import api_docs, registry, textstore\n"
        "registry.load()\n"
        "outside = {name.split('.')[0] for name in sys.modules} - set(sys.stdlib_module_names) - {'congress'}\n"
        "print(sorted(name for name in outside if not name.startswith(('_', 'sitecustomize'))))\n"
    )
    run = subprocess.run([sys.executable, "-S", "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.stderr == ""
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_law_never_asks_what_day_it_is_and_counts_in_whole_numbers(path: Path) -> None:
    for node in ast.walk(parsed(path)):
        called = node.func if isinstance(node, ast.Call) else None
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        assert name not in {"today", "now", "utcnow", "time", "float", "round"}, f"line {getattr(node, 'lineno', 0)}"
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float))
        path_join = path.name == "textstore.py"
        assert path_join or not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_law_imports_only_the_standard_library_and_itself(path: Path) -> None:
    for node in ast.walk(parsed(path)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        for name in names:
            assert name.startswith("congress.law") or name.split(".")[0] in sys.stdlib_module_names, name


def test_api_page_is_what_the_registry_gives() -> None:
    page = (ROOT / "docs" / "law-api.md").read_text(encoding="utf-8")
    assert page == api_docs.render(), "run: manage.py law --write-docs"


def test_usage_is_read_from_calls_by_alias_by_name_and_through_rules(tmp_path: Path) -> None:
    tree = ast.parse(
        "from congress.law import deputies as law\n"
        "from congress.law.periods import add_months as later\n"
        "law.check_seats(1, 2, 3)\nlater(1, 2)\nlaw_of_nobody = 1\n"
    )
    assert {"deputies.check_seats", "periods.add_months"} <= usage.names_in(tree)
    through = usage.rests_on(ROOT)
    assert "periods.add_months" in through["suggestions.reply_due"]
    assert "deputies.seats_cap" in through["deputies.check_seats"]
    assert "periods.add_months" not in through["deputies.check_posts"]
    (tmp_path / "deputies").mkdir()
    (tmp_path / "deputies" / "pages.py").write_text("from congress.law import deputies\ndeputies.check_posts()\n")
    (tmp_path / "deputies" / "actions").mkdir()
    (tmp_path / "deputies" / "actions" / "posts.py").write_text(
        "from congress.law.deputies import check_posts as law\nlaw()\n"
    )
    asked = usage.asked_by(tmp_path)
    assert asked["deputies.check_posts"] == ["deputies/actions", "deputies/pages.py"]
    assert asked["deputies.check_seats"] == []


def test_law_map_names_every_rule_with_its_articles() -> None:
    page = (ROOT / "docs" / "law-map.md").read_text(encoding="utf-8").splitlines()
    for name, rule in registry.load().items():
        rows = [line for line in page if f"| `{name}` |" in line]
        assert len(rows) == 1, name
        assert all(cite(*ground).brief in rows[0] for ground in rule.cites), name


def test_ask_answers_as_json_with_grounds() -> None:
    reply = cli.ask("suggestions.reply_due", '{"assigned_on": "2022-03-10"}')
    assert reply.code == 0
    answer = json.loads(reply.text)
    assert answer["answer"]["date"] == "2022-06-10"
    assert answer["answer"]["citation"]["text"].endswith("（2015年修正）第四十二条第一款")
    assert [ground.partition("》")[2] for ground in answer["grounds"]] == ["（2015年修正）第四十二条第一款"]


@pytest.mark.parametrize(
    ("rule", "payload", "grounds"),
    [
        # the grounds are those of the day and the place asked about, never the newest of every province
        ("suggestions.reply_due", {"assigned_on": "2025-04-01"}, ["（2025年修正）第五十一条第二款"]),
        (
            "suggestions.reply_due",
            {"assigned_on": "2026-06-01", "pack": "chongqing"},
            ["（2016年修正）第四十七条第一款", "（2025年修正）第五十一条第二款", "（2016年修正）第十六条第一款"],
        ),
        (
            "sessions.presidium_meeting_due",
            {"previous": "2024-01-31", "pack": "chongqing"},
            ["（2016年修正）第三十四条第一款"],
        ),
        # several findings: each its own ground, then the rule's
        (
            "sessions.check_quorum",
            {"present": 1, "deputies": 72, "on": "2024-01-01"},
            ["（2022年修正）第十四条第四款"],
        ),
        ("elections.appeal_decision_due", {"appealed_on": "2021-10-26"}, ["（2020年修正）第二十九条"]),
        (
            "periods.add_months",
            {"start": "2020-05-01", "months": 3},
            ["总则（2021年1月1日以前的文本，依据未收录原文）"],
        ),
        ("deputies.check_absences", {"absences": [], "on": "2024-03-01"}, ["（2015年修正）第四十九条第三项"]),
    ],
)
def test_grounds_are_those_of_the_answer_its_day_and_its_place(
    rule: str, payload: dict[str, object], grounds: list[str]
) -> None:
    answer = json.loads(cli.ask(rule, json.dumps(payload)).text)
    assert [ground.partition("》")[2] for ground in answer["grounds"]] == grounds


@pytest.mark.parametrize(
    ("rule", "payload", "words"),
    [
        ("suggestions.reply", "{}", "没有名为“suggestions.reply”的规则"),
        ("zzz", "{}", "--list"),
        ("suggestions.reply_due", "{", "不是有效的 JSON"),
        ("suggestions.reply_due", "[" * 100_000, "不是有效的 JSON"),
        ("suggestions.reply_due", "[]", "应当是 JSON 对象"),
        ("suggestions.reply_due", "{}", "缺少参数：assigned_on"),
        ("suggestions.reply_due", '{"assigned_on": "2025-02-30"}', "不是有效的日期"),
        ("suggestions.reply_due", '{"assigned_on": 20250230}', "应当是日期"),
        ("suggestions.reply_due", '{"assigned_on": "2025-02-03", "difficult": "no"}', "true 或 false"),
        ("suggestions.reply_due", '{"assigned_on": "2025-02-03", "pack": "mars"}', "没有名为“mars”的地方规则包"),
        ("thresholds.majority", '{"deputies": 1.5, "on": "2024-01-01"}', "应当是整数"),
        ("thresholds.majority", '{"deputies": true, "on": "2024-01-01"}', "应当是整数"),
        ("elections.check_nomination", '{"named_by_each": 3}', "缺少参数"),
        (
            "deputies.check_absences",
            '{"absences": 3, "on": "2024-01-01"}',
            "应当是列表",
        ),
        ("suggestion_steps.check_dates", '{"dates": {"replied": "2024-01-01"}}', "没有字段：replied"),
        ("suggestion_steps.check_dates", '{"dates": {}}', "缺少字段：submitted_on"),
        ("suggestion_steps.check_dates", '{"dates": 1}', "应当是对象"),
        ("periods.within_days", '{"start": "2024-01-01", "days": 99999999999}', "规则 periods.within_days"),
    ],
)
def test_ask_refuses_wrong_questions_in_chinese_with_code_two(rule: str, payload: str, words: str) -> None:
    reply = cli.ask(rule, payload)
    assert reply.code == 2
    assert words in reply.text


def test_listing_and_description_name_the_rules() -> None:
    listing = cli.listing().text
    assert all(name in listing for name in registry.load())
    described = cli.describe("elections.voting_age")
    assert described.code == 0
    assert '"election_day"' in described.text
    assert cli.describe("nothing").code == 2


def test_module_answers_on_the_command_line_without_settings() -> None:
    question = ["ballots.check_ballot", '{"chosen": 3, "seats": 2, "on": "2024-01-01"}']
    command = [sys.executable, "-m", "congress.law"]
    run = subprocess.run([*command, *question], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0
    assert json.loads(run.stdout)["answer"][0]["code"] == "tally.overfull"
    listed = subprocess.run([*command, "--list"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert listed.returncode == 0
    assert "suggestions.reply_due  建议答复期限" in listed.stdout
    wrong = subprocess.run([*command, "nothing", "{}"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert wrong.returncode == 2
    assert "没有名为" in wrong.stderr


def runs_as_module(arguments: list[str]) -> object:
    """The exit code of `python -m congress.law` with these arguments, in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["congress.law", *arguments])
        with pytest.raises(SystemExit) as ended:
            runpy.run_path(str(ROOT / "congress" / "law" / "__main__.py"), run_name="__main__")
    return ended.value.code


def test_module_command_lists_describes_answers_and_refuses(capsys: pytest.CaptureFixture[str]) -> None:
    from congress.law.__main__ import main

    for arguments, code in (([], 0), (["--list"], 0), (["periods.add_months"], 0), (["periods.nothing"], 2)):
        assert main(arguments) == code, arguments
    assert runs_as_module(["periods.add_months"]) == 0
    assert main(["periods.add_months", '{"start": "2025-11-30", "months": 3}']) == 0
    printed = capsys.readouterr()
    assert "2026-02-28" in printed.out
    assert "没有名为“periods.nothing”的规则" in printed.err


def test_a_rule_whose_ground_no_edition_states_is_named() -> None:
    wrong = registry.Rule("demo.wrong", "写错", (("organic_law", "nothing"),), lambda: None)
    with pytest.raises(registry.RuleInputError, match="的依据写错"):
        cli.grounds(wrong)


def test_grounds_leave_out_what_the_edition_of_the_day_does_not_state() -> None:
    rule = registry.Rule("demo.day", "按日", (("deputies_law", "supervise_suggestions"),), lambda: None)
    assert cli.grounds_asked(rule, {"on": date(2024, 1, 1)}, ()) == []
    assert len(cli.grounds_asked(rule, {"on": date(2025, 4, 1)}, ())) == 1


def test_the_law_itself_the_demo_and_commands_are_no_page_that_asks() -> None:
    names = [name for name, _ in usage.product_files(ROOT)]
    assert "proposals/stages.py" in names
    assert not [name for name in names if name.startswith(("congress/law/", "congress/management/", "reports/demo/"))]


def test_the_page_of_the_map_tells_files_rules_and_what_is_waited_for(tmp_path: Path) -> None:
    (tmp_path / "congress").mkdir()
    (tmp_path / "congress" / "law").symlink_to(ROOT / "congress" / "law")
    (tmp_path / "deputies").mkdir()
    (tmp_path / "deputies" / "pages.py").write_text("from congress.law import deputies\ndeputies.check_seats()\n")
    page = map_docs.render(tmp_path)
    assert (
        "| `deputies.check_seats` | 检查代表名额 | 选举法第十二条第一款第四项；选举法第十四条第一款 | `deputies/pages.py` |"
        in page
    )
    assert "| 经 `deputies.check_seats` |" in page
    assert f"还没有用到，等待：{WAITING['deputies.check_absences']}" in page
    assert "deputies.check_seats" not in usage.unasked(tmp_path)
    assert "deputies.seats_cap" not in usage.unasked(tmp_path)
    assert "deputies.check_absences" in usage.unasked(tmp_path)


def test_a_rule_without_ground_or_defined_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="no legal ground"):
        registry.rule("demo.none", "无依据", cites=[])
    with pytest.raises(ValueError, match="defined twice"):
        registry.rule("periods.add_months", "重复", cites=[("organic_law", "quorum")])(lambda: None)


def test_what_is_no_json_is_quoted_to_eighty_characters() -> None:
    said = cli.ask("suggestions.reply_due", "x" * 81).text
    assert said.endswith("：" + "x" * 80)
