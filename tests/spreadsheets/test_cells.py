"""One cell: what people write, what spreadsheets make of it, and the words when it is wrong."""

import dataclasses
import datetime
import decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.names.parts import tidy
from congress.names.written import problem as names_problem
from congress.people.idnumber import check_digit
from congress.spreadsheets import choices
from congress.spreadsheets.cells import LOST_DIGITS, CellProblem, is_empty, is_masked, parse_cell
from congress.spreadsheets.columns import Column
from congress.spreadsheets.dates import ShownMonth
from tests.spreadsheets.books import ROSTER, id_number

COLUMNS = {column.key: column for column in ROSTER}
DATE = Column("date", "当选日期", kind="date")
MONTH = Column("month", "出生年月", kind="month")
DAY = datetime.date(2026, 3, 1)


def problem(value, column: Column) -> str:
    with pytest.raises(CellProblem) as caught:
        parse_cell(value, column)
    return str(caught.value)


@pytest.mark.parametrize(
    "typed",
    [
        "2026.3.1", "2026/3/1", "20260301", "2026-03-01", "2026年3月1日", "二〇二六年三月一日", "二○二六年三月一日",
        "二零二六年三月一号", "２０２６－３－１", "2026 年 3 月 1 日", "2026-03-01 00:00:00", "2026-03-01T08:30",
        "2026年3月1日（星期日）", "2026年3月1日 周日", "2026、3、1", "2026.3.1.", 46082, 46082.0, 20260301, DAY,
        datetime.datetime(2026, 3, 1, 8, 30), " 2026.03.01 ", "2026.3月1日", "2026年3.1", "2026年3月1日上午9:00", "2026-03-01 下午",
        "2026年3月1日9时30分", "2026.3.1晚", "2026年3月1日（周日）上午",
    ],
)  # fmt: skip
def test_dates_in_every_spelling(typed):
    assert parse_cell(typed, DATE) == DAY


@pytest.mark.parametrize(
    ("typed", "month", "day"),
    [("二〇二六年十二月三十一日", 12, 31), ("二〇二六年十月十日", 10, 10), ("二〇二六年十一月二十日", 11, 20)],
)
def test_chinese_numerals_above_ten(typed, month, day):
    assert parse_cell(typed, DATE) == datetime.date(2026, month, day)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2026年2月30日", "没有这一天"), ("26.3.1", "年份请写四位"), ("2026年3月", "缺少日"), ("2026", "只有年份"),
        ("三月一日", "没有写年份"), ("不详", "认不出"), (True, "不是日期"), ("1826-03-01", "年份应在"), (3.5, "认不出"),
        (datetime.time(8, 30), "不是日期"), ("2026.13.1", "没有这一天"), ("2026.5-6", "认不出"), ("2026年5-6月", "认不出"),
        ("3.1", "没有写年份"), ("12-31", "没有写年份"), ("3月15日", "没有写年份"), ("2026.3.1-2", "认不出"),
        (ShownMonth(2026, 3, 1), "缺少日"),
    ],
)  # fmt: skip
def test_dates_that_are_none_say_why(typed, words):
    assert words in problem(typed, DATE)
    assert problem(typed, DATE).startswith("当选日期")


@pytest.mark.parametrize(
    "typed", ["1975年8月", "1975.08", "1975.8", "1975-08", "197508", "1975/8", "1975年8月生", 1975.08, 1975.8, 197508,
              datetime.date(1975, 8, 1), "1975.8.12", "一九七五年八月", "1975年08月份", "1975。08", "1975·8", "1975,8", "1975—08",
              "1975–08", "1975−8", "1975~8", "1975.08\n（51岁）", "1975.8（51）", "1975年8月(51周岁)", "1975年8月 日", "’1975.8"]
)  # fmt: skip
def test_months_in_every_spelling(typed):
    assert parse_cell(typed, MONTH) == "1975-08"


@pytest.mark.parametrize("typed", ["1975年元月", "一九七五年元月", "1975年 元月"])
def test_the_first_month_has_a_word_of_its_own(typed):
    assert parse_cell(typed, MONTH) == "1975-01"


@pytest.mark.parametrize("typed", ["1975.08（云溪）", "1975.08-1980.09", "51岁", "1975.8.1（510000）"])
def test_what_stands_beside_a_month_is_no_part_of_it(typed):
    assert "认不出" in problem(typed, MONTH)


def test_month_typed_as_number_is_not_guessed():
    assert "分不清1月和10月" in problem(1975.1, MONTH)
    assert parse_cell("1975.10", MONTH) == "1975-10"
    assert parse_cell(1975.11, MONTH) == "1975-11"


