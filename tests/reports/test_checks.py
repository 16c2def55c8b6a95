"""Demonstration and office: the data say which of the two an installation is."""

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.test import override_settings
from django.urls import reverse

from congress import accounts
from congress.guard import scope
from congress.models import County
from congress.web.passwords import DEMO_PASSWORD
from reports.checks import mode_fits_the_data
from reports.demo.cast import everybody
from reports.demo.places import COUNTY_CODE
from script.lib.datafolder import DataFolder
from script.lib.product import BEHIND, Product
from script.lib.say import Stop
from tests.cast import PASSWORD
from tests.ops.test_compose import SERVICES


def found() -> list[str]:
    return [error.id for error in mode_fits_the_data(None, databases=["default"])]


@pytest.fixture
def demonstration(nobody, db):
    with accounts.action(accounts.CREATE, actor=None):
        County.objects.create(code=COUNTY_CODE, name="演示县", kind="县")


@pytest.mark.parametrize(("demo", "faults"), [(True, []), (False, ["reports.E001"])])
def test_demonstration_data_run_as_a_demonstration_only(demonstration, demo, faults):
    with override_settings(DEMO=demo):
        assert found() == faults


@pytest.mark.parametrize(("demo", "faults"), [(False, []), (True, ["reports.E002"])])
def test_an_offices_data_never_run_as_a_demonstration(world, demo, faults):
    with override_settings(DEMO=demo):
        assert found() == faults


@pytest.mark.parametrize("demo", [True, False])
def test_an_empty_database_may_become_either(nobody, db, demo):
    with override_settings(DEMO=demo):
        assert found() == []


def test_an_account_with_the_public_password_is_named(world):
    name = everybody()[0].username
    with scope.accounts():
        user, _ = accounts.create_account(None, name, "留下来的演示账号")
        with accounts.action(accounts.RESET, actor=None):
            user.set_password(DEMO_PASSWORD)
            user.save()
    assert [(error.id, name in error.msg) for error in mode_fits_the_data(None, databases=["default"])] == [
        ("reports.E003", True)
    ]
    with scope.accounts():
        accounts.switch(None, user)
    assert found() == []


def test_the_command_run_at_every_start_fails_on_a_contradiction(demonstration):
    with override_settings(DEMO=False), pytest.raises(SystemCheckError, match="演示数据"):
        call_command("check", databases=["default"])


def test_the_demonstration_is_not_laid_over_an_offices_data(world):
    with override_settings(DEMO=True), pytest.raises(CommandError, match="正式"):
        call_command("seed_demo", "--small")
    assert not County.objects.filter(code=COUNTY_CODE).exists()


def test_every_start_looks(monkeypatch, tmp_path):
    ran = []
    monkeypatch.setattr(Product, "manage", lambda self, *arguments, what: ran.append(arguments) or "")
    monkeypatch.setattr(Product, "_collect_static", lambda self: None)
    Product(DataFolder(tmp_path), {}).prepare(law=tmp_path / "texts")
    assert ran == [("prepare",), ("load_law_texts", str(tmp_path / "texts"))], "one process asks what is to be done"
    assert "check --database default" in SERVICES["migrate"]["command"][-1]


def test_tables_that_are_behind_are_migrated_and_looked_at_again(monkeypatch, tmp_path):
    ran, said = [], iter([BEHIND, "", ""])
    monkeypatch.setattr(Product, "manage", lambda self, *arguments, what: ran.append(arguments[0]) or next(said))
    monkeypatch.setattr(Product, "_collect_static", lambda self: None)
    Product(DataFolder(tmp_path), {}).prepare()
    assert ran == ["prepare", "migrate", "prepare"]


def test_tables_that_stay_behind_stop_the_start(monkeypatch, tmp_path):
    monkeypatch.setattr(Product, "manage", lambda self, *arguments, what: BEHIND if arguments[0] == "prepare" else "")
    with pytest.raises(Stop, match="仍不完整"):
        Product(DataFolder(tmp_path), {}).prepare()


def test_the_password_of_the_demonstration_cannot_be_chosen(world, browse):
    form = {"oldpassword": PASSWORD, "password1": DEMO_PASSWORD, "password2": DEMO_PASSWORD}
    assert browse(world.clerk).post(reverse("account_change_password"), form).status_code == 200
