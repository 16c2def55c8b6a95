"""The register of proxies as a table: found by name, namesakes by district, a fourth entered and not agreed to, taken back whole."""

from datetime import date

import pytest

from congress import clock, imports
from congress.guard.action import Refused, action
from deputies.models import District, Level, Term
from elections.models import Election, ProxyVote, Registration
from tests.cast import SET_UP
from tests.elections.campaigns import voters
from tests.elections.imports.rolls import said
from tests.elections.test_proxies import agree

KIND = "elections.proxies"
HEAD = ["委托人", "选区", "小组", "外出地/事由", "受托人", "收到方式", "收到日期", "审批人", "审批日"]
DAYS = ("2026-10-20", "程主任", "2026-10-21")


def row(principal, agent, district="1", form="信", days=DAYS) -> list[str]:
    return [principal, district, "", "外省务工", agent, form, *days]


@pytest.fixture
def table(bring, under, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 1))
    return lambda *rows: bring(list(rows), kind=KIND, head=HEAD, both=True)


def entered(election) -> list[tuple]:
    rows = ProxyVote.objects.kept().filter(election=election).order_by("number")
    return [(one.number, one.principal.voter.name, one.agent_called, one.place, one.state) for one in rows]


def test_a_register_is_entered_with_its_consent_and_a_fourth_waits_n27(world, under, table, take):
    with world.in_township():
        voters(under.election, "丁一", "于二", "王三", "张四", "李五")
        batch = table(*(row(name, "李五") for name in ("丁一", "于二", "王三", "张四")))
        assert [status for status, _ in said(batch)] == ["new"] * 4
        take(batch)
        assert entered(under.election) == [
            (1, "丁一", "李五", 1, "agreed"),
            (2, "于二", "李五", 2, "agreed"),
            (3, "王三", "李五", 3, "agreed"),
            (4, "张四", "李五", None, "asked"),
        ]
        again = table(row("丁一", "李五"), row("李五", "丁一", days=("2026-10-20", "", "")))
        assert [status for status, _ in said(again)] == ["unchanged", "new"]
        assert imports.undo(world.clerk, batch) == {}
        assert entered(under.election) == []


def test_what_was_changed_since_stays_when_the_table_is_taken_back(world, under, table, take):
    with world.in_township():
        voters(under.election, "丁一", "于二")
        batch = table(row("丁一", "于二", days=("2026-10-20", "", "")))
        take(batch)
        agree(world, ProxyVote.objects.get())
        assert [one.reason for one in imports.undo(world.clerk, batch).values()] == ["导入后又有变动"]
        assert len(entered(under.election)) == 1


def test_a_principal_who_left_the_list_after_the_preview_is_named_and_nothing_is_entered(world, under, table, take):
    with world.in_township():
        _, gone, _ = voters(under.election, "丁一", "于二", "王三")
        batch = table(row("丁一", "王三"), row("于二", "王三"))
        with action(SET_UP, actor=None):
            gone.on_roll = False
            gone.save()
        with pytest.raises(Refused, match="第3行现在不能导入：名单上没有"):
            take(batch)
        assert entered(under.election) == []


def test_who_entrusts_themselves_is_told_at_the_row_and_the_others_are_taken(world, under, table, take):
    with world.in_township():
        voters(under.election, "丁一", "于二")
        batch = table(row("丁一", "丁一"), row("于二", "丁一"))
        assert [status for status, _ in said(batch)] == ["wrong", "new"]
        assert "不能委托本人" in str(said(batch)[0])
        take(batch)
        assert entered(under.election) == [(1, "于二", "丁一", 1, "agreed")]


