"""Every check and test against servers of their own; see `script/test`.

The checks come first and their result is told before pytest starts, so that pytest's closing line stays the
last line of the output. The exit code is non-zero when a check or a test failed.
"""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from script.lib import assets, fonts, servers, system_parts, throwaway, venv
from script.lib.datafolder import DataFolder
from script.lib.environment import forget_installation
from script.lib.paths import ROOT, VENV, VENV_PYTHON
from script.lib.product import Mode, Product, environment
from script.lib.supervisor import Supervisor, on_signals

_WORKERS = "2"
_PORT = 8000  # only for addresses in mails; nothing listens there
_SHOWN_LINES = 60
_MEASURE = "--measure"
_COMPILED = "PYTHONDONTWRITEBYTECODE"
# Where no line may go unexecuted.
_WHOLLY = (
    "congress/law/*", "congress/guard/*", "congress/order.py", "congress/steps.py", "congress/web/steps.py", "proposals/stages.py",
    "*/life/*",
)  # fmt: skip


@dataclass(frozen=True)
class Check:
    """A program that must succeed: its name for people and its command line."""

    name: str
    command: list[str]


def checks(bin_folder: Path, python: Path) -> list[Check]:
    """The checks that run before the tests, quickest first."""
    tool = {name: str(bin_folder / name) for name in ("ruff", "mypy", "lint-imports", "djlint")}
    return [
        Check("ruff format", [tool["ruff"], "format", "--check", "."]),
        Check("ruff check", [tool["ruff"], "check", "."]),
        Check("import order", [tool["lint-imports"], "--no-logo"]),
        Check("types", [tool["mypy"]]),
        Check("templates", [tool["djlint"], "--lint", "--quiet", "templates"]),
        Check("migrations", [str(python), "manage.py", "makemigrations", "--check", "--dry-run"]),
    ]


def pytest_command(python: Path, arguments: list[str]) -> list[str]:
    """pytest on two workers, unless the caller chose a number; the caller's arguments come last. The lines that are run
    are noted only when all tests run and somebody asks for it: it takes a third of the time."""
    if arguments == [_MEASURE]:
        return [*pytest_command(python, []), "--cov", "--cov-report="]
    chosen = any(argument.startswith(("-n", "--numprocesses")) for argument in arguments)
    workers = [] if chosen else ["-n", _WORKERS, "--dist", "load"]
    return [str(python), "-m", "pytest", *workers, *arguments]


def floors(bin_folder: Path) -> list[Check]:
    """What the whole suite must have executed, lines and branches: everything of the law, the guard and the steps, and
    most of the rest. Asked only after all tests, for a part of them says nothing."""
    report = [str(bin_folder / "coverage"), "report", "--skip-covered", "--show-missing", "--precision=2"]
    whole = ",".join(_WHOLLY)
    return [
        Check("every line of law, guard and steps", [*report, f"--include={whole}", "--fail-under=100"]),
        Check("most of the other lines", [*report, f"--omit={whole}", "--fail-under=95"]),
    ]


def kept(variables: dict[str, str]) -> dict[str, str]:
    """The variables under which pytest keeps what it has compiled, and rewritten so that a test can say why it fails: each process
    of the next run would do it for ten seconds, and each program a test starts does it for one. These read it and keep
    nothing of their own (`tests/conftest.py`)."""
    return {name: value for name, value in variables.items() if name != _COMPILED}


def template_command(python: Path) -> list[str]:
    """Migrates the database of which every process of the tests gets a copy: twenty seconds on one core, for which all of them
    would wait."""
    return [str(python), "-m", "tests.template"]


@contextlib.contextmanager
def beside(command: list[str], variables: dict[str, str]) -> Iterator[None]:
    """The block runs while the command does, and ends after it unless it is broken off. What goes wrong with the command
    is told by the tests, which wait for its work and do it where it is not done."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=ROOT, env=variables, stdout=quiet, stderr=quiet) as running:
        try:
            yield
        except BaseException:
            running.terminate()
            raise


def run_checks(listed: list[Check], variables: dict[str, str]) -> list[str]:
    """Run the checks, show the output of those that fail, and return their names."""
    failed = []
    for check in listed:
        start = time.monotonic()
        done = subprocess.run(check.command, cwd=ROOT, env=variables, capture_output=True, text=True)
        good = done.returncode == 0
        print(f"{'ok    ' if good else 'FAILED'} {check.name} ({time.monotonic() - start:.1f} s)", flush=True)
        if not good:
            failed.append(check.name)
            print("\n".join((done.stdout + done.stderr).strip().splitlines()[-_SHOWN_LINES:]), flush=True)
    return failed


def main(arguments: list[str]) -> int:
    """Set up, check, test; returns the exit code."""
    return with_servers(lambda variables: _test(variables, arguments))


def with_servers(work: Callable[[dict[str, str]], int]) -> int:
    """Set up what tests need, start throw-away servers, and do the work with their variables; returns its exit code."""
    on_signals()
    forget_installation(os.environ)
    return throwaway.run("test", lambda data, supervisor: work(_prepared(data, supervisor)))


def _prepared(data: DataFolder, supervisor: Supervisor) -> dict[str, str]:
    venv.ensure(venv.TESTING)
    system_parts.install(system_parts.missing_for_documents() | system_parts.missing_for_tests())
    assets.ensure(for_tests=True)
    font_variables = fonts.ensure()
    data.prepare()
    running = servers.start(data, supervisor, throw_away=True)
    mode = Mode(_PORT, demo=False, demo_today=None)
    variables = environment(data, mode, running.addresses, font_variables) | {_COMPILED: "1"}
    Product(data, variables).manage("make_keys", what="生成测试密钥")
    return variables


def _test(variables: dict[str, str], arguments: list[str]) -> int:
    with beside(template_command(VENV_PYTHON), variables):
        failed = run_checks(checks(VENV / "bin", VENV_PYTHON), variables)
        print(f"checks failed: {', '.join(failed)}" if failed else "all checks passed", flush=True)
        tested = subprocess.run(pytest_command(VENV_PYTHON, arguments), cwd=ROOT, env=kept(variables)).returncode
    if arguments == [_MEASURE] and not tested:
        failed += run_checks(floors(VENV / "bin"), variables)
    return tested or (1 if failed else 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
