"""Which variables reach the product's processes."""

import os
import subprocess

import pytest

from manage import use_owner_address
from script.lib.datafolder import DataFolder
from script.lib.environment import cleaned, export_lines, forget_installation, without_owner
from script.lib.product import Mode, Product, environment
from script.lib.say import Stop
from script.lib.servers import given_addresses

ADDRESSES = {
    "DATABASE_URL": "postgresql://app_rt:a@127.0.0.1:1/congress",
    "DATABASE_OWNER_URL": "postgresql://app_owner:b@127.0.0.1:1/congress",
    "DATABASE_BACKUP_URL": "postgresql://app_backup:c@127.0.0.1:1/congress",
    "REDIS_URL": "redis://:d@127.0.0.1:2/0",
}


@pytest.fixture
def data(tmp_path, monkeypatch):
    for name in (
        "CONGRESS_DEMO",
        "CONGRESS_DEMO_TODAY",
        "EMAIL_BACKEND",
        "SITE_URL",
        "ALLOWED_HOSTS",
        "CONGRESS_BACKUP_DIR",
    ):
        monkeypatch.delenv(name, raising=False)
    folder = DataFolder(tmp_path)
    folder.prepare()
    return folder


def test_variables_of_postgres_and_python_are_not_passed_on():
    given = {"PGHOST": "elsewhere", "PGOPTIONS": "-c x=y", "PYTHONPATH": "x", "PATH": "/bin", "PAGER": "less"}
    assert cleaned(given) == {"PATH": "/bin", "PAGER": "less"}


def test_running_processes_know_neither_owner_nor_backup(data):
    product = Product(data, environment(data, Mode(8000, True, None), ADDRESSES, {}))
    for child in product.children(8000):
        values = " ".join([*child.environment.values(), *child.command])
        assert "app_rt" in child.environment["DATABASE_URL"]
        assert "app_owner" not in values, child.name
        assert "app_backup" not in values, child.name
    assert without_owner(ADDRESSES).keys() == {"DATABASE_URL", "REDIS_URL"}


def test_only_the_nightly_backup_knows_the_backup_role_and_runs_where_a_folder_is_named(data, monkeypatch):
    monkeypatch.setenv("CONGRESS_BACKUP_DIR", "/somewhere/else")
    product = Product(data, environment(data, Mode(8000, False, None), ADDRESSES, {}))
    knowing = [child for child in product.children(8000) if "app_backup" in " ".join(child.environment.values())]
    assert [child.name for child in knowing] == ["backup"]
    assert knowing[0].command[1:] == ["manage.py", "backup", "--nightly"]
    assert "app_backup" not in " ".join(knowing[0].command)
    assert "app_owner" not in " ".join(knowing[0].environment.values())
    monkeypatch.delenv("DATABASE_BACKUP_URL", raising=False)
    without_role = {name: value for name, value in ADDRESSES.items() if name != "DATABASE_BACKUP_URL"}
    product = Product(data, environment(data, Mode(8000, False, None), without_role, {}))
    assert "backup" not in [child.name for child in product.children(8000)]


def test_web_listens_on_this_machine_only(data):
    product = Product(data, environment(data, Mode(8123, True, None), ADDRESSES, {}))
    web = next(child for child in product.children(8123) if child.name == "web")
    assert web.command[web.command.index("--bind") + 1] == "127.0.0.1:8123"
    assert web.environment["CONGRESS_INSECURE_HTTP"] == "1"


def test_access_log_leaves_out_the_query_string(data):
    web = Product(data, environment(data, Mode(8000, True, None), ADDRESSES, {})).children(8000)[0]
    layout = web.command[web.command.index("--access-logformat") + 1]
    assert "%(U)s" in layout
    assert not {"%(r)s", "%(q)s", "%(f)s"} & set(layout.split())


def test_demo_and_its_day_only_when_asked(data, monkeypatch):
    demo = environment(data, Mode(8000, True, "2026-03-01"), ADDRESSES, {})
    assert (demo["CONGRESS_DEMO"], demo["CONGRESS_DEMO_TODAY"]) == ("1", "2026-03-01")
    real = environment(data, Mode(8000, False, None), ADDRESSES, {})
    assert "CONGRESS_DEMO" not in real
    assert "CONGRESS_DEMO_TODAY" not in real
    monkeypatch.setenv("ALLOWED_HOSTS", "town.example")
    assert environment(data, Mode(8000, False, None), ADDRESSES, {})["ALLOWED_HOSTS"] == "town.example"


def test_secret_key_travels_as_a_file_not_as_a_value(data):
    made = environment(data, Mode(8000, False, None), ADDRESSES, {})
    with open(made["DJANGO_SECRET_KEY_FILE"], encoding="utf-8") as file:
        key = file.read().strip()
    assert len(key) >= 40
    assert key not in made.values()


def test_export_lines_survive_a_shell():
    awkward = {"DATABASE_URL": "postgresql://a:b'c$d@h/x?y=z&w", "REDIS_URL": "redis://x", "HOME": "/nowhere"}
    shown = subprocess.run(
        ["/bin/sh", "-c", export_lines(awkward) + 'printf "%s|%s" "$DATABASE_URL" "$HOME"'],
        capture_output=True,
        text=True,
        env={"HOME": "kept", "PATH": os.defpath},
    )
    assert shown.stdout == f"{awkward['DATABASE_URL']}|kept"


def test_tests_forget_another_installation_but_keep_given_servers():
    given = {**ADDRESSES, "CONGRESS_DEMO": "1", "CONGRESS_KEYS_DIR": "x", "SITE_URL": "y", "PATH": "/bin"}
    forget_installation(given)
    assert given == {**ADDRESSES, "PATH": "/bin"}


def test_given_database_needs_its_owner_beside_it():
    assert given_addresses({"REDIS_URL": "redis://x", "PATH": "/bin"}) == {"REDIS_URL": "redis://x"}
    assert given_addresses(ADDRESSES) == ADDRESSES
    with pytest.raises(Stop, match="DATABASE_OWNER_URL"):
        given_addresses({"DATABASE_URL": "postgresql://x"})


@pytest.mark.parametrize("command", ["migrate", "makemigrations", "sqlmigrate", "createcachetable"])
def test_table_commands_log_in_as_the_owner(command):
    given = dict(ADDRESSES)
    use_owner_address(["manage.py", command], given)
    assert given["DATABASE_URL"] == ADDRESSES["DATABASE_OWNER_URL"]


def test_owner_address_may_come_from_a_file_and_replaces_the_other():
    given = {"DATABASE_URL_FILE": "/run/secrets/rt", "DATABASE_OWNER_URL_FILE": "/run/secrets/owner"}
    use_owner_address(["manage.py", "migrate"], given)
    assert given["DATABASE_URL_FILE"] == "/run/secrets/owner"
    assert "DATABASE_URL" not in given


@pytest.mark.parametrize("arguments", [["manage.py"], ["manage.py", "shell"], ["manage.py", "seed_demo", "migrate"]])
def test_other_commands_stay_the_runtime_role(arguments):
    given = dict(ADDRESSES)
    use_owner_address(arguments, given)
    assert given == ADDRESSES
