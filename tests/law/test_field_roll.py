"""What the field asks of the roll: who is a voter and where, how its numbers add up, what another election day changes, districts."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from congress.law import elections, polling, proxies, roll
from congress.law.campaigns import DistrictPeople, check_district_day, people_per_seat
from congress.law.finding import blocking
from tests.field import cases, named

ON = date(2026, 12, 16)
Case = dict[str, Any]


def every(*areas: str) -> list[Any]:
    """The cases of areas, each by its name."""
    return [pytest.param(case, id=case["id"]) for case in cases("elections.json", *areas)]


def in_prison(case: Case) -> None:
    """Who serves a sentence and keeps the political rights is registered where it is executed."""
    assert elections.voter_standing(ON, imprisoned_or_detained=True).on_roll is case["expected"]["registered"]
    place = roll.place_of("imprisoned", ON, "zhejiang")
    assert case["expected"]["where"].removesuffix("选区") in place.words
    assert place.citation.article == 30


def on_trial(case: Case) -> None:
    """Who is held, and nothing was decided, votes by mobile box or proxy."""
    standing = elections.voter_standing(ON, imprisoned_or_detained=True)
    assert (standing.on_roll, standing.code) == (case["expected"]["registered"], "may_vote")
    words = {"mobile_box": "流动票箱", "proxy": "委托投票"}
    assert [words[way] for way in proxies.ways_of("held", ON)] == case["expected"]["may_vote_by"]


def word_of_the_police(case: Case) -> None:
    """By word of the police nobody is suspended."""
    found = blocking(roll.check_removal("suspended", ON, body="police"))
    assert bool(found) is case["expected"]["registered"]
    assert found[0].message == "停止行使选举权利只能由人民检察院或者人民法院决定或者确认"
    assert "决定文书" in found[1].message


def still_deprived(case: Case) -> None:
    """The last day of deprivation comes after election day."""
    given = case["given"]
    ends, day = (date.fromisoformat(given[name]) for name in ("deprivation_ends", "election_day"))
    assert roll.due_again(ends, day).due is case["expected"]["registered"]


def not_last_time(case: Case) -> None:
    """That somebody was not registered before is no ground."""
    assert case["expected"]["exclusion_allowed"] is False
    with pytest.raises(ValueError, match="没有规定这种除名事由"):
        roll.check_removal(case["given"]["reason"], ON)


def ill_at_times(case: Case) -> None:
    """Stays on the roll; does not vote while ill, which takes a proof and the committee."""
    removal = {"kind": "unable", "on": ON, "body": "committee", "paper": "确认书", "pack": "shanghai"}
    kept = roll.check_removal(**removal, confirmed_on=ON, proof=True, intermittent=True)
    assert [(one.code, one.blocking) for one in kept] == [("removal.intermittent", case["expected"]["registered"])]
    ill = {one.code for one in roll.check_removal(**removal, confirmed_on=None, proof=False, intermittent=True)}
    assert {"removal.proof", "removal.confirmed"} <= ill


def hearsay(case: Case) -> None:
    """Without proof and without the committee's confirmation nobody is left out."""
    found = roll.check_removal("unable", ON, body="village")
    assert (not blocking(found)) is case["expected"]["exclusion_allowed"]
    assert elections.voter_standing(ON, mentally_unable=True).on_roll is case["expected"]["registered"]


def without_certificate(case: Case) -> None:
    """A residence permit alone registers nobody in Zhejiang."""
    found = blocking(roll.check_outsider(has_certificate=False, has_permit=True, on=ON, pack="zhejiang"))
    assert (not found) is case["expected"]["registered_here"]
    assert case["expected"]["where"] in found[0].message


ELIGIBLE: dict[str, Callable[[Case], None]] = {
    "X-E01": in_prison,
    "X-E02": on_trial,
    "X-E03": word_of_the_police,
    "X-E05": still_deprived,
    "X-E06": not_last_time,
    "X-E07": ill_at_times,
    "X-E08": hearsay,
    "X-E09": without_certificate,
}


@pytest.mark.parametrize("case", every("voter_eligibility"))
def test_who_is_a_voter(case: Case) -> None:
    check = ELIGIBLE[case["id"]]
    check(case)


@pytest.mark.parametrize("case", named("elections.json", "X-L01"))
def test_a_roll_adds_up(case: Case) -> None:
    given = {"died" if name == "dead" else name: number for name, number in case["given"].items()}
    assert roll.total(on=ON, **given).total == case["expected"]["current"]


@pytest.mark.parametrize("case", named("elections.json", "X-L04"))
def test_who_was_a_day_short_of_eighteen_last_time_is_newly_eighteen(case: Case) -> None:
    given = case["given"]
    last = date.fromisoformat(given["baseline"].removeprefix("上届选举日"))
    born, day = (date.fromisoformat(given[name]) for name in ("birth", "new_election_day"))
    found = roll.newly_18(born, day, last)
    assert found.newly_18 is case["expected"]["newly_18"]
    assert (found.turned_18_on - last).days == 1


@pytest.mark.parametrize("case", named("elections.json", "X-U04"))
def test_staff_of_higher_units_may_stand_on_the_county_s_roll_alone(case: Case) -> None:
    found = [roll.place_of("outside_unit", ON, pack) for pack in ("national", "shandong")]
    assert [one.levels for one in found] == ["choice", "county"]
    assert all(("县级" in one.words) is case["expected"]["allowed"] for one in found)


def postponed(case: Case) -> None:
    """Who turns eighteen by the new day is entered as well."""
    given = case["given"]
    old, new, born = (date.fromisoformat(given[name]) for name in ("old", "new", "birth"))
    assert (elections.voting_age(born, old).eligible, elections.voting_age(born, new).eligible) == (
        False,
        case["expected"]["newly_18"],
    )
    (found,) = polling.check_postponement(old, new, False, new, "shandong")
    assert ("补登" in found.message, found.citation.article if found.citation else 0) == (True, 29)


def another_day(case: Case) -> None:
    """A district's group does not change the day by itself."""
    (found,) = check_district_day(consented=False, on=ON, pack="zhejiang")
    assert (not found.blocking) is case["expected"]["allowed"]
    assert case["expected"]["needs"].removesuffix("同意") in found.message
    assert check_district_day(consented=True, on=ON, pack="zhejiang") == ()


CHANGED_DAY = {"X-H01": postponed, "X-H03": another_day}


@pytest.mark.parametrize("case", every("election_day_change"))
def test_another_election_day(case: Case) -> None:
    check = CHANGED_DAY[case["id"]]
    check(case)


@pytest.mark.parametrize("case", every("district_equality"))
def test_districts_are_about_equal(case: Case) -> None:
    given, right = case["given"], case["expected"]
    if "claimed_districts" in given:
        (found,) = elections.check_district_totals(given["claimed_districts"], given["township_seats"], ON)
        assert found.blocking is right["error"]
        assert f"至{right['max_seats_if_7_districts']}名" in found.message
        return
    asked = tuple(
        DistrictPeople(f"第{at}选区", row["pop"], row["seats"], row["voters"])
        for at, row in enumerate(given["districts"], 1)
    )
    shares = people_per_seat(asked, ON, population=given["mean_pop_per_deputy"], seats=1)
    assert [f"{one.ratio_hundredths // 100}.{one.ratio_hundredths % 100:02d}" for one in shares] == right["ratios"]
    for code, key in (("district.deviation", "warn_deviation"), ("district.voters", "warn_voters_over_population")):
        assert [at for at, one in enumerate(shares) if code in {told.code for told in one.findings}] == right[key]
