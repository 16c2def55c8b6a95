"""Search by pinyin and alphabetical order, with invented names."""

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.names.parts import COMPOUND, SINGLE, split, tidy
from congress.names.pinyin import (
    MAX_KEYS,
    MAX_VARIANTS,
    match,
    pinyin_sort_key,
    query_terms,
    reading,
    search_keys,
    search_text,
)

GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红娥玲芬燕彩春菊凤洁梅琳素云莲真环雪荣爱妹香月莺媛瑞凡佳嘉琼勤珍"


def invented_names() -> list[str]:
    """500 invented names: every surname of both tables and common ones, one and two given characters."""
    draw = random.Random(1)
    surnames = [*SINGLE, *COMPOUND, *"王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑"]
    names = [surname + draw.choice(GIVEN) + draw.choice(GIVEN) for surname in surnames]
    while len(names) < 500:
        names.append(draw.choice(surnames[-23:]) + "".join(draw.sample(GIVEN, draw.choice((1, 2)))))
    return names


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("曾小明", "zengxiaoming"), ("单小明", "shanxiaoming"), ("翟小明", "zhaixiaoming"), ("仇小明", "qiuxiaoming"),
        ("查小明", "zhaxiaoming"), ("解小明", "xiexiaoming"), ("区小明", "ouxiaoming"), ("朴小明", "piaoxiaoming"),
        ("尉迟小明", "yuchixiaoming"), ("长孙小明", "zhangsunxiaoming"), ("任小明", "renxiaoming"),
        ("盖小明", "gexiaoming"), ("万俟小明", "moqixiaoming"), ("吕小明", "lvxiaoming"), ("尉小明", "weixiaoming"),
    ],
)  # fmt: skip
def test_reading_of_surnames(name, full):
    assert reading(name).full == full


def test_reading_gives_initials_and_variants():
    assert reading("曾国藩") == ("zengguofan", "zgf", ("zengguofan", "cengguofan"))


@pytest.mark.parametrize(
    "query", ["zw", "zhangw", "张w", "伟", "zhw", "zhwei", "zwei", "wei", "ZhangWei", "zhāng wěi", "张 伟"]
)
def test_match_finds_zhang_wei(query):
    assert match(query, "张伟", search_keys("张伟")) is not None


@pytest.mark.parametrize("query", ["wz", "li", "伟z", "李w", "张q", "", "zhangweix"])
def test_match_refuses_other_queries(query):
    assert match(query, "张伟") is None


def test_match_ranks_exact_then_prefix_then_initials():
    ranks = [match(query, "张伟") for query in ("张伟", "张", "伟", "zhangwei", "zhangw", "zw", "wei")]
    assert ranks == [0, 1, 2, 3, 4, 5, 6]


def test_five_hundred_names_are_all_found():
    names = invented_names()
    assert len(names) == 500
    for name in names:
        keys = search_keys(name)
        full, initials, _ = reading(name)
        for query in (name, name[-1], full, full[:-1], initials, name[:-1] + reading(name[-1]).initials):
            assert match(query, name, keys) is not None, (query, name)


def test_whole_spelling_ranks_the_name_in_the_first_ten():
    names = sorted(set(invented_names()))
    keys = {name: search_keys(name) for name in names}
    for name in names[::10]:
        hits = [(match(reading(name).full, other, keys[other]), other) for other in names]
        ranked = sorted((rank, other) for rank, other in hits if rank is not None)
        assert name in [other for _, other in ranked[:10]], name


def test_search_text_answers_like_a_database():
    text = search_text("欧阳修文")
    for query in ("oyxw", "ouyang", "ouyxw", "xiuwen", "wen", "xw"):
        assert f" {query}" in text, query
    assert " yxz" not in text


def test_query_terms_read_the_chinese_part():
    assert query_terms("张w") == (("张",), ("zhangw",))
    assert query_terms("单x").pinyin[0] == "shanx"
    assert query_terms("伟") == (("伟",), ())
    assert query_terms("lǚ").pinyin == ("lv",)


def test_passport_spelling_and_two_short_syllables_are_both_understood():
    assert query_terms("LYU").pinyin == ("lyu", "lv")
    assert match("lyu", "吕伟") is not None
    assert match("lyuan", "林媛") is not None
    assert match("tianyu", "田雨") == 3


def test_ethnic_names_are_kept_whole():
    assert split("阿依古丽·买买提") == ("", "阿依古丽·买买提")
    assert reading("阿依·古丽").full == "ayiguli"
    assert match("ayi", "阿依•古丽") is not None
    assert match("古丽", "阿依·古丽") is not None


def test_tidy_folds_blanks_and_dots():
    assert tidy(" 王　 芳 ") == "王芳"
    assert {tidy(f"阿依{dot}古丽") for dot in "·•・‧．"} == {"阿依·古丽"}


def test_sort_key_files_surnames_by_their_own_reading():
    names = ["曾平", "单平", "翟平", "陈平", "沈平", "赵平", "查平"]
    assert sorted(names, key=pinyin_sort_key) == ["陈平", "单平", "沈平", "曾平", "查平", "翟平", "赵平"]


def test_sort_key_goes_by_letters_tone_and_strokes():
    assert sorted(["吕平", "陆平", "栾平", "罗平"], key=pinyin_sort_key) == ["陆平", "吕平", "栾平", "罗平"]
    assert sorted(["王汪", "汪王", "王王"], key=pinyin_sort_key) == ["汪王", "王汪", "王王"]
    # Same syllable and tone: 张 (7 strokes) wholly before 章 (11 strokes).
    assert sorted(["章安", "张祖", "章阿", "张安"], key=pinyin_sort_key) == ["张安", "张祖", "章阿", "章安"]


@given(st.text(alphabet=st.characters(min_codepoint=0x3400, max_codepoint=0x2FFFF, categories=["Lo"]), max_size=8))
def test_any_characters_have_keys_within_bounds(name):
    keys = search_keys(name)
    assert len(keys) <= MAX_KEYS
    assert len(reading(name).variants) <= MAX_VARIANTS
    assert isinstance(pinyin_sort_key(name), str)
    if tidy(name):
        assert match(tidy(name), name, keys) == 0


@given(st.sampled_from(invented_names()), st.data())
def test_any_mixture_of_short_and_whole_syllables_hits(name, data):
    syllables = [reading(char if at else name[0] + "伟").full for at, char in enumerate(name)]
    if len(split(name).surname) > 1:
        syllables = [*itertools.chain(COMPOUND[name[:2]].replace("1", "").replace("2", "").split()), *syllables[2:]]
        syllables = [part.rstrip("345") for part in syllables]
    else:
        syllables[0] = syllables[0].removesuffix("wei")
    typed = "".join(data.draw(st.sampled_from([part, part[:1]])) for part in syllables)
    assert match(typed, name, search_keys(name)) is not None
