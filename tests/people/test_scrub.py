"""Numbers in free text: found, masked, refused; dates, amounts and document numbers left alone."""

import time
from itertools import pairwise

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from congress.people import scrub
from tests.people.numbers import id_numbers, spellings


def _kinds(text):
    return [(found.kind, text[slice(*found.span)]) for found in scrub.find_personal(text)]


@pytest.mark.parametrize(
    ("text", "kind", "part"),
    [
        ("请打13800138000找我", "mobile", "13800138000"),
        ("电话138 0013 8000，谢谢", "mobile", "138 0013 8000"),
        ("电话138-0013-8000x", "mobile", "138-0013-8000"),
        ("电话138.0013.8000", "mobile", "138.0013.8000"),
        ("电话+86 13800138000", "mobile", "+86 13800138000"),
        ("0086 138 0013 8000", "mobile", "0086 138 0013 8000"),
        ("１３８００１３８０００", "mobile", "１３８００１３８０００"),
        ("1 3 8 0 0 1 3 8 0 0 0", "mobile", "1 3 8 0 0 1 3 8 0 0 0"),
        ("一三八零零一三八零零零", "mobile", "一三八零零一三八零零零"),
        ("幺三八〇〇幺三八〇〇〇", "mobile", "幺三八〇〇幺三八〇〇〇"),
        ("组十一13800138000", "mobile", "13800138000"),
        ("13800138000 1234567", "mobile", "13800138000"),
        ("身份证110105 19491231 002x。", "id_number", "110105 19491231 002x"),
        ("身份证１１０１０５１９４９１２３１００２Ｘ", "id_number", "１１０１０５１９４９１２３１００２Ｘ"),
        ("旧证110105491231002号", "id_number", "110105491231002"),
        ("末位写错的110105194912310021", "id_number", "110105194912310021"),
        ("电话138 - 0013 - 8000", "mobile", "138 - 0013 - 8000"),
        ("电话138/0013/8000", "mobile", "138/0013/8000"),
        ("电话138/1234/5678", "mobile", "138/1234/5678"),
        ("电话150/2000/3001", "mobile", "150/2000/3001"),
        ("电话150 2000 3000", "mobile", "150 2000 3000"),
        ("电话150/0200/3000", "mobile", "150/0200/3000"),
        ("电话150-2000-3000", "mobile", "150-2000-3000"),
        ("电话(138) 0013-8000", "mobile", "138) 0013-8000"),
        ("电话（138）00138000", "mobile", "138）00138000"),
        ("电话1380 013 8000", "mobile", "1380 013 8000"),
        ("电话138 00 13 80 00", "mobile", "138 00 13 80 00"),
        ("电话013800138000", "mobile", "013800138000"),
        ("电话١٣٨٠٠١٣٨٠٠٠", "mobile", "١٣٨٠٠١٣٨٠٠٠"),
        ("电话𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎", "mobile", "𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎"),
        ("电话①③⑧⓪⓪①③⑧⓪⓪⓪", "mobile", "①③⑧⓪⓪①③⑧⓪⓪⓪"),
        ("联系人①13800138000", "mobile", "13800138000"),
        ("壹叁捌零零壹叁捌零零零", "mobile", "壹叁捌零零壹叁捌零零零"),
        ("一三八○○一三八○○○", "mobile", "一三八○○一三八○○○"),
        ("身份证110105 - 19491231 - 002x", "id_number", "110105 - 19491231 - 002x"),
        ("身份证110105/19491231/002X", "id_number", "110105/19491231/002X"),
        ("身份证11010519491231002Х", "id_number", "11010519491231002Х"),
        ("身份证11010519491231002 X", "id_number", "11010519491231002 X"),
        ("家里0536-3251234", "landline", "0536-3251234"),
        ("家里05363251234", "landline", "05363251234"),
        ("家里（0536 3251234）", "landline", "0536 3251234"),
    ],
)
def test_number_is_found_where_it_stands(text, kind, part):
    assert (kind, part) in _kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "李村3组道路长1200米，投资35.6万元",
        "2026年3月15日13:40，2026-03-15至2026-04-15",
        "云溪人发〔2026〕12号",
        "选民3412人，参加投票3011人，得票2890、2741、1990",
        "卡号6222020200112233445",
        "统一社会信用代码 91370700MA3C000000",
        "二〇二六年三月一日，一二三四五",
        "邮编262500，热线12345、12388",
        "档案1396-01-02-003",
        "1950-01-01 1960-02-02",
        "138 万元、0013 号、8000 平方米",
        "每户补助150、2000、3000元，138，0013，8000",
        "每户补助150/2000/3000元",
        "补助标准180／1500 / 2000元三档",
        "150/1380/4000/2600元四项",
        "长1380 × 宽13 × 高8000",
        "2026/03/15 - 2026/04/15（13:40）",
        "三处分别为①138户②1300户③8000户",
    ],
)
def test_other_figures_are_left_alone(text):
    assert scrub.find_personal(text) == []


