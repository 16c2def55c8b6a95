"""What an import says before it writes."""

import datetime
import decimal
import io
import json

import openpyxl
import pytest

from congress.spreadsheets.build import Building
from congress.spreadsheets.columns import Column
from congress.spreadsheets.mapping import find_tables
from congress.spreadsheets.preview import ACCEPTED, Preview, PreviewRow, Rules, Status, jsonable, restore
from congress.spreadsheets.read import Sheet, SheetRefused, Workbook, packed, read_pasted, read_workbook, unpacked
from congress.spreadsheets.write import error_workbook
from tests.spreadsheets.books import ROSTER, id_number, looking_book, office_roster, workbook

HEAD = ["姓名", "性别", "身份证号", "手机"]


def nothing(keys):
    return {}


def no_objection(values):
    return []


class Plain(Rules):
    """Rows known by some of their columns."""

    def __init__(self, columns=ROSTER, key=("id_number",), lookup=nothing, row_check=no_objection):
        self._columns, self._key, self.lookup, self.check_row = columns, key, lookup, row_check

    def columns(self):
        return self._columns

    def key_of(self, values):
        key = tuple(values.get(part) for part in self._key)
        return None if None in key else key


def seen(book: Workbook, rules: Plain) -> Preview:
    found = find_tables(book, rules.columns())
    building = Building(found.tables, rules, left=found.left)
    building.preview.rows = [row for piece in building.pieces() for row in piece]
    for row in building.preview.rows:
        row.forget_cells()
    return building.preview


def preview_of(rows, **rules) -> Preview:
    return seen(Workbook([Sheet("表", rows)], "xlsx"), Plain(**rules))


def statuses(preview: Preview) -> list[str]:
    return [row.status for row in preview.rows]


def test_office_roster_goes_through_whole():
    preview = seen(read_workbook(office_roster(), "名册.xlsx"), Plain())
    assert statuses(preview) == ["new", "new", "new"], preview.errors
    assert preview.rows[2].values == {
        "name": "阿依·古丽",
        "sex": "女",
        "id_number": id_number(4),
        "phone": "13700000000",
        "party": "中共党员",
        "district": "第二选区",
    }


def test_errors_name_the_cell_in_the_users_file():
    wrong = id_number(2)[:17] + ("1" if id_number(2)[17] != "1" else "2")
    rows = [["名册"], HEAD, *[["张伟", "男", id_number(n), None] for n in range(100, 134)], ["王芳", "女", wrong, None]]
    preview = preview_of(rows)
    assert [str(error) for error in preview.errors] == [
        f"第37行C列：身份证号校验位应为{id_number(2)[17]}，请核对有没有输错数字"
    ]


def test_rows_are_compared_with_what_exists():
    def lookup(keys):
        assert set(keys) <= {(id_number(n),) for n in range(1, 5)}
        known = {"id": 7, "name": "张伟", "sex": "男", "phone": "13800138000", "id_number": id_number(1)}
        return {(id_number(1),): known, (id_number(2),): known | {"id": 8, "name": "王芳", "id_number": id_number(2)}}

    rows = [
        HEAD,
        ["张伟", "男", id_number(1), ""],
        ["王芳", "女", id_number(2), 13900139000],
        ["李军", "男", id_number(3), None],
        ["李军", "男", id_number(3), None],
        ["", "男", id_number(4), None],
    ]
    preview = preview_of(rows, lookup=lookup)
    assert statuses(preview) == ["unchanged", "changed", "new", "duplicate", "wrong"]
    assert preview.rows[1].changes == {"sex": ["男", "女"], "phone": ["13800138000", "13900139000"]}
    assert preview.rows[1].existing == 8
    assert str(preview.rows[3].errors[0]) == "第5行：与第4行重复"
    assert str(preview.rows[4].errors[0]) == "第6行A列：姓名必须填写"
    assert preview.counts == dict.fromkeys(Status, 0) | {
        "new": 1,
        "changed": 1,
        "unchanged": 1,
        "duplicate": 1,
        "wrong": 1,
    }
    assert [row.row for row in preview.rows if row.status in ACCEPTED] == [3, 4]
    assert [row.row for row in preview.refused()] == [5, 6]
    assert Status.CHANGED.label == "更新"


def test_wrong_row_does_not_make_the_right_one_a_duplicate():
    rows = [HEAD, ["", "男", id_number(1), None], ["张伟", "男", id_number(1), None]]
    assert statuses(preview_of(rows)) == ["wrong", "new"]


