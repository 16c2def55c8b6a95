"""A document of many pages is made by a job: watched, found at its end, and nothing is left of one that was not finished."""

from datetime import date

import pytest
from django.db import OperationalError
from django.urls import reverse

from congress import issuing
from congress.documents import kit
from congress.documents.fonts import MissingGlyph
from congress.guard.action import Refused
from congress.models import Document, Job, NumberSequence
from congress.permissions import DOCUMENTS
from congress.work import jobs

DAY = date(2026, 11, 5)


class Large:
    """A kind of many pages; `fails` is raised after the first piece."""

    def __init__(self):
        self.fails, self.told = None, []

    def gather(self, subject, day, options):
        return {"term": subject.number, "pieces": options["pieces"]}

    def compose(self, context, draft, progress):
        for done in range(context["pieces"]):
            self.told.append((done, context["pieces"]))
            progress(done, context["pieces"], "正在排版")
            if self.fails:
                raise self.fails
        return f"%PDF 第{context['term']}届 {context['number']}".encode()


@pytest.fixture
def large(monkeypatch):
    monkeypatch.setattr(kit, "_kinds", {})
    made = Large()
    made.kind = kit.register(
        kit.DocumentKind("tests.large", "名单", made.compose, gather=made.gather, told=True, permission=DOCUMENTS)
    )
    return made


def start(world, large, **values):
    given = {"title": "名单", "subject": world.term, "issued_on": DAY, "options": {"pieces": 3}} | values
    with world.in_township():
        return issuing.start(world.clerk, large.kind, world.township, **given)


def left(world) -> tuple:
    """(documents, whether a number was used)"""
    with world.in_township():
        return Document.objects.count(), NumberSequence.objects.filter(series="document", last__gt=0).exists()


def after(world, job) -> Job:
    with world.in_township():
        return Job.objects.get(pk=job.pk)


def test_the_job_makes_the_document_and_leads_to_it(world, large, browse):
    job = start(world, large)
    assert left(world) == (0, False)
    jobs.run(job.pk, world.township)
    with world.in_township():
        document = Document.objects.select_related("file").get()
    assert bytes(document.file.content) == "%PDF 第17届 云溪人发〔2026〕1号".encode()
    assert large.told == [(0, 3), (1, 3), (2, 3)]
    job = after(world, job)
    assert (job.state, job.note) == (Job.State.DONE, "已印发名单（云溪人发〔2026〕1号）")
    assert job.result_url == reverse("document", args=[world.township.code, document.pk])
    assert browse(world.clerk).get(job.result_url).status_code == 200


def test_a_worker_that_is_killed_leaves_nothing_and_the_job_begins_again(world, large):
    job = start(world, large)
    large.fails = OperationalError("server closed the connection")  # how a job sees its connection die
    with pytest.raises(OperationalError):
        jobs.run(job.pk, world.township)
    assert left(world) == (0, False)
    large.fails = None
    for _ in range(2):
        jobs.run(job.pk, world.township)
    assert left(world) == (1, True)
    assert after(world, job).attempts == 2


@pytest.mark.parametrize("fails", [jobs.Cancelled(), MissingGlyph([("\ue999", "名单")]), RuntimeError("broken")])
def test_a_job_that_is_stopped_or_refused_leaves_nothing(world, large, fails):
    job = start(world, large)
    large.fails = fails
    jobs.run(job.pk, world.township)
    assert left(world) == (0, False)
    assert after(world, job).state in (Job.State.FAILED, Job.State.CANCELLED)


def test_what_can_be_told_before_the_work_is_refused_before_it(world, large):
    first = start(world, large)
    with pytest.raises(Refused, match="正在排版"):
        start(world, large)
    start(world, large, subject=world.deputies[0], options={"pieces": 0})
    with pytest.raises(Refused, match="写法如"):
        start(world, large, again=True, number="十二号")
    jobs.run(first.pk, world.township)
    with pytest.raises(Refused, match="已印发过"):
        start(world, large)
