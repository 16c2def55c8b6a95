"""Words for dates, shares and differences, without a database."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress import clock, wording

DAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("程甲、程乙", ["程甲", "程乙"]),
        (" 程甲，程乙, 程丙；程丁 ", ["程甲", "程乙", "程丙", "程丁"]),
        ("程甲、程甲、", ["程甲"]),
        ("阿依古丽·买买提", ["阿依古丽·买买提"]),
        ("", []),
    ],
)
def test_the_names_of_several_people_are_told_apart_and_each_counts_once(text, found):
    assert wording.people_in(text) == found


@pytest.mark.parametrize(
    ("write", "value", "text"),
    [
        (wording.chinese_date, DAY, "2026年3月1日"),
        (wording.cdatew, DAY, "2026年3月1日（星期日）"),
        (wording.idate, DAY, "2026-03-01"),
        (wording.chinese_date, "2026-03-01", "2026年3月1日"),
        (wording.chinese_date, datetime(2026, 2, 28, 16, 30, tzinfo=UTC), "2026年3月1日"),
        (wording.clock_time, datetime(2026, 2, 28, 16, 30, tzinfo=UTC), "2026年3月1日 00:30"),
        (wording.clock_time, DAY, "2026年3月1日"),
        (wording.days_said, "截止日：2022-12-20，编号2022-12-201", "截止日：2022年12月20日，编号2022-12-201"),
        (wording.chinese_date, None, "—"),
        (wording.cdatew, "", "—"),
        (wording.idate, None, "—"),
        (wording.clock_time, None, "—"),
    ],
)
def test_dates_are_written_in_chinese_and_in_shanghai(write, value, text):
    assert write(value) == text


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 3, 1), "今天"),
        (date(2026, 3, 2), "明天"),
        (date(2026, 3, 3), "后天"),
        (date(2026, 3, 4), "还有3天"),
        (date(2026, 2, 28), "昨天"),
        (date(2026, 2, 26), "3天前"),
    ],
)
def test_distances_count_calendar_days(day, text):
    with clock.frozen(DAY):
        assert wording.relative(day) == text


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (3, 7, "42.86%"),
        (1, 2, "50%"),
        (1, 3, "33.33%"),
        (2, 3, "66.67%"),
        (1, 200, "0.50%"),
        (1, 20000, "0.01%"),
        (9247, 10000, "92.47%"),
        (0, 5, "0%"),
        (5, 5, "100%"),
        (5, 0, "—"),
        (None, 5, "—"),
    ],
)
def test_shares_are_rounded_half_up_with_whole_numbers(part, whole, text):
    assert wording.percent(part, whole) == text


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (1, 300, "1%"),
        (3, 200, "2%"),
        (149, 10000, "1%"),
        (1, 3, "33%"),
        (197, 200, "99%"),
        (199, 200, "99%"),
        (0, 200, "0%"),
        (200, 200, "100%"),
        (0, 0, "—"),
        (None, 5, "—"),
    ],
)
def test_a_share_read_out_is_all_or_nothing_only_when_it_is(part, whole, text):
    assert wording.whole_percent(part, whole) == text


@given(st.integers(1, 10**7), st.data())
def test_a_share_says_all_only_when_it_is_within_half_a_step_of_all(whole, data):
    part = data.draw(st.integers(0, whole))
    shown = wording.percent(part, whole).rstrip("%")
    assert abs(float(shown) * whole / 100 - part) <= whole * 0.00005 + 1e-6


@pytest.mark.parametrize(
    ("due", "done", "word", "tone"),
    [
        (date(2026, 3, 4), None, "还有3天", "warning"),
        (date(2026, 3, 9), None, "还有8天", "neutral"),
        (date(2026, 3, 1), None, "今天到期", "warning"),
        (date(2026, 2, 27), None, "逾期2天", "bad"),
        (date(2026, 2, 27), date(2026, 2, 27), "已按期", "good"),
        (date(2026, 2, 27), date(2026, 3, 1), "已办结，逾期2天", "warning"),
        (None, None, "无期限", "neutral"),
        (None, date(2026, 3, 1), "已办结", "good"),
    ],
)
def test_a_deadline_says_how_it_stands(due, done, word, tone):
    spoken = wording.deadline(due, done, DAY)
    assert (spoken.word, spoken.tone) == (word, tone)
    assert spoken.icon


@pytest.mark.parametrize(
    ("seconds", "text"), [(None, ""), (5, "不到1分钟"), (100, "约2分钟"), (3600, "约60分钟"), (7200, "约2小时")]
)
def test_spans_are_about(seconds, text):
    assert wording.span(seconds) == text


@given(st.text(max_size=80), st.text(max_size=80))
def test_differences_keep_both_texts_whole(old, new):
    left, right = wording.differences(old, new)
    assert "".join(text for _, text in left) == old
    assert "".join(text for _, text in right) == new
    assert {kind for kind, _ in left} <= {"same", "del"}
    assert {kind for kind, _ in right} <= {"same", "ins"}


def test_very_long_texts_are_shown_whole_without_searching():
    assert wording.differences("甲" * 3000, "乙" * 3000) == ([("same", "甲" * 3000)], [("same", "乙" * 3000)])
