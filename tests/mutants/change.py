"""Small wrong changes of one line of Python: a comparison turned, a condition denied, a number off by one, a statement left out.

Pure: source in, changed source out. Imports, docstrings, words for people and the switches of decorators are left alone:
they carry no decision.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

_TURNED: dict[type, type] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.And: ast.Or,
    ast.Or: ast.And,
}


@dataclass(frozen=True)
class Change:
    """One wrong change: the line it is on, what it does, and the whole source with it."""

    line: int
    what: str
    source: str


def changes(source: str, line: int | None = None) -> Iterator[Change]:
    """Every change of a module's source that this file knows, or of one line of it, in the order of the lines."""
    lines = source.splitlines(keepends=True)
    found = []
    for node, what, instead in _candidates(source):
        if line not in (None, node.lineno):
            continue
        changed = _replaced(lines, node, instead)
        if _stands(changed):
            found.append(Change(node.lineno, what, changed))
    yield from sorted(found, key=lambda change: (change.line, change.what))


def changeable(source: str) -> list[int]:
    """The lines on which there is something to change. Quick: whether what results is Python is looked at by `changes`."""
    return sorted({node.lineno for node, _, _ in _candidates(source)})


def _candidates(source: str) -> Iterator[tuple[ast.AST, str, str]]:
    tree = ast.parse(source)
    aside = {
        id(part) for node in ast.walk(tree) for each in getattr(node, "decorator_list", ()) for part in ast.walk(each)
    }
    aside |= {id(node) for each in ast.walk(tree) for node in _same_anyway(each)}
    for node in ast.walk(tree):
        if id(node) not in aside:
            yield from ((node, what, instead) for what, instead in _wrong(node))


def _wrong(node: ast.AST) -> Iterator[tuple[str, str]]:
    """What could stand instead of the node, with a word for it."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _TURNED:
        turned = ast.Compare(node.left, [_TURNED[type(node.ops[0])](), *node.ops[1:]], node.comparators)
        yield "comparison turned", f"({ast.unparse(turned)})"
    elif isinstance(node, ast.BoolOp):
        yield "and/or exchanged", f"({ast.unparse(ast.BoolOp(_TURNED[type(node.op)](), node.values))})"
    elif isinstance(node, ast.BinOp) and type(node.op) in _TURNED:
        yield "sign turned", f"({ast.unparse(ast.BinOp(node.left, _TURNED[type(node.op)](), node.right))})"
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "not left out", f"({ast.unparse(node.operand)})"
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield "truth turned", str(not node.value)
    elif isinstance(node, ast.Constant) and type(node.value) is int:
        yield "number off by one", str(node.value + 1)
    elif isinstance(node, ast.Return) and node.value is not None and not _is_nothing(node.value):
        yield "nothing returned", "return None"
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        return
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield "call left out", "pass"
    elif isinstance(node, ast.AugAssign):
        yield "addition left out", "pass"
    elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Attribute):
        yield "assignment left out", "pass"


def _same_anyway(node: ast.AST) -> Iterator[ast.Return]:
    """What a form's `clean` returns of the values it was given by the one before it: Django takes nothing for the same."""
    if not isinstance(node, ast.FunctionDef) or node.name != "clean":
        return
    given = {
        target.id
        for each in node.body
        if isinstance(each, ast.Assign) and ast.unparse(each.value) == "super().clean()"
        for target in each.targets
        if isinstance(target, ast.Name)
    }
    for each in ast.walk(node):
        if isinstance(each, ast.Return) and isinstance(each.value, ast.Name) and each.value.id in given:
            yield each


def _is_nothing(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def _replaced(lines: list[str], node: ast.AST, instead: str) -> str:
    """The source with one node written otherwise. Columns of the tree count bytes, and Chinese takes three each."""
    first, last = node.lineno - 1, node.end_lineno - 1
    before = lines[first].encode()[: node.col_offset].decode()
    after = lines[last].encode()[node.end_col_offset :].decode()
    return "".join([*lines[:first], before + instead + after, *lines[last + 1 :]])


def _stands(source: str) -> bool:
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True
