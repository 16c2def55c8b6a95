"""How many there are by titles and notes, against the rows."""

import pytest

from congress.spreadsheets.read import read_pasted
from tests.spreadsheets.books import id_number
from tests.spreadsheets.test_preview import Plain, seen


class People(Plain):
    noun = "人"


@pytest.mark.parametrize(
    ("title", "group", "end", "told"),
    [
        ("代表名册（共３名）", "第一选区（共1人）", "以上共三位代表", []),
        ("代表名册", "第一选区", "", []),
        ("代表名册（共50户）", "第一选区（应选2名）", "", []),
        ("代表名册（共4名）", "第一选区", "", ["第1行写着共4人，读到3人，请核对有没有漏行"]),
        ("代表名册", "第一选区（共2名）", "", ["第3行写着共2人，读到1人，请核对有没有漏行"]),
        ("代表名册", "第一选区", "以上共五名代表", ["第8行写着共5人，读到3人，请核对有没有漏行"]),
    ],
)
def test_how_many_there_are_by_title_or_note_is_compared_with_the_rows(title, group, end, told):
    head, person = "姓名\t性别\t身份证号", "{}\t男\t{}"
    people = [person.format(name, id_number(2 * n + 1)) for n, name in enumerate(("张伟", "李强", "王军"))]
    text = "\n".join([title, head, group, people[0], "第二选区（共2人）", *people[1:], end])
    preview = seen(read_pasted(text), People())
    assert [row.values["name"] for row in preview.rows] == ["张伟", "李强", "王军"]
    assert preview.warnings == told
