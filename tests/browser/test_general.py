"""A general election of 8 districts, both levels, from the ballots of its day to deputies who sit, as clerk, chair and tellers live it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from congress import clock
from congress.counting.life import COUNT, UNIT
from congress.counting.tally import Chosen
from deputies.models import Level, Mandate
from elections.documents.credentials import CERTIFICATES
from elections.life import ROUND
from elections.models import CredentialsReview, Round, Winner
from elections.queries.rounds import rounds_of
from tests.browser.test_rounds import clerk_at, press, submit
from tests.browser.test_thread import look
from tests.counting import room
from tests.elections import credentials, proofs
from tests.elections import general as day
from tests.elections.papers import text_of
from tests.elections.rounds import facts

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
TIED, SHORT, DIFFERENT, VOID, WRITTEN_IN = 1, 2, 3, 4, 5  # numbers of the districts where something happens
ORDINARY = (15, 14, 6)


@pytest.fixture
def town(world):
    """The day is over; every district but the four with a story is counted."""
    world.held = clock.today() - timedelta(days=2)
    with world.in_township():
        room.people(world)
        credentials.committee(world)
        world.levels = day.general(world, world.held)
        world.rows = {one.district.number: one for one in rounds_of(world.levels[Level.TOWNSHIP])}
        votes = {TIED: (18, 13, 13), SHORT: (16, 9, 8)}
        for number, row in world.rows.items():
            if number not in (DIFFERENT, VOID, WRITTEN_IN):
                day.counted(world, row, votes.get(number, ORDINARY), on=world.held)
        day.counted(world, world.rows[VOID], (6, 5, 4), issued=11, on=world.held)
        for row in rounds_of(world.levels[Level.COUNTY]):
            day.counted(world, row, (12, 9), on=world.held)
        day.settled(world, world.rows[DIFFERENT])
        ROUND.take("count", world.clerk, world.rows[DIFFERENT], on=world.held)
        day.settled(world, world.rows[WRITTEN_IN])
        ROUND.take("count", world.clerk, world.rows[WRITTEN_IN], on=world.held)
    return world


def page_of(town, row: Round) -> str:
    return reverse("elections-round", args=[town.township.code, row.pk])


def two_who_differ(town) -> None:
    """Two tellers read a box otherwise; the clerk settles it from the paper, as test_counting does it on the pages."""
    with town.in_township():
        count = facts(town.rows[DIFFERENT]).count
        COUNT.take("open", town.clerk, count)
        COUNT.take("confirm", town.chair, count)
        unit = room.unit_of(count)
        first, second = (room.good(count, yes, 22, 0) for yes in (ORDINARY, (15, 13, 6)))
        room.read(town.teller, unit, first)
        room.read(town.teller2, unit, second)
        chosen = {key: value for key, value in first.cells.items() if second.cells[key] != value}
        UNIT.take("decide", town.clerk, unit, chosen=Chosen(chosen), reason="看了第一张计票单")
        room.signed(town, unit)
        day.close(town, count, town.held)


def somebody_written_in(town, clerk, chair) -> None:
    """Thirteen voters wrote one name; two people say whom it means before the count is closed."""
    name = day.people(WRITTEN_IN)[0]
    with town.in_township():
        count = facts(town.rows[WRITTEN_IN]).count
        COUNT.take("open", town.clerk, count)
        COUNT.take("confirm", town.chair, count)
        unit = room.unit_of(count)
        room.settled(town, unit, room.good(count, (15, 7, 6), 22, 0, write_ins={name: 13}))
        room.signed(town, unit)
    url = reverse("counting-count", args=[town.township.code, count.pk])
    clerk.goto(url)
    clerk.get_by_role("link", name=re.compile("认定另选")).first.click()
    clerk.wait_for_load_state()
    clerk.locator("main").get_by_label(re.compile(name)).first.check()
    clerk.locator("[name=person]").fill(name)
    clerk.get_by_label("本选区的选民", exact=True).check()
    clerk.locator("[name=reason]").fill("与选民册核对，本选区只有一位同名的人")
    submit(clerk)
    chair.goto(url)
    chair.get_by_role("link", name="确认认定", exact=True).first.click()
    chair.wait_for_load_state()
    chair.locator("main [name=which]").first.check()
    submit(chair)
    with town.in_township():
        day.close(town, count, town.held)


def declared(town, clerk, chair) -> None:
    """A vote that is void and one with a name written in are declared on pages, the others by the same steps: one of a seat that
    stays open is so in test_rounds, one that fills all in test_by_election."""
    for number, row in town.rows.items():
        if number in (VOID, WRITTEN_IN):
            press(clerk_at(clerk, page_of(town, row)), "提出宣布", paper="公告第9号")
            press(clerk_at(chair, page_of(town, row)), "确认宣布")
            continue
        with town.in_township():
            said = {"declared_by": "云溪镇选举委员会", "paper": "公告第9号"}
            ROUND.take("declare", town.clerk, row, on=town.held, **said)
            ROUND.take("confirm", town.chair, row, on=town.held)


def voted_again(town, clerk) -> None:
    """Those who are level, the seat that stayed open, the vote in which too few took part: each has another vote today."""
    for number, kind, votes in (
        (TIED, "再次投票", (14, 8)),
        (SHORT, "另行选举", (15, 6)),
        (VOID, "重新选举", ORDINARY),
    ):
        press(clerk_at(clerk, page_of(town, town.rows[number])), "安排接续的投票")
        expect(clerk.locator("h1")).to_contain_text(kind)
        if number == VOID:
            look(clerk, "general-anew")
        with town.in_township():
            (row,) = Round.objects.filter(follows=town.rows[number])
            day.counted(town, row, votes, on=clock.today())
            ROUND.take("declare", town.clerk, row, on=clock.today(), declared_by="云溪镇选举委员会", paper="公告第10号")
            ROUND.take("confirm", town.chair, row, on=clock.today())


def the_county_declares(town, clerk, chair) -> None:
    """The first of its districts on pages, with a number the county's paper has otherwise; all others as counted."""
    first, *others = rounds_of(town.levels[Level.COUNTY])
    press(clerk_at(clerk, page_of(town, first)), "登记上报", sent_paper="签字的报告单")
    press(clerk_at(clerk, page_of(town, first)), "登记县级宣布", paper="县公告第3号", elected="赵江 35")
    press(clerk_at(chair, page_of(town, first)), "确认宣布")
    expect(chair.locator("main")).to_contain_text("36")
    look(chair, "general-county")
    for row in others:
        names = [one.name for one in row.listed]
        ROUND.take("send", town.clerk, row, on=clock.today(), sent_paper="签字的报告单")
        said = {"declared_by": "县选举委员会", "paper": "县公告第3号", "elected": f"{names[0]} 36", "nobody": False}
        ROUND.take("enter", town.clerk, row, on=clock.today(), **said)
        ROUND.take("confirm", town.chair, row, on=clock.today())


