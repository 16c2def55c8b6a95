"""Which tests speak of a line, guessed from words alone: quick, and good enough to ask one file without measuring all tests.

A test speaks of a module when it, or its file, says words of it: its name, the names it defines, the texts it shows, the
addresses of its pages, the names of the modules that import it. A word says the more the fewer files say it; those of the
changed definition count threefold.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FILES = 6  # among whose tests the nearest are looked for
ROOT = Path(__file__).resolve().parents[2]
_NEARER, _OWN_ROOM = 3, 2
_LATIN, _CHINESE = re.compile(r"[\w.\-]+", re.ASCII), re.compile("[一-鿿]+")
_PIECE = 4  # characters of a Chinese text: tests quote pieces of it
# What they ask is asked of everything, at length: words of a single module say nothing about them.
_WALKS = ("urls", "lists", "said", "sent", "registers")
_ASIDE = (*(f"tests/architecture/test_{walk}" for walk in _WALKS), "tests/browser/", "tests/mutants/", "tests/demo/")


def nearest(name: str, line: int, rooms: tuple[str, ...], count: int) -> tuple[str, ...]:
    """So many tests that say most of a module's words, first those that say more; a file in the mirrored rooms counts twice,
    and again beside its mirrored place; what a test says itself thrice what its file does."""
    tree = ast.parse((ROOT / name).read_text(encoding="utf-8"))
    words = Counter(_addresses(name)) + Counter({_dotted(name): _NEARER, Path(name).stem: 1})
    for user in _users(name):
        words.update({_dotted(user), Path(user).stem, *_addresses(user)})
    for part in tree.body:
        here = part.lineno <= line <= part.end_lineno
        for word in _words(part):
            words[word] = max(words[word], _NEARER if here else 1)
    said = _said()
    worth = {word: weight / len(said[word]) for word, weight in words.items() if word in said}
    mirrored = f"tests/{Path(name).parent}/"
    files, found = Counter(), Counter()
    for word, each in worth.items():
        for test in said[word]:
            files[test] += each * _OWN_ROOM ** (test.startswith(rooms) + test.startswith(mirrored))
    for test, of_the_file in files.most_common(FILES):
        for function, own in _functions(test):
            found[f"{test}::{function}"] = of_the_file + _NEARER * sum(worth.get(word, 0) for word in own)
    return tuple(test for test, _ in found.most_common(count))


def _functions(test: str) -> Iterator[tuple[str, set[str]]]:
    """The tests of a file, each with its words."""
    text = (ROOT / test).read_text(encoding="utf-8")
    for part in ast.parse(text).body:
        if isinstance(part, ast.FunctionDef) and part.name.startswith("test_"):
            first = min([part.lineno, *(each.lineno for each in part.decorator_list)])
            yield part.name, _spoken("\n".join(text.splitlines()[first - 1 : part.end_lineno]))


def _spoken(text: str) -> set[str]:
    runs = _LATIN.findall(text)
    pieces = (run[at : at + _PIECE] for run in _CHINESE.findall(text) for at in range(max(1, len(run) - _PIECE + 1)))
    return {*runs, *(part for run in runs for part in run.split(".")), *pieces}


def _dotted(name: str) -> str:
    return name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _users(name: str) -> Iterator[str]:
    """The modules of the same application that import a module: what they are tested by runs it too."""
    for path in (ROOT / name.split("/")[0]).rglob("*.py"):
        if _dotted(name) in _imported(path.read_text(encoding="utf-8")):
            yield str(path.relative_to(ROOT))


def _words(part: ast.AST) -> Iterator[str]:
    """Names and words of a definition."""
    for node in ast.walk(part):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from _spoken(node.value)


def _addresses(name: str) -> Iterator[str]:
    """Names of the addresses that lead to a module's views."""
    app, stem = name.split("/")[0], Path(name).stem
    for urls in (ROOT / app).rglob("*urls.py") if "/views" in name else ():
        for call in re.findall(rf"path\([^()]*\b{stem}\.\w+[^()]*\)", urls.read_text(encoding="utf-8")):
            yield from re.findall(r'name="([\w-]+)"', call)


@cache
def _said() -> dict[str, set[str]]:
    """Each word with the test files that say it, themselves or by a helper they import from beside them."""
    texts = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py")}
    said: dict[str, set[str]] = {}
    for test, text in texts.items():
        if not Path(test).name.startswith("test_") or test.startswith(_ASIDE):
            continue
        beside = [f"{module.replace('.', '/')}.py" for module in _imported(text)]
        helpers = [each for each in beside if Path(each).parent == Path(test).parent and each in texts]
        for each in (text, *(texts[helper] for helper in helpers)):
            for word in {*_spoken(each), *_imported(each), Path(test).stem.removeprefix("test_")}:
                said.setdefault(word, set()).add(test)
    return said


def _imported(text: str) -> set[str]:
    """Modules a text imports, and what it imports from them, with dots."""
    found = re.findall(r"^from ([\w.]+) import ([\w, ]+|\([\w, \n]+)", text, re.MULTILINE)
    names = {f"{module}.{each}" for module, listed in found for each in re.findall(r"\w+", listed)}
    return names | {module for module, _ in found}
