"""A typed day whose weekday is not its own is told, with the day that may have been meant."""

import pytest

from congress.documents.cleaning import clean
from congress.documents.weekdays import wrong_weekdays


def test_a_plan_of_november_typed_as_january_is_told_with_the_day_it_meant():
    """X-K03."""
    (said,) = wrong_weekdays("定于1月25号（本周五）召开", 2011)
    assert said == "“1月25号（本周五）”的星期不对：2011年1月25日是星期二；是不是2011年11月25日（星期五）"


@pytest.mark.parametrize(
    "text",
    [
        "2026年12月20日（星期日）投票",
        "2026年12月20日（星期天）投票",
        "12月20日（周日）",
        "12月20日投票，周五布置",
        "2月30日（周一）",
    ],
)
def test_a_day_with_its_own_weekday_or_none_is_left_alone(text):
    assert wrong_weekdays(text, 2026) == []


def test_a_day_without_a_year_is_not_looked_at_where_none_is_known():
    assert wrong_weekdays("1月25日（周五）") == []
    assert wrong_weekdays("2011年1月25日（周五）")


def test_the_repair_of_a_text_tells_it_and_changes_nothing():
    text, notes = clean("2026年12月21日（星期日）投票")
    assert text == "2026年12月21日（星期日）投票"
    assert [note.code for note in notes] == ["weekday"]
    assert "2026年12月21日是星期一" in str(notes[0])
