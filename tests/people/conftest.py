"""A township with keys of its own, open for writing."""

import contextlib
from io import StringIO

import pytest
from django.core.management import call_command

from congress.guard import scope
from congress.guard.action import action, verb
from congress.models import County, Township
from deputies.models import Deputy

WRITE = verb("tests.people", "布置个人信息测试")
ID_NUMBER, PHONE, ADDRESS = "11010519491231002X", "13800138000", "云溪镇李村3组12号"


@pytest.fixture
def own_keys(tmp_path, settings):
    """A fresh set of key files."""
    settings.CONGRESS_KEYS_DIR = str(tmp_path / "keys")
    call_command("make_keys", stdout=StringIO())
    return tmp_path / "keys"


@pytest.fixture
def town(db, own_keys):
    """A township; the test runs in its scope and in an open action, as a view would."""
    with action(WRITE, actor=None):
        county = County.objects.create(code="990301000000", name="平水县")
        township = Township.objects.create(county=county, code="990301101000", name="云溪镇", document_word="云溪人发")
    with contextlib.ExitStack() as stack:
        stack.enter_context(scope.township(township))
        stack.enter_context(action(WRITE, actor=None))
        yield township


@pytest.fixture
def deputy(town):
    """A saved deputy with everything that is encrypted."""
    return make_deputy(town)


def unsaved_deputy(town, **values) -> Deputy:
    """A deputy with invented data, not saved."""
    values = {"name": "曾田", "gender": "female", "id_number": ID_NUMBER, "phone": PHONE, "address": ADDRESS} | values
    return Deputy(township=town, **values)


def make_deputy(town, **values) -> Deputy:
    """A saved deputy."""
    row = unsaved_deputy(town, **values)
    row.save()
    return row
