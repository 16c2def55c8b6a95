"""Whatever the program refuses, warns of or finds wrong in a row of an import is brought about by some test, which reads why: a
text that stands in no test may be gone, or turned round, and nobody would notice."""

import ast
import re
from collections.abc import Iterator
from functools import cache

from tests.architecture.source import Source, files, written

SENTENCE = 8  # characters that are more than a column's name
PIECE = 6  # characters of a refusal that stand in a test one after the other
SKIPPED = ("/demo/", "/management/")
_WORDS = re.compile("[\u4e00-\u9fff]{3}")


def reasons(call: ast.Call) -> list[ast.expr]:
    """What a call says against something."""
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    if name == "refuse_where":
        lists = [one.elts for one in call.args if isinstance(one, ast.List)]
        return [row.elts[1] for rows in lists for row in rows if isinstance(row, ast.Tuple)]
    at = {"refuse": 0, "ValidationError": 0, "add_error": 1, "Finding": 1}.get(name)
    return [] if at is None else call.args[at : at + 1]


def faults(path: str, node: ast.Tuple) -> list[ast.expr]:
    """What an import says against a field of a row: the second of a pair, where it is longer than the name of a column."""
    if "/imports/" not in path or len(node.elts) != 2 or not isinstance(node.elts[0], ast.Constant):
        return []
    texts = [str(one.value) for one in ast.walk(node.elts[1]) if isinstance(one, ast.Constant)]
    sentences = [text for text in texts if len(text) >= SENTENCE and not set("| ") & set(text)]  # no pattern, no list
    return node.elts[1:] if sentences else []


def refusals(source: Source) -> Iterator[tuple[int, list[str]]]:
    """The line of each refusal of a file, and its words between what is filled in."""
    for node in ast.walk(source.tree):
        said_by = reasons(node) if isinstance(node, ast.Call) else ()
        if isinstance(node, ast.Tuple):
            said_by = faults(source.path, node)
        for reason in said_by:
            texts = [one.value for one in ast.walk(reason) if isinstance(one, ast.Constant)]
            said = [text for text in texts if isinstance(text, str) and _WORDS.search(text)]
            if said:
                yield reason.lineno, said


@cache
def read_by_tests() -> str:
    """All that stands in tests, and what is written beside them of the pages they open."""
    here = [source for source in files(".py", ".txt") if source.path.startswith("tests/")]
    return "\n".join(source.text for source in here if not source.path.endswith("test_refusals.py"))


def is_read(said: list[str]) -> bool:
    """Whether a piece of it stands in a test; of what is shorter, the whole."""
    tests = read_by_tests()
    pieces = (text[at : at + PIECE] for text in said for at in range(max(1, len(text) - PIECE + 1)))
    return any(piece in tests for piece in pieces)


def test_every_refusal_is_read_by_a_test():
    sources = [one for one in written(".py") if not any(part in one.path for part in SKIPPED)]
    found = [(f"{source.path}:{line}", said) for source in sources for line, said in refusals(source)]
    assert len(found) > 800, "few refusals were found at all: the test looks past them"
    assert [(where, max(said, key=len)) for where, said in found if not is_read(said)] == []


def test_a_refusal_nobody_reads_is_found():
    text = 'def act(row, field):\n    refuse(f"{row}还没有点过" + "名册甲乙，不能丙丁。")\n    self.add_error(field, other)\n'
    ((line, said),) = refusals(Source("elections/act.py", text))
    assert (line, sorted(said)) == (2, ["名册甲乙，不能丙丁。", "还没有点过"])
    row = 'wrong += [("day", "丙丁日期应在甲乙以后"), ("kind", "类别")]\n'
    assert [said for _, said in refusals(Source("elections/imports/rows.py", row))] == [["丙丁日期应在甲乙以后"]]
    assert list(refusals(Source("elections/queries/rows.py", row))) == []
    assert not is_read(["名册甲乙，不" + "能丙丁。"])
    assert is_read([f"{line}", "已经办结的不能再改；有新情况的先“重新调查”。"])
