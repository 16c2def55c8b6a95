"""What must hold for every number and every day, not only for the cases in the tables."""

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.law import (
    deputies,
    elections,
    holidays,
    periods,
    provinces,
    sessions,
    suggestion_steps,
    suggestions,
    tallies,
    thresholds,
)

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
HELD_DAYS = st.dates(date(2022, 3, 11), date(2090, 12, 31))
MONTHS = st.integers(0, 240)
PEOPLE = st.integers(1, 5000)


@given(DAYS, MONTHS)
def test_add_months_lands_in_the_month_asked_for(start: date, months: int) -> None:
    due = periods.add_months(start, months)
    assert (due.year * 12 + due.month) - (start.year * 12 + start.month) == months
    last = calendar.monthrange(due.year, due.month)[1]
    assert due.day == min(start.day, last)


@given(DAYS, DAYS, MONTHS)
def test_add_months_keeps_the_order_of_days(one: date, other: date, months: int) -> None:
    earlier, later = sorted((one, other))
    assert periods.add_months(earlier, months) <= periods.add_months(later, months)


@given(DAYS, MONTHS, MONTHS)
def test_more_months_are_never_earlier(start: date, fewer: int, extra: int) -> None:
    assert periods.add_months(start, fewer) <= periods.add_months(start, fewer + extra)


@given(st.dates(date(2021, 1, 1), date(2100, 12, 31)), st.integers(1, 60))
def test_the_strict_day_is_one_day_before_the_lenient_and_satisfies_both(day: date, days: int) -> None:
    limit = periods.before_election(day, days)
    assert limit.strict + timedelta(days=1) == limit.lenient < day
    assert limit.recommended == limit.strict
    assert periods.check_before_election(day, days, limit.recommended) == ()
    assert [f.blocking for f in periods.check_before_election(day, days, limit.lenient)] == [False]
    late = limit.lenient + timedelta(days=1)
    assert [f.blocking for f in periods.check_before_election(day, days, late)] == [True]


@given(HELD_DAYS)
def test_the_next_meeting_lies_ahead_and_within_half_a_year(day: date) -> None:
    rolling = sessions.presidium_meeting_due(day, "zhejiang")
    quarter = sessions.presidium_meeting_due(day, "chongqing")
    assert rolling is not None
    assert quarter is not None
    assert day < rolling.date <= quarter.date + timedelta(days=1)
    assert day < quarter.date <= periods.add_months(day, 6) + timedelta(days=2)


@given(DAYS, st.integers(1, 60))
def test_working_days_count_only_working_days(start: date, days: int) -> None:
    calendar_known = periods.WorkCalendar(covered_years=frozenset(range(1990, 2102)))
    due = periods.add_working_days(start, days, calendar_known)
    between = [start + timedelta(days=n) for n in range(1, (due.date - start).days + 1)]
    fixed = [day for day in between if day in holidays.statutory(day.year)]
    assert sum(day.weekday() < 5 and day not in fixed for day in between) == days
    assert due.date.weekday() < 5
    assert due.date not in fixed
    assert not due.provisional


@given(PEOPLE)
def test_a_majority_is_the_smallest_number_above_half(people: int) -> None:
    needed = thresholds.more_than_half(people)
    assert 2 * needed > people >= 2 * (needed - 1)
    assert needed <= people


@given(PEOPLE, st.integers(1, 9), st.integers(1, 9))
def test_a_share_is_the_smallest_number_that_reaches_it(people: int, parts: int, of: int) -> None:
    number = thresholds.share_up(people, parts, of)
    assert number * of >= people * parts > (number - 1) * of


@given(PEOPLE, HELD_DAYS)
def test_a_vote_passes_exactly_from_the_majority_on(people: int, on: date) -> None:
    needed = thresholds.majority(people, on).number
    assert thresholds.passes(needed, people, people, on).passed
    assert not thresholds.passes(needed - 1, people, people, on).passed


@given(PEOPLE, HELD_DAYS)
def test_nothing_is_passed_without_the_quorum(people: int, on: date) -> None:
    quorum = thresholds.quorum(people, on).number
    assert thresholds.passes(quorum, quorum, people, on).passed == (2 * quorum > people)
    assert not thresholds.passes(quorum - 1, quorum - 1, people, on).passed


@given(st.integers(1, 50), HELD_DAYS)
def test_candidate_numbers_keep_the_margin_of_a_third_to_once(seats: int, on: date) -> None:
    limit = elections.candidate_numbers(seats, on)
    assert 3 * (limit.minimum - seats) >= seats > 3 * (limit.minimum - seats - 1)
    assert limit.maximum == 2 * seats
    assert limit.minimum <= limit.maximum


