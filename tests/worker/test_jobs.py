"""Background work on a real worker: killed half-way it is done once, cancelled it leaves nothing."""

import pytest

from congress.models import Job, Unit
from congress.work import jobs
from tests.worker.kinds import GATE, HALFWAY, STEPS, UNITS

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def queued(world, kind: jobs.JobKind) -> Job:
    """A job whose task never reached the broker, as when Redis is away at the commit."""
    with world.in_township():
        return Job.objects.create(kind=kind.key, title=kind.label, owner=world.clerk, township=world.township)


def state_of(world, job: Job) -> Job:
    with world.in_township():
        return Job.objects.get(pk=job.pk)


def units_made(world) -> int:
    with world.in_township():
        return Unit.objects.filter(name__startswith="测试单位").count()


def ended(world, job: Job):
    """A question for `until`: the job, once it has ended."""

    def ask():
        now = state_of(world, job)
        return now if now.state in (Job.State.DONE, Job.State.FAILED, Job.State.CANCELLED) else None

    return ask


def test_a_job_whose_worker_is_killed_is_put_back_and_done_once(world, workers):
    job = queued(world, UNITS)
    first = workers.start()
    workers.send("resume_jobs")
    workers.until(lambda: workers.cache.get(HALFWAY), "the job to be half-way")
    workers.kill(first)
    assert state_of(world, job).state == Job.State.RUNNING
    assert units_made(world) == 0
    workers.cache.set(GATE, "open", 600)
    workers.start()

    def put_back():
        workers.send("resume_jobs")
        workers.wait_for_the_queue()
        return ended(world, job)()

    after = workers.until(put_back, "the job to end")
    assert (after.state, after.attempts, after.result) == (Job.State.DONE, 2, {"made": STEPS})
    assert units_made(world) == STEPS
    # Whatever the broker still holds of it does nothing more.
    workers.send("run_job", str(job.pk), world.township.code)
    workers.send("resume_jobs")
    workers.wait_for_the_queue()
    assert units_made(world) == STEPS
    assert state_of(world, job).attempts == 2


def test_a_cancelled_job_leaves_nothing_and_a_doubled_message_runs_once(world, workers):
    job = queued(world, UNITS)
    workers.start(concurrency=2)
    for _ in range(2):
        workers.send("run_job", str(job.pk), world.township.code)
    workers.until(lambda: workers.cache.get(HALFWAY), "the job to be half-way")
    workers.wait_for_the_queue()  # the second message has been looked at by the other process
    assert state_of(world, job).attempts == 1
    with world.in_township():
        jobs.ask_to_cancel(job)
    after = workers.until(ended(world, job), "the job to end")
    assert (after.state, after.note) == (Job.State.CANCELLED, jobs.NOTHING_LEFT)
    assert units_made(world) == 0
