"""The container files: Docker is not needed to see that they fit together."""

import re
import subprocess

import pytest
import yaml

from script import make_secrets
from script.lib import postgres, system_parts
from script.lib.paths import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
APPLICATION = ("web", "worker", "beat", "migrate", "backup")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def secrets_of(service):
    return set(SERVICES[service].get("secrets", []))


def test_services_are_the_ones_described():
    assert set(SERVICES) == {*APPLICATION, "postgres", "redis", "proxy"}


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_everything_a_service_names_exists(service):
    described = SERVICES[service]
    assert secrets_of(service) <= set(COMPOSE["secrets"])
    assert set(described["networks"]) <= set(COMPOSE["networks"])
    assert set(described.get("depends_on", {})) <= set(SERVICES)
    for volume in described.get("volumes", []):
        source = volume.split(":")[0]
        assert (ROOT / source).exists() if source.startswith("./") else source in COMPOSE["volumes"], volume
    for name, value in described.get("environment", {}).items():
        if name.endswith("_FILE"):
            assert value.removeprefix("/run/secrets/") in secrets_of(service), name


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_image_is_built_here_or_has_a_fixed_line(service):
    image = SERVICES[service]["image"]
    assert not image.endswith(":latest")
    assert re.fullmatch(r"congress:local|[a-z/-]+:\d+(\.\d+)?-bookworm", image), image


def test_no_secret_stands_in_the_file():
    for name, described in SERVICES.items():
        for variable, value in described.get("environment", {}).items():
            if re.search(r"PASSWORD|SECRET|KEY|DATABASE|REDIS", variable):
                assert variable.endswith("_FILE"), (name, variable)
                assert value.startswith("/run/secrets/"), (name, variable)
    assert all(set(entry) == {"file"} for entry in COMPOSE["secrets"].values())


def test_only_migrations_know_the_owner():
    knowing = {name for name in SERVICES if secrets_of(name) & {"database_owner_url", "owner_password"}}
    assert knowing == {"migrate", "postgres"}
    assert {name for name in SERVICES if "postgres_password" in secrets_of(name)} == {"postgres"}


def test_only_the_nightly_backup_knows_the_role_that_reads_past_the_policies():
    assert {name for name in SERVICES if "database_backup_url" in secrets_of(name)} == {"backup"}
    assert {name for name in SERVICES if "backup_password" in secrets_of(name)} == {"postgres"}
    described = SERVICES["backup"]
    assert described["command"] == ["python", "manage.py", "backup", "--nightly"]
    assert described["restart"] == "unless-stopped"
    folder = described["environment"]["CONGRESS_BACKUP_DIR"]
    mounted = {name: row["volumes"] for name, row in SERVICES.items() if "backups:" in " ".join(row.get("volumes", []))}
    assert set(mounted) == {"backup"}
    assert f"backups:{folder}" in mounted["backup"]
    assert not folder.startswith("/var/lib/congress/keys"), "whoever holds backups and keys can read everything"
    assert f"{folder}\n" in DOCKERFILE, "an empty volume takes its owner from the image's folder"


def test_the_image_dumps_with_programs_of_the_servers_version():
    version = re.fullmatch(r"postgres:(\d+)-bookworm", SERVICES["postgres"]["image"])[1]
    assert f"postgresql-client-{version} " in DOCKERFILE.split("FROM ")[-1]


def test_superuser_of_the_image_is_none_of_the_products_roles():
    superuser = SERVICES["postgres"]["environment"]["POSTGRES_USER"]
    assert superuser not in {role for role, _ in make_secrets.DATABASE_ADDRESSES.values()}


def test_container_database_is_made_like_the_embedded_one():
    arguments = SERVICES["postgres"]["environment"]["POSTGRES_INITDB_ARGS"].split()
    assert set(postgres._INITDB) <= set(arguments)
    assert "log_min_error_statement=panic" in SERVICES["postgres"]["command"]


def test_tables_are_ready_before_anything_serves():
    for service in ("web", "worker", "beat", "backup"):
        assert SERVICES[service]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
        assert SERVICES[service]["depends_on"]["postgres"] == {"condition": "service_healthy"}
    assert SERVICES["migrate"]["restart"] == "no"


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_every_service_runs_with_few_rights(service):
    """The servers' images begin as root and hand their files to a user of their own; nothing else keeps any power."""
    described = SERVICES[service]
    assert described["read_only"] is True
    assert described["cap_drop"] == ["ALL"]
    assert described["security_opt"] == ["no-new-privileges:true"]
    kept = {"postgres": {"CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"}, "redis": {"DAC_OVERRIDE"}}
    assert set(described.get("cap_add", [])) == kept.get(service, set())
    assert "privileged" not in described


