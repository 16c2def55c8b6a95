"""Typed text brought to one form."""

from hypothesis import example, given
from hypothesis import strategies as st

from congress.people.text import compact, visible


@given(st.text(max_size=40))
@example("R¸")
@example("ŉ ́")
def test_compact_is_done_once_and_for_all(text):
    assert compact(compact(text)) == compact(text)


def test_compact_sees_through_width_blanks_dashes_and_invisible_characters():
    assert compact(" １３８\u200b-００—１３\u3000８０００ｘ\ufeff") == "13800138000X"


def test_visible_keeps_words_apart():
    assert visible("\ufeff 云溪镇　李村 \u200b") == "云溪镇 李村"
