"""The pages of a published list say what the list says, after every supplement, and nothing more."""

from datetime import date

import pytest

from congress import clock
from congress.guard.action import action
from elections import queries
from elections.actions import roll
from elections.life import VOTER_LIST
from elections.models import PublishedPage, Registration, RollChange, VoterList
from elections.queries.published import stands_on
from tests.cast import SET_UP
from tests.elections.campaigns import campaign, freeze, late, voters

PUBLISHED, LATER = date(2026, 11, 25), date(2026, 12, 1)
NUMBER = "11010519491231002X"


@pytest.fixture
def election(world):
    with clock.frozen(date(2026, 12, 5)), world.in_township():
        made = campaign(world)
        voters(made, "陈立春", id_number=NUMBER)
        voters(made, "丁一")
        voters(made, "王小满", district=2, gender="male")
        yield made


def publish(world, election, **values) -> VoterList:
    found = freeze(world, election)
    given = {"places": "公告栏", "appeal_place": "镇政府", "shows_gender": True, "online": True} | values
    VOTER_LIST.take("publish", world.clerk, found, on=PUBLISHED, **given)
    return found


def shown() -> dict[tuple[int, int], list]:
    return {(row.district, row.group): row.lines for row in PublishedPage.objects.kept()}


def test_publishing_tells_a_page_for_each_group_in_the_order_of_strokes(world, election):
    publish(world, election)
    assert shown() == {(1, 1): [["丁一", "女"], ["陈立春", "女"]], (2, 1): [["王小满", "男"]]}
    page = PublishedPage.objects.get(district=1)
    assert (page.district_name, page.group_name) == ("东山村", "东山村一组")


def test_where_local_practice_shows_no_sex_there_is_none(world, election):
    publish(world, election, shows_gender=False)
    assert {sex for lines in shown().values() for _, sex in lines} == {""}


def test_a_list_that_hangs_on_paper_only_has_no_pages(world, election):
    publish(world, election, online=False)
    assert shown() == {}


def test_a_freeze_alone_shows_nothing(world, election):
    freeze(world, election)
    assert shown() == {}


def test_a_voter_without_a_group_stands_under_the_district(world, election):
    with action(SET_UP, actor=None):
        Registration.objects.filter(district__number=2).update(group=None)
    publish(world, election)
    assert shown()[(2, 0)] == [["王小满", "男"]]


def test_a_supplement_tells_the_pages_anew_and_a_change_without_one_does_not(world, election):
    found = publish(world, election)
    before = shown()
    row = queries.on_roll(election).select_related("election", "voter").get(voter__name="王小满")
    roll.change(world.clerk, row, RollChange.Kind.DIED, LATER, roll.Basis(paper="死亡证明"))
    late(election, "乙二", LATER)
    assert shown() == before
    VOTER_LIST.take("supplement", world.clerk, found, on=LATER)
    assert shown() == {(1, 1): [["乙二", "女"], ["丁一", "女"], ["陈立春", "女"]], (2, 1): []}


def test_the_pages_hold_every_line_of_the_list_and_no_other(world, election):
    found = publish(world, election)
    late(election, "乙二", LATER, district=2)
    VOTER_LIST.take("supplement", world.clerk, found, on=LATER)
    told = sorted((district, name) for (district, _), lines in shown().items() for name, _ in lines)
    assert told == sorted((line.district, line.name) for line in queries.lines(election, queries.last_number(found)))


def test_ones_own_entry_is_found_by_name_and_digits_where_a_number_is_known(world, election):
    found = publish(world, election)
    assert stands_on(found, "陈立春", "002x")
    assert not stands_on(found, "陈立春", "0021")
    assert not stands_on(found, "丁一", "002X")
    assert [len(page.entries) for page in PublishedPage.objects.order_by("district")] == [1, 0]
    assert not any("002X" in entry or NUMBER in entry for page in PublishedPage.objects.all() for entry in page.entries)