def test_several_numbers_come_in_order_and_masked():
    text = "我叫李四，13800138000或13900139000，证号11010519491231002X，办公室0536-3251234。"
    found = scrub.find_personal(text)
    assert [each.kind for each in found] == ["mobile", "mobile", "id_number", "landline"]
    assert scrub.scrubbed(text) == ("我叫李四，138****8000或139****9000，证号110105********002X，办公室0536-****234。")


@given(id_numbers(), st.sampled_from(["", "：", "号", "李村", "证 "]))
def test_every_spelling_of_an_identity_number_is_found(number, before):
    for typed in spellings(number):
        kinds = [kind for kind, _ in _kinds(f"{before}{typed}，请办理")]
        assert kinds == ["id_number"]


@given(st.text(alphabet="0123456789X一三八零 -年月村１+.x/()①٣Х", max_size=60))
def test_scrubbed_text_holds_no_number_any_more(text):
    found = scrub.find_personal(text)
    assert all(0 <= each.span[0] < each.span[1] <= len(text) for each in found)
    assert all(left.span[1] <= right.span[0] for left, right in pairwise(found))
    digits = {"".join(filter(str.isdigit, text[slice(*each.span)])) for each in found}
    assert all(each not in scrub.scrubbed(text) for each in digits)


def test_long_text_is_read_in_time_proportional_to_its_length():
    def took(size: int) -> float:
        text = "1 " * 2 * size + "1" * 5 * size + "9-" * 2 * size
        started = time.process_time()
        scrub.find_personal(text)
        return time.process_time() - started

    # Work that grows with the square would take sixteen times as long.
    assert min(took(4_000) for _ in range(3)) < 9 * min(took(1_000) for _ in range(3))


class MatterForm(forms.Form):
    text = forms.CharField(validators=[scrub.refuse_personal])


def test_form_refuses_numbers_in_plain_words_without_repeating_them():
    form = MatterForm({"text": "张三13800138000反映路灯不亮，证号11010519491231002X"})
    assert not form.is_valid()
    message = form.errors["text"][0]
    assert "手机号 138****8000" in message
    assert "身份证号 110105********002X" in message
    assert "13800138000" not in message


def test_form_lets_office_numbers_through_unless_told_otherwise():
    assert MatterForm({"text": "已联系水利站0536-3251234"}).is_valid()
    with pytest.raises(ValidationError) as refused:
        scrub.refuse_personal("水利站0536-3251234", kinds=["landline"])
    assert refused.value.code == "personal"
    scrub.refuse_personal("")
    scrub.refuse_personal(None)


@given(st.uuids())
def test_the_key_of_a_record_is_nobodys_number(key):
    """A form hands keys back as text: one of some eight hundred has the digits of a mobile in it."""
    assert _kinds(f"第一份 {key}") == []


@pytest.mark.parametrize(
    "key",
    [
        "5f0c1a2b-77aa-4c3d-9e8f-a18312345983",
        "5f0c1a2b-77aa-4c3d-a138-00138000ffff",
        "5f0c1a2b-7138-4001-3800-0aaaaaaaaaaa",
        "11010119-9003-4712-8900-0000000000aa",
        "a18312345983" + "0f" * 10,
        "e3" * 20 + "f13800138000" + "b7" * 6,
    ],
)
def test_a_key_or_digest_with_the_digits_of_a_mobile_in_it_is_let_through(key):
    assert _kinds(key) == []
    assert _kinds(f"{key}，电话13800138000") == [("mobile", "13800138000")]
    assert scrub.scrubbed(f"{key} 13800138000") == f"{key} 138****8000"


@pytest.mark.parametrize("text", ["a13800138000", "5f0c-13800138000-aa"])
def test_what_only_looks_a_little_like_a_key_is_looked_into(text):
    assert _kinds(text) == [("mobile", "13800138000")]
