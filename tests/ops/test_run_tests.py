"""script/test itself: a failing check must not be lost, and pytest has the last word."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from script.run_tests import Check, beside, checks, floors, kept, pytest_command, run_checks, template_command
from tests import database, template

PYTHON = Path(sys.executable)


def test_pytest_runs_on_two_workers_unless_told_otherwise():
    assert pytest_command(PYTHON, [])[1:6] == ["-m", "pytest", "-n", "2", "--dist"]
    assert pytest_command(PYTHON, ["-n0", "tests/law"])[1:] == ["-m", "pytest", "-n0", "tests/law"]
    assert pytest_command(PYTHON, ["--numprocesses=1"]).count("-n") == 0
    assert pytest_command(PYTHON, ["tests/law", "-k", "majority"])[-3:] == ["tests/law", "-k", "majority"]


def test_the_whole_suite_is_measured_when_asked_and_a_part_is_not():
    assert pytest_command(PYTHON, ["--measure"]) == [*pytest_command(PYTHON, []), "--cov", "--cov-report="]
    assert "--cov" not in pytest_command(PYTHON, [])
    assert "--cov" not in pytest_command(PYTHON, ["tests/law"])
    commands = [" ".join(check.command) for check in floors(Path("bin"))]
    for part in ("congress/law/*", "congress/guard/*", "congress/steps.py", "proposals/stages.py", "*/life/*"):
        assert part in commands[0]
        assert part in commands[1].split("--omit=")[1]
    assert "--fail-under=100" in commands[0]
    assert "--fail-under=95" in commands[1]


def test_pytest_keeps_what_it_compiled_and_what_it_starts_does_not():
    assert kept({"PYTHONDONTWRITEBYTECODE": "1", "SITE_URL": "x"}) == {"SITE_URL": "x"}
    said = subprocess.run(
        [sys.executable, "-c", "import sys; print(sys.dont_write_bytecode)"], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "True"


def test_failing_check_is_named_and_its_output_shown(capfd):
    listed = [
        Check("good", [sys.executable, "-c", "print('quiet when good')"]),
        Check("bad", [sys.executable, "-c", "import sys; print('line 7 is wrong'); sys.exit(1)"]),
        Check("crashed", [sys.executable, "-c", "import os; os.abort()"]),
    ]
    assert run_checks(listed, {}) == ["bad", "crashed"]
    shown = capfd.readouterr().out
    assert "line 7 is wrong" in shown
    assert "quiet when good" not in shown
    assert "FAILED bad" in shown


WAITING = "import pathlib, sys, time\nwhile not pathlib.Path(sys.argv[1]).exists(): time.sleep(0.01)\n"


def test_the_database_is_migrated_while_the_checks_run(tmp_path):
    begun, made = tmp_path / "begun", tmp_path / "made"
    command = [sys.executable, "-c", f"{WAITING}pathlib.Path(sys.argv[2]).touch()", str(begun), str(made)]
    with beside(command, {}):
        begun.touch()
    assert made.exists()


def test_who_breaks_off_waits_for_no_database(tmp_path):
    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt), beside([sys.executable, "-c", WAITING, str(tmp_path / "never")], {}):
        raise KeyboardInterrupt
    assert time.monotonic() - begun < 60


def test_the_template_is_made_as_the_owner(monkeypatch):
    calls = []
    monkeypatch.setattr(database, "log_in_as", calls.append)
    monkeypatch.setattr(database, "template", lambda: calls.append("made"))
    template.main()
    assert calls == [settings.DATABASE_OWNER_URL, "made"]
    assert template_command(PYTHON)[1:] == ["-m", template.__name__]


def test_every_kind_of_check_is_made():
    commands = [" ".join(check.command) for check in checks(Path("bin"), PYTHON)]
    for wanted in ("format --check", "ruff check", "lint-imports", "mypy", "djlint", "makemigrations --check"):
        assert [command for command in commands if wanted in command], wanted


def test_ci_does_what_a_developer_does():
    text = (Path(__file__).parents[2] / ".ci" / "run").read_text(encoding="utf-8")
    commands = [line for line in text.splitlines() if line and not line.startswith(("#", "set "))]
    assert len(commands) == 1
    assert commands[0].endswith('script/test" --measure')
    assert "||" not in text