@given(st.dates(date(1940, 1, 1), date(2010, 12, 31)), st.dates(date(2020, 10, 17), date(2060, 12, 31)))
def test_age_depends_only_on_reaching_the_birthday(born: date, election_day: date) -> None:
    age = elections.voting_age(born, election_day)
    years = election_day.year - born.year - ((election_day.month, election_day.day) < (born.month, born.day))
    assert age.eligible == (years >= 18) or age.needs_human
    assert not age.needs_human or (born.month, born.day) == (2, 29)


@given(st.lists(st.integers(0, 300), min_size=1, max_size=8), st.integers(1, 3), st.integers(301, 600), HELD_DAYS)
def test_direct_result_fills_no_more_seats_than_there_are(
    counts: list[int], seats: int, took_part: int, on: date
) -> None:
    recovered = took_part
    kept, budget = [], recovered * seats
    for number in counts:
        kept.append(min(number, budget))
        budget -= kept[-1]
    lines = tuple(tallies.VoteLine(f"候选人{index}", number) for index, number in enumerate(kept))
    result = tallies.direct_result(600, took_part, recovered, seats, lines, on)
    assert result.valid
    assert len(result.elected) + result.tied_seats + result.unfilled == seats
    assert not result.tied or len(result.tied) > result.tied_seats
    by_name = {line.name: line.votes for line in lines}
    assert all(2 * by_name[name] > took_part for name in (*result.elected, *result.tied))
    worst = min((by_name[name] for name in result.elected), default=0)
    others = [number for name, number in by_name.items() if name not in result.elected]
    assert not result.elected or all(number <= worst for number in others)


@given(HELD_DAYS, st.booleans(), st.sampled_from(sorted(provinces.PACKS)), st.integers(0, 20))
def test_no_local_clock_is_longer_than_the_national_one(
    assigned: date, difficult: bool, pack: str, days_after_closing: int
) -> None:
    closed = assigned - timedelta(days=days_after_closing)
    national = suggestions.reply_due(assigned, difficult)
    assert suggestions.reply_due(assigned, difficult, pack).date <= national.date
    in_session = suggestions.reply_due(assigned, difficult, pack, closed)
    assert in_session.date <= national.date
    assert in_session.formula
    assert in_session.citation.held


@given(st.tuples(*[st.integers(0, 1000)] * 4), HELD_DAYS)
def test_satisfaction_counts_what_each_suggestion_adds(counts: tuple[int, int, int, int], on: date) -> None:
    good, fair, bad, silent = counts
    answer = suggestion_steps.satisfaction(good, fair, bad, silent, on)
    ratings = ["satisfied"] * good + ["basic"] * fair + ["dissatisfied"] * bad + [None] * silent
    for share in suggestion_steps.SHARES:
        added = [suggestion_steps.satisfaction_of(rating, share) for rating in ratings]
        part, base = sum(one for one, _ in added), sum(whole for _, whole in added)
        assert base == answer.base
        assert getattr(answer, f"{share}_rate") == thresholds.hundredths(part, base)
        assert base == 0 or abs(thresholds.hundredths(part, base) * base - 10_000 * part) * 2 <= base


def test_the_words_for_a_resting_mandate_name_the_body_of_its_level() -> None:
    on = date(2025, 4, 1)
    assert deputies.rest_words("township", on).startswith("由代表资格审查委员会向乡镇人大报告；任期内情形消失的恢复")
    assert "县级人大常委会" in deputies.rest_words("county", on)
    assert "本级人大常委会" in deputies.rest_words("province", on)
    assert deputies.rest_words("county", date(2014, 1, 1)) == "由代表资格审查委员会向县级人大常委会报告"


def test_numbers_of_people_are_never_negative() -> None:
    for wrong in (lambda: thresholds.share_up(-1, 1, 3), lambda: thresholds.more_than_half(-1)):
        with pytest.raises(ValueError, match="不能为负"):
            wrong()


@pytest.mark.parametrize(
    ("pack", "reported", "notified"),
    [
        ("national", "向乡镇人大报告", ""),
        ("zhejiang", "向乡镇人大报告", ""),
        ("shandong", "向乡镇人大报告", "第四十八条第二款"),
        ("shanghai", "向乡镇人大主席团报告", "第五十四条第四款"),
        ("chongqing", "向乡镇人大主席团报告", "第五十五条第五款"),
    ],
)
def test_a_resting_mandate_is_reported_and_notified_as_the_province_has_it(
    pack: str, reported: str, notified: str
) -> None:
    on = date(2026, 1, 1)
    words = deputies.rest_words("township", on, pack)
    assert reported in words
    assert (notified in words) if notified else ("通知" not in words)
    [finding] = deputies.suspension(True, False, False, on, "township", pack)
    assert reported in finding.message
    assert ("代表本人" in finding.message) is bool(notified)
    assert deputies.rest_words("county", on, pack) == deputies.rest_words("county", on)