def test_namesakes_are_asked_for_and_somebody_on_no_list_is_told(world, under, table, take):
    with world.in_township():
        voters(under.election, "丁一", "王芳", "于二")
        voters(under.election, "王芳", district=2)
        batch = table(
            row("王芳", "于二", district=""),
            row("丁一", "王芳", district="第2选区"),
            row("丁一", "王芳"),
            row("丁一", "路人"),
            row("于二", "丁一", days=("2026-12-01", "", "")),
            row("于二", "丁一", form="托梦"),
        )
        statuses, told = zip(*said(batch), strict=True)
        assert statuses == ("wrong", "wrong", "new", "new", "wrong", "wrong")
        assert "名单上有2位王芳，请写明选区、小组" in str(told[0])
        assert "名单上没有这个姓名" in str(told[1])
        assert "受托人不在这次选举的名单上" in str(told[3])
        assert "收到日期不能晚于今天" in str(told[4])
        take(batch)
        near, stranger = ProxyVote.objects.order_by("number")
        assert near.agent.district.number == 1
        assert (stranger.agent_is, stranger.state) == ("other", "asked")


@pytest.mark.parametrize(
    ("came", "settled", "fits"),
    [
        ("2026-10-20", "2026-10-19", False),
        ("2026-10-20", "2026-10-20", True),
        ("2026-10-20", "2026-11-01", True),
        ("2026-11-01", "2026-11-01", True),
        ("2026-10-20", "2026-11-02", False),
    ],
)
def test_it_is_settled_from_the_day_it_came_until_today(world, under, table, take, came, settled, fits):
    with world.in_township():
        voters(under.election, "丁一", "于二", "王三")
        batch = table(row("丁一", "王三", days=(came, "程主任", settled)), row("于二", "王三"))
        (status, told), _ = said(batch)
        assert status == ("new" if fits else "wrong")
        assert ("审批日期应在收到日期以后、今天以前" in str(told)) is not fits
        take(batch)
        days = dict(ProxyVote.objects.values_list("principal__voter__name", "settled_on"))
        wanted = {"丁一": date.fromisoformat(settled)} if fits else {}
        assert days == wanted | {"于二": date(2026, 10, 21)}


def _county(world, under, entries) -> Election:
    """The county's level of the same work, on whose roll the same voters stand."""
    with action(SET_UP, actor=None):
        place = {"township": world.township}
        term = Term.objects.create(**place, level=Level.COUNTY, number=17, seats=50)
        district = District.objects.create(**place, term=term, number=7, name="县七", seats=2)
        days = {"begun_on": under.election.begun_on, "election_day": under.election.election_day}
        election = Election.objects.create(**place, campaign=under.campaign, term=term, **days)
        for one in entries:
            given = {"voter": one.voter, "ground": one.ground, "way": one.way, "registered_on": one.registered_on}
            Registration.objects.create(**place, election=election, district=district, **given)
    return election


def test_both_levels_on_one_paper_make_a_row_of_each(world, under, table, take):
    with world.in_township():
        county = _county(world, under, voters(under.election, "丁一", "于二"))
        take(table(row("丁一", "于二")))
        assert [entered(one) for one in (under.election, county)] == [[(1, "丁一", "于二", 1, "agreed")]] * 2


def test_from_when_until_when_somebody_is_away_is_read_and_who_is_back_by_then_waits(world, under, table, bring, take):
    """The election is on the 20th of December: whoever comes back before it votes in person."""
    head = ["委托人", "选区", "外出期间", "受托人", "收到日期", "审批人", "审批日"]
    with world.in_township():
        voters(under.election, "丁一", "于二", "王三")
        table()
        away = ["丁一", "1", "2026.9.1-2027.1.30", "王三", *DAYS]
        back = ["于二", "1", "2026年9月1日至2026年12月1日", "王三", *DAYS]
        take(bring([away, back], kind=KIND, head=head, both=True))
        days = ProxyVote.objects.order_by("number").values_list("since", "until", "state")
        assert list(days) == [
            (date(2026, 9, 1), date(2027, 1, 30), "agreed"),
            (date(2026, 9, 1), date(2026, 12, 1), "asked"),
        ]
        ((status, told),) = said(bring([["王三", "1", "2026.9.1-2026.8.1", "丁一", *DAYS]], kind=KIND, head=head))
        assert status == "wrong"
        assert "外出结束的日期不能早于开始的日期" in "；".join(told)
