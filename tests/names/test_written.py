"""One answer to what may stand as a name, whoever asks."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.names.characters import RADICALS, is_han
from congress.names.parts import letters, tidy
from congress.names.pinyin import pinyin_sort_key, reading, search_text
from congress.names.strokes import stroke_key, uncertain
from congress.names.written import LONGEST, problem, unknown

NEWEST = "王\U0002ebf0"  # extension I of Unicode 15.1, which Python 3.11 does not know


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("张 伟", "张伟"), (" 王\u3000 芳\xa0", "王芳"), ("张\u200b伟\ufeff", "张伟"), ("\u202e张伟\u2069", "张伟"),
        ("ＡＢ", "AB"), ("⼀王", "一王"), ("⻢⻓⺠", "马长民"), ("\uf9d1三", "六三"), ("赵\ue863", "赵䶮"),
        ("张\ufe00伟", "张伟"), ("张\U000e0100伟", "张伟"), ("张\x00伟", "张伟"), ("张伟。", "张伟"),
        ("买买提 · 吐尔逊", "买买提·吐尔逊"), ("买买提··吐尔逊", "买买提·吐尔逊"),
    ],
)  # fmt: skip
def test_names_are_kept_in_one_form(typed, kept):
    assert tidy(typed) == kept
    assert problem(kept) == ""


def test_what_is_tidy_already_is_what_the_long_way_would_make_of_it():
    block = "".join(map(chr, range(0x4E00, 0xA000)))
    assert tidy(block) == tidy(f"{block}\u200b") == block
    assert all(map(is_han, block))


@pytest.mark.parametrize("dot", "·•・‧∙⋅･．.●﹒。｡◦∘᛫⸱⸳ꞏ\u0387\u2024")
def test_every_dot_is_the_dot(dot):
    assert tidy(f"买买提{dot}吐尔逊") == "买买提·吐尔逊"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("=1+1", "“=”、“1”、“+”不是文字"), ("王□伟", "“□”不是文字"), ("王？伟", "“?”不是文字"), ("张伟1", "“1”不是文字"),
        ("张伟（大）", "“(”、“)”不是文字"), ("王\ue5e5", "自造字（U+E5E5）"), ("张⺮", "“⺮”是偏旁部首"), ("王㇏", "“㇏”是偏旁部首"),
        ("王\ufffd", "“\ufffd”不是文字"), ("·", "只能是文字"), ("", "只能是文字"), ("@张伟", "“@”不是文字"), ("张😀", "“😀”不是文字"),
        ("王" * 41, "最多40个字，现在有41个字"),
    ],
)  # fmt: skip
def test_what_is_no_name_is_refused_by_the_character(typed, said):
    assert said in problem(tidy(typed))


@pytest.mark.parametrize("name", ["欧阳文", "𠮷田", "王㐅", "﨑山", "王𬱟", NEWEST, "\U000323b0一", "ئەركىن", "〇一"])
def test_letters_of_every_script_and_age_are_names(name):
    assert problem(tidy(name)) == ""


def test_a_radical_is_folded_only_where_it_is_the_whole_character():
    for radical, whole in RADICALS.items():
        assert unicodedata.name(chr(radical)).startswith("CJK RADICAL")
        assert is_han(chr(whole)), chr(radical)
    assert len(RADICALS) == len(set(RADICALS.values()))


def test_a_character_newer_than_the_tables_is_kept_and_sorted_last():
    assert unknown(NEWEST) == ["\U0002ebf0"]
    assert unknown("王𠮷𬱟") == []
    assert uncertain(NEWEST) == ["\U0002ebf0"]
    assert reading(NEWEST).full.startswith("wang")
    assert " wang" in search_text(NEWEST)
    for key in (stroke_key, pinyin_sort_key):
        assert sorted(["\U0002ebf0一", "龘一", NEWEST, "王龘", "张一"], key=key)[-1] == "\U0002ebf0一"
        assert sorted([NEWEST, "王龘", "王一"], key=key)[-1] == NEWEST


@given(st.text(max_size=50))
def test_any_text_is_tidied_once_and_answered(text):
    kept = tidy(text)
    assert tidy(kept) == kept
    assert isinstance(problem(kept), str)
    assert len(letters(kept)) <= len(kept)
    if not problem(kept):
        assert len(kept) <= LONGEST
        assert not kept.startswith(("=", "+", "-", "@", "'"))


def test_a_name_may_be_as_long_as_the_column_and_no_longer():
    assert problem("木" * LONGEST) == ""
    assert problem("木" * (LONGEST + 1)) == f"姓名最多{LONGEST}个字，现在有{LONGEST + 1}个字"
