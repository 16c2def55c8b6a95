"""A real worker of the product, with one more kind of job that a test can hold up: `python -m tests.journeys.worker`."""

import os

import django
from django.db import connection

ROWS = 200
GATE = 4711  # advisory lock at which the job waits half-way while a test holds it
KIND = "tests.units"


def make_units(job, progress):
    """Two hundred units in one transaction; half-way it waits for the gate."""
    from congress.guard.action import action, verb
    from congress.models import Unit

    made = verb("tests.make_units", "布置单位")
    with action(made, actor=job.owner, township=job.township):
        for number in range(ROWS):
            if number == ROWS // 2:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [GATE])
            Unit.objects.create(township=job.township, name=f"第{number}村 {str(job.pk)[:8]}")
            progress(number + 1, ROWS)
    return {"note": f"共{ROWS}个"}


def register() -> None:
    """Make the kind known to this process."""
    from congress import jobs

    jobs.register(jobs.JobKind(KIND, "布置单位", make_units))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congress.settings")
    django.setup()
    register()
    from congress.celery import app

    app.worker_main(["worker", "--concurrency=1", "--loglevel=WARNING", "--without-mingle", "--without-gossip"])
