"""The official order of 《通用规范汉字表》 is the judge of the stroke table."""

import functools
import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.names import strokes
from congress.names.strokes import DATA, stroke_key, uncertain

SURNAMES = (
    "丁于万马王韦毛方尹孔邓石龙卢叶田史付白冯吕朱任向刘闫江汤许孙严苏杜李杨肖吴邱何余邹汪沈宋张陆陈邵武范林罗金周郑孟赵郝胡"
    "钟段侯姜姚贺秦袁莫贾夏顾钱徐高郭唐陶黄曹龚崔梁彭董蒋韩覃程曾谢雷蔡廖谭熊黎潘薛戴魏"
)
LEVELS = ((1, 3500), (3501, 6500), (6501, 8105))


@functools.cache
def official() -> dict[int, str]:
    rows = (DATA / "strokes.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return {int(row.split("\t")[1]): row.split("\t")[0] for row in rows}


def test_table_holds_each_standard_character_once():
    assert sorted(official()) == list(range(1, 8106))
    assert len(set(official().values())) == 8105


@pytest.mark.parametrize(("first", "last"), LEVELS)
def test_stroke_key_agrees_with_the_official_order_inside_a_level(first, last):
    chars = [official()[number] for number in range(first, last + 1)]
    pairs = list(itertools.pairwise(chars))
    agree = sum(stroke_key(one) < stroke_key(other) for one, other in pairs)
    assert agree / len(pairs) >= 0.999


def test_stroke_key_orders_the_hundred_surnames():
    shuffled = random.Random(7).sample(SURNAMES, len(SURNAMES))
    assert "".join(sorted(shuffled, key=stroke_key)) == SURNAMES


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ("丁", "七", "12 before 15"),
        ("王", "亓", "1121 before 1132, level one and two"),
        ("亓", "韦", "1132 before 1152, level two and one"),
        ("仝", "丛", "34121 before 34341"),
        ("向", "闫", "325251 before 425111"),
        ("闫", "江", "425111 before 441121"),
        ("芮", "苏", "1222534 before 1225344"),
        ("晏", "钱", "10 strokes: 竖 before 撇"),
        ("田", "由", "both 25121: the number in the table decides"),
    ],
)
def test_stroke_key_compares_count_then_sequence_across_levels(first, second, why):
    assert stroke_key(first) < stroke_key(second), why


def test_sequences_have_one_digit_a_stroke():
    for row in (DATA / "strokes.tsv").read_text("utf-8").splitlines()[1:]:
        char, _, count, sequence, _ = row.split("\t")
        assert not sequence or len(sequence) == int(count), char


def test_conventions_differ_on_one_character_given_names():
    names = ["田富", "田大利"]
    assert sorted(names, key=stroke_key) == ["田大利", "田富"]
    assert sorted(names, key=lambda name: stroke_key(name, "xingshi")) == ["田富", "田大利"]


def test_xingshi_puts_single_before_compound_surnames():
    names = ["欧阳明", "欧文博", "欧文"]
    assert sorted(names, key=lambda name: stroke_key(name, "xingshi")) == ["欧文", "欧文博", "欧阳明"]


def test_xingshi_puts_names_kept_whole_behind_all_with_that_surname():
    names = ["古丽·买买提", "古明", "古明远"]
    assert sorted(names, key=lambda name: stroke_key(name, "xingshi")) == ["古明", "古明远", "古丽·买买提"]


def test_unknown_convention_is_refused():
    with pytest.raises(ValueError, match="convention"):
        stroke_key("田富", "alphabet")


def test_spaces_and_dots_do_not_change_the_key():
    assert stroke_key("王 芳") == stroke_key("王　芳") == stroke_key("王芳")
    assert stroke_key("阿依·古丽") == stroke_key("阿依•古丽")


def test_uncertain_names_the_characters_to_check():
    assert uncertain("王芳") == []
    assert uncertain("张𠮷龍") == ["𠮷", "龍"]
    assert uncertain("阿依·古丽") == []


def test_rare_characters_sort_behind_the_standard_ones_of_their_count():
    assert strokes.strokes("龍") == 16
    assert stroke_key("薛") < stroke_key("龍") < stroke_key("戴")


@given(st.lists(st.text(alphabet=SURNAMES, min_size=2, max_size=3), min_size=2, max_size=6))
def test_key_of_a_name_is_the_order_of_its_characters(names):
    by_key = sorted(names, key=stroke_key)
    by_chars = sorted(names, key=lambda name: [SURNAMES.index(char) for char in name])
    assert by_key == by_chars
