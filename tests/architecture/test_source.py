"""What every file of ours keeps to: size, no leftovers, no machine's paths, no way round the locks."""

import ast
import collections
import io
import re

import pytest
from django.core.management import call_command

from congress.guard.action import all_verbs
from congress.keeping import keepings
from tests.architecture.source import Source, files, functions, product, written

LINES = 420
FUNCTION_LINES = 60
# Written so that the patterns do not find themselves.
LEFTOVER = re.compile(r"\b(?:[T]ODO|[F]IXME|[X]XX|[H]ACK)\b")
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:[w]ork|[t]mp|[r]oot|[h]ome)/")
# Ways round what holds the pages and the data together.
FORBIDDEN = {
    "mark_safe": re.compile(r"\bmark_safe\b|\bSafeString\("),
    "csrf_exempt": re.compile(r"\bcsrf_exempt\b"),
    "a swallowed error": re.compile(r"except[^\n]*:\s*(?:#[^\n]*)?\n\s+pass\b"),
    "a bare except": re.compile(r"except\s*:"),
    "eval or exec": re.compile(r"(?<![\w.])(?:eval|exec)\("),
    "print": re.compile(r"(?<![\w.])print\("),
    "a debugger": re.compile(r"\bbreakpoint\(|\bpdb\b"),
    # What the database gives back is in UTC: its day is another until eight in the morning. `as_date` knows.
    "the day of a moment in UTC": re.compile(
        r"\w_at\.(?:date|time|strftime)\(|\w_at:%|\w_at\.(?:year|month|day|hour)\b"
    ),
}
SKIPPED = re.compile(r"pytest\.(?:skip|mark\.skip|mark\.xfail|xfail|importorskip)|unittest\.skip")
# Functions that check something for a test.
CHECKS = ("assert_", "django_assert_", "check", "refused", "must")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def too_long(sources) -> list[str]:
    found = [f"{s.path}: {s.lines} lines" for s in sources if s.lines > LINES]
    for source in sources:
        if source.path.endswith(".py"):
            found += [
                f"{source.path} {name}: {size} lines" for name, size, _ in functions(source) if size > FUNCTION_LINES
            ]
    return found


def hits(sources, pattern: re.Pattern) -> list[str]:
    """Every place where the pattern stands, with its line."""
    return [
        f"{source.path}:{source.text.count(chr(10), 0, match.start()) + 1} {match.group(0).strip()}"
        for source in sources
        for match in pattern.finditer(source.text)
    ]


def test_files_and_functions_are_short():
    assert too_long(written(".py", ".html", ".js", ".css")) == []


def test_a_long_file_and_a_long_function_would_be_noticed():
    body = "def f():\n" + "    a = 1\n" * 61
    assert too_long([Source("a.py", body)]) == ["a.py f: 62 lines"]
    assert too_long([Source("a.html", "\n" * 420)]) == ["a.html: 421 lines"]


def thawed(sources) -> list[str]:
    """Dataclasses whose values can be changed after they were made."""
    return [
        f"{source.path} {node.name}"
        for source in sources
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef)
        for each in node.decorator_list
        if "dataclass" in ast.unparse(each) and "frozen=True" not in ast.unparse(each)
    ]


def test_what_the_law_and_the_facts_say_is_changed_by_nobody():
    assert thawed(one for one in product() if one.path.startswith(("congress/law/", "proposals/stages"))) == []
    assert thawed([Source("a.py", "@dataclass(slots=True)\nclass A:\n    b: int")]) == ["a.py A"]


def test_nothing_is_left_for_later():
    assert hits(files(".py", ".html", ".js", ".css", ".sh", ".yml", ".toml"), LEFTOVER) == []
    assert hits([Source("a.py", "# TO" + "DO later")], LEFTOVER) == ["a.py:1 TO" + "DO"]


def test_no_path_of_one_machine():
    kept = [s for s in files(".py", ".html", ".js", ".css", ".toml") if not s.path.startswith("tests/ops/")]
    assert hits(kept, MACHINE_PATH) == []
    assert hits([Source("a.py", "open('/tm" + "p/x')")], MACHINE_PATH)


@pytest.mark.parametrize("what", FORBIDDEN)
def test_nothing_goes_round(what):
    assert hits(written(".py"), FORBIDDEN[what]) == []


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("mark_safe", "return mark_safe(text)"),
        ("csrf_exempt", "@csrf_exempt"),
        ("a swallowed error", "try:\n    f()\nexcept ValueError:\n    pass"),
        ("a bare except", "except:\n"),
        ("eval or exec", "eval(text)"),
        ("print", "print(1)"),
        ("a debugger", "breakpoint()"),
        ("the day of a moment in UTC", "row.created_at.date()"),
    ],
)
def test_a_way_round_would_be_noticed(what, code):
    assert hits([Source("a.py", code)], FORBIDDEN[what])


REFUSED_BY_HAND = re.compile(r"\braise Refused\b")


def test_a_refusal_is_raised_in_one_way():
    ours = [source for source in product(".py") if source.path != "congress/guard/refusal.py"]
    assert hits(ours, REFUSED_BY_HAND) == []
    assert hits([Source("a.py", "raise Refused([])")], REFUSED_BY_HAND)


WITHDRAWN_BY_HAND = re.compile(r"withdrawn_at(?:__isnull|\": None\b|=None\b)")


