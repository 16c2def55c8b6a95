"""The Celery application; the database, not the broker, is the truth about what remains to be done."""

import os

from celery import Celery
from celery.signals import worker_ready

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


@worker_ready.connect
def say_alive(**kwargs) -> None:
    """A heartbeat as soon as the worker takes work: /healthz need not wait for the first of beat's."""
    from congress.work.tasks import heartbeat  # noqa: PLC0415  start-up: before the app there are no tasks

    heartbeat()
