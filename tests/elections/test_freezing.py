"""A list of voters is frozen by two people: the first asks, the second lets it be so, each having just proved who they are."""

import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress import clock
from congress.guard.action import Conflict, Refused, action
from congress.keeping import version_of
from congress.steps import standing_of
from congress.web.proof import ASKED, FIELD
from congress.web.todo import waiting_for
from elections import queries
from elections.actions import is_frozen, lists, roll
from elections.life import VOTER_LIST
from elections.models import RollChange, VoterList
from elections.stages.lists import ListStage
from tests.cast import PASSWORD, SET_UP
from tests.congress.test_proof import aged
from tests.elections.campaigns import freeze, voters
from tests.elections.test_lists import PLACES, PUBLISHED, named, strike

LINE = "选民名单定稿等待您确认"
OLD = 301  # seconds since the last proof


def at(world, name: str, pk) -> str:
    return reverse(f"elections-{name}", args=[world.township.code, pk])


def frozen_now(election) -> bool:
    with action(SET_UP, actor=None):
        return is_frozen(election)


def told(user, world) -> list[str]:
    return [line.label for line in waiting_for(standing_of(user, world.township)) if line.label == LINE]


def test_nothing_is_frozen_until_a_second_person_lets_it_be_so(world, election):
    row = lists.ask(world.clerk, election)
    assert (row.stage, row.voters, row.asked_by, row.frozen_at) == (ListStage.ASKED, 6, world.clerk, None)
    assert queries.frozen_list(election) is None
    assert not frozen_now(election)
    assert not queries.frozen_lists().exists()
    for key, entered in (("publish", PLACES), ("supplement", {}), ("unfreeze", {"reason": "x"})):
        with pytest.raises(Refused, match=r"现在是“等待确认定稿”|名单还没有公布"):
            VOTER_LIST.take(key, world.chair, row, on=PUBLISHED, **entered)
    with pytest.raises(Refused, match="已经有人提出定稿，请另一人确认"):
        lists.ask(world.chair, election)
    found = VOTER_LIST.take("confirm", world.chair, row)
    assert (found.stage, found.confirmed_by, found.fingerprint) == (ListStage.FROZEN, world.chair, row.fingerprint)
    assert queries.frozen_list(election) == found
    assert frozen_now(election)
    with pytest.raises(Refused, match="已经定稿"):
        lists.ask(world.clerk, election)


@pytest.mark.parametrize("who", ["clerk", "chair"])
def test_the_same_person_does_not_freeze_twice(world, election, who):
    user = world.users[who]
    row = lists.ask(user, election)
    with pytest.raises(Refused, match="由两个不同的人办理"):
        VOTER_LIST.take("confirm", user, row)
    assert VoterList.objects.get().stage is ListStage.ASKED


@pytest.mark.parametrize(
    "written",
    [
        lambda world: {"asked_by": world.clerk, "confirmed_by": world.clerk},
        lambda world: {"asked_by": world.clerk, "confirmed_by": None},
        lambda world: {"asked_by": None, "confirmed_by": None},
        lambda world: {"asked_by": world.clerk, "confirmed_by": world.clerk, "by_one": True},
        lambda world: {"frozen_at": None, "confirmed_by": world.chair},
        lambda world: {"frozen_at": None, "published_on": PUBLISHED},
    ],
)
def test_the_database_freezes_nothing_by_fewer_than_two(world, election, written):
    row = lists.ask(world.clerk, election)
    given = {"frozen_at": clock.now()} | written(world)
    with (
        pytest.raises(IntegrityError, match="voter_list_two_people"),
        transaction.atomic(),
        action(SET_UP, actor=None),
    ):
        VoterList.objects.filter(pk=row.pk).update(**given)


def test_a_roll_that_changed_since_is_asked_for_anew(world, election):
    row = lists.ask(world.clerk, election)
    strike(world, election, "丁一")
    with pytest.raises(Refused, match="提出定稿以后选民册有变动（提出时6人，现在5人）"):
        VOTER_LIST.take("confirm", world.chair, row)
    voters(election, "周七")  # as many again, and another one
    with pytest.raises(Refused, match="提出时6人，现在6人"):
        VOTER_LIST.take("confirm", world.chair, row)
    VOTER_LIST.take("revoke", world.chair, row, reason="选民册又有变动")
    assert freeze(world, election).voters == 6
    assert not queries.untold(election).exists()  # what changed before the freeze is in it


def test_both_read_the_roll_under_the_lock_that_its_changes_take(world, election):
    """So that nobody is entered beside the freeze: a change waits for it, and is one after it."""

    def locks_first(act) -> bool:
        with CaptureQueriesContext(connection) as asked:
            act()
        said = [one["sql"] for one in asked]
        taken = [at for at, one in enumerate(said) if 'FROM "elections_election"' in one and "FOR UPDATE" in one]
        read = [at for at, one in enumerate(said) if "own_group" in one]
        return bool(taken) and min(taken) < min(read)

    assert locks_first(lambda: lists.ask(world.clerk, election))
    row = queries.list_of(election)
    assert locks_first(lambda: VOTER_LIST.take("confirm", world.chair, row))


