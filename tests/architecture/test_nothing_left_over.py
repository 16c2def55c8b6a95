"""What nobody uses is not kept: every function, class and constant of the product is named somewhere besides its definition."""

import ast
import re

from tests.architecture.source import Source, files, written

# Called by name from outside the house: Django, gunicorn, allauth, axes, Celery's scheduler look for them.
BY_OTHERS = {"PatientWorker", "application", "urlpatterns", "Command", "Meta", "app_name"}
# What the product itself does not name, with the reason.
AHEAD = {
    "file_sms": "a setting may name it as what sends text messages",
    "blocks_from_text": "the way from text to blocks by which GB/T 9704 is held against the outside judge",
    "keeping_of": "tests go through all kinds of plain records",
    "keepings": "tests go through all kinds of plain records",
    "lives": "tests go through all lives",
    "unasked": "tests ask which rules wait for their page",
    "with_indexes": "who updates many encrypted rows at once must name their indexes",
    "LOADED": "importing it loads what the sandbox cannot load any more",
}


def defined(source: Source) -> list[str]:
    """The top-level names of a file that no decorator hands to anybody."""
    names = []
    for node in source.tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not _is_handed_on(node):
            names.append(node.name)
        elif isinstance(node, ast.Assign):
            names += [target.id for target in node.targets if isinstance(target, ast.Name)]
    return names


def _is_handed_on(node: ast.FunctionDef | ast.ClassDef) -> bool:
    own = {"dataclass", "contextmanager", "cache", "lru_cache", "sensitive_variables", "total_ordering"}
    return any(
        not own & {word.id if isinstance(word, ast.Name) else getattr(word, "attr", "") for word in ast.walk(each)}
        for each in node.decorator_list
    )


def left_over(sources: list[Source], used: set[str]) -> list[str]:
    """Names that nobody reads."""
    return sorted(
        f"{source.path}: {name}"
        for source in sources
        for name in defined(source)
        if name not in used and name not in BY_OTHERS and name not in AHEAD and not name.startswith("__")
    )


def used_in(source: Source) -> set[str]:
    """Every name a file reads, imports or spells in a string; in a template every word. What a sentence about the code
    says is no use of it."""
    if not source.path.endswith(".py"):
        return set(re.findall(r"\w+", source.text))
    tree = source.tree
    told = {id(node.body[0].value) for node in ast.walk(tree) if hasattr(node, "body") and _is_told(node)}
    used = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            used.add(node.id)
        elif isinstance(node, ast.Attribute):
            used.add(node.attr)
        elif isinstance(node, ast.alias):
            used.add(node.name)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            used |= set(re.findall(r"\w+", node.value)) if " " not in node.value else set()
    return used


def _is_told(node: ast.AST) -> bool:
    body = node.body if isinstance(node.body, list) else []
    return bool(body) and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)


def words(sources: list[Source]) -> set[str]:
    return set().union(*map(used_in, sources))


def looked_at() -> list[Source]:
    """Settings are asked for by their names in other places; migrations are kept as they were written."""
    return [
        source for source in written(".py") if not source.path.endswith(("settings.py", "apps.py", "/demo/setting.py"))
    ]


def test_nothing_is_left_over():
    everything = [source for source in files(".py", ".html") if not source.path.startswith(("tests/", "docs/"))]
    assert left_over(looked_at(), words(everything)) == []


def test_what_is_left_over_would_be_noticed():
    used = Source("a.py", "from b import wanted\nwanted()\n")
    sources = [
        used,
        Source("b.py", 'def wanted():\n    """Not forgotten."""\n\n\ndef forgotten():\n    pass\n\n\nMOST = 3\n'),
    ]
    assert left_over(sources, words(sources)) == ["b.py: MOST", "b.py: forgotten"]


def test_every_reason_is_needed():
    used = words([source for source in files(".py", ".html") if not source.path.startswith(("tests/", "docs/"))])
    assert sorted(AHEAD.keys() & used) == []
