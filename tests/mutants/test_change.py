"""The changer itself: each kind of change, on the right line, nothing said to people touched; which tests are asked, and
what counts as noticed."""

import os
import random

import pytest

from tests.mutants import run
from tests.mutants.change import Change, changes
from tests.mutants.guess import ROOT, nearest
from tests.mutants.run import ENUMERATING, TOO_LONG, WALKS, _rooms, guessed, product_files, told

CASES = [
    ("def f(a):\n    return a < 3", {(2, "comparison turned", "return (a <= 3)"), (2, "number off by one", "a < 4")}),
    ("x = a and not b", {(1, "and/or exchanged", "(a or not b)"), (1, "not left out", "a and (b)")}),
    ("x = 一二三 + y", {(1, "sign turned", "x = (一二三 - y)")}),
    ("save(active=True)", {(1, "truth turned", "save(active=False)"), (1, "call left out", "pass")}),
    ("row.state = new", {(1, "assignment left out", "pass")}),
    ("total += n", {(1, "addition left out", "pass")}),
]


@pytest.mark.parametrize(("source", "wanted"), CASES)
def test_each_kind_of_change_is_made_where_it_belongs(source, wanted):
    made = list(changes(source))
    for line, what, text in wanted:
        (one,) = [change for change in made if (change.line, change.what) == (line, what)]
        assert text in one.source
        assert one.source != source


def test_words_imports_decorators_and_empty_answers_are_left_alone():
    source = '"""说明。"""\nfrom a import b\n\nLABEL = "选区"\n\n\n@b(frozen=True)\nclass F:\n    def f():\n        return None'
    assert not list(changes(source))


def test_the_values_a_form_returns_as_it_was_given_them_are_left_alone():
    clean = "def clean(self):\n    values = super().clean()\n    return {}"
    assert [one.what for one in changes(clean.format("values"))] == []
    assert [one.what for one in changes(clean.format("values.copy()"))] == ["nothing returned"]
    assert [one.what for one in changes(clean.replace("clean(self)", "other(self)").format("values"))] == [
        "nothing returned"
    ]


def test_every_change_of_the_product_is_python_and_differs():
    (name,) = product_files("proposals/stages.py")
    source = (ROOT / name).read_text(encoding="utf-8")
    made = list(changes(source))
    assert len(made) > 50
    assert all(change.source != source for change in made)


@pytest.mark.parametrize(
    ("name", "rooms"),
    [
        ("congress/law/tallies.py", ("tests/law/",)),
        ("congress/steps.py", ("tests/congress/",)),
        ("congress/web/table.py", ("tests/congress/",)),
        ("proposals/life/rules.py", ("tests/proposals/",)),
        ("deputies/imports/whole.py", ("tests/deputies/", "tests/imports/")),
        ("elections/imports/turnouts.py", ("tests/elections/", "tests/imports/")),
    ],
)
def test_the_tests_of_the_same_rooms_are_asked_first(name, rooms):
    assert _rooms(name) == rooms


def test_only_what_decides_is_drawn():
    names = product_files()
    assert "congress/law/tallies.py" in names
    assert not [name for name in names if "/migrations/" in name or name.startswith(("tests/", "script/"))]


@pytest.mark.parametrize(
    ("name", "line", "room", "wanted"),
    [
        ("congress/numbers.py", "def begin_after", "tests/congress/", "tests/congress/test_numbers.py"),
        ("elections/actions/tablets.py", "def merge", "tests/elections/", "tests/elections/test_tablet"),
        ("congress/views/erasing.py", "def ", "tests/congress/", "tests/congress/test_erasing_pages.py"),
        ("congress/law/proxies.py", "def check_reason", "tests/law/", "tests/law/test_rules.py"),
    ],
    ids="names helpers addresses cases".split(),
)
def test_the_tests_that_speak_of_a_line_are_found_by_their_words(name, line, room, wanted):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    number = next(number for number, text in enumerate(lines, start=1) if text.startswith(line))
    found = nearest(name, number, (room,), 5)
    assert len(found) == 5
    assert all(test.startswith(wanted) for test in found)
    assert guessed(5, name, number, random.Random(1)) == (*ENUMERATING, *found, *WALKS)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("FAILED tests/a.py::test_one - AssertionError: 1 - 2", "tests/a.py::test_one"),
        ("FAILED tests/a.py::test_one[二 条] - AssertionError", "tests/a.py::test_one[二 条]"),
        ("FAILED tests/a.py::test_one[1 - 2] - AssertionError", "tests/a.py"),
        ("ERROR tests/a.py - SyntaxError", "tests/a.py"),
        ("Killed", "tests/b.py"),
    ],
)
def test_what_failed_is_read_of_the_summary_or_asked_again_as_a_file(line, wanted):
    assert told(f"...F\n{line}\n1 failed", ["tests/b.py", "tests/a.py"]) == wanted


@pytest.mark.parametrize(
    ("changed", "unchanged", "seen", "alone"),
    [
        (["a"], [None], True, set()),
        ([None], [], False, set()),
        (["a", "b"], ["a", None], True, {"a"}),
        (["a", None], ["a"], False, {"a"}),
        ([TOO_LONG], [None], True, set()),
        ([TOO_LONG], [TOO_LONG], False, set()),
        ([TOO_LONG, None], ["b"], False, {"b"}),
    ],
    ids="failed passed flaky-and-failed flaky loop slow slow-and-flaky".split(),
)
def test_only_what_passes_without_the_change_has_noticed_it(monkeypatch, tmp_path, changed, unchanged, seen, alone):
    (tmp_path / "a.py").write_text("whole", encoding="utf-8")
    answers = {"whole": list(unchanged), "changed": list(changed)}
    monkeypatch.setattr(run, "first_failure", lambda *_: answers[(tmp_path / "a.py").read_text("utf-8")].pop(0))
    left_out = set()
    assert run.noticed(run.Mutant("a.py", Change(1, "x", "changed"), ("a", "b")), tmp_path, {}, left_out) is seen
    assert left_out == alone
    assert answers == {"whole": [], "changed": []}


def test_a_test_that_never_ends_fails_by_its_name(monkeypatch, tmp_path, pytestconfig):
    assert int(pytestconfig.getini("timeout")) == 300
    monkeypatch.setattr(run, "SECONDS", 1)
    (tmp_path / "pyproject.toml").write_text("[tool.pytest.ini_options]\ntimeout = 60\n", encoding="utf-8")
    source = "def test_ends():\n    pass\n\ndef test_never_ends():\n    while True:\n        pass\n"
    (tmp_path / "test_a.py").write_text(source, encoding="utf-8")
    bare = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    assert run.first_failure(["test_a.py"], tmp_path, bare) == "test_a.py::test_never_ends"
    monkeypatch.setattr(run, "MOST_SECONDS", 0.1)
    assert run.first_failure(["test_a.py"], tmp_path, bare) == TOO_LONG