def test_the_second_person_is_told_what_stands_against_it_in_place_of_the_form(world, election, browse):
    row, page = lists.ask(world.clerk, election), browse(world.chair)
    shown = page.get(at(world, "list-of-voters-confirm", row.pk)).content.decode()
    assert row.fingerprint in shown
    assert "确认定稿</button>" in re.sub(r"\s+<", "<", shown)
    with action(SET_UP, actor=None):
        basis = roll.Basis(paper="判决书", body="court")
        roll.exclude_voter(named(election, "丁一").voter, RollChange.Kind.DEPRIVED, PUBLISHED, basis)
    shown = page.get(at(world, "list-of-voters-confirm", row.pk)).content.decode()
    assert "有1名选民登记了不列入名单的事由" in shown
    assert "确认定稿</button>" not in re.sub(r"\s+<", "<", shown)
    with pytest.raises(Refused, match="不列入名单的事由"):
        VOTER_LIST.take("confirm", world.chair, row)


def test_each_of_the_two_has_just_proved_who_they_are(world, election, browse):
    clerk = aged(browse(world.clerk), OLD)
    first = at(world, "voter-list-new", election.pk)
    assert ASKED in clerk.post(first, {}).content.decode()
    assert not VoterList.objects.exists()
    assert clerk.post(first, {FIELD: PASSWORD}).status_code == 302
    row = VoterList.objects.get()
    assert clerk.get(first).url == at(world, "list-of-voters", row.pk)
    chair = aged(browse(world.chair), OLD)
    second = at(world, "list-of-voters-confirm", row.pk)
    assert ASKED in chair.post(second, {"version": version_of(row)}).content.decode()
    assert VoterList.objects.get().stage is ListStage.ASKED
    assert chair.post(second, {"version": version_of(row), FIELD: PASSWORD}).status_code == 302
    assert VoterList.objects.get().stage is ListStage.FROZEN


def test_a_page_from_before_freezes_nothing(world, election, browse):
    row = lists.ask(world.clerk, election)
    seen = version_of(row)
    with action(SET_UP, actor=None):
        row.places = "各村公告栏"
        row.save(update_fields=["places"])
    with pytest.raises(Conflict):
        VOTER_LIST.take("confirm", world.chair, row, version=seen)
    old = at(world, "list-of-voters-confirm", row.pk)
    VOTER_LIST.take("revoke", world.clerk, row, reason="漏了一个村")
    again = lists.ask(world.clerk, election)
    assert browse(world.chair).post(old, {"version": version_of(again)}).status_code == 404
    assert VoterList.objects.kept().get().stage is ListStage.ASKED


def test_the_home_page_tells_everybody_but_who_asked(world, election):
    assert told(world.chair, world) == []
    row = lists.ask(world.clerk, election)
    assert told(world.chair, world) == [LINE]
    assert told(world.clerk, world) == told(world.deputy_user, world) == []
    VOTER_LIST.take("confirm", world.chair, row)
    assert told(world.chair, world) == []


def test_before_it_is_frozen_its_page_says_who_asked_and_its_papers_are_not_printed(world, election, browse):
    row, page = lists.ask(world.clerk, election), browse(world.chair)
    shown = page.get(at(world, "list-of-voters", row.pk)).content.decode()
    assert re.search(r"云溪办事员于\S+提出，等待另一人确认", shown)
    assert "重新生成并核对" not in shown
    assert page.get(at(world, "paper-roll", row.pk)).status_code == 404
    assert at(world, "list-of-voters", row.pk) in page.get(at(world, "campaign", election.campaign_id)).content.decode()
    VOTER_LIST.take("confirm", world.chair, row)
    shown = page.get(at(world, "list-of-voters", row.pk)).content.decode()
    assert re.search(r"云溪办事员提出，云溪主席于\S+确认", shown)
    assert "重新生成并核对" in shown
    assert page.get(at(world, "paper-roll", row.pk)).status_code == 200


def test_a_list_from_before_stays_frozen_and_says_that_one_person_did_it(world, election, browse):
    with action(SET_UP, actor=None):
        row = VoterList.objects.create(
            township=world.township,
            election=election,
            by_one=True,
            frozen_at=clock.now(),
            voters=6,
            fingerprint="0" * 64,
        )
    assert frozen_now(election)
    assert "一人办理（以前的办法）" in browse(world.clerk).get(at(world, "list-of-voters", row.pk)).content.decode()
    VOTER_LIST.take("publish", world.clerk, row, on=PUBLISHED, **PLACES)
