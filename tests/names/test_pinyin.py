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
    pinyin_sort_key,
    query_terms,
    reading,
    search_keys,
    search_text,
)

GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红娥玲芬燕彩春菊凤洁梅琳素云莲真环雪荣爱妹香月莺媛瑞凡佳嘉琼勤珍"

# Surnames whose reading is not the everyday one, as the open tables of surnames overtrue/pinyin (MIT, sources/surnames.txt)
# and zh-lx/pinyin-pro (MIT, lib/data/surname.ts) give them; for those in which the two differ (任纪盖牟訾繁适), and for
# the ones they lack, as 《现代汉语词典》 does.
SURNAMES = {
    "万俟": "moqi", "尉迟": "yuchi", "长孙": "zhangsun", "澹台": "tantai", "淳于": "chunyu", "鲜于": "xianyu",
    "亓官": "qiguan", "颛孙": "zhuansun", "闾丘": "lvqiu", "宰父": "zaifu", "第五": "diwu", "夹谷": "jiagu",
    "重": "chong", "秘": "bi", "冼": "xian", "华": "hua", "过": "guo", "纪": "ji", "燕": "yan", "种": "chong",
    "繁": "po", "幺": "yao", "覃": "qin", "冯": "feng", "石": "shi", "缪": "miao", "瞿": "qu", "曾": "zeng",
    "解": "xie", "折": "she", "那": "na", "佴": "nai", "粘": "nian", "藏": "zang", "翟": "zhai", "都": "du",
    "薄": "bo", "贾": "jia", "哈": "ha", "盖": "ge", "查": "zha", "盛": "sheng", "柏": "bai", "朴": "piao",
    "牟": "mu", "乜": "nie", "乐": "yue", "阚": "kan", "叶": "ye", "强": "qiang", "万": "wan", "车": "che",
    "沈": "shen", "区": "ou", "仇": "qiu", "宿": "su", "单": "shan", "卜": "bu", "於": "yu", "俞": "yu", "贠": "yun",
    "任": "ren", "尉": "wei", "能": "nai", "莘": "shen", "相": "xiang", "宁": "ning", "訾": "zi", "隗": "kui",
    "员": "yun", "祭": "zhai", "召": "shao", "郇": "xun", "黑": "he", "适": "kuo", "谷": "gu", "褚": "chu",
    "陆": "lu", "汤": "tang", "余": "yu",
}  # fmt: skip


def finds(query: str, name: str) -> bool:
    """Whether a database that keeps `search_text` answers with the name (see deputies.queries)."""
    typed, kept = tidy(query), tidy(name)
    han, spelled = query_terms(query)
    by_keys = any(f" {spelling}" in search_text(name) for spelling in spelled) and all(piece in kept for piece in han)
    return bool(typed) and (typed in kept or by_keys)


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
def test_many_ways_to_type_find_zhang_wei(query):
    assert finds(query, "张伟")


@pytest.mark.parametrize("query", ["wz", "li", "伟z", "李w", "张q", "", "zhangweix"])
def test_other_queries_do_not(query):
    assert not finds(query, "张伟")


def test_five_hundred_names_are_all_found():
    names = invented_names()
    assert len(names) == 500
    for name in names:
        full, initials, _ = reading(name)
        for query in (name, name[-1], full, full[:-1], initials, name[:-1] + reading(name[-1]).initials):
            assert finds(query, name), (query, name)


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
    assert finds("lyu", "吕伟")
    assert finds("lyuan", "林媛")
    assert finds("tianyu", "田雨")


def test_ethnic_names_are_kept_whole():
    assert split("阿依古丽·买买提") == ("", "阿依古丽·买买提")
    assert reading("阿依·古丽").full == "ayiguli"
    assert finds("ayi", "阿依•古丽")
    assert finds("古丽", "阿依·古丽")


def test_sort_key_files_surnames_by_their_own_reading():
    names = ["曾平", "单平", "翟平", "陈平", "沈平", "赵平", "查平"]
    assert sorted(names, key=pinyin_sort_key) == ["陈平", "单平", "沈平", "曾平", "查平", "翟平", "赵平"]


def test_sort_key_goes_by_letters_tone_and_strokes():
    assert sorted(["吕平", "陆平", "栾平", "罗平"], key=pinyin_sort_key) == ["陆平", "吕平", "栾平", "罗平"]
    assert sorted(["王汪", "汪王", "王王"], key=pinyin_sort_key) == ["汪王", "王汪", "王王"]
    # Same syllable and tone: 张 (7 strokes) wholly before 章 (11 strokes).
    assert sorted(["章安", "张祖", "章阿", "张安"], key=pinyin_sort_key) == ["张安", "张祖", "章阿", "章安"]


def test_surnames_read_as_the_dictionaries_of_surnames_say():
    read = {surname: reading(f"{surname}一").full.removesuffix("yi") for surname in SURNAMES}
    assert read == SURNAMES


def test_nian_files_between_ni_and_nie():
    assert sorted(["粘试一", "倪试一", "聂试一", "展试一"], key=pinyin_sort_key) == [
        "倪试一",
        "粘试一",
        "聂试一",
        "展试一",
    ]


@given(st.text(alphabet=st.characters(min_codepoint=0x3400, max_codepoint=0x3FFFD), max_size=8))
def test_any_characters_have_keys_within_bounds(name):
    keys = search_keys(name)
    assert len(keys) <= MAX_KEYS
    assert len(reading(name).variants) <= MAX_VARIANTS
    assert isinstance(pinyin_sort_key(name), str)


@given(st.sampled_from(invented_names()), st.data())
def test_any_mixture_of_short_and_whole_syllables_hits(name, data):
    syllables = [reading(char if at else name[0] + "伟").full for at, char in enumerate(name)]
    if len(split(name).surname) > 1:
        syllables = [*itertools.chain(COMPOUND[name[:2]].replace("1", "").replace("2", "").split()), *syllables[2:]]
        syllables = [part.rstrip("345") for part in syllables]
    else:
        syllables[0] = syllables[0].removesuffix("wei")
    typed = "".join(data.draw(st.sampled_from([part, part[:1]])) for part in syllables)
    assert finds(typed, name)
