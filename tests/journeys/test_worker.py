"""Real workers against the tests' database and a broker of their own, killed in the middle: nothing is lost or doubled."""

import os
import signal
import subprocess
import sys
import time
from datetime import date
from urllib.parse import urlsplit

import psycopg
import pytest
import redis
from django.conf import settings
from django.db import connection

from congress import clock, deadlines, env, jobs
from congress.celery import app
from congress.deadlines import step_reached
from congress.guard import scope
from congress.guard.action import action
from congress.models import Job, Membership, Message, Role, Unit
from proposals.models import Assignment, Suggestion
from tests.cast import SET_UP
from tests.conftest import owner_connection
from tests.journeys.worker import GATE, KIND, ROWS, register

# One broker for all of them, so one after the other.
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("worker")]

DEADLINES = 1000
BROKER_DATABASE = 15


@pytest.fixture
def broker():
    """Address of an empty database of the Redis server, emptied again afterwards."""
    url = urlsplit(settings.REDIS_URL)._replace(path=f"/{BROKER_DATABASE}").geturl()
    with redis.Redis.from_url(url) as server:
        server.flushdb()
        yield url
        server.flushdb()


@pytest.fixture
def workers(broker):
    """`workers()` starts one and gives its process; what still runs at the end is killed, children included."""
    started = []

    def start() -> subprocess.Popen:
        place = urlsplit(env.text("DATABASE_URL"))._replace(path="/" + connection.settings_dict["NAME"]).geturl()
        variables = os.environ | {
            "DATABASE_URL": place,
            "REDIS_URL": broker,
            "CONGRESS_KEYS_DIR": settings.CONGRESS_KEYS_DIR,
            "CONGRESS_DEMO": "",
        }
        command = [sys.executable, "-m", "tests.journeys.worker"]
        process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=variables, start_new_session=True, stdout=subprocess.DEVNULL
        )
        started.append(process)
        return process

    yield start
    for process in started:
        kill(process)


def kill(process: subprocess.Popen) -> None:
    """kill -9 of a worker and its children."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=10)


@pytest.fixture
def send(broker):
    """Put a task into the broker, as beat does."""
    eager = app.conf.task_always_eager
    app.conf.task_always_eager = False

    def put(name: str, *arguments) -> None:
        with app.connection_for_write(broker) as link:
            app.send_task(name, args=arguments, connection=link)

    yield put
    app.conf.task_always_eager = eager


def until(holds, seconds: float = 40.0, every: float = 0.05):
    """Wait until something holds and give it; fails when the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = holds()
        if found:
            return found
        time.sleep(every)
    raise AssertionError(f"waited {seconds} seconds for {holds.__name__}")


def count_messages() -> int:
    """Messages that are committed, whatever transactions are open."""
    with owner_connection() as owner:
        owner.execute("SET app.read_all = 'on'")
        return owner.execute("SELECT count(*) FROM congress_message").fetchone()[0]


@pytest.fixture
def thousand(world) -> list:
    """A thousand suggestions whose reply is due today, with one person to remind of each."""
    today = clock.today()
    with scope.accounts(), action(SET_UP, actor=None):
        Membership.objects.filter(role__in=[Role.CLERK, Role.CHAIR]).update(ended_at=clock.now())
    assigned = _three_months_before(today)
    with world.in_township(), action(SET_UP, actor=None):
        near = {"township": world.township, "assigned_on": assigned}
        suggestions = Suggestion.objects.bulk_create(
            Suggestion(
                number=f"2022-{number:04d}",
                title="关于维修水渠的建议",
                situation="渗漏",
                proposal="维修",
                category=world.category,
                lead=world.deputies[0],
                submitted_on=assigned,
                registered_on=assigned,
                **near,
            )
            for number in range(DEADLINES)
        )
        Assignment.objects.bulk_create(
            Assignment(suggestion=row, unit=world.unit, part=Assignment.Part.LEAD, signed_on=assigned, **near)
            for row in suggestions
        )
    return suggestions


