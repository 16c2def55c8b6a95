"""Web server, worker and connections to the database killed while a vote is counted: what was answered is there, nothing is double,
the bundle recomputes as equal and the trail holds.
"""

import re
import subprocess
import sys
import threading
from datetime import time

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from congress.counting.life import COUNT, UNIT
from congress.counting.models import CountEntry
from congress.counting.queries import CountFacts
from congress.guard.action import action
from congress.models import AuditEvent, Job, Message, PrintedPaper
from congress.printing import PAPERS
from elections.actions import rounds as acts
from elections.models import LedgerLine, PollingPlace, Round
from tests.cast import SET_UP
from tests.counting import room
from tests.elections.campaigns import ELECTION_DAY, districts, peopled, voters
from tests.elections.proofs import made
from tests.elections.rounds import begun, declared, facts, take
from tests.worker.kinds import GATE, HALFWAY
from tests.worker.processes import cut_off
from tests.worker.serving import Tab, Web
from tests.worker.test_jobs import ended, state_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PLACES, ISSUED = 4, 22
SURNAMES, GIVEN = "赵钱孙李周吴郑", "春夏秋冬梅兰竹菊松柏"
STEPS = ("begin", "save", "finish")
_ENTRY = re.compile(r"/counting/entries/([0-9a-f-]{36})/")
SAID = {"begin": "counting.begin", "save": "counting.save_draft", "finish": "counting.finish"}


@pytest.fixture
def web(workers, tmp_path):
    """The web server beside the workers, with their broker."""
    started = Web(workers.redis_url, tmp_path / "web.log")
    started.start()
    try:
        yield started
    finally:
        started.kill()


def counted_at_four_places(world) -> Round:
    """A vote of a hundred voters at four places, its count opened; nothing is read yet."""
    election = peopled(world)
    voters(election, *[f"{surname}{given}" for surname in SURNAMES for given in GIVEN])
    row = begun(world, election)
    with action(SET_UP, actor=None):
        for at in range(2, PLACES + 1):
            of = {"campaign": election.campaign, "district": districts(election)[0], "township": world.township}
            PollingPlace.objects.create(name=f"第{at}投票站", spot="学校", opens_at=time(8), **of)
    left = row.printed
    for at, place in enumerate(PollingPlace.objects.filter(district=row.district).order_by("name"), start=1):
        received = ISSUED if at < PLACES else left
        left -= received
        line = LedgerLine(township=world.township, round=row, place=place, received=received, in_person=ISSUED)
        line.left_over = received - ISSUED
        acts.LEDGER.record(world.clerk, line)
    rest = row.printed - PLACES * ISSUED
    given = {"filed": 3, "destroyed": rest - 3, "lost": 0, "witnesses": "甲、乙", "settled_note": ""}
    take(world.clerk, row, "settle", **given)
    take(world.clerk, row, "count")
    room.people(world)
    COUNT.take("open", world.clerk, facts(row).count)
    COUNT.take("confirm", world.chair, facts(row).count)
    return row


def sheets(count) -> dict:
    """What stands on the paper of each unit, one otherwise than the next."""
    return {
        one.unit.pk: room.good(count, (15 + at, 12 - at, 11), ISSUED, 0, write_ins={"春梅": at} if at else {})
        for at, one in enumerate(room.facts(count).units)
    }


def read_all(tab: Tab, world, papers: dict, wrong: list) -> None:
    """Somebody reads every unit from paper over HTTP: sits down, keeps a draft, is done."""
    town = world.township
    try:
        for pk, sheet in papers.items():
            onward = tab.take(reverse("counting-unit-begin", args=[town.code, pk]))
            (entry,) = set(_ENTRY.findall(onward) or _ENTRY.findall(tab.read(onward)))
            typed = {f"sheet-{key}": str(value) for key, value in sheet.cells.items()}
            for at, (name, votes) in enumerate(sheet.write_ins):
                typed |= {f"sheet-w{at}-name": name, f"sheet-w{at}-votes": str(votes)}
            for step in STEPS[1:]:
                url = reverse(f"counting-entry-{step}", args=[town.code, entry])
                tab.take(url, **typed, explanation="对照过")
    except AssertionError as error:
        wrong.append(error)


