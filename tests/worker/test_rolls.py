"""A roll whose worker is killed in the middle of writing is there as a whole or not at all."""

import pytest

from congress import imports
from congress.imports import batches
from congress.models import ImportBatch, ImportPiece, Job
from elections.models import Registration, Voter
from tests.elections.imports.rolls import HEAD, citizen, election_under_way, options_of
from tests.worker.kinds import GATE, HALFWAY
from tests.worker.test_jobs import ended, state_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_a_killed_worker_leaves_no_row_of_the_roll_and_the_next_writes_all(world, workers, monkeypatch):
    monkeypatch.setattr(batches, "CHUNK", 2)
    under = election_under_way(world)
    text = "\n".join("\t".join(cell or "" for cell in row) for row in [HEAD, *(citizen(n) for n in range(5))])
    with world.in_township():
        kind = imports.kind_of("elections.roll")
        batch = imports.upload(world.clerk, world.township, kind, options=options_of(under), text=text)
        arguments = {"batch": str(batch.pk), "only_good": False}
        common = {"title": "导入选民册", "owner": world.clerk, "township": world.township}
        job = Job.objects.create(kind="imports.take", arguments=arguments, **common)
    first = workers.start()
    workers.send("run_job", str(job.pk), world.township.code)
    workers.until(lambda: workers.cache.get(HALFWAY), "the first piece to be written")
    workers.kill(first)

    def there() -> tuple[int, int, str]:
        with world.in_township():
            return (Voter.objects.count(), Registration.objects.count(), ImportBatch.objects.get(pk=batch.pk).state)

    assert there() == (0, 0, "preview")
    workers.cache.set(GATE, "open", 600)
    workers.start()

    def put_back():
        workers.send("resume_jobs")
        workers.wait_for_the_queue()
        return ended(world, job)()

    assert workers.until(put_back, "the job to end").state == Job.State.DONE, state_of(world, job).note
    assert there() == (5, 5, "taken")
    with world.in_township():
        assert not ImportPiece.objects.filter(content__isnull=False).exists()