def test_blank_cells_never_erase():
    def lookup(keys):
        return {keys[0]: {"id": 1, "name": "张伟", "sex": "男", "phone": "13800138000", "id_number": id_number(1)}}

    preview = preview_of([HEAD, ["张伟", None, id_number(1), "-"]], lookup=lookup)
    assert statuses(preview) == ["unchanged"]


def test_rows_without_their_natural_key_are_new():
    columns = (Column("a", "甲", required=True), Column("b", "乙"))
    preview = preview_of(
        [["甲", "乙"], ["1", None], ["1", None], ["1", "2"], ["1", "2"]], columns=columns, key=("a", "b")
    )
    assert statuses(preview) == ["new", "new", "new", "duplicate"]


def test_row_check_compares_cells_of_one_row():
    def sex_agrees(values):
        man = int(values["id_number"][16]) % 2 == 1
        return [] if (values["sex"] == "男") == man else [("sex", "性别与身份证号不一致")]

    preview = preview_of([HEAD, ["张伟", "女", id_number(1), None]], row_check=sex_agrees)
    assert str(preview.errors[0]) == "第2行B列：性别与身份证号不一致"


def test_missing_required_columns_are_refused():
    with pytest.raises(SheetRefused, match="缺少必填的列：身份证号"):
        preview_of([["姓名", "性别"], ["张伟", "男"]])


def test_preview_is_plain_json_and_comes_back():
    columns = (*ROSTER, Column("elected", "当选日期", kind="date"), Column("money", "金额", kind="decimal"))
    rows = [[*HEAD, "当选日期", "金额"], ["张伟", "男", id_number(1), None, datetime.date(2026, 3, 1), "1.50"],
            ["王芳", "女", "1", None, "不详", None]]  # fmt: skip
    preview = preview_of(rows, columns=columns)
    rows = [PreviewRow.from_json(json.loads(json.dumps(row.to_json()))) for row in preview.rows]
    again = Preview.from_json(json.loads(json.dumps(preview.to_json())), rows)
    assert again == preview
    values = restore(again.rows[0].values, columns)
    assert (values["elected"], values["money"]) == (datetime.date(2026, 3, 1), decimal.Decimal("1.5"))


def test_jsonable_gives_one_form_for_equal_values():
    assert jsonable(decimal.Decimal("10.50")) == jsonable(decimal.Decimal("10.5")) == "10.5"
    assert jsonable(decimal.Decimal("100")) == "100"


def test_accepted_rows_keep_no_copy_of_the_users_cells():
    preview = preview_of([HEAD, ["张伟", "男", id_number(1), None], ["王\u200b芳 ", "女", "1", None]])
    assert preview.rows[0].raw == []
    assert preview.rows[1].raw[0] == "王\u200b芳 ", "as it was typed"
    assert preview.rows[1].values["name"] == "王芳"


def test_error_workbook_holds_the_refused_rows_and_can_be_uploaded_again():
    rows = [["名册"], [*HEAD, "宗教信仰"], ["张伟", "男", id_number(1), None, "x"], ["王芳", "女", 1.1010519491231e17, None, "y"],
            ["=1+1", "女", id_number(2), "13800138000", "=2+2"]]  # fmt: skip
    preview = preview_of(rows)
    data = error_workbook(preview, ROSTER)
    page = openpyxl.load_workbook(io.BytesIO(data)).active
    assert [cell.value for cell in page[1]] == [*HEAD, "宗教信仰", "错误原因"]
    assert page.max_row == 3
    assert "末三位已丢失" in page["F2"].value
    assert page["C2"].fill.fgColor.rgb == "FFFFD9D6"
    assert page["B2"].fill.fgColor.rgb != "FFFFD9D6"
    assert not [cell for line in page for cell in line if cell.data_type == "f"]
    second = seen(read_workbook(data, "错误行.xlsx"), Plain())
    assert second.unknown == ["E列“宗教信仰”"]
    assert statuses(second) == ["wrong", "wrong"]
    assert "末三位已丢失" in second.errors[0].message


def test_pasted_rows_use_the_same_way():
    book = read_pasted("\t".join(HEAD) + f"\n张伟\t男\t{id_number(1)}\t13800138000\n")
    assert statuses(seen(book, Plain())) == ["new"]


