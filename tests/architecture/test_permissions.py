"""The table of permissions is current, and no administrator's right mixes with business."""

import re
import sys

import pytest

from congress import permissions
from congress.management.commands.permissions import table
from congress.models import Role
from congress.models.people import ADMINISTRATORS
from congress.permissions import Permission, all_permissions
from tests.architecture.source import APPS, ROOT, product

BUSINESS = {str(role) for role in Role} - {str(role) for role in ADMINISTRATORS}


def mixed(declared) -> list[str]:
    """Permissions an administrator shares with business."""
    return [one.key for one in declared if one.roles & BUSINESS and one.roles - BUSINESS]


def test_the_page_is_what_the_program_gives():
    page = (ROOT / "docs" / "permissions.md").read_text(encoding="utf-8")
    assert page == table(), "run: manage.py permissions --write-docs"


def test_a_permission_that_changes_changes_the_page(monkeypatch):
    before = table()
    wider = Permission("congress.reveal", "查看敏感信息", frozenset({str(Role.UNIT), str(Role.CLERK)}))
    monkeypatch.setitem(permissions._permissions, "congress.reveal", wider)
    assert table() != before


def test_administrators_see_no_business():
    assert mixed(all_permissions().values()) == []
    assert mixed([Permission("x", "x", frozenset({str(Role.SYSTEM), str(Role.CLERK)}))]) == ["x"]


def test_every_administrators_permission_belongs_to_one_of_the_three_or_lets_all_in():
    shared = [
        one.key
        for one in all_permissions().values()
        if one.roles & {str(role) for role in ADMINISTRATORS} and len(one.roles) > 1
    ]
    assert shared == ["congress.administration"]


def unasked(module_names) -> list[str]:
    """Constants of these permission modules that no other file of their app uses."""
    unused = []
    for name in module_names:
        folder = name.rpartition(".")[0].replace(".", "/") + "/"
        others = [file.text for file in product(".py") if file.path.startswith(folder)]
        text = "\n".join(text for text in others if "permission(\n" not in text and " = permission(" not in text)
        for constant, value in vars(sys.modules[name]).items():
            if isinstance(value, Permission) and not re.search(rf"\b{constant}\b", text):
                unused.append(f"{name}.{constant}")
    return sorted(unused)


def test_every_permission_is_asked_somewhere(monkeypatch):
    modules = [name for name in sys.modules if name.endswith(".permissions") and name.split(".")[0] in APPS]
    assert len(modules) > 4
    assert unasked(modules) == []
    monkeypatch.setattr(permissions, "NEVER_ASKED", Permission("x", "x", frozenset()), raising=False)
    assert unasked(["congress.permissions"]) == ["congress.permissions.NEVER_ASKED"]


@pytest.mark.parametrize("key", ["congress.reveal", "congress.trail", "congress.accounts"])
def test_county_viewers_never_reach_what_is_the_townships_own(key):
    assert str(Role.COUNTY) not in all_permissions()[key].roles
