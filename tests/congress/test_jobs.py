"""Background work: done once however it is interrupted, cancelled without a trace, given up in the end."""

import logging
from datetime import date, timedelta

import pytest
from django.core.cache.backends.redis import RedisCacheClient
from django.db import OperationalError
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import ConnectionError as RedisAway

from congress import accounts, clock, delegations
from congress.guard import scope
from congress.guard.action import Refused, action
from congress.law.finding import Finding
from congress.models import Job, Membership, Message, Unit, User
from congress.permissions import CATEGORIES, Standing
from congress.work import jobs, tasks
from tests.cast import SET_UP, vice_chair


@pytest.fixture
def kind(monkeypatch):
    """Register work under one key: `kind(function)`."""

    def register(run):
        made = jobs.JobKind("tests.work", "布置", run, lambda job: [CATEGORIES])
        monkeypatch.setattr(jobs, "_kinds", {made.key: made})
        return made

    return register


def make_unit(job, progress):
    """Work that leaves a row behind."""
    with action(SET_UP, actor=None):
        Unit.objects.create(township=job.township, name="后台新建站")
    progress(1, 1)
    return {"note": "已建", "result": {"made": 1}}


def queued(world, **values) -> Job:
    with world.in_township():
        given = {"owner": world.clerk} | values
        return Job.objects.create(kind="tests.work", title="布置", township=world.township, **given)


def after(world, job: Job) -> Job:
    with world.in_township():
        return Job.objects.get(pk=job.pk)


def units(world) -> int:
    with world.in_township():
        return Unit.objects.filter(name="后台新建站").count()


def told_of(world, job) -> bool:
    with world.in_township():
        return Message.objects.filter(key=f"jobs:{job.pk}").exists()


def test_work_and_its_mark_are_one_transaction(world, kind, monkeypatch):
    kind(make_unit)
    job = queued(world)
    finish = jobs._finish

    def lose_the_server(*arguments):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(jobs, "_finish", lose_the_server)
    with pytest.raises(OperationalError):
        jobs.run(job.pk, world.township)
    assert (units(world), after(world, job).state) == (0, Job.State.RUNNING)
    monkeypatch.setattr(jobs, "_finish", finish)
    for _ in range(2):
        jobs.run(job.pk, world.township)
    job = after(world, job)
    assert (units(world), job.state, job.attempts, job.result) == (1, Job.State.DONE, 2, {"made": 1})


def test_a_job_is_given_up_after_three_interruptions(world, kind):
    kind(make_unit)
    job = queued(world, state=Job.State.RUNNING, attempts=jobs.ATTEMPTS)
    jobs.run(job.pk, world.township)
    job = after(world, job)
    assert (job.state, job.note, units(world)) == (Job.State.FAILED, "多次中断，未能完成", 0)
    assert job.finished_at is not None


def test_a_job_asked_to_stop_while_its_worker_was_dead_is_not_begun_again(world, kind):
    kind(make_unit)
    job = queued(world, state=Job.State.RUNNING, attempts=1)
    with world.in_township():
        jobs.ask_to_cancel(job)
    jobs.run(job.pk, world.township)
    assert (after(world, job).state, units(world)) == (Job.State.CANCELLED, 0)


def test_a_queued_job_is_cancelled_at_once(world, kind):
    kind(make_unit)
    job = queued(world)
    with world.in_township():
        jobs.ask_to_cancel(job)
    assert after(world, job).state == Job.State.CANCELLED
    jobs.run(job.pk, world.township)
    assert units(world) == 0


def test_a_running_job_stops_at_its_next_step_and_leaves_nothing(world, kind):
    def stopped_on_the_way(job, progress):
        make_unit(job, progress)
        jobs.ask_to_cancel(job)
        progress(1, 1)

    kind(stopped_on_the_way)
    job = queued(world)
    jobs.run(job.pk, world.township)
    assert (after(world, job).note, units(world)) == (jobs.NOTHING_LEFT, 0)
    assert not told_of(world, job)  # who stopped it knows


@pytest.mark.parametrize(
    ("error", "note"),
    [
        (jobs.JobRefused("文件中没有数据。"), "文件中没有数据。"),
        (Refused([Finding("refused", "届次已经结束。")]), "届次已经结束。"),
        (ZeroDivisionError("secret"), "程序出错，未留下任何改动；请联系系统管理员"),
    ],
)
def test_work_that_fails_says_so_at_once_and_leaves_nothing(world, kind, error, note):
    def fail(job, progress):
        make_unit(job, progress)
        raise error

    kind(fail)
    job = queued(world)
    jobs.run(job.pk, world.township)
    job = after(world, job)
    assert (job.state, job.note, job.attempts, units(world)) == (Job.State.FAILED, note, 1, 0)
    assert not told_of(world, job)  # its page says so; a message is for whose right has ended