def _three_months_before(day: date) -> date:
    month = day.month - 3
    year, month = (day.year, month) if month > 0 else (day.year - 1, month + 12)
    return date(year, month, min(day.day, 28))


def test_a_sweep_killed_in_the_middle_reminds_everybody_exactly_once(world, thousand, workers, send):
    first = workers()
    with owner_connection() as gate:
        gate.autocommit = False
        _hold_up_a_later_message(gate, world)
        send("congress.tasks.sweep_deadlines")
        until(count_messages)
        until(lambda: _waits_for("transactionid"))
        before = count_messages()
        kill(first)
        gate.rollback()
    assert 0 < before < DEADLINES
    workers()
    send("congress.tasks.sweep_deadlines")
    until(lambda: count_messages() >= DEADLINES)
    send("congress.tasks.sweep_deadlines")
    send("congress.tasks.heartbeat")
    time.sleep(1.5)
    with world.in_township():
        messages = Message.objects.filter(recipient=world.handler)
        subjects = {message.key.split(":")[1] for message in messages}
        assert (messages.count(), Message.objects.count()) == (DEADLINES, DEADLINES)
        assert subjects == {str(row.pk) for row in thousand}


def _hold_up_a_later_message(gate: psycopg.Connection, world) -> None:
    """An uncommitted message with the key of one of the later ones: the sweep waits there until this ends."""
    with world.in_township():
        lines = deadlines.board(clock.today())
    line = lines[len(lines) // 2]
    step = step_reached(line.days_left, line.deadline.remind)
    key = f"{line.deadline.key}:{line.subject.pk}:{line.due.date}:{step}"
    gate.execute("SELECT set_config('app.write_township', %s, true)", [str(world.township.pk)])
    gate.execute(
        "INSERT INTO congress_message (id, township_id, recipient_id, key, kind, title, body, url, created_at, version,"
        " withdrawn_reason) VALUES (gen_random_uuid(), %s, %s, %s, 'x', 'x', '', '', now(), 0, '')",
        [world.township.pk, world.handler.pk, key],
    )


def _waits_for(kind: str) -> bool:
    """Whether some session of the database waits for a lock of this kind."""
    with owner_connection() as owner:
        question = "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = %s"
        return owner.execute(question, [kind]).fetchone()[0] > 0


def _new_job(world) -> Job:
    if KIND not in jobs._kinds:
        register()
    with world.in_township():
        return Job.objects.create(kind=KIND, title="布置单位", owner=world.clerk, township=world.township)


def _now(world, job: Job) -> Job:
    with world.in_township():
        return Job.objects.get(pk=job.pk)


def _units(world) -> int:
    with world.in_township():
        return Unit.objects.count()


def test_a_job_killed_in_the_middle_is_taken_up_again_and_another_is_cancelled(world, workers, send):
    job, there = _new_job(world), _units(world)
    first = workers()
    with owner_connection() as gate:
        gate.execute("SELECT pg_advisory_lock(%s)", [GATE])
        send("congress.tasks.run_job", str(job.pk), world.township.code)
        until(lambda: _waits_for("advisory"))
        kill(first)
        assert _now(world, job).state == Job.State.RUNNING
        assert _units(world) == there
    workers()
    until(lambda: _resumed(world, job, send), every=1.0)
    job = _now(world, job)
    assert (job.state, job.attempts, job.note) == (Job.State.DONE, 2, f"共{ROWS}个")
    assert _units(world) == there + ROWS

    other = _new_job(world)
    with owner_connection() as gate:
        gate.execute("SELECT pg_advisory_lock(%s)", [GATE])
        send("congress.tasks.run_job", str(other.pk), world.township.code)
        until(lambda: _waits_for("advisory"))
        with world.in_township():
            jobs.ask_to_cancel(other)
    until(lambda: _now(world, other).finished_at)
    assert _now(world, other).state == Job.State.CANCELLED
    assert _units(world) == there + ROWS


def _resumed(world, job: Job, send) -> bool:
    send("congress.tasks.resume_jobs")
    return _now(world, job).finished_at is not None