@given(st.dates(datetime.date(1927, 6, 1), datetime.date(2099, 12, 31)), st.sampled_from("年.-/、"), st.booleans())
def test_any_date_is_read_back(day, mark, padded):
    numbers = [f"{number:02d}" if padded else str(number) for number in (day.year, day.month, day.day)]
    text = f"{numbers[0]}年{numbers[1]}月{numbers[2]}日" if mark == "年" else mark.join(numbers)
    assert parse_cell(text, DATE) == day
    assert parse_cell((day - datetime.date(1899, 12, 30)).days, DATE) == day
    assert parse_cell(f"{day:%Y%m%d}", DATE) == day


@pytest.mark.parametrize(
    "typed",
    [13800138000, 13800138000.0, "13800138000", "138 0013 8000", "138-0013-8000", "１３８００１３８０００", "+86 13800138000",
     "8613800138000", "'13800138000", "13800138000\u202c"],
)  # fmt: skip
def test_phones_in_every_spelling(typed):
    assert parse_cell(typed, COLUMNS["phone"]) == "13800138000"


def test_phones_that_are_none_say_why():
    assert "一格只填一个号码" in problem("13800138000/13900139000", COLUMNS["phone"])
    assert "11位" in problem("1380013800", COLUMNS["phone"])
    assert problem(1.38001380001234e16, COLUMNS["phone"]) == LOST_DIGITS
    assert parse_cell("0536-3251234", COLUMNS["phone"]) == "0536-3251234"


@pytest.mark.parametrize("typed", [13800000000, 13800000000.0, 13900000000, 13801000000])
def test_a_number_whose_last_figures_were_lost_on_the_way_is_no_number(typed):
    assert "多半是按科学计数" in problem(typed, COLUMNS["phone"])
    assert parse_cell("13800000000", COLUMNS["phone"]) == "13800000000", "as text it was typed so"


@pytest.mark.parametrize("typed", ["无", "待补", "不详"])
def test_that_there_is_no_number_may_be_said_in_words(typed):
    assert parse_cell(typed, COLUMNS["phone"]) is None
    assert parse_cell(typed, COLUMNS["id_number"] if not COLUMNS["id_number"].required else COLUMNS["born"]) is None


def test_an_unknown_day_of_what_happened_is_not_no_day():
    assert parse_cell("无", DATE) is None
    assert "认不出" in problem("不详", DATE)


def spellings(number: str) -> list:
    wide = number.translate({ord(char): ord(char) + 0xFEE0 for char in "0123456789X"})
    spaced = f" {number[:6]} {number[6:14]}\u3000{number[14:]} "
    return [number, number.lower(), wide, spaced, "'" + number, "\u202a" + number + "\u202c"]


@given(st.dates(datetime.date(1930, 1, 1), datetime.date(2007, 1, 1)), st.integers(0, 999))
def test_id_number_in_any_spelling_is_one(born, running):
    number = id_number(running, f"{born:%Y%m%d}")
    assert {parse_cell(typed, COLUMNS["id_number"]) for typed in spellings(number)} == {number}


def test_id_number_of_fifteen_digits_becomes_eighteen():
    first15 = "110105491231002"
    expected = "11010519491231002" + check_digit("11010519491231002")
    assert parse_cell(first15, COLUMNS["id_number"]) == parse_cell(int(first15), COLUMNS["id_number"]) == expected


@pytest.mark.parametrize(
    "typed", [1.1010519491231e17, "1.1010519491231E+17", "1.10105e+17", "1.10105E17", 110105194912310016.0]
)
def test_id_number_from_a_numeric_cell_is_refused_with_the_remedy(typed):
    assert problem(typed, COLUMNS["id_number"]) == "该列是数值格式，末三位已丢失，请把列设为文本后重新填写"


def test_id_number_with_wrong_check_digit_names_the_right_one():
    assert "身份证号校验位应为X" in problem("110105194912310021", COLUMNS["id_number"])
    assert "末三位是000" in problem("110105194912310000", COLUMNS["id_number"])


@pytest.mark.parametrize(
    ("key", "typed"),
    [("id_number", "11010519491231002Y"), ("id_number", "110105194912310021"), ("id_number", "123"), ("name", "张3伟9"),
     ("phone", "abc13800138000"), ("phone", "1380013"), ("born", "197513"), ("born", "生于夏天"), ("sex", "不详未知")],
)  # fmt: skip
def test_messages_about_personal_cells_never_repeat_them(key, typed):
    column = dataclasses.replace(COLUMNS[key], personal=True)
    assert typed not in problem(typed, column)


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [("party", "党员", "中共党员"), ("party", "中 共 党 员", "中共党员"), ("party", "民主党派（民盟）", None), ("sex", "女性", "女"),
     ("sex", "１", "男"), ("sex", 2, "女"), ("ethnicity", "汉", "汉族"), ("ethnicity", "维吾尔族", "维吾尔族"), ("sex", "不详", None)],
)  # fmt: skip
def test_choices_with_their_synonyms(key, typed, value):
    if value is None:
        assert "不在可选项中，可填：" in problem(typed, COLUMNS[key])
    else:
        assert parse_cell(typed, COLUMNS[key]) == value