def examined(town, clerk, chair) -> None:
    """Everybody is examined: one election is void, whoever was written in gets particulars; confirmed by two, made public."""
    clerk.goto(reverse("elections-reviews", args=[town.township.code, town.levels[Level.TOWNSHIP].pk]))
    press(clerk, "开始审查")
    here = clerk.url
    clerk.get_by_role("link", name="钱春", exact=True).click()
    clerk.wait_for_load_state()
    clerk.get_by_role("link", name="登记审查意见", exact=True).first.click()
    clerk.wait_for_load_state()
    clerk.locator("[name=opinion]").select_option("invalid")
    clerk.locator("[name=ground]").select_option("offence")
    clerk.locator("[name=words]").fill("经县监委查实，选举前向选民发放财物。")
    submit(clerk)
    press(clerk_at(clerk, here), "登记无争议的意见")
    clerk.goto(here)
    with town.in_township():
        (row,) = CredentialsReview.objects.all()
        for entry in credentials.facts(row).open:
            credentials.judge(town.clerk, entry, on=clock.today())
        written = next(one for one in credentials.facts(row).valid if one.winner.nominee_id is None)
        given = {
            "gender": "female",
            "birth_date": town.held.replace(year=1980),
            "employer_post": "村民",
            "party": "masses",
        }
        credentials.ENTRY.take("who", town.clerk, written, on=clock.today(), **given)
    press(clerk_at(clerk, here), "提出审查报告", present="2")
    press(clerk_at(clerk, here), "登记确认", paper="主席团会议纪要5号")
    press(clerk_at(chair, here), "核对确认")
    look(clerk_at(clerk, here), "general-review")
    press(clerk, "公布代表名单", publication="主席团公告第1号")
    clerk.get_by_role("button", name="确认公布代表名单").click()
    expect(clerk.locator("#messages")).to_contain_text("已公布，11名代表的资格已登记")


def test_a_general_election_goes_from_the_day_to_deputies_who_sit(town, visit):
    clerk, chair = visit("clerk"), visit("chair")
    two_who_differ(town)
    somebody_written_in(town, clerk, chair)
    declared(town, clerk, chair)
    voted_again(town, clerk)
    with town.in_township():
        the_county_declares(town, clerk, chair)
    examined(town, clerk, chair)
    with town.in_township():
        own, above = (town.levels[level] for level in (Level.TOWNSHIP, Level.COUNTY))
        assert Winner.objects.filter(round__election=own).count() == 2 * day.OWN
        assert Winner.objects.filter(round__election=above).count() == day.ABOVE
        assert Mandate.objects.filter(term=own.term).count() == 2 * day.OWN - 1
        found = [proofs.verified(proofs.files_of(proofs.made(one))) for one in (own, above)]
        assert [one.wrong for one in found] == [[], []]
    clerk.goto(reverse("elections-reviews", args=[town.township.code, own.pk]))
    expect(clerk.locator("tfoot")).to_contain_text("11")
    look(clerk, "general-seats")
    with town.in_township():
        told = text_of(CERTIFICATES.kind.compose(CERTIFICATES.gather(CERTIFICATES.rows().get(pk=own.pk), {}), False))
    assert day.people(WRITTEN_IN)[0] in told
    assert "钱春" not in told
