"""A new roll starts from the last one; who is due to be entered, who may stand twice, how the numbers add up."""

from datetime import date

import pytest

from congress.guard import scope
from congress.guard.action import Refused, action
from deputies.models import District, Term
from elections import actions
from elections.actions import lists
from elections.actions.roll import Basis, exclude_voter
from elections.models import Campaign, Election, Registration, RollChange, VoterGroup
from elections.queries import roll as queries
from elections.queries.lists import free_again
from tests.cast import SET_UP
from tests.elections.work import Ground, Work, entry, freeze, on_roll, registered, set_up, voter

ON = date(2026, 11, 1)
NEXT_DAY = date(2031, 12, 10)
Kind = RollChange.Kind
PAPER = Basis(paper="材料")


@pytest.fixture
def work(world) -> Work:
    with world.in_township():
        yield set_up(world.township)


def standing(person, work):
    return person.registrations.kept().filter(election=work.town_level).latest("created_at")


def next_work(work: Work, numbers=(1, 2)) -> Work:
    """The election work of five years later, without groups."""
    with action(SET_UP, actor=None):
        town = work.township
        values = {"begun_on": date(2031, 9, 1), "election_day": NEXT_DAY}
        campaign = Campaign.objects.create(
            township=town, name="2031年换届选举", last_day=work.campaign.election_day, **values
        )
        levels = []
        for before in (work.town_level, work.county_level):
            term = Term.objects.create(township=town, level=before.term.level, number=before.term.number + 1, seats=50)
            levels.append(Election.objects.create(township=town, campaign=campaign, term=term, **values))
        District.objects.create(township=town, term=levels[1].term, number=7, name="县七", seats=2)
        for number in numbers:
            District.objects.create(township=town, term=levels[0].term, number=number, name=f"村{number}", seats=2)
    return Work(campaign, *levels, [])


def test_who_stood_at_the_end_of_the_last_election_is_carried_over(world, work):
    stays = registered(world.clerk, work)
    moved = registered(world.clerk, work, "林夏")
    actions.move(world.clerk, standing(moved, work), work.groups[1], ON, "记录")
    dead = registered(world.clerk, work, "林秋")
    actions.change(world.clerk, standing(dead, work), Kind.DIED, ON, PAPER)
    deprived = registered(world.clerk, work, "林冬")
    basis = Basis(paper="判决书", body="court", until=date(2031, 12, 10))
    actions.change(world.clerk, standing(deprived, work), Kind.DEPRIVED, ON, basis)
    later = registered(world.clerk, work, "林晚")
    with action(SET_UP, actor=None):  # begins after the new election day: until then it keeps nobody off
        exclude_voter(later, Kind.DEPRIVED, date(2032, 6, 1), Basis(paper="判决书", body="court"))
    new = next_work(work)
    asked = []  # whoever waits is told how far it is, and may stop it, after each district
    done = actions.carry(world.clerk, new.town_level, lambda *far: asked.append(far))
    assert (done.entries, asked) == (3, [(1, 2), (2, 2)])
    assert on_roll(later, new.town_level) == [1]
    assert [on_roll(one, new.town_level) for one in (stays, moved, dead, deprived)] == [[1], [2], [], []]
    row = Registration.objects.get(election=new.town_level, voter=stays)
    assert (row.ground, row.way, row.group.name, row.group.district) == ("carried", "carried", "东村一组", row.district)
    actions.carry(world.clerk, new.county_level)
    assert on_roll(stays, new.county_level) == [7]
    assert VoterGroup.objects.filter(district__term=new.town_level.term).count() == 2
    assert actions.carry(world.clerk, new.town_level).entries == 0


def test_a_district_that_is_gone_is_named(world, work):
    registered(world.clerk, work, group=1)
    done = actions.carry(world.clerk, next_work(work, numbers=(1,)).town_level)
    assert (done.entries, done.lost) == (0, ["第2选区（西村）"])


def test_nothing_is_carried_into_a_frozen_list_or_out_of_nothing(world, work):
    with pytest.raises(Refused, match="没有可以结转"):
        actions.carry(world.clerk, work.town_level)
    registered(world.clerk, work)
    new = next_work(work)
    freeze(new.town_level)
    with pytest.raises(Refused, match="已经定稿"):
        actions.carry(world.clerk, new.town_level)


