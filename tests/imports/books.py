"""Rosters made by hand for the tests; all persons are invented."""

from tests.spreadsheets.books import id_number, workbook

HEAD = [
    "序号",
    "姓名",
    "性别",
    "民族",
    "出生年月",
    "身份证号",
    "政治面貌",
    "学历",
    "工作单位及职务",
    "联系电话",
    "选区",
    "备注",
]
MAN, WOMAN = id_number(1, "19750812"), id_number(2, "19800305")


def roster(*people, head=HEAD) -> bytes:
    """A workbook with a title row above the headings, as offices send it."""
    return workbook([["云溪镇第十七届人民代表大会代表名册"], head, *people])


def person(number: int, name: str, **cells) -> list:
    """A row; cells by heading replace the usual ones."""
    usual = {
        "序号": number,
        "姓名": name,
        "性别": "女",
        "民族": "汉",
        "出生年月": "1980.03",
        "政治面貌": "党员",
        "学历": "大专",
        "工作单位及职务": "云溪村村委会委员",
        "选区": "1",
    }
    values = usual | cells
    return [values.get(heading) for heading in HEAD]


def two_people() -> bytes:
    """A man with number and telephone, a woman with the year and month of her birth only."""
    man = person(1, "王大川", 性别=None, 出生年月="1975年8月", 身份证号=MAN, 联系电话="13800138000")
    return roster(man, person(2, "李小溪"))
