"""Imports point downwards: the contracts stand, name every module there is, and notice a wrong import."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from congress.apps import REGISTRIES
from tests.architecture.source import APPS, ROOT, modules

CONTAINERS = ("congress.assembly", "congress.counting", "deputies", "elections", "proposals", "reports")


def contracts() -> dict[str, dict]:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {contract["id"]: contract for contract in config["tool"]["importlinter"]["contracts"]}


def listed(contract_id: str) -> set[str]:
    """Names that stand in the layers of a contract."""
    layers = contracts()[contract_id]["layers"]
    return {name.strip(" ()") for layer in layers for name in layer.replace("|", ":").split(":")}


def unlisted(names: set[str]) -> list[str]:
    """Modules no contract speaks of: direct children of the project package and of every app."""
    kernel, inside = listed("apps"), listed("inside")
    missing = []
    for name in names:
        parts = name.split(".")
        if parts[0] == "congress" and len(parts) == 2 and name not in kernel:
            missing.append(name)
        for container in CONTAINERS:
            head = name.removeprefix(container + ".")
            if head != name and "." not in head and head not in inside:
                missing.append(name)
    return sorted(missing)


def test_the_contracts_name_every_module():
    assert unlisted(modules()) == []


def test_a_module_nobody_placed_would_be_noticed():
    assert unlisted({"congress.helpers", "deputies.utils", "congress.assembly.misc"}) == [
        "congress.assembly.misc",
        "congress.helpers",
        "deputies.utils",
    ]


ARCHITECTURE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
# Layers of one app alone: the text of the annual report, and what every app has without saying.
REPORTS_OWN = {
    "conditions",
    "content",
    "drawing",
    "forms_kept",
    "growth",
    "judging",
    "kinds",
    "naming",
    "numbering",
    "outline",
    "parting",
    "placeholders",
    "problems",
    "reading",
    "returned",
    "revealing",
    "sentences",
    "speaking",
    "story",
    "structures",
    "words",
}


def layered(layers: list[str]) -> list[set[str]]:
    return [set(re.findall(r"\w+", layer)) for layer in layers]


def test_the_architecture_page_tells_the_order_of_the_contract():
    told = next(line for line in ARCHITECTURE.splitlines() if line.startswith("`") and " → views → " in line)
    wanted = [names - REPORTS_OWN - {"migrations"} for names in layered(contracts()["inside"]["layers"])]
    assert layered(told.split("→")) == [names for names in wanted if names]


def test_the_architecture_page_tells_of_every_registry():
    told = re.findall(r"^\| (\w+) \| (?:`congress/|Django)", ARCHITECTURE, re.MULTILINE)
    assert sorted(told) == sorted(REGISTRIES)


def lint(folder: Path) -> subprocess.CompletedProcess:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env={"PATH": "/usr/bin:/bin"})


def test_every_import_points_downwards_and_one_that_does_not_is_noticed(tmp_path):
    for app in APPS:
        shutil.copytree(ROOT / app, tmp_path / app, ignore=shutil.ignore_patterns("*.tsv", "*.txt", "__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    good = lint(tmp_path)
    assert good.returncode == 0, good.stdout
    for path, line in (
        ("deputies/queries.py", "import reports.models"),
        ("proposals/models/periods.py", "import proposals.actions"),
        ("congress/law/finding.py", "import django"),
    ):
        file = tmp_path / path
        kept = file.read_text(encoding="utf-8")
        file.write_text(kept + f"\n{line}\n", encoding="utf-8")
        bad = lint(tmp_path)
        assert bad.returncode == 1, f"{line} in {path} was not noticed"
        assert Path(path).stem in bad.stdout
        file.write_text(kept, encoding="utf-8")