def test_there_are_fifty_six_ethnic_groups():
    assert len(choices.ETHNICITY) == 56


def test_yes_and_no():
    column = Column("local", "是否基层代表", kind="yes_no")
    assert [parse_cell(typed, column) for typed in ("是", "√", "Y", 1, True, "有")] == [True] * 6
    assert [parse_cell(typed, column) for typed in ("否", "×", "no", 0, False, "无")] == [False] * 6
    assert "请填“是”或“否”" in problem("也许", column)


@pytest.mark.parametrize(
    ("least", "lowest", "below", "said"), [(1, "1", "0", "箱号应为正整数"), (0, "0", "-1", "箱号不能为负")]
)
def test_a_whole_number_is_not_below_the_least(least, lowest, below, said):
    column = Column("number", "箱号", kind="integer", least=least)
    assert parse_cell(lowest, column) == least
    with pytest.raises(CellProblem) as refused:
        parse_cell(below, column)
    assert str(refused.value) == said


def test_numbers():
    count = Column("count", "人数", kind="integer")
    money = Column("money", "金额", kind="decimal")
    assert [parse_cell(typed, count) for typed in (12, 12.0, "１２", "1,234", " 7 ", "32人", "5 人次")] == [
        12,
        12,
        12,
        1234,
        7,
        32,
        5,
    ]
    assert parse_cell("1,234.50", money) == decimal.Decimal("1234.5")
    assert parse_cell(0.1, money) == decimal.Decimal("0.1")
    for typed in ("十二", "12.5", True, "NaN", 1e300, "1e400"):
        assert "人数" in problem(typed, count)


@pytest.mark.parametrize(
    "typed", ["王\U0002ebf0", "⻢ 力", "买买提。吐尔逊", "赵\ue863", "=1+1", "王□伟", "王\ue5e5", "张⺮"]
)
def test_a_cell_takes_and_refuses_the_names_the_form_does(typed):
    wrong = names_problem(tidy(typed))
    if wrong:
        assert problem(typed, COLUMNS["name"]) == wrong
    else:
        assert parse_cell(typed, COLUMNS["name"]) == tidy(typed)


def test_names_are_tidied_and_checked():
    assert parse_cell("张  伟", COLUMNS["name"]) == "张伟"
    assert parse_cell("阿依•古丽", COLUMNS["name"]) == "阿依·古丽"
    assert parse_cell("𠮷䶮", COLUMNS["name"]) == "𠮷䶮"
    assert parse_cell("张伟（男）", COLUMNS["name"]) == parse_cell("张 伟[男]", COLUMNS["name"]) == "张伟"
    assert "只能是文字" in problem("张伟（组长）", COLUMNS["name"])
    for typed in ("张伟1", "张伟/王芳", 12, "·"):
        assert "只能是文字" in problem(typed, COLUMNS["name"])


def test_empty_cells():
    for typed in (None, "", "  ", "\u3000", "-", "／", "\u200b"):
        assert is_empty(typed)
        assert parse_cell(typed, COLUMNS["phone"]) is None
        assert problem(typed, COLUMNS["name"]) == "姓名必须填写"
    assert not is_empty(0)


def test_text_has_a_limit_and_own_checks_run():
    def no_street(value):
        if "街" in value:
            raise CellProblem("请写到村")
        return value + "。"

    column = Column("place", "住址", check=no_street, max_length=5)
    assert parse_cell(" 东村 ", column) == "东村。"
    assert problem("东街", column) == "请写到村"
    assert problem("一二三四五六", column) == "住址最多5个字，现为6个字"
    assert parse_cell(5.0, column) == "5。"


@pytest.mark.parametrize("text", ["请打13800138000", "一三八零零一三八零零零", "11010519491231002X"])
def test_a_free_text_holds_no_number_of_a_person(text):
    with pytest.raises(CellProblem, match="身份证号或者电话号码"):
        parse_cell(text, Column("duties", "主要职责"))
    assert parse_cell(text, Column("contact", "联系方式", personal=True)) == text
    assert parse_cell("办公电话0531-12345678，2026年3月1日", Column("duties", "主要职责"))


@pytest.mark.parametrize("stars", ["**", "＊＊", "﹡﹡", "*＊"])
def test_a_masked_cell_is_known_by_stars_of_every_width(stars):
    column = Column("phone", "手机", kind="phone", personal=True)
    assert parse_cell(f"138{stars}8000", column) is None
    assert is_masked(f"第3村{stars}号", dataclasses.replace(column, kind="text"))


def test_a_line_break_of_a_narrow_column_is_no_part_of_the_text():
    post = Column("post", "工作单位及职务", wrapped=True)
    assert parse_cell("东山村\n党支部书记", post) == "东山村党支部书记"
    assert parse_cell("ABC \r\n Ltd.\n经理", post) == "ABC Ltd.经理"
    assert parse_cell("东山村\n党支部书记", Column("note", "备注")) == "东山村\n党支部书记"
