"""What a web process would load at its first page, loaded before it serves; with `gunicorn --preload` once for all of them."""

import gc
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.template import engines
from django.urls import get_resolver

from congress.names.keys import name_keys

PARTS = ("crispy_bootstrap5", "forms")  # apps whose templates our forms are made of


def up() -> None:
    """Import all pages, compile their templates, read the tables of characters; opens no connection and starts no thread, for
    processes are forked after it. What is there now stays: no collection of garbage looks through it again, which took a
    tenth of a second in the midst of a page, and the processes go on sharing its memory."""
    get_resolver()._populate()
    for name in templates():
        engines["django"].get_template(name)
    name_keys("欧阳建国")
    gc.collect()
    gc.freeze()


def templates() -> Iterator[str]:
    """The names of our own templates and of those forms are made of."""
    folders = [Path(folder) for folder in engines["django"].engine.dirs]
    folders += [Path(apps.get_app_config(name).path) / "templates" for name in PARTS]
    for folder in folders:
        yield from (str(path.relative_to(folder)) for path in sorted(folder.rglob("*.html")))
