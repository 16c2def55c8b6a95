"""Which file of the product asks which rule: read from the source, so that the map of the law cannot say otherwise."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

from congress.law import registry

PACKAGE = "congress.law"
APPS = ("congress", "deputies", "elections", "proposals", "reports")
# Files that ask no rule on anybody's behalf: the library itself, the demo township, commands, changes of tables.
_OUTSIDE = ("congress/law/", "reports/demo/", "migrations/", "management/")


def product_files(root: Path) -> Iterator[tuple[str, Path]]:
    """(path as printed, file) of every product source below `root`, sorted."""
    for app in APPS:
        for path in sorted(root.joinpath(app).rglob("*.py")):
            name = path.relative_to(root).as_posix()
            if not any(part in name for part in _OUTSIDE):
                yield name, path


def names_in(tree: ast.AST, module: str = "") -> set[str]:
    """Names of the law library's functions a syntax tree speaks of, as module.function.

    `module` is the rule module the tree belongs to, whose own functions are spoken of without a prefix.
    """
    modules, functions = _imported(tree)
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            found.add(f"{modules[node.value.id]}.{node.attr}")
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            found.add(functions.get(node.id, f"{module}.{node.id}"))
    return found


def _imported(tree: ast.AST) -> tuple[dict[str, str], dict[str, str]]:
    """What local names stand for: rule modules, and functions of them."""
    modules, functions = {}, {}
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or not node.module:
            continue
        for alias in node.names:
            name = alias.asname or alias.name
            if node.module == PACKAGE:
                modules[name] = alias.name
            elif node.module.startswith(f"{PACKAGE}."):
                functions[name] = f"{node.module.removeprefix(f'{PACKAGE}.')}.{alias.name}"
    return modules, functions


def asked_by(root: Path) -> dict[str, list[str]]:
    """Every rule with the rooms of the product that ask it by name, sorted."""
    found: dict[str, list[str]] = {name: [] for name in registry.load()}
    for name, path in product_files(root):
        for spoken in names_in(ast.parse(path.read_text(encoding="utf-8"))):
            if spoken in found:
                found[spoken].append(_room(name))
    return {rule: sorted(set(files)) for rule, files in found.items()}


def _room(name: str) -> str:
    """The package a file stands in (`deputies/actions`), or the file itself where it stands at the top of its app."""
    parts = name.split("/")
    return name if len(parts) < 3 else "/".join(parts[:2])


def rests_on(root: Path) -> dict[str, set[str]]:
    """Every rule with the other rules its function asks, through helpers too."""
    speaks: dict[str, set[str]] = {}
    for module in registry.MODULES:
        tree = ast.parse(root.joinpath("congress", "law", f"{module}.py").read_text(encoding="utf-8"))
        imported = _imported(tree)[1]
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                body = ast.Module(body=list(node.body), type_ignores=[])
                spoken = names_in(body, module)
                spoken |= {imported[name.rpartition(".")[2]] for name in spoken if name.rpartition(".")[2] in imported}
                speaks[f"{module}.{node.name}"] = spoken
    return {rule: _reached(speaks, [rule]) & set(registry.load()) - {rule} for rule in registry.load()}


def _reached(speaks: dict[str, set[str]], start: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    waiting = list(start)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += speaks.get(name, ())
    return seen


def unasked(root: Path) -> set[str]:
    """The rules no page, action, deadline or figure reaches, not even through another rule."""
    direct, through = asked_by(root), rests_on(root)
    reached = {rule for rule, files in direct.items() if files}
    reached |= {other for rule in reached for other in through[rule]}
    return set(direct) - reached
