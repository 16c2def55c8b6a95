"""What the house offers stands written beside this test: menus, forms, lists, steps, imports, figures, deadlines, papers, limits.

A line of a register decides as much as a line of a function and is run by no test in particular. Whoever changes one sees
here what changes for people, and says so by writing the registers anew: REGISTERS=write pytest tests/architecture/test_registers.py
"""

import functools
import hashlib
import importlib
import inspect
import json
import os
import pkgutil
import re
import subprocess
import sys
import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.core.validators import BaseValidator
from django.utils.functional import Promise

from congress import numbers
from congress.documents import kit
from congress.figures import registered as figures
from congress.guard.record import Record
from congress.imports.kinds import kinds
from congress.permissions import Permission
from congress.steps import Life, lives
from congress.web import attachments, nav
from congress.web.table import Col, Listing
from congress.work import deadlines, jobs, sources
from congress.work.deadlines import DueDaysOf
from congress.work.sources import Source
from tests.architecture.source import APPS, ROOT

HERE = Path(__file__).with_name("registers")
SAID_ALREADY = {"maxlength", "minlength", "min", "max", "cols"}  # attributes that follow from the limits
LONG = 300  # characters of a table that stands in its register as it is
SET = re.compile(
    r"^(\w[\w, ]*)(?:: [^=\n]+)? = (?!\[\]|\{\}|set\(\)|\w+\(\)$)", re.MULTILINE
)  # and does not begin empty
GUARDED = re.compile(r"guard_|erased_|free_text|personal")


def every_module() -> list[types.ModuleType]:
    """All modules of the product, imported."""
    found = []
    for app in APPS:
        for each in pkgutil.walk_packages(importlib.import_module(app).__path__, f"{app}."):
            if not re.search(r"\.(migrations|management|demo|wsgi|arriving)\b", each.name):
                found.append(importlib.import_module(each.name))
    return found


def told(value) -> str:
    """A value as it stands in a register: functions by their names, records by what was said of them."""
    if isinstance(value, Permission):
        return value.key
    if isinstance(value, type):
        return value.__qualname__
    if isinstance(value, functools.partial):
        return f"{told(value.func)}{told((*value.args, *value.keywords.items()))}"
    if callable(value) and hasattr(value, "__qualname__"):
        return value.__qualname__
    if isinstance(value, Life | Source):
        return value.name if isinstance(value, Life) else told(value.model)
    if is_dataclass(value):
        return f"{type(value).__name__}({', '.join(said(value))})"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{told(key)}: {told(one)}" for key, one in value.items()) + "}"
    if isinstance(value, frozenset | set):
        return "{" + ", ".join(sorted(told(one) for one in value)) + "}"
    if isinstance(value, tuple | list):
        return "(" + ", ".join(told(one) for one in value) + ")"
    if isinstance(value, re.Pattern):
        return value.pattern
    if isinstance(value, str | int | float | bool | date | timedelta | Promise | None):
        return str(value)
    return type(value).__name__  # an object of its own says no more than what it is; its address would differ every run


def said(record) -> Iterator[str]:
    """What was said of a record and is not said by default."""
    for field in fields(record):
        value = getattr(record, field.name)
        default = field.default_factory() if callable(field.default_factory) else field.default
        if field.repr and value is not default and value != default:
            yield f"{field.name}={told(value)}"


def lines(records: Iterable) -> Iterator[str]:
    """A line a record."""
    yield from (told(each) for each in records)


def navigation() -> Iterator[str]:
    yield from lines(nav._entries)
    yield from lines(nav._shortcuts)


def steps() -> Iterator[str]:
    for life in sorted(lives().values(), key=lambda one: one.name):
        yield f"{life.name} {life.kind} {life.model.__name__}"
        yield from (f"  {told(step)}" for step in life.steps)


def limits(field: forms.Field) -> str:
    found = [
        f"{type(one).__name__}={told(one.limit_value)}" for one in field.validators if isinstance(one, BaseValidator)
    ]
    ours = (one for one in field.validators if inspect.isfunction(one) and one.__module__.startswith(APPS))
    return " ".join([*sorted(found), *sorted(one.__name__ for one in ours)])


def choices(field: forms.Field) -> str:
    if isinstance(field, forms.ModelChoiceField) or not isinstance(getattr(field, "_choices", None), list | tuple):
        return ""
    return told(field._choices)


