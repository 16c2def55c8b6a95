"""What a roll is used for once it stands, in a county whose townships are full: who stands twice, search, posters, and the
next roll that starts from it."""

from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse

from bench.job import Worker
from bench.pages import Page, member, opened
from bench.scale import MORE, SHARE, over_http
from bench.timing import timed
from bench.web import server
from congress import clock
from congress.guard import scope
from congress.guard.action import action, verb
from congress.models import Document, Role, Township, User
from congress.work import jobs
from elections.actions import duplicates, lists
from elections.documents.issue import PAPERS, issue
from elections.life import VOTER_LIST
from elections.models import Campaign, Election, Registration, VoterList
from elections.tasks import CARRY, take_roll_figures
from reports.tasks import take_all_figures

NEXT = verb("tests.bench_next", "布置下一次测速选举")
SECONDS = 6  # for each page


def asked_over_the_county(town: Township, clerk: User, number: str) -> dict:
    """Seconds in which those are found who stand in another township too: of the whole roll, and one by their number."""
    with scope.township(town):
        campaign = Campaign.objects.get()
        found: list = []
        whole = timed(lambda: found.extend(duplicates.elsewhere(clerk, campaign)))
        one = timed(lambda: duplicates.elsewhere(clerk, campaign, number))
    return {"duplicates_s": round(whole, 2), "duplicates": len(found), "one_number_ms": round(one * 1000, 1)}


def searched(town: Township, clerk: User, person: list) -> list[dict]:
    """The pages on which somebody is looked for, against the bare page. `person` is a row of the workbook."""
    settings.ROOT_URLCONF = "bench.urls"
    with scope.township(town):
        election = Election.objects.get()
        entry = Registration.objects.select_related("voter").filter(voter__name=person[3])[0]
    roll = reverse("elections-roll", args=[town.code, election.pk])
    pinyin = entry.voter.search_text.split()[0]
    listed = [
        Page("选民登记", clerk, reverse("elections-voters", args=[town.code])),
        Page("选民册", clerk, roll),
        Page(f"按姓名查找（{person[3]}）", clerk, f"{roll}?q={person[3]}"),
        Page(f"按姓查找（{person[3][0]}）", clerk, f"{roll}?q={person[3][0]}"),
        Page(f"按拼音查找（{pinyin}）", clerk, f"{roll}?q={pinyin}"),
        Page("按户号查找", clerk, f"{roll}?q={person[2]}"),
        Page("按身份证号查找", clerk, reverse("elections-voter-find", args=[town.code]), {"number": person[7]}),
    ]
    rows = [opened(page, SECONDS) for page in listed]
    return [row | {"goal_ms": round(SHARE * row["bare_p95_ms"] + MORE, 1)} for row in rows]


def county_over(town: Township) -> dict:
    """What the county opens over all its rolls, over HTTP, and how long a worker takes to count them anew."""
    counted, told = timed(take_roll_figures), timed(take_all_figures)
    viewer, county = member(Role.COUNTY, county=town.county), [town.county.code]
    names = {"县首页": "county_home", "县总览": "reports-county", "县各年": "reports-county-years"}
    names |= {"县期限": "county-deadlines", "县选举": "elections-county", "县大屏": "reports-county-screen"}
    with server() as running:
        pages = [Page(words, viewer, reverse(name, args=county)) for words, name in names.items()]
        rows = [over_http(page, running.port) for page in pages]
    return {"county_pages": rows, "counted_s": round(counted, 1), "told_s": round(told, 1)}


def posted(town: Township, clerk: User) -> dict:
    """Freezing the list by two people, and its posters by a job of a worker."""
    with scope.township(town):
        election = Election.objects.get()
        chair = User.objects.get(memberships__township=town, memberships__role=Role.CHAIR)
        found: list[VoterList] = []

        def freeze() -> None:
            found.append(VOTER_LIST.take("confirm", chair, lists.ask(clerk, election)))

        seconds = timed(freeze)
        job, _ = issue(clerk, PAPERS["roll"], town, found[0], issued_on=clock.today())
    told = by_worker(town, job)
    with scope.township(town):
        size = Document.objects.select_related("file").latest("created_at").file.size
    return {
        "freeze_s": round(seconds, 1),
        "posters_s": round(told["seconds"], 1),
        "posters_memory_mib": told["memory_mib"],
    } | {"posters_kilobytes": size // 1024}


def carried(town: Township, clerk: User, last_day: date) -> dict:
    """A roll of the next election that starts from the one that stands."""
    with scope.township(town), action(NEXT, actor=None):
        last = Election.objects.get()
        days = {"begun_on": clock.today(), "election_day": last_day + timedelta(days=30)}
        campaign = Campaign.objects.create(township=town, name="另行选举", **days)
        election = Election.objects.create(township=town, campaign=campaign, term=last.term, **days)
    with scope.township(town):
        job = jobs.start(CARRY, "结转", owner=clerk, township=town, arguments={"election": str(election.pk)})
    told = by_worker(town, job)
    with scope.township(town):
        entries = Registration.objects.filter(election=election).count()
        assert entries == Registration.objects.filter(election=last).count(), "not everybody came over"
    return {"carry_s": round(told["seconds"], 1), "carried": entries, "carry_memory_mib": told["memory_mib"]}


def by_worker(town: Township, job) -> dict:
    """Run a job in a process of its own."""
    worker = Worker(town.code, job.pk)
    worker.begin()
    return worker.told()
