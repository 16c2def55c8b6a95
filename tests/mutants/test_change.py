"""The changer itself: each kind of change, on the right line, and nothing said to people touched."""

import pytest

from tests.mutants.change import changes
from tests.mutants.run import ROOT, _rooms, product_files

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
