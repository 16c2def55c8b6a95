"""Deployed with production settings nothing is warned of; every wish of comfort for tests would be."""

import os
import subprocess
import sys
from pathlib import Path

from django.test import override_settings

from congress.checks import fonts_are_there
from script.lib.secretfiles import secret
from tests.architecture.source import ROOT

# The key is made as script/server makes it.
COMFORTS = (
    "DJANGO_SECRET_KEY",
    "DJANGO_SECRET_KEY_FILE",
    "CONGRESS_INSECURE_HTTP",
    "CONGRESS_DEMO",
    "DJANGO_DEBUG",
    "CONGRESS_STATICFILES",
)


def check(folder: Path, **changes) -> subprocess.CompletedProcess:
    """`manage.py check --deploy` in a process of its own, as an office's server would run it."""
    variables = {name: value for name, value in os.environ.items() if name not in COMFORTS}
    secret(folder, "key")
    variables |= {"DJANGO_SECRET_KEY_FILE": str(folder / "key")}
    variables |= {"ALLOWED_HOSTS": "renda.example.invalid", "SITE_URL": "https://renda.example.invalid"} | changes
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True)


def test_production_is_clean(tmp_path):
    done = check(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_each_comfort_left_on_would_be_noticed(tmp_path):
    done = check(tmp_path, CONGRESS_INSECURE_HTTP="1", DJANGO_DEBUG="1")
    assert done.returncode != 0
    told = done.stdout + done.stderr
    assert "security.W018" in told, "pages that tell of faults"
    assert "security.W012" in told, "sessions without TLS"


def test_a_folder_without_fonts_is_noticed(tmp_path):
    assert fonts_are_there(None) == []
    with override_settings(CONGRESS_FONTS_DIR=str(tmp_path)):
        assert [found.id for found in fonts_are_there(None)] == ["congress.W004"]