def meant(field: forms.Field) -> str:
    """What a choice is taken for, where that is not what is sent."""
    if not isinstance(field, forms.TypedChoiceField) or not choices(field):
        return ""
    sent = [value for value, _ in field._choices if value != ""]
    taken = [(value, field.coerce(value)) for value in sent]
    return "means=" + told(taken) if any(value != became for value, became in taken) else ""


def field_line(name: str, field: forms.Field) -> str:
    initial = "" if field.initial is None or callable(field.initial) else f"initial={told(field.initial)}"
    marks = ["" if field.required else "optional", "disabled" if field.disabled else "", initial]
    kinds = [type(field).__name__, *marks, type(field.widget).__name__]
    attributes = " ".join(
        f"{key}={told(value)}" for key, value in sorted(field.widget.attrs.items()) if key not in SAID_ALREADY
    )
    return " ".join(filter(None, [name, *kinds, limits(field), choices(field), meant(field), attributes]))


def subclasses(base: type) -> set[type]:
    return {each for one in base.__subclasses__() for each in (one, *subclasses(one))}


def form_lines() -> Iterator[str]:
    every_module()
    ours = [each for each in subclasses(forms.BaseForm) if each.__module__.startswith(APPS)]
    for form in sorted(set(ours), key=lambda one: (one.__module__, one.__qualname__)):
        yield f"{form.__module__}.{form.__qualname__}"
        yield from (f"  {field_line(name, field)}" for name, field in getattr(form, "base_fields", {}).items())


def named() -> dict[str, object]:
    """What stands in the modules of the product, by its name."""
    every_module()
    return {
        f"{name}.{key}": value
        for name, module in list(sys.modules.items())
        if name.startswith(APPS) and isinstance(module, types.ModuleType)
        for key, value in vars(module).items()
    }


def lists() -> Iterator[str]:
    found = named()
    seen: set[int] = set()
    for name, listing in sorted(
        ((name, value) for name, value in found.items() if isinstance(value, Listing)), key=lambda one: one[0]
    ):
        if id(listing) in seen:
            continue
        seen |= {id(listing), *map(id, listing.columns)}
        yield name
        yield from (f"  {line}" for line in said(listing) if not line.startswith(("columns=", "_")))
        yield from (f"    {told(column)}" for column in listing.columns)
    # Columns of lists that are put together for who looks at them.
    for name, value in sorted(found.items(), key=lambda one: one[0]):
        columns = [one for one in (value if isinstance(value, list | tuple) else [value]) if isinstance(one, Col)]
        if fresh := [column for column in columns if id(column) not in seen]:
            seen |= {*map(id, fresh)}
            yield name
            yield from (f"    {told(column)}" for column in fresh)


def imports() -> Iterator[str]:
    for kind in sorted(kinds(), key=lambda one: one.key):
        yield f"{kind.key} {kind.label} {told(kind.permission)} {kind.noun} {told(kind.form)} {told(kind.shown)} {kind.hint}"


def records() -> Iterator[str]:
    """What the models say of themselves beside their columns, which the migrations hold."""
    for model in sorted(apps.get_models(), key=lambda one: one._meta.label):
        if not model.__module__.startswith(APPS):
            continue
        yield f"{model._meta.label} {model._meta.verbose_name} {told(model._meta.ordering)}"
        marks = {name: getattr(model, name) for name in sorted(dir(model)) if GUARDED.match(name)}
        differ = {name: one for name, one in marks.items() if not callable(one) and one != getattr(Record, name, ())}
        yield from (f"  {name}={told(one)}" for name, one in differ.items())
        for field in model._meta.concrete_fields:
            marks = {name: getattr(field, name) for name in dir(field) if GUARDED.match(name)}
            shown = {name: value for name, value in sorted(marks.items()) if value and not callable(value)}
            if shown:
                yield f"  {field.name} {told(shown)}"


def derived() -> Iterator[str]:
    for source in sources.registered():
        kept = [sorted(one.deadlines) if isinstance(one, DueDaysOf) else told(one) for one in source.derived]
        yield f"{told(source)} daily={source.daily} {told(source.facts)} {told(kept)}"


def is_number(value) -> bool:
    return isinstance(value, int | float | timedelta) and not isinstance(value, bool)


