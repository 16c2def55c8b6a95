"""A web process has loaded what its pages need before the first of them is asked for."""

import gc
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from celery.signals import worker_process_init

from congress import warm
from congress.celery import SELDOM
from script.lib.product import WEB_OPTIONS

ROOT = Path(__file__).resolve().parents[2]
ASK = """
import gc, json, sys, threading
import congress.wsgi
from django.db import connection
from django.template import engines
from django.urls import get_resolver, resolve
from congress import warm
started = {"threads": threading.active_count(), "connected": connection.connection is not None, "kept": gc.get_freeze_count()}
before, names = set(sys.modules), list(warm.templates())
loader, = engines["django"].engine.template_loaders
cached = set(loader.get_template_cache)
resolve("/accounts/login/")
print(json.dumps(started | {
    "imported": sorted(set(sys.modules) - before),
    "templates": len(names),
    "not_compiled": [name for name in names if loader.cache_key(name) not in cached],
}))
"""


def test_pages_and_templates_are_loaded_and_nothing_is_opened_before_the_processes_part():
    answer = subprocess.run([sys.executable, "-c", ASK], cwd=ROOT, capture_output=True, text=True, check=True)
    found = json.loads(answer.stdout)
    assert found["imported"] == []
    assert found["not_compiled"] == []
    assert found["templates"] > 300
    assert (found["threads"], found["connected"]) == (1, False)
    assert found["kept"] > 100_000


def test_it_is_loaded_once_for_all_processes():
    command = re.search(r"^CMD (\[.*?\])$", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert "--preload" in WEB_OPTIONS
    assert "--preload" in json.loads(command[1].replace("\\\n", ""))


@pytest.fixture
def thawed():
    """Nothing is out of the way of the collection, as it is when a program begins; the tests themselves put all there."""
    gc.unfreeze()
    yield
    gc.freeze()


def test_what_is_loaded_is_out_of_the_way_of_the_collection_of_garbage(thawed):
    warm.up()
    assert gc.get_freeze_count() > 100_000


def test_every_process_of_the_worker_looks_for_garbage_seldom(thawed):
    usual = gc.get_threshold()
    try:
        worker_process_init.send(sender=None)
        assert gc.get_freeze_count() > 100_000
        assert gc.get_threshold() == (SELDOM, *usual[1:])
        assert gc.isenabled()
    finally:
        gc.set_threshold(*usual)
