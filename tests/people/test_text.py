"""Typed text brought to one form."""

from hypothesis import example, given
from hypothesis import strategies as st

from congress.people.text import as_shown, compact, visible


@given(st.text(max_size=40))
@example("R¸")
@example("ŉ ́")
def test_compact_is_done_once_and_for_all(text):
    assert compact(compact(text)) == compact(text)


def test_compact_sees_through_width_blanks_dashes_and_invisible_characters():
    assert compact(" １３８\u200b-００—１３\u3000８０００ｘ\ufeff") == "13800138000X"


def test_visible_keeps_words_apart():
    assert visible("\ufeff 云溪镇　李村 \u200b") == "云溪镇 李村"


@given(st.text(max_size=40))
@example("e\u200b\u0301")
@example("\u0626\u200d\u200b\u200d")
def test_a_text_is_shown_once_and_for_all(text):
    assert as_shown(as_shown(text)) == as_shown(text)


def test_what_is_pasted_with_what_nobody_sees_is_what_is_seen():
    assert as_shown("\ufeff水利\u200b站\u202e\u00a0一\r\n二\r三\t") == "水利站 一\n二\n三\t"
    assert as_shown("\u200d水\u200c利") == "水利"


def test_a_joiner_of_another_writing_stays():
    for word in ("\u0626\u200d\u0645", "\u1820\u200c\u1822", "\u0f40\u200d"):
        assert as_shown(word) == word