def counted(value, deep: int = 6) -> Iterator[str]:
    """The numbers, days and truths in a value; words are for people and decide nothing."""
    if not deep:
        return
    if isinstance(value, int | float | date | timedelta):
        yield str(value)
        return
    if isinstance(value, Mapping):
        filled = hasattr(value, "__missing__")  # as it is asked
        parts = [] if filled else [part for pair in value.items() for part in pair]
    elif isinstance(value, tuple | list):
        parts = list(value)
    elif is_dataclass(value) and not isinstance(value, type):
        parts = [getattr(value, field.name) for field in fields(value)]
    elif isinstance(value, functools.partial):
        parts = [*value.args, *value.keywords.values()]
    else:
        parts = sorted(value) if isinstance(value, frozenset | set) and all(map(is_number, value)) else []
    for part in parts:
        yield from counted(part, deep - 1)


def defaults(function) -> Iterator[str]:
    """What a function takes where nothing is said."""
    function = getattr(function, "__func__", function)
    given = inspect.signature(function).parameters.values() if inspect.isfunction(function) else ()
    for one in given:
        if one.default is not one.empty and (numbers := " ".join(counted(one.default))):
            yield f"{one.name}={numbers}"


def numbers_set() -> Iterator[str]:
    """The numbers and truths in what modules and classes set, and in what their functions take where nothing is said."""
    for module in sorted(every_module(), key=lambda one: one.__name__):
        if module.__name__ == "congress.settings":
            continue
        for name, value in sorted(own(module)):
            numbers = " ".join(defaults(value) if callable(value) else counted(value))
            if len(numbers) > LONG:
                numbers = hashlib.sha256(numbers.encode()).hexdigest()[:16]
            if numbers:
                yield f"{module.__name__}.{name} {numbers}"


def own(module: types.ModuleType) -> Iterator[tuple[str, object]]:
    """What a module and its classes set by a name, and nothing that is imported or filled as the program runs."""
    source = Path(module.__file__).read_text(encoding="utf-8")
    named = {name.strip() for names in SET.findall(source) for name in names.split(",")}
    for name, value in list(vars(module).items()):
        if getattr(value, "__module__", "") == module.__name__ and (
            inspect.isfunction(value) or isinstance(value, type)
        ):
            yield name, value
            inside = vars(value).items() if isinstance(value, type) else ()
            yield from ((f"{name}.{each}", one) for each, one in inside if not each.startswith(("__", "_is_protocol")))
        elif name in named:
            yield name, value


def server_settings() -> Iterator[str]:
    """The settings of a server for which nothing was said that need not be said, read in a process of its own."""
    needed = {"DJANGO_SECRET_KEY": "x", "DATABASE_URL": "postgresql://app_rt:x@db/congress", "REDIS_URL": "redis://x/0"}
    script = (
        "import json; from congress import settings as s; "
        "print(json.dumps({k: repr(v) for k, v in vars(s).items() if k.isupper()}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=needed, capture_output=True, text=True, check=True
    )
    for name, value in sorted(json.loads(done.stdout).items()):
        yield f"{name} = {value.replace(str(ROOT), '')}"


REGISTERS = {
    "navigation": navigation,
    "steps": steps,
    "forms": form_lines,
    "lists": lists,
    "imports": imports,
    "records": records,
    "settings": server_settings,
    "limits": numbers_set,
    "figures": lambda: lines(figures().values()),
    "deadlines": lambda: lines(deadlines.registered().values()),
    "sources": derived,
    # A test's own kinds of work are known to this process as well.
    "jobs": lambda: sorted(lines(one for one in jobs._kinds.values() if one.run.__module__.startswith(APPS))),
    "papers": lambda: sorted(lines(kit._kinds.values())),  # in whichever order their rooms were entered
    "numbers": lambda: lines(numbers.all_series()),
    "attachments": lambda: (f"{key} {told(one)}" for key, one in sorted(attachments._holders.items())),
}


@pytest.mark.parametrize("name", REGISTERS)
def test_what_is_offered_is_what_is_written(name):
    page = HERE / f"{name}.txt"
    now = "\n".join(REGISTERS[name]()) + "\n"
    if os.environ.get("REGISTERS") == "write":
        page.write_text(now, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == now, "look at what changed, then run with REGISTERS=write"
    assert now.strip()


def test_every_register_written_is_one_that_is_asked():
    assert {page.stem for page in HERE.glob("*.txt")} == set(REGISTERS)
