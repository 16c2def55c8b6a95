"""Ballots that are handed to whom the voter entrusted: three principals at most, and what becomes of the authority."""

from datetime import datetime, time, timedelta

import pytest

from congress import clock
from congress.guard.action import Refused, action
from elections.actions import issue as acts
from elections.life import PROXY, REGISTER
from elections.models import PollingPlace, Round
from elections.queries import issue as queries
from elections.queries.proxies import in_force
from tests.cast import SET_UP
from tests.elections.campaigns import ELECTION_DAY, another_vote
from tests.elections.desks import closed, desk, entrusted, handed, issued, person, voter

pytestmark = pytest.mark.django_db


def test_an_agent_gets_the_ballots_of_three_principals_with_the_own_one(world, election, register):
    for at, name in enumerate(("于二", "王三", "欧阳小明"), 1):
        entrusted(election, name, "丁一", at)
    mine = person(register, election, "丁一")
    assert [one.voter.name for one in mine.principals] == ["于二", "王三", "欧阳小明"]
    told = acts.issue(register, mine.voter.pk, "person", [one.voter.pk for one in mine.principals])
    assert [one.voter.name for one in told] == ["丁一", "于二", "王三", "欧阳小明"]
    assert issued(register) == ["person", "proxy", "proxy", "proxy"]
    with pytest.raises(Refused, match=r"已经领过.*受委托领票"):
        acts.issue(register, voter(election, "于二"))
    with pytest.raises(Refused, match="请选择发给谁"):
        acts.issue(register, mine.voter.pk, "")


def test_a_fourth_principal_and_an_authority_that_was_not_agreed_to_are_refused(world, election, register):
    entrusted(election, "于二", "丁一", 1)
    entrusted(election, "王三", "丁一", 2, state="asked", settled_on=None)
    four = [voter(election, name) for name in ("于二", "王三", "欧阳小明", "东甲")]
    with pytest.raises(Refused, match="不得超过3人") as refused:
        acts.issue(register, voter(election, "丁一"), "person", four)
    assert refused.value.findings[0].citation.article == 42
    with pytest.raises(Refused, match="没有同意委托丁一"):
        acts.issue(register, voter(election, "丁一"), "person", [voter(election, "王三")])
    with pytest.raises(Refused, match="委托还没有同意"):
        acts.issue(register, voter(election, "王三"), "proxy")
    with pytest.raises(Refused, match="没有委托他人投票"):
        acts.issue(register, voter(election, "东甲"), "proxy")
    assert issued(register) == [], "nothing of a refused hand-out is written"


def test_a_principal_who_comes_first_votes_in_person_and_the_authority_falls_at_closing(world, election, register):
    came, used = entrusted(election, "于二", "丁一", 1), entrusted(election, "王三", "丁一", 2)
    handed(register, election, "于二")
    handed(register, election, "王三", way="proxy")
    for row, word in ((came, "于二：已经领过"), (used, "王三：已经领过")):
        with pytest.raises(Refused, match=word):
            acts.issue(register, voter(election, "丁一"), "", [row.principal.voter_id])
    with pytest.raises(Refused, match="选票已于2026年12月20日发给受托人"):
        PROXY.take("cancel", world.clerk, used, on=ELECTION_DAY, cancelled="came")
    closed(world, register)
    for row in (came, used):
        row.refresh_from_db()
    assert (came.state, came.cancelled, came.cancelled_on) == ("cancelled", "came", ELECTION_DAY)
    assert (used.state, used.ballot_on) == ("agreed", ELECTION_DAY)


def test_a_tick_taken_back_after_opening_again_leaves_the_authority_as_it_was(world, election, register):
    came, used = entrusted(election, "于二", "丁一", 1), entrusted(election, "王三", "丁一", 2)
    asked = entrusted(election, "欧阳小明", "丁一", 3, state="asked", settled_on=None)
    handed(register, election, "于二", "欧阳小明")
    handed(register, election, "王三", way="proxy")
    closed(world, register)
    REGISTER.take("reopen", world.clerk, register, on=ELECTION_DAY, reason="关早了")
    for row in (came, used, asked):
        row.refresh_from_db()
    assert [(one.state, one.ballot_on, one.cancelled, one.cancelled_on) for one in (came, used, asked)] == [
        ("agreed", None, "", None),
        ("agreed", None, "", None),
        ("asked", None, "", None),
    ]
    for name in ("于二", "王三"):
        acts.undo(world.clerk, register, voter(election, name), "登错了人")
    handed(register, election, "于二", way="proxy")
    handed(register, election, "王三")
    closed(world, register)
    for row in (came, used, asked):
        row.refresh_from_db()
    assert [(one.state, one.ballot_on) for one in (came, used, asked)] == [
        ("agreed", ELECTION_DAY),
        ("cancelled", None),
        ("cancelled", None),
    ]


