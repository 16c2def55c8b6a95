"""The Celery application; the database, not the broker, is the truth about what remains to be done."""

import gc
import os

from celery import Celery
from celery.signals import worker_process_init, worker_ready

SELDOM = 20_000  # new objects between two looks for garbage; Python's own 700 are seventeen rows of an import

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congress.settings")
app = Celery("congress")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(["congress.work"])
app.autodiscover_tasks(["congress"], related_name="slips")
app.autodiscover_tasks(["congress"], related_name="sealed")
app.autodiscover_tasks(["congress"], related_name="printing")
app.autodiscover_tasks(["congress"], related_name="issuing")
app.autodiscover_tasks(["congress.web"], related_name="turned_away")


@worker_process_init.connect
def settle_down(**kwargs) -> None:
    """Each process of the worker, before its first job. Jobs make objects by the hundred thousand that all stay until a piece
    is written: looking for garbage among them took a quarter of the time of an import. What the program itself is made of is
    looked through no more."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(SELDOM, *gc.get_threshold()[1:])


@worker_ready.connect
def say_alive(**kwargs) -> None:
    """A heartbeat as soon as the worker takes work: /healthz need not wait for the first of beat's."""
    from congress.work.tasks import heartbeat  # noqa: PLC0415  start-up: before the app there are no tasks

    heartbeat()