def test_only_the_proxy_is_seen_from_outside():
    assert [name for name in SERVICES if "ports" in SERVICES[name]] == ["proxy"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert SERVICES["postgres"]["networks"] == SERVICES["redis"]["networks"] == ["inside"]


def test_keys_are_written_by_the_migration_only():
    for service in APPLICATION:
        [mount] = [volume for volume in SERVICES[service]["volumes"] if volume.startswith("keys:")]
        assert mount.endswith(":ro") == (service != "migrate")


def test_copies_of_anchors_are_written_by_those_who_seal_and_never_seen_by_the_database():
    mounts = {
        service: [volume for volume in described.get("volumes", []) if volume.startswith("anchors:")]
        for service, described in SERVICES.items()
    }
    assert {service for service, found in mounts.items() if found} == set(APPLICATION)
    assert {service for service in APPLICATION if not mounts[service][0].endswith(":ro")} == {"worker", "migrate"}


def test_what_serves_or_works_asks_for_the_locks_first(tmp_path):
    assert re.search(r'^ENTRYPOINT \["/srv/congress/script/entry"\]$', DOCKERFILE, re.MULTILINE)
    (tmp_path / "python").write_text('#!/bin/sh\necho "$@" >> "$ASKED"\nexit ${REFUSE:-0}\n')
    for name in ("gunicorn", "celery", "other"):
        (tmp_path / name).write_text('#!/bin/sh\necho "$(basename "$0") runs" >> "$ASKED"\n')
    for program in tmp_path.iterdir():
        program.chmod(0o700)
    asked = tmp_path / "asked"

    def start(name, **more):
        asked.write_text("")
        environment = {"PATH": f"{tmp_path}:/usr/bin:/bin", "ASKED": str(asked)} | more
        done = subprocess.run([ROOT / "script" / "entry", name], env=environment)
        return done.returncode, asked.read_text().splitlines()

    for name in ("gunicorn", "celery"):
        assert start(name) == (0, ["manage.py check --database default", f"{name} runs"])
        assert start(name, REFUSE="1") == (1, ["manage.py check --database default"])
    assert start("other") == (0, ["other runs"])


def test_secret_maker_makes_every_file_the_compose_file_mounts(tmp_path):
    made = make_secrets.make(tmp_path / "secrets")
    mounted = {entry["file"].removeprefix("./deploy/secrets/") for entry in COMPOSE["secrets"].values()}
    assert mounted - set(made) == {"tls.crt", "tls.key"}
    owner = (tmp_path / "secrets" / "database_owner_url").read_text(encoding="utf-8")
    password = (tmp_path / "secrets" / "owner_password").read_text(encoding="utf-8").strip()
    assert owner == f"postgresql://app_owner:{password}@postgres:5432/congress\n"
    before = {path.name: path.read_bytes() for path in (tmp_path / "secrets").iterdir()}
    make_secrets.make(tmp_path / "secrets")
    assert {path.name: path.read_bytes() for path in (tmp_path / "secrets").iterdir()} == before
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700


def test_roles_file_reads_the_passwords_the_container_script_gives():
    wanted = set(re.findall(r"\\getenv \w+ (\w+)", (ROOT / "deploy/postgres/roles.sql").read_text(encoding="utf-8")))
    script = (ROOT / "deploy/postgres/init.sh").read_text(encoding="utf-8")
    assert wanted == set(re.findall(r"^(CONGRESS_\w+)=", script, re.MULTILINE))
    assert set(re.findall(r"read_secret (\w+)\)", script)) <= secrets_of("postgres")


def test_image_has_the_same_system_parts_and_ends_unprivileged(monkeypatch):
    monkeypatch.setattr(system_parts.ctypes.util, "find_library", lambda name: None)
    monkeypatch.setattr(system_parts, "found", lambda name: False)
    final = DOCKERFILE.split("\nFROM ")[-1]
    for package in system_parts.missing_for_documents():
        assert package in final
    users = re.findall(r"^USER (\S+)", final, re.MULTILINE)
    assert users[-1] == "congress"
    assert "--uid 10001" in final
    assert "ARG" not in DOCKERFILE


def test_proxy_logs_no_query_and_passes_no_forged_address():
    text = (ROOT / "deploy/nginx/congress.conf").read_text(encoding="utf-8")
    layout = re.search(r"log_format congress '([^']*)'", text)[1]
    assert "$uri" in layout
    assert not {"$request", "$request_uri", "$args", "$query_string", "$http_referer"} & set(layout.split())
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in text
    assert SERVICES["web"]["environment"]["CONGRESS_PROXY_COUNT"] == "1"
    protocols = re.search(r"ssl_protocols ([^;]+);", text)[1].split()
    assert protocols == ["TLSv1.2", "TLSv1.3"]
