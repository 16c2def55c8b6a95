"""A county's file with a sheet for each township, and tables of another one: nobody comes in against what the file says."""

import io

import pytest
import xlsxwriter

from congress.imports.batches import look_again
from congress.models import ImportBatch
from deputies.models import Deputy
from tests.imports.ledgers import seen

HEAD = ["姓名", "性别", "选区"]


def book(**sheets) -> bytes:
    stream = io.BytesIO()
    made = xlsxwriter.Workbook(stream, {"in_memory": True})
    for name, rows in sheets.items():
        page = made.add_worksheet(name)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    made.close()
    return stream.getvalue()


def test_of_a_countys_file_the_sheets_of_other_townships_are_left_and_named(world, bring, take):
    tables = {
        "云溪镇": [HEAD, ["赵一", "男", "1"]],
        "石桥乡": [HEAD, ["钱二", "男", "1"]],
        "石桥": [HEAD, ["孙三", "女", "1"]],
    }
    with world.in_township():
        batch = bring(book(**tables))
        assert [row.values["name"] for row in seen(batch).rows] == ["赵一"]
        assert seen(batch).left == ["工作表“石桥乡”（2行）没有选择读取", "工作表“石桥”（2行）没有选择读取"]
        take(batch)
        assert not Deputy.objects.filter(name__in=["钱二", "孙三"]).exists()


def test_they_are_read_when_the_clerk_says_so_and_when_nothing_else_is_there(world, bring):
    tables = {"云溪镇": [HEAD, ["赵一", "男", "1"]], "石桥乡": [HEAD, ["钱二", "男", "1"]]}
    with world.in_township():
        batch = look_again(world.clerk, bring(book(**tables)), sheets=["云溪镇", "石桥乡"])
        assert [row.values["name"] for row in seen(batch).rows] == ["赵一", "钱二"]
        alone = seen(bring(book(说明=[["填表说明"]], 石桥乡=[HEAD, ["钱二", "男", "1"]])))
        assert alone.counts["new"] == 1
        assert alone.warnings[-1] == "“石桥乡”写的是石桥乡，请核对是不是云溪镇的表"


@pytest.mark.parametrize(
    ("title", "told"),
    [
        (
            "石桥乡第十七届人民代表大会代表名册",
            ["“石桥乡第十七届人民代表大会代表名册”写的是石桥乡，请核对是不是云溪镇的表"],
        ),
        ("云溪镇、石桥乡代表名册", []),
        ("云溪镇代表名册", []),
    ],
)
def test_a_title_of_another_township_is_pointed_out(world, bring, title, told):
    with world.in_township():
        said = seen(bring(book(名册=[[title], HEAD, ["赵一", "男", "1"]]))).warnings
        assert [words for words in said if "应选" not in words and "没有写" not in words] == told


def test_a_row_of_another_township_is_refused_at_its_cell(world, bring, take):
    rows = [["姓名", "性别", "所属乡镇"], ["赵一", "男", "云溪镇"], ["钱二", "男", "石桥乡"], ["孙三", "女", "云溪"]]
    with world.in_township():
        batch = bring(rows)
        assert [str(error) for error in seen(batch).errors] == ["第3行C列：这一行写的是“石桥乡”，不是云溪镇的"]
        take(batch)
        assert not Deputy.objects.filter(name="钱二").exists()
        assert ImportBatch.objects.get(pk=batch.pk).counts["taken"] == 2
