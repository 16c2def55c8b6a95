"""The sandbox in which foreign files are read: no time, no secrets, no files, no network."""

import subprocess
import sys

import pytest

from congress.uploads import sandbox
from congress.uploads.refusal import UploadRefused
from tests.uploads.samples import picture


@pytest.mark.sandbox
def test_sandbox_ends_what_takes_too_long():
    # No interpreter starts within a millisecond.
    with pytest.raises(UploadRefused) as caught:
        sandbox.run("image", picture(), seconds=0.001, extension="jpg")
    assert caught.value.code == "too_slow"


@pytest.mark.sandbox
def test_sandbox_hands_down_no_secrets(monkeypatch):
    seen = {}

    def record(command, **options):
        seen.update(options["env"])
        raise sandbox.subprocess.TimeoutExpired(command, 1)

    monkeypatch.setenv("DATABASE_URL", "secret")
    monkeypatch.setattr(sandbox.subprocess, "run", record)
    with pytest.raises(UploadRefused) as caught:
        sandbox.run("image", b"x")
    assert caught.value.code == "too_slow"
    assert "DATABASE_URL" not in seen


ATTEMPTS = """
import os, socket, sys
from congress.uploads import sandbox
sandbox._limit(30, 2**30)
for attempt in (
    lambda: open("/etc/hostname"),
    lambda: (os.close(0), open("/etc/hostname")),
    lambda: socket.socket(),
    lambda: os.dup(1),
    lambda: os.open(sys.argv[1], os.O_CREAT | os.O_WRONLY),
):
    try:
        attempt()
    except OSError as error:
        print("refused")
    else:
        print("done")
"""


def test_a_parser_led_astray_opens_no_file_and_no_socket(tmp_path):
    command = [sys.executable, "-c", ATTEMPTS, str(tmp_path / "new")]
    done = subprocess.run(command, cwd=sandbox._ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["refused"] * 5


@pytest.mark.sandbox
def test_sandbox_runs_only_its_own_tasks():
    with pytest.raises(UploadRefused) as caught:
        sandbox.run("os:system", b"x")
    assert caught.value.code == "unreadable"


@pytest.mark.sandbox
def test_sandbox_survives_a_parser_without_memory():
    with pytest.raises(UploadRefused) as caught:
        sandbox.run("image", picture(size=(3000, 3000)), memory=64 * 1024**2, extension="jpg")
    assert caught.value.code in ("unpacks_too_large", "unreadable")
