"""Lines of the product changed at random, each run against the tests that execute it.

usage: script/mutants [--lines 40] [--seed 1] [--part congress/law] [--data FILE | --guess 30]

First the whole suite runs once and notes which test executes which line (kept in FILE for the next time); with --guess
so many tests that speak of the line are run instead, which takes no first hour, and what survives wants a wider
look. Then each change is made in a copy of the tree, so that nothing that goes wrong here can stay in the product. Ends
with 1 when fewer than nineteen of twenty changes were noticed.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from coverage import CoverageData

from tests.mutants.change import Change, changeable, changes
from tests.mutants.guess import ROOT, nearest

TESTS = ROOT / "tests"
PRODUCT = ("congress", "deputies", "elections", "proposals", "reports")
SKIPPED = ("/migrations/", "/demo/", "/management/", "/settings.py")
MOST_OF_ITS_OWN, MOST_TESTS = 2000, 60
ENUMERATING = ("tests/architecture/test_registers.py", "tests/architecture/test_permissions.py")
# Last, because they take minutes: what they hold written of every page, step, list and form tells most of what people see.
WALKS = (
    "tests/people/test_erase_elsewhere.py",
    "tests/elections/test_proof.py",
    "tests/imports/test_round_trip.py",
    "tests/architecture/test_sent_twice.py",
    "tests/architecture/test_lists_searched.py",
    "tests/architecture/test_lists.py",
    "tests/congress/test_lives.py",
    "tests/architecture/test_urls.py",
)
SECONDS = 120  # of one test: the slowest takes a third of it
MOST_SECONDS = 3600  # of all that are asked about one change
NOTHING_RUN = 5  # pytest's answer when it is left no test
WANTED = 0.95
TOO_LONG = "the time is up"

Find = Callable[[str, int, random.Random], tuple[str, ...]]


@dataclass(frozen=True)
class Mutant:
    """A change of a file, and the tests that execute its line."""

    path: str
    change: Change
    tests: tuple[str, ...]

    def __str__(self):
        return f"{self.path}:{self.change.line} {self.change.what}"


def product_files(part: str = "") -> list[str]:
    """Python files of the product that decide something, below `part`."""
    asked = [part] if part else list(PRODUCT)
    listed = subprocess.run(["git", "ls-files", "--", *asked], cwd=ROOT, capture_output=True, text=True, check=True)
    names = [name for name in listed.stdout.splitlines() if name.endswith(".py")]
    return [name for name in names if name.startswith(PRODUCT) and not any(skip in name for skip in SKIPPED)]


def chosen(find: Find, count: int, seed: int, part: str = "") -> list[Mutant]:
    """So many changes, drawn with a seed: first a line of the product that can be changed, then one of its changes.
    `find` says the tests of a line."""
    dice = random.Random(seed)
    sources = {name: (ROOT / name).read_text(encoding="utf-8") for name in product_files(part)}
    places = [(name, line) for name, source in sources.items() for line in changeable(source)]
    drawn: list[Mutant] = []
    for name, line in dice.sample(places, len(places)):
        if len(drawn) == count:
            break
        if found := list(changes(sources[name], line)):
            drawn.append(Mutant(name, dice.choice(found), find(name, line, dice)))
    return drawn


def _tests(data: CoverageData, name: str, line: int, dice: random.Random) -> tuple[str, ...]:
    """Tests that execute the line. One run at import is executed by no test in particular: those that execute anything in
    the file are asked, and before them those that enumerate what is registered."""
    by_line = data.contexts_by_lineno(str(ROOT / name))
    here = {context.split("|")[0] for context in by_line.get(line, []) if context}
    at_import = not here
    if at_import and line in by_line:
        here = {context.split("|")[0] for contexts in by_line.values() for context in contexts if context}
    found = sorted(here or {context.split("|")[0] for context in data.measured_contexts() if context})
    dice.shuffle(found)
    own = [test for test in found if test.startswith(_rooms(name))]
    others = [test for test in found if test not in set(own)]
    return (*(ENUMERATING if at_import else ()), *own[:MOST_OF_ITS_OWN], *others[:MOST_TESTS])


def guessed(count: int, name: str, line: int, dice: random.Random) -> tuple[str, ...]:
    """So many tests that speak of the line, those that enumerate what is registered, and the walks, which speak of everything."""
    return (*ENUMERATING, *nearest(name, line, _rooms(name), count), *WALKS)


def _rooms(name: str) -> tuple[str, ...]:
    """The folders of tests that mirror a file's: that of its application, and that of what it is about (imports,
    documents, law) where such a folder stands."""
    app, about = name.split("/")[0], Path(name.split("/")[1]).stem
    rooms = (f"tests/{app}/", f"tests/{about}/")
    if not (TESTS / about).is_dir():
        return rooms[:1]
    return rooms[1:] if app == "congress" else rooms


def noticed(mutant: Mutant, tree: Path, variables: dict[str, str], alone: set[str]) -> bool:
    """Whether some test fails with the change made in the copied tree, and passes without it; of a change in a record's
    columns, whether it would want a migration, which `script/test` looks for as well. Those that fail without the change
    too are added to `alone`, and asked no more."""
    if "/models" in mutant.path and _changed(mutant, tree, lambda: _wants_migration(tree, variables)):
        return True
    while mutant.tests:
        failed = _changed(mutant, tree, lambda: first_failure(mutant.tests, tree, variables, alone))
        if failed is None:
            return False
        unchanged = first_failure(mutant.tests if failed == TOO_LONG else [failed], tree, variables, alone)
        if failed == TOO_LONG and unchanged == TOO_LONG:
            print("         takes too long without the change too: nothing can be said", flush=True)
            return False
        if not unchanged:
            return True
        print(f"         {unchanged} fails by itself and notices nothing", flush=True)
        alone.add(unchanged)
    return False


def _changed(mutant: Mutant, tree: Path, look: Callable[[], Any]) -> Any:
    """What is seen with the change made; the file is put back afterwards."""
    path = tree / mutant.path
    whole = path.read_text(encoding="utf-8")
    path.write_text(mutant.change.source, encoding="utf-8")
    try:
        return look()
    finally:
        path.write_text(whole, encoding="utf-8")


def _wants_migration(tree: Path, variables: dict[str, str]) -> bool:
    command = [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"]
    return subprocess.run(command, cwd=tree, env=variables, capture_output=True).returncode != 0


def first_failure(tests: Sequence[str], tree: Path, variables: dict[str, str], alone: Iterable[str] = ()) -> str | None:
    """The first of the tests that fails, cannot be run or does not end, those of `alone` left out; None when all pass,
    TOO_LONG when something outside of the tests does not end."""
    options = [*"-q -x -rfE -c pyproject.toml --reuse-db -p no:cacheprovider".split(), f"--timeout={SECONDS}"]
    left_out = [f"--deselect={test}" for test in alone if test not in tests]
    asked = [test for test in tests if test not in alone]
    if not asked:
        return None
    command = [sys.executable, "-m", "pytest", *options, *left_out, *asked]
    try:
        done = subprocess.run(command, cwd=tree, env=variables, capture_output=True, text=True, timeout=MOST_SECONDS)
    except subprocess.TimeoutExpired:
        return TOO_LONG
    if done.returncode in (0, NOTHING_RUN):
        return None
    return told(done.stdout, asked)


def told(output: str, tests: Sequence[str]) -> str:
    """The test that pytest's summary tells to have failed; where that cannot be read of it, which of those asked it was
    among: a file that cannot be imported names no test, and a case may have any sign in its name."""
    lines = [line.split(" ", 1)[1] for line in output.splitlines() if line.startswith(("FAILED ", "ERROR "))]
    if not lines:
        return tests[0]
    name, *_ = parts = lines[-1].split(" - ")
    if "::" in name and (len(parts) == 2 or "[" not in name):
        return name
    return max((test for test in tests if lines[-1].startswith(test)), key=len, default=tests[0])


def _copy(tree: Path) -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    for name in filter(None, listed.split("\0")):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, tree / name)
    for name in ("node_modules", "static/vendor"):
        (tree / name).symlink_to(ROOT / name)
    shared = ROOT.parent / "shared"
    if shared.exists():
        (tree.parent / "shared").symlink_to(shared)


def _measured(data_file: Path) -> CoverageData:
    if not data_file.exists():
        data_file.parent.mkdir(parents=True, exist_ok=True)
        options = "-q -n 2 --dist load --cov --cov-context=test --cov-report=".split()
        subprocess.run(
            [sys.executable, "-m", "pytest", *options], cwd=ROOT, env={**os.environ, "COVERAGE_FILE": str(data_file)}
        )
    data = CoverageData(str(data_file))
    data.read()
    return data


def main(arguments: list[str]) -> int:
    """Draw, change, run, tell; 0 when at least nineteen of twenty were noticed."""
    parser = argparse.ArgumentParser(prog="script/mutants", description=__doc__)
    parser.add_argument("--lines", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--part", default="")
    parser.add_argument("--data", type=Path, default=ROOT / "var" / "mutants" / "coverage")
    parser.add_argument("--guess", type=int, default=0, metavar="TESTS")
    asked = parser.parse_args(arguments)
    find = partial(guessed, asked.guess) if asked.guess else partial(_tests, _measured(asked.data))
    mutants = chosen(find, asked.lines, asked.seed, asked.part)
    variables = {**os.environ, "PYTEST_DB": os.environ.get("PYTEST_DB", "") + "mutants"}
    survived, alone = [], set()
    with tempfile.TemporaryDirectory(prefix="congress-mutants-") as folder:
        tree = Path(folder) / "tree"
        _copy(tree)
        for mutant in mutants:
            seen = noticed(mutant, tree, variables, alone)
            print(f"{'noticed ' if seen else 'SURVIVED'} {mutant} ({len(mutant.tests)} tests)", flush=True)
            survived += [] if seen else [mutant]
    share = 1 - len(survived) / len(mutants)
    print(f"{len(mutants) - len(survived)} of {len(mutants)} noticed")
    return 0 if share >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
