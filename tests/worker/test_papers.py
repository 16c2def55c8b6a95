"""A large paper whose worker is killed when it is typeset is made by the next, once, and lies sealed for whoever asked."""

import pytest

from congress import printing
from congress.models import Job, Message, PrintedPaper
from congress.printing import PAPERS
from elections.documents import boxes
from elections.models import Campaign
from tests.elections.large import township
from tests.worker.kinds import GATE, HALFWAY
from tests.worker.test_jobs import ended, state_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_a_killed_worker_leaves_no_paper_and_the_next_makes_it_once(world, workers):
    with world.in_township():
        campaign = Campaign.objects.get(pk=township(world, districts=5).campaign_id)
        arguments = {"paper": boxes.CHECKLIST.known_as, "subject": str(campaign.pk), "options": {}}
        common = {"title": "印制检查表", "owner": world.clerk, "township": world.township}
        job = Job.objects.create(kind=printing.KIND, arguments=arguments, **common)
    first = workers.start()
    workers.send("run_job", str(job.pk), world.township.code)
    workers.until(lambda: workers.cache.get(HALFWAY), "the paper to be typeset")
    workers.kill(first)

    def there() -> int:
        with world.in_township():
            return PrintedPaper.objects.count() + Message.objects.filter(kind="papers").count()

    assert state_of(world, job).state == Job.State.RUNNING
    assert there() == 0
    workers.cache.set(GATE, "open", 600)
    workers.start()

    def put_back():
        workers.send("resume_jobs")
        workers.wait_for_the_queue()
        return ended(world, job)()

    after = workers.until(put_back, "the job to end")
    assert (after.state, after.attempts) == (Job.State.DONE, 2), after.note
    workers.send("run_job", str(job.pk), world.township.code)  # what the broker still holds of it does nothing more
    workers.wait_for_the_queue()
    assert there() == 2
    with world.in_township():
        assert PAPERS.fetch(world.clerk, PrintedPaper.objects.get(pk=job.pk)).startswith(b"%PDF")