def test_the_rows_that_are_kept_are_asked_for_in_one_way():
    ours = [s for s in written(".py") if s.path != "congress/guard/record.py"]
    assert hits(ours, WITHDRAWN_BY_HAND) == []
    assert hits([Source("a.py", "rows.filter(withdrawn_at=None)\nQ(a__withdrawn_at__isnull=True)")], WITHDRAWN_BY_HAND)


# Where a form that was sent is answered by hand, and why.
BY_HAND = {
    "elections/views/issue.py": "stays at the desk: shows the voter again, or says aloud what was handed out",
    "elections/views/tablets.py": "takes what a tablet's script sends, and answers it in JSON",
    "congress/counting/views/voting.py": "asks in two steps on one address, and tells nobody that comes back what was sent",
    "proposals/views/receptions.py": "asks only where to go on from the form that was answered",
    "reports/views/returned.py": "shows what differs before anything is taken, and takes what was ticked from the same address",
    "reports/views/sections.py": "saves by itself while somebody types, and keeps two texts beside each other",
}


def test_a_form_page_is_answered_in_one_way():
    found = {source.path for source in product(".py") if "/views" in source.path and ".is_valid()" in source.text}
    assert found == set(BY_HAND), "congress.web.records.form_page"


def unfinished_refusals(sources) -> list[str]:
    """Refusals whose words are no sentence: 。 or ？ is missing at the end."""
    found = []
    for source in sources:
        for node in ast.walk(source.tree):
            words = _words_of_refusal(node)
            found += [f"{source.path}:{part.lineno}" for part in words if not _last_words(part).endswith(("。", "？"))]
    return found


def _words_of_refusal(node: ast.AST) -> list[ast.AST]:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
        return []
    if node.func.id == "refuse_where" and isinstance(node.args[0], ast.List):
        words = [check.elts[1] for check in node.args[0].elts]
    else:
        words = node.args[:1] if node.func.id == "refuse" else []
    return [part for part in words if isinstance(part, ast.Constant | ast.JoinedStr)]


def _last_words(part: ast.AST) -> str:
    last = part.values[-1] if isinstance(part, ast.JoinedStr) else part
    return last.value if isinstance(last, ast.Constant) else ""


def test_every_refusal_is_a_whole_sentence():
    assert unfinished_refusals(product(".py")) == []
    assert unfinished_refusals([Source("a.py", "refuse('不行')\nrefuse_where([(True, f'不行{1}', '')])")]) == [
        "a.py:1",
        "a.py:2",
    ]


def test_no_test_is_skipped():
    sources = [source for source in files(".py") if source.path.startswith("tests/")]
    assert hits(sources, SKIPPED) == []
    assert hits([Source("a.py", "pytest." + "skip('x')")], SKIPPED)


def without_assertion(sources) -> list[str]:
    """Tests that cannot fail: no assert, no expected error, nothing called that checks."""
    found = []
    for source in sources:
        for name, _, node in functions(source):
            if name.startswith("test_") and not _can_fail(node):
                found.append(f"{source.path} {name}")
    return found


def _can_fail(node: ast.AST) -> bool:
    for part in ast.walk(node):
        if isinstance(part, ast.Assert | ast.Raise):
            return True
        if isinstance(part, ast.Call):
            name = part.func.attr if isinstance(part.func, ast.Attribute) else getattr(part.func, "id", "")
            if name in {"raises", "expect"} or name.startswith(CHECKS):
                return True
    return False


def test_every_test_can_fail():
    assert without_assertion([source for source in files(".py") if source.path.startswith("tests/")]) == []
    assert without_assertion([Source("t.py", "def test_x():\n    f()\n")]) == ["t.py test_x"]


def documented(source: Source) -> list[str]:
    """Public functions and classes at the top of a module, and the module itself, without a word of what they do."""
    missing = [] if ast.get_docstring(source.tree) or not source.text.strip() else [source.path]
    for node in source.tree.body:
        public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
        if public and not ast.get_docstring(node):
            missing.append(f"{source.path} {node.name}")
    return missing


def test_every_public_part_says_what_it_does():
    assert [line for source in written(".py") for line in documented(source)] == []
    assert documented(Source("a.py", "def f():\n    return 1\n")) == ["a.py", "a.py f"]


def test_no_migration_is_missing(db):
    told = io.StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=told)
    assert told.getvalue().strip() == "No changes detected"


def test_every_verb_is_used_and_reads_as_a_chinese_sentence():
    sources = product(".py")
    declared = {one.key: "Keeping" for keeping in keepings().values() for one in keeping.verbs.values()} | {
        key: constant
        for source in sources
        for constant, key in re.findall(r'(\w+)\s*=\s*verb\(\s*"([\w.]+)"', source.text)
    }
    words = collections.Counter(word for source in sources for word in re.findall(r"\w+", source.text))
    for key, one in all_verbs().items():
        if key.startswith("tests."):
            continue
        assert CHINESE.match(one.words), key
        assert not re.search(r"[A-Za-z。！，]", one.words), f"{key}: {one.words}"
        assert key in declared, f"{key} is declared nowhere under a name"
        assert words[declared[key]] > 1, f"{key} is never used"


def test_every_verb_key_begins_with_what_it_belongs_to():
    owners = {
        "accounts",
        "congress",
        "documents",
        "imports",
        "people",
        "deputies",
        "counting",
        "assembly",
        "elections",
        "proposals",
        "reports",
        "tests",
    }
    assert {key.split(".")[0] for key in all_verbs()} <= owners
