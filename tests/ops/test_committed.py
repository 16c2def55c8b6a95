"""What is committed names no registry, pins everything and keeps its promises."""

import json
import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from script.lib.paths import ROOT

REQUIREMENTS = sorted(ROOT.glob("requirements*.txt"))
SOURCES = sorted(ROOT.glob("requirements*.in"))
NAMED = ("requirements*", "package*.json", "Dockerfile", "docker-compose.yml", ".dockerignore", "pyproject.toml")
FOLDERS = ("script", "deploy", ".ci")
REGISTRY = re.compile(
    r"registry\.(npmjs|npmmirror|yarnpkg)|pypi\.(org|python)|pythonhosted|mirrors?\.[a-z]+\.|"
    r"(deb|security|snapshot)\.debian\.org|--(extra-)?index-url|--find-links|--trusted-host"
)
COMMANDS = ("server", "test", "dev-db", "lock", "make-secrets")


def committed():
    files = [path for pattern in NAMED for path in ROOT.glob(pattern)]
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and not {"__pycache__", "secrets"} & set(path.relative_to(ROOT).parts):
                files.append(path)
    return files


def test_no_file_of_the_set_up_names_a_registry():
    files = committed()
    assert len(files) > 30
    naming = [path.name for path in files if REGISTRY.search(path.read_text(encoding="utf-8"))]
    assert naming == []


def test_npm_lock_has_sums_and_no_addresses():
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    for name, entry in packages.items():
        assert "resolved" not in entry, name
        assert entry["integrity"].startswith("sha512-"), name


def test_npm_versions_are_exact_and_the_lock_has_them():
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for name, version in {**wanted["dependencies"], **wanted["devDependencies"]}.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), name
        assert lock[f"node_modules/{name}"]["version"] == version
    assert "scripts" not in wanted


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_every_library_is_exact_and_says_why(path):
    rows = [row for row in path.read_text(encoding="utf-8").splitlines() if row and not row.startswith(("#", "-c "))]
    assert rows
    for row in rows:
        assert re.fullmatch(r"[A-Za-z0-9._-]+(\[\w+\])?==[\w.]+ +# .{10,}", row), row


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_every_installed_library_has_sums(path):
    text = path.read_text(encoding="utf-8")
    with_sums = re.findall(
        r"^[a-z0-9][\w.-]*(?:\[[\w,-]+\])?==\S+(?:\s*\\\n\s+--hash=sha256:[0-9a-f]{64})+", text, re.MULTILINE
    )
    assert len(with_sums) == len(pins(text)) > 0


def pins(text):
    """(normalised name, version) of every pinned library."""
    found = re.findall(r"^([A-Za-z0-9][\w.-]*)(?:\[\w+\])?==([\w.]+)", text, re.MULTILINE)
    return {(re.sub(r"[-_.]+", "-", name).lower(), version) for name, version in found}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_requirement_file_was_made_again_after_a_change(path):
    wanted, made = pins(path.read_text(encoding="utf-8")), pins(path.with_suffix(".txt").read_text(encoding="utf-8"))
    assert wanted - made == set(), "run script/lock"


def test_files_agree_on_shared_libraries():
    seen = {}
    for path in REQUIREMENTS:
        for name, version in pins(path.read_text(encoding="utf-8")):
            assert seen.setdefault(name, version) == version, name


@pytest.mark.parametrize("name", [*(f"script/{name}" for name in COMMANDS), ".ci/run", "deploy/postgres/init.sh"])
def test_command_is_executable_and_parses(name):
    path = ROOT / name
    assert os.access(path, os.X_OK)
    assert subprocess.run(["bash", "-n", str(path)], capture_output=True).returncode == 0
    assert re.search(r"^set -euo pipefail$", path.read_text(encoding="utf-8"), re.MULTILINE)


def test_set_up_needs_the_standard_library_only():
    """It runs before the virtual environment exists."""
    own = {"script"}
    for path in [
        *(ROOT / "script" / "lib").glob("*.py"),
        ROOT / "script" / "serve.py",
        ROOT / "script" / "run_tests.py",
    ]:
        for line in path.read_text(encoding="utf-8").splitlines():
            found = re.match(r"\s*(?:from|import) ([a-z_]+)", line)
            if found:
                assert found[1] in own | _standard(), f"{path.name}: {line}"


def _standard():
    import sys

    return set(sys.stdlib_module_names)


def test_stages_and_law_are_kept_free_of_frameworks():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    forbidden = {contract["id"]: contract for contract in contracts if contract["type"] == "forbidden"}
    assert "django" in forbidden["law"]["forbidden_modules"]
    assert forbidden["pure"]["source_modules"] == ["**.stages", "**.tally"]


def test_python_version_of_the_image_is_one_the_commands_accept():
    image = re.findall(
        r"^FROM python:(\d+)\.(\d+)", Path(ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert image
    assert all((int(major), int(minor)) >= (3, 11) for major, minor in image)
