"""Masks: enough to recognise, not enough to use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.people import masks
from congress.people.erased import ERASED
from tests.people.numbers import id_numbers


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("id_number", "11010519491231002X", "110105********002X"),
        ("id_number", "110105491231002", "***"),
        ("phone", "13800138000", "138****8000"),
        ("phone", "0536-3251234", "0536-****234"),
        ("phone", "010-65121234-801", "010-****1234"),
        ("phone", "3251234", "****234"),
        ("phone", "不详", "***"),
        ("address", "某省清江县云溪镇李村3组12号", "某省清江县云溪镇李村3组***"),
        ("address", "云溪镇李村第三村民小组张家院", "云溪镇李村第三村民小组***"),
        ("address", "李村5号王组长家", "李村***"),
        ("address", "云溪镇幸福路12号3单元402", "云溪镇***"),
        ("address", "幸福路12号", "***"),
        ("address", "云溪镇李村", "云溪镇李村"),
        ("address", "某自治区某旗某苏木某嘎查西头", "某自治区某旗某苏木***"),
        ("address", "清江县云溪镇东街社区居民委员会2号楼", "清江县云溪镇东街社区居民委员会***"),
        ("name", "王小明", "王**"),
        ("name", "单木", "单*"),
        ("name", "欧阳小明", "欧阳**"),
        ("name", "欧阳", "欧*"),
        ("name", "阿依古丽·买买提", "阿***"),
        ("name", "王", "王*"),
        ("text", "无业", "***"),
        ("text", "行动不便的老人", "行***"),
    ],
)
def test_mask_of_each_kind(kind, value, shown):
    assert masks.mask(kind, value) == shown


@pytest.mark.parametrize("kind", sorted(masks.MASKS))
def test_every_mask_takes_nothing_and_the_marker(kind):
    assert masks.mask(kind, None) == masks.mask(kind, "") == ""
    assert masks.mask(kind, ERASED) == "（已按规定销毁）"


@given(kind=st.sampled_from(["id_number", "phone", "text"]), value=st.text(min_size=1, max_size=40))
def test_text_of_unknown_shape_is_hidden(kind, value):
    shown = masks.mask(kind, value)
    assert "*" in shown
    assert shown != value or set(value) <= {"*"}


@given(id_numbers())
def test_masked_number_keeps_no_date_of_birth(number):
    assert masks.mask_id_number(number)[6:14] == "********"


@given(st.text(alphabet="云溪李村镇组号0123456789 ", max_size=30))
def test_masked_address_is_a_beginning_of_the_address(value):
    shown = masks.mask_address(value)
    assert value.startswith(shown.removesuffix("***"))


def test_unknown_mask_is_an_error():
    with pytest.raises(KeyError):
        masks.mask("colour", "red")


def test_marker_survives_pickle_and_prints_its_words():
    import pickle

    again = pickle.loads(pickle.dumps(ERASED))
    assert type(again) is type(ERASED)
    assert f"{again}" == "（已按规定销毁）"
