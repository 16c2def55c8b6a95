"""Voters' groups of an election as a table: found by district and number, leaders completed, taken back whole."""

import pytest

from congress import imports
from congress.guard.action import Refused, action
from deputies.models import District, Level, Term
from elections.models import Election, VoterGroup
from tests.cast import SET_UP
from tests.elections.imports.rolls import said

KIND, HEAD = "elections.groups", ["选区", "小组号", "小组名称", "县级选区", "组长", "组长手机"]


def row(district="1", number="1", name="东山一组", county="", leader="", phone="") -> list[str]:
    return [district, number, name, county, leader, phone]


@pytest.fixture
def table(bring):
    return lambda *rows: bring(list(rows), kind=KIND, head=HEAD)


def groups(under) -> list[tuple]:
    rows = VoterGroup.objects.kept().filter(district__in=under.districts).select_related("data_key")
    return [(one.district.number, one.number, one.name, one.leader, one.leader_phone or "") for one in rows]


def test_a_leader_is_completed_and_new_groups_are_made(world, under, table, take):
    with world.in_township():
        batch = table(
            row(leader="钱五", phone="13800138000"),
            row("第二选区", "1", "西山一组", leader="孙六"),
            row("西山村", "2", "西山二组"),
        )
        assert [status for status, _ in said(batch)] == ["changed", "new", "new"]
        take(batch)
        assert groups(under) == [
            (1, 1, "东山一组", "钱五", "13800138000"),
            (2, 1, "西山一组", "孙六", ""),
            (2, 2, "西山二组", "", ""),
        ]
        assert imports.undo(world.clerk, batch) == {}
        assert groups(under) == [(1, 1, "东山一组", "", "")]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (row("9"), "这次选举没有这个选区"),
        (row("第1选区（西山村）"), "选区1是“东山村”，与写着的“西山村”不一致"),
        (row(number="0"), "小组号应为正整数"),
        (row(county="3"), "这次选举没有县级的选区，请留空"),
        (row(phone="138"), "手机号应为1开头的11位数字"),
    ],
)
def test_a_wrong_cell_is_told_in_words(world, under, table, cells, words):
    with world.in_township():
        ((status, told),) = said(table(cells))
        assert status == "wrong"
        assert words in told[0]


def test_the_districts_of_the_county_are_found_beside(world, under, table, take):
    with world.in_township():
        with action(SET_UP, actor=None):
            term = Term.objects.create(township=world.township, level=Level.COUNTY, number=9, seats=2)
            place = District.objects.create(township=world.township, term=term, number=7, name="县七", seats=2)
            days = {"begun_on": under.election.begun_on, "election_day": under.election.election_day}
            Election.objects.create(township=world.township, campaign=under.campaign, term=term, **days)
        take(table(row(county="7")))
        assert VoterGroup.objects.get().county_district == place


def test_a_work_that_ended_meanwhile_takes_no_groups(world, under, table, take):
    with world.in_township():
        batch = table(row("2"))
        with action(SET_UP, actor=None):
            under.campaign.closed_on = under.election.election_day
            under.campaign.save()
        with pytest.raises(Refused, match="已经结束"):
            take(batch)