def test_work_may_end_otherwise_and_keep_what_it_wrote(world, kind):
    kind(lambda job, progress: {**make_unit(job, progress), "state": Job.State.FAILED, "note": "读不出，内容已清除"})
    job = queued(world)
    jobs.run(job.pk, world.township)
    assert (after(world, job).state, after(world, job).note) == (Job.State.FAILED, "读不出，内容已清除")
    assert units(world) == 1


def test_a_job_whose_broker_is_away_stays_queued_and_is_found(
    world, kind, monkeypatch, django_capture_on_commit_callbacks
):
    kind(make_unit)

    def away(*arguments):
        raise BrokerError("connection refused")

    monkeypatch.setattr(tasks.run_job, "delay", away)
    with django_capture_on_commit_callbacks(execute=True), world.in_township():
        job = jobs.start("tests.work", "布置", owner=world.clerk, township=world.township)
    assert after(world, job).state == Job.State.QUEUED
    assert jobs.resume(world.township) == [str(job.pk)]
    assert jobs.resume(world.neighbour) == []


def test_progress_does_not_stop_the_work_when_the_cache_is_away(world, kind, monkeypatch, caplog):
    def away(*arguments, **options):
        raise RedisAway("gone")

    kind(make_unit)
    job = queued(world)
    with monkeypatch.context() as patched, caplog.at_level(logging.WARNING):
        patched.setattr(RedisCacheClient, "get_client", away)
        jobs.run(job.pk, world.township)
        shown = jobs.watch(Job(pk=job.pk, state=Job.State.RUNNING, done=3, total=9))
    assert (after(world, job).state, units(world)) == (Job.State.DONE, 1)
    assert (shown.done, shown.total) == (3, 9)
    assert "ConnectionError" in caplog.text


def test_progress_shows_while_the_work_is_open(world, kind):
    seen = []

    def work(job, progress):
        progress(4, 10, "读到第4行")
        progress.last = 0.0
        seen.append(jobs.watch(job))
        progress(10, 10, "读完")

    kind(work)
    job = queued(world)
    jobs.run(job.pk, world.township)
    assert [(one.done, one.total, one.note) for one in seen] == [(4, 10, "读到第4行")]
    assert (after(world, job).done, after(world, job).total) == (10, 10)


def lose(world, user):
    with scope.accounts():
        for held in Membership.objects.filter(user=user, township=world.township):
            accounts.end_membership(None, held)


def test_a_right_that_ended_while_the_job_waited_ends_the_job_and_its_owner_is_told(world, kind):
    kind(make_unit)
    job = queued(world)
    lose(world, world.clerk)
    jobs.run(job.pk, world.township)
    found = after(world, job)
    assert (found.state, units(world)) == (Job.State.FAILED, 0)
    assert found.note == jobs.NO_RIGHT.format(CATEGORIES.label)
    with world.in_township():
        told = Message.objects.get(recipient=world.clerk, key=f"jobs:{job.pk}")
    assert (told.title, told.body) == ("没有办理：布置", found.note)


def test_a_right_that_ends_while_the_job_runs_leaves_nothing_of_it(world, kind, monkeypatch):
    """Somebody else ended it, in a transaction of their own: here the second question is answered as if so."""
    asked = []

    def standing(user, township):
        asked.append(user)
        return Standing(user, township, roles=frozenset({"clerk"} if len(asked) == 1 else ()))

    monkeypatch.setattr(jobs, "standing_in_township", standing)
    kind(make_unit)
    job = queued(world)
    jobs.run(job.pk, world.township)
    assert (after(world, job).state, units(world), len(asked)) == (Job.State.FAILED, 0, 2)


@pytest.mark.parametrize("change", [{"is_active": False}, {"valid_until": date(2020, 1, 1)}])
def test_the_job_of_an_account_that_is_closed_is_not_begun(world, kind, change):
    kind(make_unit)
    job = queued(world)
    with scope.accounts(), action(SET_UP, actor=None):
        User.objects.filter(pk=world.clerk.pk).update(**change)
    jobs.run(job.pk, world.township)
    assert (after(world, job).note, units(world)) == (jobs.NO_ACCOUNT, 0)


def test_a_delegation_whose_days_are_over_ends_what_waited_for_it(world, kind):
    kind(make_unit)
    vice = vice_chair(world)
    today = clock.today()
    with world.in_township():
        delegations.delegate(world.chair, vice, [CATEGORIES.key], since=today, until=today, township=world.township)
    ran, waited = queued(world, owner=vice), queued(world, owner=vice)
    jobs.run(ran.pk, world.township)
    with clock.frozen(today + timedelta(days=1)):
        jobs.run(waited.pk, world.township)
    assert [after(world, one).state for one in (ran, waited)] == [Job.State.DONE, Job.State.FAILED]
    assert units(world) == 1