def interrupted(workers, web: Web, tabs: list[Tab], of_all: int, wrong: list) -> None:
    """While they read: the server killed, the database's connections cut, the server killed once more."""
    for share in (6, 3, 2):
        enough = of_all // share
        workers.until(
            lambda least=enough: wrong or sum(len(tab.done) for tab in tabs) >= least, "the readings to go on"
        )
        if share == 3:
            assert cut_off()
        else:
            web.kill()
            web.start()


def nothing_missing_nothing_double(papers: dict, tabs: list[Tab]) -> None:
    """Each read every unit as it stands on the paper, and each step left one event."""
    for pk, sheet in papers.items():
        entries = CountEntry.objects.kept().filter(reader__unit=pk)
        assert sorted((one.reader.user.username, one.final) for one in entries) == [("teller", 1), ("teller2", 1)]
        assert [one.sheet for one in entries] == [sheet.as_json()] * len(tabs)
    for step in STEPS:
        for tab in tabs:
            assert AuditEvent.objects.filter(verb=SAID[step], actor_id=tab.user.pk).count() == len(papers), step


def brought_to_its_end(world, row: Round) -> None:
    """Signed, closed and declared."""
    count = facts(row).count
    for one in CountFacts(COUNT.find(count.pk)).units:
        room.signed(world, UNIT.find(one.unit.pk))
    said = {"names": ["春梅"], "votes": None, "person": "赵梅", "who": "outside", "reason": "看票"}
    COUNT.take("identify", world.clerk, count, **said)
    COUNT.take("agree", world.chair, count, which=str(COUNT.find(count.pk).identified[0].pk))
    for user in (world.chair, world.clerk):
        COUNT.take("sign", user, count, on=ELECTION_DAY, capacity="scrutineer", note="已查明")
    COUNT.take("close", world.clerk, count)
    COUNT.take("confirm", world.chair, count)
    declared(world, row)


def made_all_the_same(world, workers, web: Web, election) -> bytes:
    """The bundle, whose worker is killed when it is packed and whose next one loses the database there; made by the third turn."""
    first = workers.start()
    Tab(web, world.clerk).take(reverse("elections-proof", args=[world.township.code, election.pk]))
    with world.in_township():
        job = Job.objects.get(kind="papers.print")
    workers.until(lambda: workers.cache.get(HALFWAY), "the bundle to be packed")
    workers.kill(first)
    assert state_of(world, job).state == Job.State.RUNNING
    workers.cache.delete(HALFWAY)
    workers.start()
    workers.send("resume_jobs")
    workers.until(lambda: workers.cache.get(HALFWAY), "the bundle to be packed once more")
    assert cut_off()
    workers.cache.set(GATE, "open", 600)

    def put_back():
        workers.send("resume_jobs")
        workers.wait_for_the_queue()
        return ended(world, job)()

    after = workers.until(put_back, "the job to end")
    assert (after.state, after.attempts) == (Job.State.DONE, 3), after.note
    with world.in_township():
        assert (PrintedPaper.objects.count(), Message.objects.filter(kind="papers").count()) == (1, 1)
        return PAPERS.fetch(world.clerk, PrintedPaper.objects.get(pk=job.pk))


def test_what_was_answered_is_there_once_whatever_is_killed(world, workers, web, tmp_path, capsys):
    with world.in_township():
        row = counted_at_four_places(world)
        papers = sheets(facts(row).count)
    tabs, wrong = [Tab(web, world.teller), Tab(web, world.teller2)], []
    of_all = len(tabs) * len(papers) * len(STEPS)
    reading = [threading.Thread(target=read_all, args=(tab, world, papers, wrong)) for tab in tabs]
    for thread in reading:
        thread.start()
    interrupted(workers, web, tabs, of_all, wrong)
    for thread in reading:
        thread.join()
    assert wrong == []
    assert all(tab.broken for tab in tabs)
    assert sum(len(tab.done) for tab in tabs) == of_all
    with world.in_township():
        nothing_missing_nothing_double(papers, tabs)
        brought_to_its_end(world, row)
    bundle = made_all_the_same(world, workers, web, row.election)
    with world.in_township():
        assert bundle == made(row.election)
    (tmp_path / "包.zip").write_bytes(bundle)
    verifier = settings.BASE_DIR / "script" / "verify_result.py"
    told = subprocess.run([sys.executable, "-I", "-S", verifier, tmp_path / "包.zip"], capture_output=True, text=True)
    assert (told.returncode, "结论：相符。" in told.stdout) == (0, True), told.stdout
    call_command("verify_audit")
    assert "审计链完整" in capsys.readouterr().out