def test_the_numbers_of_the_roll_add_up_to_who_stands(world, work):
    old = [registered(world.clerk, work, name) for name in ("林春", "林夏", "林秋", "林冬")]
    new = next_work(work)
    actions.carry(world.clerk, new.town_level)
    group = VoterGroup.objects.filter(district__term=new.town_level.term).order_by("district__number")
    grown = voter(work.township, "陈新", birth_date=date(2012, 1, 1))
    new.groups.extend(group)
    for one, kind, basis in (
        (old[0], Kind.DIED, PAPER),
        (old[1], Kind.MOVED_OUT, PAPER),
        (old[2], Kind.SUSPENDED, Basis(paper="决定书", body="court")),
    ):
        row = Registration.objects.get(voter=one, election=new.town_level)
        actions.change(world.clerk, row, kind, date(2031, 11, 1), basis)
    actions.move(
        world.clerk,
        Registration.objects.get(voter=old[3], election=new.town_level),
        new.groups[1],
        date(2031, 11, 1),
        "记录",
    )
    actions.register(world.clerk, grown, new.campaign, entry(new, ground=Ground.NEWLY_18))
    told = queries.equation(new.town_level)
    assert told.formula == "结转4 + 新满十八周岁1 − 迁出1 − 死亡1 − 停止行使1 = 2"
    assert told.total == queries.roll(new.town_level).count() == 2


def test_who_is_due_again_is_told(world, work):
    person = registered(world.clerk, work)
    basis = Basis(paper="决定书", body="court")
    actions.change(world.clerk, standing(person, work), Kind.SUSPENDED, ON, basis)
    assert not free_again(work.town_level).exists()
    actions.end_exclusion(world.clerk, person.exclusions.get(), date(2026, 12, 15), "释放证明")
    assert free_again(work.town_level).get().voter == person


def test_who_comes_of_age_by_a_day_that_was_moved_is_entered(world, work):
    person = registered(world.clerk, work, birth_date=date(2008, 12, 16))
    with action(SET_UP, actor=None):
        work.campaign.election_day = date(2026, 12, 9)
        work.campaign.save()
        Election.objects.filter(campaign=work.campaign).update(election_day=date(2026, 12, 9))
    row = Registration.objects.get(voter=person, election=work.town_level)
    actions.change(world.clerk, row, Kind.UNDERAGE, ON)
    assert queries.come_of_age(work.campaign) == []
    with action(SET_UP, actor=None):
        work.campaign.election_day = date(2026, 12, 23)
        work.campaign.save()
    assert queries.come_of_age(work.campaign) == [person]


def test_pairs_nobody_decided_on_stand_against_the_freeze(world, work):
    one = registered(world.clerk, work)
    with action(SET_UP, actor=None):
        other = voter(work.township)
        other.save()
        Registration.objects.create(
            township=work.township,
            voter=other,
            election=work.town_level,
            district=work.groups[1].district,
            ground="carried",
            way="import",
            registered_on=ON,
        )
    assert [{*pair} for pair in queries.undecided(work.campaign)] == [{one, other}]
    with pytest.raises(Refused, match="是不是同一人"):
        lists.ask(world.clerk, work.town_level)
    actions.decide(world.clerk, one, other, same=True, told_by="hukou")
    with pytest.raises(Refused, match="已经核对过"):
        actions.decide(world.clerk, other, one, same=False, told_by="visit")
    assert on_roll(other, work.town_level) == []
    assert on_roll(one, work.town_level) == [1]
    lists.ask(world.clerk, work.town_level)


def test_staff_voting_at_the_county_level_alone_are_not_missing(world, work):
    registered(world.clerk, work, situation="outside_unit", both_levels=False)
    registered(world.clerk, work, "林夏")
    assert queries.equation(work.county_level).total == 2
    assert not queries.missing_in_township(work.campaign).exists()
    Registration.objects.filter(voter__name="林夏", election=work.town_level).get()
    with action(SET_UP, actor=None):
        Registration.objects.filter(voter__name="林夏", election=work.town_level).update(on_roll=False)
    assert [row.voter.name for row in queries.missing_in_township(work.campaign)] == ["林夏"]


def test_nobody_else_sees_the_roll(world, work):
    registered(world.clerk, work)
    with scope.township(world.neighbour):
        assert not Registration.objects.exists()
