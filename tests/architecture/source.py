"""The project's own files and functions, as the tests of this folder read them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = ("congress", "deputies", "elections", "proposals", "reports")
OTHER_FOLDERS = ("templates", "static", "tests", "script", "docs", "bench", "deploy", ".ci")
BUILT = {"vendor", "__pycache__", "secrets", "node_modules"}


@dataclass(frozen=True)
class Source:
    """A file by its path from the root, with its text."""

    path: str
    text: str

    @property
    def lines(self) -> int:
        return self.text.count("\n") + 1

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)


@cache
def files(*suffixes: str) -> tuple[Source, ...]:
    """Every file of the repository with one of the suffixes, in the order of paths; nothing that is built or installed."""
    tops = [ROOT / name for name in (*APPS, *OTHER_FOLDERS)]
    found = [path for top in tops if top.is_dir() for path in top.rglob("*") if path.is_file()]
    found += [path for path in ROOT.iterdir() if path.is_file()]
    kept = [path for path in found if path.name.endswith(suffixes) and not BUILT & set(path.relative_to(ROOT).parts)]
    return tuple(Source(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")) for path in sorted(kept))


def product(*suffixes: str) -> list[Source]:
    """The files that run in the product."""
    places = (*(f"{app}/" for app in APPS), "templates/", "static/")
    return [source for source in files(*suffixes) if source.path.startswith(places)]


def written(*suffixes: str) -> list[Source]:
    """Product files written by hand: without migrations."""
    return [source for source in product(*suffixes) if "/migrations/" not in source.path]


def functions(source: Source) -> Iterator[tuple[str, int, ast.AST]]:
    """Every function with its name and its length in lines."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node.end_lineno - node.lineno + 1, node


def modules() -> set[str]:
    """Dotted names of all modules of the product."""
    names = set()
    for source in product(".py"):
        parts = source.path.removesuffix(".py").split("/")
        names.add(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return names
