"""What the field asks of the days before an election, and of what its papers may say."""

from datetime import date
from typing import Any

import pytest

from congress.law import elections, papers, polling, roll, sessions
from congress.law.campaigns import check_step, step_due
from congress.law.finding import blocking
from congress.law.periods import before_election, check_before_election
from tests.field import cases, named

Case = dict[str, Any]
STEPS = {"voter_list": "publish_roll", "preliminary": "publish_candidates", "formal": "publish_final_candidates"}


def every(area: str) -> list[Any]:
    """The cases of an area, each by its name."""
    return [pytest.param(case, id=case["id"]) for case in cases("elections.json", area)]


def day_of(case: Case, name: str) -> date:
    """A day the case gives."""
    return date.fromisoformat(case["given"][name])


@pytest.mark.parametrize("case", every("calendar_derive"))
def test_days_that_follow_from_election_day(case: Case) -> None:
    right = case["expected"]
    if "first_session_latest" in right:
        last = sessions.first_session_due(day_of(case, "elections_completed")).date
        late = (day_of(case, "first_session") - last).days
        assert (last.isoformat(), late) == (right["first_session_latest"], right["late_days"])
    elif "deadline" in right:
        limit = roll.suspension_due(day_of(case, "election_day"), "shanghai")
        assert limit is not None
        timely = day_of(case, "suspension_decision_received") <= limit.lenient
        assert (limit.lenient.isoformat(), timely) == (right["deadline"], right["timely"])
    else:
        day = day_of(case, "election_day")
        steps = {one.key: one for one in elections.calendar(day)}
        suit = elections.appeal_dates(steps["publish_roll"].lenient, day)
        lenient = {name: steps[key].lenient for name, key in STEPS.items()} | {"lawsuit": suit.sue_by_lenient}
        strict = {name: steps[key].strict for name, key in STEPS.items()} | {"lawsuit": suit.sue_by_strict}
        for reading, found in (("E-N", lenient), ("strict", strict)):
            assert {name: one.isoformat() for name, one in found.items()} == right[reading]
        due = step_due("publish_roll", day)
        assert due is not None
        assert due.date.isoformat() == right[right["recommended"]]["voter_list"]


def last_day_of_registration(case: Case) -> None:
    """合川: the list on the day registration ends is in time by one reading and a day late by the other."""
    day, right = day_of(case, "election_day"), case["expected"]
    steps = {one.key: one for one in elections.calendar(day)}
    ended = date.fromisoformat(case["given"]["registration_and_cards"].partition("..")[2])
    listed = steps["publish_roll"]
    latest = {"E-N": listed.lenient, "strict": listed.strict}
    assert {reading: one.isoformat() for reading, one in latest.items()} == right["list_latest"]
    assert {reading: ended > one for reading, one in latest.items()} == right["conflict"]
    assert (listed.lenient - ended).days == right["slack_days_E_N"]
    assert steps["publish_final_candidates"].lenient.isoformat() == right["formal_latest_E_N"]
    assert [one.code for one in check_step("publish_roll", ended, day)] == ["before_election.disputed"]


def before_2010(case: Case) -> None:
    """天津: five days before, lawful by the edition of its day and not by the one of now."""
    day, done, right = day_of(case, "election_day"), day_of(case, "formal_published"), case["expected"]
    then = [one.code for one in check_step("publish_final_candidates", done, day)]
    assert ("before_election.late" not in then) is right["lawful_under_edition_2004"]
    assert (day - done).days == right["days_before"]
    step = next(one for one in elections.calendar(day) if one.key == "publish_final_candidates")
    assert (step.days_before(day), step.citation.held) == (right["days_before"], False)
    assert "五日以前" in step.note
    now = check_before_election(day.replace(year=2026), 7, done.replace(year=2026))
    assert (not blocking(now)) is right["lawful_under_edition_2020"]


def by_election(case: Case) -> None:
    """The days of a by-election are the province's own."""
    given, right = case["given"], case["expected"]
    day, pack = day_of(case, "election_day"), {"浙江": "zhejiang", "北京": "beijing"}[given["province"]]
    asked = {"list": ("publish_roll", "list_published"), "formal": ("publish_final_candidates", "formal_published")}
    steps = {one.key: one for one in elections.calendar(day, pack, by_election=True)}
    lawful, minimum = {}, {}
    for name, (key, published) in asked.items():
        if published in given:
            lawful[name] = not blocking(check_step(key, day_of(case, published), day, pack, by_election=True))
            minimum[name] = steps[key].days_before(day)
    if isinstance(right["minimum"], dict):
        wanted = {name: right[f"{name}_lawful"] for name in asked}
        assert (lawful, minimum) == (wanted, right["minimum"])
    else:
        assert (lawful["list"], minimum["list"]) == (right["lawful"], right["minimum"])
        assert (day - day_of(case, "list_published")).days == right["days"]


def named_too_early(case: Case) -> None:
    """山东: nominations after the list; its rules of 2021, applied to a schedule of 2016."""
    listed, began = day_of(case, "voter_list_published"), day_of(case, "nomination_started")
    found = polling.check_nomination_time(began, listed, date(2021, 12, 20), "shandong")
    assert bool(blocking(found)) is case["expected"]["conflict"]
    assert "应在公布后提名" in found[0].message


def introduced_on_the_day(case: Case) -> None:
    """Introductions end when election day begins."""
    day = date(2026, 12, 16)
    assert (not blocking(elections.check_introduction(day, day))) is case["expected"]["allowed"]
    assert elections.check_introduction(before_election(day, 1).lenient, day) == ()


CONFLICTS = {
    "X-F01": last_day_of_registration,
    "X-F02": before_2010,
    "X-F03": by_election,
    "X-F04": by_election,
    "X-F05": named_too_early,
    "X-F07": introduced_on_the_day,
}


@pytest.mark.parametrize("case", every("calendar_conflict"))
def test_days_that_cannot_stand_together(case: Case) -> None:
    check = CONFLICTS[case["id"]]
    check(case)


@pytest.mark.parametrize("case", named("elections.json", "X-K01"))
def test_columns_of_a_public_list(case: Case) -> None:
    found = papers.check_roll_columns(tuple(case["given"]["columns"]), date(2026, 11, 25))
    told = {kind: [name for name in case["given"]["columns"] for one in found
                   if one.blocking is kind and f"“{name}”" in one.message] for kind in (True, False)}  # fmt: skip
    assert told[True] == case["expected"]["reject"]
    assert set(case["expected"]["warn"]) <= set(told[False])


@pytest.mark.parametrize("case", named("elections.json", "X-K02"))
def test_a_notice_that_cites_the_article_of_before(case: Case) -> None:
    text = f"对名单有不同意见的，依照{case['given']['cites']}提出。"
    (found,) = papers.check_citations(text, day_of(case, "date"))
    assert found.blocking is case["expected"]["reject"]
    assert f"应为{case['expected']['correct']}" in found.message