def test_no_authority_is_agreed_to_once_the_principal_has_the_ballot(world, election, register):
    row = entrusted(election, "于二", "丁一", 1, state="asked", settled_on=None)
    handed(register, election, "于二")
    with pytest.raises(Refused, match="委托人已经领过选票"):
        PROXY.take("agree", world.clerk, row, on=ELECTION_DAY, by="committee", approver="程主任")


def test_an_authority_cancelled_a_moment_before_is_noticed(world, election, register, monkeypatch):
    row = entrusted(election, "于二", "丁一", 1)
    seen = desk(register).person(voter(election, "于二"))
    with action(SET_UP, actor=None):
        row.state = "cancelled"
        row.save()
    monkeypatch.setattr(queries.Desk, "person", lambda self, pk: seen)
    with pytest.raises(Refused, match="这份委托刚刚取消了，请刷新后再办。"):
        acts.issue(register, seen.voter.pk, "proxy")
    assert issued(register) == []


def further(world, register, days: int = 7):
    """Another vote of the same district some days later, with the clock of its morning, and its register."""
    first, on = Round.objects.get(district=register.place.district), ELECTION_DAY + timedelta(days=days)
    with action(SET_UP, actor=None):
        Round.objects.filter(pk=first.pk).update(asked_by=world.clerk, confirmed_by=world.chair)
    another_vote(first.election, on, follows=first)
    return clock.frozen(datetime.combine(on, time(8, 30), clock.SHANGHAI)), on


def test_at_a_later_vote_an_authority_holds_as_long_as_its_principal_is_away(world, election, register):
    """丁一 fetches for both on the 20th; of the two 于二 is back on the 25th, and the other vote is on the 27th."""
    back = entrusted(election, "于二", "丁一", 1, until=ELECTION_DAY + timedelta(days=5))
    away = entrusted(election, "王三", "丁一", 2, until=ELECTION_DAY + timedelta(days=30))
    handed(register, election, "于二", "王三", way="proxy")
    closed(world, register)
    morning, on = further(world, register)
    assert [one.principal.voter.name for one in in_force(election, on)] == ["王三"]
    with morning:
        later = acts.open_register(world.clerk, election.campaign, register.place)
        with pytest.raises(Refused, match=r"外出到2026年12月25日结束.*由委托人本人投票"):
            acts.issue(later, voter(election, "于二"), "proxy")
        assert issued(later) == []
        handed(later, election, "于二")
        handed(later, election, "王三", way="proxy")
        with pytest.raises(Refused, match="选票已于2026年12月27日发给受托人"):
            PROXY.take("cancel", world.clerk, away, on=on, cancelled="came")
        REGISTER.take("close", world.clerk, later, on=on)
    for row in (back, away):
        row.refresh_from_db()
    assert [(one.state, one.ballot_on) for one in (back, away)] == [("cancelled", ELECTION_DAY), ("agreed", on)]


def test_an_authority_is_in_force_from_the_first_to_the_last_day_of_being_away(election):
    first, last = ELECTION_DAY + timedelta(days=3), ELECTION_DAY + timedelta(days=5)
    entrusted(election, "于二", "丁一", 1, since=first, until=last)
    held = [in_force(election, ELECTION_DAY + timedelta(days=day)).count() for day in range(2, 7)]
    assert held == [0, 1, 1, 1, 0]


def test_who_voted_first_in_person_may_entrust_somebody_with_a_later_vote(world, election, register):
    used = entrusted(election, "王三", "丁一", 1)
    handed(register, election, "于二")
    handed(register, election, "王三", way="proxy")
    closed(world, register)
    with action(SET_UP, actor=None):  # the first vote went on until the 22nd, which is no end of a later one
        PollingPlace.objects.update(closes_on=ELECTION_DAY + timedelta(days=2))
    morning, on = further(world, register)
    fresh = entrusted(election, "于二", "丁一", 2, state="asked", settled_on=None)
    with morning:
        said = {"by": "committee", "approver": "程主任"}
        PROXY.take("agree", world.clerk, fresh, on=on - timedelta(days=1), **said)
        PROXY.take("cancel", world.clerk, used, on=on - timedelta(days=1), cancelled="revoked")
        with pytest.raises(Refused, match="已于2026年12月20日发过选票，不能撤回"):
            PROXY.take("take-back", world.clerk, used, reason="误录")
        later = acts.open_register(world.clerk, election.campaign, register.place)
        handed(later, election, "于二", way="proxy")
        handed(later, election, "王三")
    assert issued(later) == ["person", "proxy"]