def test_thousands_of_rows_are_checked_in_batches():
    asked = []

    def lookup(keys):
        asked.append(len(keys))
        return {}

    born = datetime.date(1950, 1, 1)
    rows = [HEAD]
    for number in range(3_500):
        day = born + datetime.timedelta(days=number // 900)
        rows.append(["张伟", "男", id_number(number % 900, f"{day:%Y%m%d}"), 13800138000])
    preview = preview_of(rows, lookup=lookup)
    assert preview.counts[Status.NEW] == 3_500
    assert asked == [1000, 1000, 1000, 500]


def test_the_whole_way_from_a_file_of_thousands_of_rows():
    data = workbook(
        [HEAD, *[["张伟", "男", id_number(n % 900, f"19{50 + n // 900}0101"), 13800138000] for n in range(2500)]]
    )
    preview = seen(read_workbook(data, "a.xlsx"), Plain())
    assert preview.counts[Status.NEW] == 2500


def test_rows_are_judged_and_handed_on_a_thousand_at_a_time():
    rows = [HEAD, *[["张伟", "男", None, None] for _ in range(1200)]]
    found = find_tables(Workbook([Sheet("表", rows)], "xlsx"), ROSTER)
    building = Building(found.tables, Plain())
    assert [len(piece) for piece in building.pieces()] == [1000, 200]
    assert building.preview.parts[0].rows == 1200


def test_a_row_repeats_one_that_was_handed_on_long_ago():
    rows = [HEAD, *[["张伟", "男", id_number(n % 900, f"19{50 + n // 900}0101"), None] for n in range(1200)]]
    rows.append(["张伟", "女", id_number(0, "19500101"), None])
    *_, last = Building(find_tables(Workbook([Sheet("表", rows)], "xlsx"), ROSTER).tables, Plain()).pieces()
    assert [str(error) for row in last for error in row.errors] == [
        "第1202行：与第2行重复，但性别不一致，请核对后只留一处"
    ]


def test_what_says_as_above_is_what_stands_above_and_is_told():
    head = ["姓名", "性别", "身份证号", "手机", "选区"]
    rows = [head, ["张伟", "男", id_number(1), "13800138000", "第一选区"], ["王芳", "女", id_number(2), None, "同上"],
            ["李四", "男", id_number(3), "〃", "〃"], ["赵五", "同上", id_number(5), "同上", None]]  # fmt: skip
    preview = preview_of(rows)
    assert [row.values["district"] for row in preview.rows] == ["第一选区", "第一选区", "第一选区", None]
    assert [row.values["sex"] for row in preview.rows] == ["男", "女", "男", "男"]
    assert preview.rows[1].notes == ["选区写着“同上”，按上一行登记"]
    assert preview.rows[2].notes == ["手机号码写着“〃”，上一行是空的，按未填处理", "选区写着“〃”，按上一行登记"]
    assert preview.rows[3].notes[-1] == "手机号码写着“同上”，上一行是空的，按未填处理"


def test_nobody_is_called_or_numbered_as_above():
    preview = preview_of([HEAD, ["张伟", "男", id_number(1), None], ["同上", "男", "〃", None]])
    assert statuses(preview) == ["new", "wrong"]
    assert [str(error) for error in preview.errors] == [
        "第3行A列：写着“同上”，请写出这一行自己的姓名",
        "第3行C列：写着“〃”，请写出这一行自己的身份证号",
    ]
    assert preview.rows[1].raw[0] == "同上", "as it was typed"


def test_a_word_for_no_number_is_an_empty_cell_and_is_told():
    preview = preview_of([HEAD, ["张伟", "男", id_number(1), "无"], ["王芳", "女", id_number(2), "（待补）"]])
    assert statuses(preview) == ["new", "new"]
    assert [row.values["phone"] for row in preview.rows] == [None, None]
    assert preview.rows[1].notes == ["手机号码写着“（待补）”，按未填处理"]


@pytest.mark.parametrize("name", ["名册.xlsx", "名册.xls"])
def test_rows_that_were_hidden_or_struck_out_are_read_and_told(name):
    rows = [["姓名", "身份证号"], ["张伟", id_number(1)], ["王芳", id_number(2)], ["李四", id_number(3)]]
    read = read_workbook(looking_book(rows, xls=name.endswith("xls")), name)
    preview = seen(unpacked(packed(read)), Plain())
    assert preview.warnings == [
        "1行在表格里划了删除线，也读取了，请核对：第3行",
        "1行在表格里是隐藏的，也读取了，请核对：第4行",
    ]
    assert [row.notes for row in preview.rows] == [[], ["这一行在表格里划了删除线"], ["这一行在表格里是隐藏的"]]
