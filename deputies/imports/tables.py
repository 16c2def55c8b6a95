"""The roster's columns as people write them, and what our own codes are for their words."""

from congress.people.scrub import find_personal
from congress.spreadsheets.cells import CellProblem
from congress.spreadsheets.columns import Column
from deputies.imports import words
from deputies.imports.headings import HEADINGS
from deputies.models import Deputy, Group, Mandate, Station
from deputies.queries import numbered

CODES = {
    "gender": {"男": "male", "女": "female"},
    "party": {label: value for value, label in Deputy.Party.choices},
    "education": {label: value for value, label in Deputy.Education.choices},
    "occupation": {label: value for value, label in Deputy.Occupation.choices},
}
PLAIN = (
    *("name", "ethnicity", "affiliation", "employer_post", "certificate_no", "phone", "id_number", "address", "remark"),
)
SWITCHES = ("grassroots", "presidium_member")
SEAT_CODES = {
    "how": {label: value for value, label in Mandate.How.choices},
    "end_reason": {label: value for value, label in Mandate.End.choices},
}
SEAT_DAYS = ("elected_on", "ended_on")


def _no_numbers(text: str) -> str:
    if find_personal(text):
        raise CellProblem("备注里有身份证号或电话号码，请填到对应的列")
    return text


def _names(model) -> list[str]:
    return sorted(model.objects.kept().values_list("name", flat=True), key=numbered)


def roster_columns(*, open_lists: bool) -> list[Column]:
    """All columns. `open_lists`: groups and stations may be named that are not registered yet; otherwise they are columns
    only where the township has some, with their names to choose from."""
    return [*_person(), *_work(), *_seat(), *_belonging(open_lists)]


# Two columns that make one, in the order they are joined.
EMPLOYER_POST = (
    ("工作单位", "单位", "单位名称", "所在单位", "现工作单位", "任职单位", "工作单位名称", "现单位"),
    ("职务", "现任职务", "担任职务", "行政职务", "现职务", "岗位", "工作岗位"),
)
DISTRICT = (("选区号", "选区序号", "选区编号", "选区号码"), ("选区名称", "选区", "选区名"))


def _column(key: str, label: str, **said) -> Column:
    return Column(key, label, tuple(HEADINGS.get(key, "").split()), **said)


def _person() -> list[Column]:
    return [
        _column("name", "姓名", required=True, kind="name", max_length=40, spread=words.spread_name, example="张三"),
        _column("name_note", "姓名后的注", max_length=60, offered=False),
        _column("gender", "性别", kind="choice", choices=words.SEX, width=8),
        _column("ethnicity", "民族", kind="choice", choices=words.ETHNICITY, width=10),
        _column("birth_date", "出生日期", kind="birth", personal=True, example="1975-08"),
        _column("id_number", "身份证号", kind="id_number", personal=True, width=22),
        _column("party", "政治面貌", kind="choice", choices=words.PARTY, coarse=words.party, spread=words.spread_party),
        _column("affiliation", "具体党派", kind="choice", choices=list(Deputy.AFFILIATIONS), bare=False),
        _column("education", "文化程度", kind="choice", choices=words.EDUCATION, coarse=words.education),
        _column("phone", "手机", kind="phone", personal=True, width=16),
        _column("address", "住址", max_length=100, personal=True, wrapped=True, width=28),
    ]


def _work() -> list[Column]:
    return [
        _column(
            "employer_post",
            "工作单位及职务",
            max_length=100,
            parts=EMPLOYER_POST,
            wrapped=True,
            width=28,
            example="东山村党支部书记",
        ),
        _column("occupation", "身份类别", kind="choice", choices=list(CODES["occupation"]), coarse=words.occupation),
        _column("grassroots", "基层代表", kind="yes_no", width=10),
        _column("presidium_member", "主席团成员", kind="yes_no", width=10),
        _column("certificate_no", "代表证号", max_length=30),
        _column("remark", "备注", check=_no_numbers, spread=words.spread_remark),
    ]


def _seat() -> list[Column]:
    return [
        _column("district", "选区", max_length=60, parts=DISTRICT, glue=" ", example="3"),
        _column("how", "产生方式", kind="choice", choices=words.HOW),
        _column("elected_on", "当选日期", kind="birth"),
        _column("ended_on", "终止日期", kind="date"),
        _column("end_reason", "终止原因", kind="choice", choices=words.ENDS, spread=words.spread_change),
        _column("terms", "届次", max_length=60, offered=False),
        _column("levels", "代表级别", max_length=60, offered=False),
        _column("town", "乡镇", max_length=60, offered=False),
        _column("seats", "代表资格", offered=False),
        _column("standing", "状态", max_length=60, offered=False),
    ]


def _belonging(open_lists: bool) -> list[Column]:
    columns = []
    for key, label, model in (("group", "代表小组", Group), ("station", "联络站", Station)):
        names = _names(model)
        if open_lists:
            columns.append(_column(key, label, max_length=model._meta.get_field("name").max_length, width=18))
        elif names:
            columns.append(_column(key, label, kind="choice", choices=names, width=18))
    return columns
