"""From the standing list of voters to printed ballots in a browser, as a clerk lives it.

The size is a parameter: CANDIDACY=24x2 walks 24 districts and both levels; seconds and clicks are told with -s. A by-election
of one district walks the same way from the first list on.
"""

import os
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from congress import clock
from congress.guard.action import action
from congress.names.keys import set_keys
from congress.people import keys
from congress.people.record import prepare_bulk
from deputies.models import District, Level, Mandate, Term
from elections.models import (
    BallotPrint,
    Campaign,
    CandidateList,
    Election,
    Nominee,
    Registration,
    Vacancy,
    Voter,
    VoterGroup,
    VoterList,
)
from tests.browser.judge import check_page
from tests.browser.test_campaign import NAME, Clerk, person
from tests.browser.test_thread import shot
from tests.cast import SET_UP
from tests.elections.candidates import named
from tests.elections.papers import text_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@dataclass(frozen=True)
class Size:
    """What is elected: in how many districts, at how many levels, in general or one seat that fell vacant."""

    districts: int
    levels: int
    how: str = Mandate.How.GENERAL

    @property
    def each(self) -> int:
        """How many people are named in a district: no more than the margin lets stand."""
        return 3 if self.how == Mandate.How.GENERAL else 2

    @property
    def patience(self) -> int:
        """Milliseconds a page or a job may take."""
        return 10 * 60_000 if self.districts > 2 else 20_000


GENERAL = Size(*map(int, os.environ.get("CANDIDACY", "2x1").split("x")))
BY_ELECTION = Size(1, 1, Mandate.How.BY_ELECTION)
SEATS = 2  # of a district
HEAD = "选区 姓名 性别 出生日期 单位和职务 推荐者 联名人数 推荐日期".split()
# What one level costs at most, however many districts it has.
CLICKS, FIELDS = 44, 30


def level_of(world, work: Campaign, level: Level, size: Size) -> Election:
    """The election of one level with its districts, a voters' group each and a published list."""
    number = world.term.number + 1
    term = Term.objects.create(township=world.township, level=level, number=number, seats=SEATS * size.districts)
    days = {"begun_on": work.begun_on, "election_day": work.election_day}
    election = Election.objects.create(township=world.township, campaign=work, term=term, how=size.how, **days)
    for at in range(1, size.districts + 1):
        given = {"name": f"第{at}村", "seats": SEATS, "population": 1200}
        district = District.objects.create(township=world.township, term=term, number=at, **given)
        if size.how == Mandate.How.BY_ELECTION:
            Vacancy.objects.create(township=world.township, election=election, district=district, seats=1)
    return election


