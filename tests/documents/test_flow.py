"""Lines of 28 characters: what GB/T 15834 forbids never happens, and every full line is exactly full."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congress.documents.flow import (
    CLOSING,
    HALF,
    NOT_FIRST,
    NOT_LAST,
    Char,
    flow,
    may_break,
    plain,
    title_lines,
    tokens,
)
from congress.documents.grid import OFFICIAL, Measure

word = st.text("镇人民代表大会主席团工作认真履行职责", min_size=1, max_size=6)
number = st.from_regex(r"[1-9][0-9]{0,5}(\.[0-9]{1,2})?%?", fullmatch=True)
mark = st.sampled_from(["，", "。", "、", "；", "：", "？", "！", "……", "——", ""])
quoted = st.builds(lambda a, w, b: a + w + b, st.sampled_from("“《（"), word, st.sampled_from(["”", "》", "）"]))
phrase = st.builds(lambda body, end: body + end, st.one_of(word, number, quoted, st.just("GB/T"), word), mark)
paragraph = st.lists(phrase, min_size=1, max_size=60).map("".join)
anything = st.text("镇人大，。、；“”《》（）——……0123456789%.A-z", min_size=1, max_size=200)


@given(paragraph)
@settings(max_examples=100, deadline=None)
def test_flow_keeps_every_character_in_order(text):
    assert "".join(line.text for line in flow(plain(text))) == text


@given(anything, st.floats(8, 40), st.sampled_from([0.0, 2.0, 5.0]))
@settings(max_examples=100, deadline=None)
def test_flow_keeps_any_text_at_any_width(text, cells, hanging):
    lines = flow(plain(text), Measure(cells, cells * 16.0, 16.0), 2.0, hanging)
    assert "".join(line.text for line in lines) == text


@given(paragraph)
@settings(max_examples=100, deadline=None)
def test_flow_fills_every_full_line_exactly(text):
    for line in flow(plain(text)):
        if line.full and len(line.chars) > 1:
            assert abs(line.width() - OFFICIAL.width) < 1e-6
        else:
            assert line.width() <= OFFICIAL.width + 1e-6


@given(paragraph)
@settings(max_examples=100, deadline=None)
def test_flow_never_starts_or_ends_a_line_with_a_forbidden_mark(text):
    lines = flow(plain(text))
    for before, line in pairwise(lines):
        if any(may_break(a, b) for a, b in pairwise(before.chars)):
            assert line.text[0] not in NOT_FIRST
            assert before.text[-1] not in NOT_LAST


@given(paragraph)
@settings(max_examples=100, deadline=None)
def test_flow_squeezes_marks_only_and_by_half_at_most(text):
    for line in flow(plain(text)):
        for at, taken in line.squeeze.items():
            assert 0 < taken <= 0.5
            assert line.text[at] in CLOSING or line.text[at] in NOT_LAST
        over = sum(char.advance for char in line.chars) - (OFFICIAL.cells - line.indent)
        assert sum(line.squeeze.values()) <= max(HALF, over) + 1e-6  # no mark gives what another has given already


@given(st.lists(st.one_of(word, number), min_size=20, max_size=60))
@settings(max_examples=60, deadline=None)
def test_flow_never_splits_a_number(parts):
    text = "，".join(parts)
    lines = flow(plain(text))
    for before, line in pairwise(lines):
        assert not (before.text[-1].isdigit() and line.text[0].isdigit())


@pytest.mark.parametrize("pair", ["——", "……"])
def test_flow_keeps_a_pair_of_dashes_or_dots_together(pair):
    for length in range(20, 32):
        lines = flow(plain("镇" * length + pair + "人" * 30))
        assert any(pair in line.text for line in lines)


def test_flow_sets_26_and_28_characters_without_marks():
    lines = flow(plain("镇" * 82))
    assert [len(line.chars) for line in lines] == [26, 28, 28]
    assert lines[0].indent == 2.0
    assert all(abs(line.spacing - OFFICIAL.spacing) < 1e-9 for line in lines)


def test_flow_takes_a_closing_mark_into_the_line_by_squeezing():
    lines = flow(plain("镇，" * 13 + "。" + "人" * 40))
    assert lines[0].text.endswith("。")
    assert lines[0].squeeze


@given(st.integers(1, 9), st.sampled_from("，。；）"))
def test_a_mark_at_the_line_end_gives_its_blank_half_whole_or_not_at_all(digits, mark):
    """Half-way in, its ink would stand neither at the edge nor half a cell before it: the line looks ragged."""
    text = "占" + "8" * digits + "%的" + "办" * 40
    for at in range(20, 30):
        chars = plain(text[:at] + mark + text[at:])
        # Digits of a real font are not just half as wide as a hanzi.
        chars = [replace(char, advance=0.533) if char.text.isdigit() else char for char in chars]
        for line in flow(chars):
            last = len(line.chars) - 1
            assert line.squeeze.get(last, 0) in (0, HALF)
            if line.full:
                assert abs(line.width() - OFFICIAL.width) < 0.01


def test_flow_gives_a_word_up_when_it_may_not_squeeze():
    lines = flow(plain("镇" * 26 + "，" + "人" * 40), take_in=False)
    assert lines[0].text == "镇" * 25
    assert lines[1].text.startswith("镇，")


def test_flow_leaves_no_single_character_on_the_last_line():
    lines = flow(plain("镇" * 27 + "。"))
    assert [len(line.chars) for line in lines] == [25, 3]


def test_flow_hangs_later_lines():
    lines = flow(plain("镇" * 60), indent=2, hanging=6)
    assert [line.indent for line in lines] == [2, 6, 6]
    assert [len(line.chars) for line in lines] == [26, 22, 12]


def test_flow_breaks_an_address_longer_than_a_line():
    text = "a" * 80
    lines = flow(plain(text))
    assert "".join(line.text for line in lines) == text
    assert all(line.width() <= OFFICIAL.width + 1e-6 for line in lines)


def test_tokens_hold_numbers_words_and_pairs_together():
    joined = ["".join(c.text for c in piece) for piece in tokens(plain("达99.5%以上——GB/T 1,234……"))]
    assert joined == ["达", "99.5%", "以", "上", "——", "GB/T", " ", "1,234", "……"]


def test_what_is_glued_goes_to_the_next_line_whole():
    name = [Char("翟"), Char("葭", glued=True), Char("云", glued=True)]
    lines = flow([*plain("镇" * 25), *name, *plain("　" + "人" * 4)])
    assert [line.text for line in lines] == ["镇" * 25, "翟葭云　" + "人" * 4]
    assert [round(line.width(), 3) for line in lines[:1]] == [round(OFFICIAL.width, 3)]


def test_the_blank_between_two_names_starts_no_line():
    lines = flow(plain("镇" * 26 + "　" + "人" * 4))
    assert [line.text for line in lines] == ["镇" * 26 + "　", "人" * 4]
    assert lines[0].squeeze == {26: 1.0}
    assert lines[0].width() == pytest.approx(OFFICIAL.width)


def test_title_lines_keep_the_break_a_person_chose():
    assert title_lines("关于召开\n会议的通知") == ["关于召开", "会议的通知"]


@pytest.mark.parametrize(
    "title",
    [
        "关于做好××镇第十七届人民代表大会代表选举工作的通知",
        "××镇第十八届人民代表大会第三次会议关于政府工作报告的决议",
        "××县××镇人民代表大会主席团关于召开××镇第十八届人民代表大会第三次会议有关事项的通知",
    ],
)
def test_title_lines_are_short_balanced_and_keep_words_whole(title):
    lines = title_lines(title)
    assert "".join(lines) == title
    assert all(len(line) <= 19 for line in lines)
    assert max(map(len, lines)) - min(map(len, lines)) <= 6
    assert not any(line.startswith(("的", "届", "次", "民代表")) for line in lines)