def standing_list(world, size: Size) -> list[Election]:
    """A township whose lists of voters stand: two voters in every district, on the rolls of all levels."""
    today = clock.today()
    with world.in_township(), action(SET_UP, actor=None):
        work = Campaign.objects.create(
            township=world.township,
            name=NAME,
            begun_on=today - timedelta(days=40),
            election_day=today + timedelta(days=20),
            last_day=date(2021, 10, 20),
        )
        elections = [level_of(world, work, level, size) for level in (Level.TOWNSHIP, Level.COUNTY)[: size.levels]]
        groups = []
        for at in range(1, size.districts + 1):
            own, *above = [District.objects.get(term=one.term, number=at) for one in elections]
            group = VoterGroup(township=world.township, district=own, number=1, name=f"{at}组", leader="钱组")
            group.county_district = above[0] if above else None
            group.save()
            groups.append(group)
        key = keys.new_data_key(world.township.pk, "elections.roll")
        key.save(force_insert=True)
        people = []
        for serial in range(2 * size.districts):
            name, born, _ = person(serial)
            people.append(Voter(township=world.township, name=name, gender="male", birth_date=born, data_key=key))
            set_keys(people[-1])
        Voter.objects.bulk_create(prepare_bulk(people, key))
        given = {"ground": "carried", "way": "door", "registered_on": today - timedelta(days=30)}
        for election in elections:
            Registration.objects.bulk_create(
                Registration(
                    township=world.township,
                    voter=voter,
                    election=election,
                    group=(group := groups[serial // 2]),
                    district=group.district if election is elections[0] else group.county_district,
                    **given,
                )
                for serial, voter in enumerate(people)
            )
            VoterList.objects.create(
                township=world.township,
                election=election,
                asked_by=world.clerk,
                confirmed_by=world.chair,
                frozen_at=clock.now(),
                voters=len(people),
                fingerprint="",
                published_on=today - timedelta(days=1),
            )
    return elections


def nominees(at: int, each: int) -> list[str]:
    """The lines of one district in the office's summary of the forms: one by the union, the others by voters."""
    rows = []
    for one in range(each):
        name, born, _ = person(500 + at * each + one)
        by, joint = ("云溪镇总工会", "") if one == 0 else ("选民联名", "12")
        rows.append("\t".join([str(at), name, "女", born.isoformat(), "村民", by, joint, clock.today().isoformat()]))
    return rows


class Office(Clerk):
    """The clerk, for whom what is done of many is done at once."""

    size: Size

    def tick_all(self, step: str, **said) -> None:
        """Tick everything the page of a list shows, and take a step for it."""
        self.page.locator("main [data-tick-all]").check()
        self.click(step, "button")
        self.fill(**said)
        self.page.locator("form[data-main-form] button[type=submit]").first.click()
        self.counted["clicks"] += 2
        expect(self.page.locator("h1").first).to_contain_text("已办理")

    def look(self, name: str) -> None:
        """A page as it is on the desk and on a telephone."""
        shot(self.page, name)
        check_page(self.page, (390,))
        shot(self.page, f"{name}-390")
        self.page.set_viewport_size({"width": 1280, "height": 900})

    def level(self, election: Election, *then: str) -> None:
        """The page of a level's candidates."""
        self.page.goto(reverse("elections-candidate-board", args=[election.township.code, election.pk]))
        for words in then:
            self.click(words)


def name_people(clerk: Office, election: Election, code: str) -> None:
    """A body, the table of everybody named, the forms checked, the police asked."""
    clerk.page.goto(reverse("elections-nominee-list", args=[code, election.pk]))
    if election.term.level == Level.TOWNSHIP:
        clerk.click("政党、人民团体")
        clerk.click("登记推荐的政党、人民团体")
        clerk.fill(name="云溪镇总工会", kind="人民团体")
        clerk.send("已保存")
        clerk.page.goto(reverse("elections-vetting-unit-list", args=[code, election.campaign_id]))
        clerk.click("登记联审单位")
        clerk.fill(name="云溪派出所")
        clerk.send("已保存")
        clerk.page.goto(reverse("elections-nominee-list", args=[code, election.pk]))
    clerk.click("导入")
    rows = [line for at in range(1, clerk.size.districts + 1) for line in nominees(at, clerk.size.each)]
    clerk.fill(text="\n".join(["\t".join(HEAD), *rows]))
    clerk.send("已上传，请核对")
    clerk.take(f"全部导入 {clerk.size.each * clerk.size.districts} 人")
    for _ in range(-(-clerk.size.each * clerk.size.districts // 50)):
        clerk.page.goto(reverse("elections-nominations", args=[code]) + "?state=received")
        clerk.tick_all("核对有效")
    clerk.page.goto(reverse("elections-vetting-ask", args=[code, election.pk]))
    clerk.send("已送审")
    clerk.page.goto(reverse("elections-nominee-list", args=[code, election.pk]))
    clerk.look("32-nominees")
    clerk.click(person(500 + clerk.size.each)[0])
    clerk.look("33-nominee")
    clerk.click("政党、人民团体推荐")
    clerk.look("34-nomination")
    clerk.done(f"{election.term.get_level_display()}提名")


def named_already(world, clerk: Office, election: Election, code: str) -> None:
    """The same is done already: forms, their check and the question to the police are those of a general election, which is walked."""
    with world.in_township():
        people = [person(500 + clerk.size.each + one) for one in range(clerk.size.each)]
        for name, born, _ in people:
            named(election, name, birth_date=born)
    clerk.page.goto(reverse("elections-nominee-list", args=[code, election.pk]))
    clerk.look("32-nominees")


def close(clerk: Office, election: Election, code: str, draw: str, says: str) -> None:
    """Draw up the lists of a kind, close and publish them, for all districts at once."""
    clerk.level(election, draw)
    clerk.send(says)
    for step in ("定稿", "登记公布"):
        waiting = {"定稿": "拟定", "登记公布": "待公布"}[step]
        clerk.page.goto(f"{reverse('elections-candidate-lists', args=[code])}?q={waiting}")
        clerk.tick_all(step, **({"places": "各村公告栏"} if step == "登记公布" else {}))


def talk(clerk: Office, election: Election) -> None:
    """What the groups said, as one table; by which rules ballots are judged."""
    clerk.level(election, "讨论协商记录", "导入讨论协商记录")
    head = "选区 选民小组 轮次 讨论日期 应到 到会 意见数 是否较为一致 记录人".split()
    rows = [
        "\t".join([str(at), "1", "1", clock.today().isoformat(), "30", "26", "", "是", "钱组"])
        for at in range(1, clerk.size.districts + 1)
    ]
    clerk.fill(text="\n".join(["\t".join(head), *rows]))
    clerk.send("已上传，请核对")
    clerk.take(f"全部导入 {clerk.size.districts} 条")
    clerk.level(election, "登记选票认定办法")
    clerk.fill(fixed_on=clock.today().isoformat(), paper="选举办法")
    clerk.send("已保存")


@pytest.mark.parametrize("size", [GENERAL, BY_ELECTION], ids=["general", "by-election"])
def test_a_level_comes_from_its_list_of_voters_to_printed_ballots(world, visit, size):
    elections, code = standing_list(world, size), world.township.code
    clerk = Office(visit("clerk", viewport={"width": 1280, "height": 900}), {"clicks": 0, "fields": 0})
    clerk.size = size
    clerk.page.set_default_timeout(size.patience)
    for election in elections:
        if size.how == Mandate.How.GENERAL:
            name_people(clerk, election, code)
        else:
            named_already(world, clerk, election, code)
        close(clerk, election, code, "拟定代表候选人名单", f"已拟定{size.districts}个选区的代表候选人名单")
        talk(clerk, election)
        close(clerk, election, code, "拟定正式候选人名单", f"已拟定{size.districts}个选区的正式代表候选人名单")
        clerk.level(election, "付印选票")
        clerk.fill(colour="浅红", spare="5")
        clerk.send(f"已登记{size.districts}个选区的选票付印，共{7 * size.districts}张")
        clerk.done(f"{election.term.get_level_display()}名单和选票")
    clerk.look("31-candidates")
    for words in ("样票", "选票"):
        file = clerk.page.get_by_role("link", name=words, exact=True).get_attribute("href")
        told = text_of(clerk.page.request.get(file).body())
        assert ("样票" in told) is (words == "样票")
        assert all(
            name in told for name in (person(500 + size.each)[0], person(500 + size.each * (size.districts + 1) - 1)[0])
        )
    with world.in_township():
        assert Nominee.objects.kept().count() == size.each * size.districts * size.levels
        assert (
            CandidateList.objects.kept().filter(published_on__isnull=False).count() == 2 * size.districts * size.levels
        )
        assert BallotPrint.objects.kept().count() == size.districts * size.levels
    print(f"\n{size.districts}个选区、{size.levels}级：{'、'.join(clerk.told)}；{clerk.counted}")
    more = 2 * (size.each * size.districts // 50) + 6 * (size.districts // 50)
    assert clerk.counted["clicks"] <= (CLICKS + more) * size.levels
    assert clerk.counted["fields"] <= FIELDS * size.levels
    assert clerk.page.complaints == []
