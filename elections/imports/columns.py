"""The columns of rolls of voters as villages, stations and units write them."""

from congress.spreadsheets.cells import CellProblem
from congress.spreadsheets.columns import Column
from deputies.imports.headings import HEADINGS as OF_PEOPLE
from deputies.imports.tables import DISTRICT
from deputies.imports.words import ETHNICITY, SEX, spread_name
from elections.imports.words import GROUNDS, gone_kind, household_in, spread_birth

HEADINGS = {
    "district": "所在选区 所属选区 选区名 登记选区 参选选区",
    "group": "小组 小组号 选民小组号 村民小组 村组 组别 组 所在小组 选民小组名称 小组名称 村民小组名称",
    "household_no": "户编号 户序号 户口簿号 户口本号 家庭编号",
    "name": "选民姓名 名字 选民",
    "birth_date": OF_PEOPLE["birth_date"],
    "lunar": "农历出生日期 出生日期农历 阴历生日 出生年月日农历 出生年月农历 农历出生 生日农历 阴历",
    "ethnicity": OF_PEOPLE["ethnicity"],
    "id_number": OF_PEOPLE["id_number"],
    "village": "村 村居 所在村 村名 社区 行政村 所属村 村社区名称",
    "address": f"{OF_PEOPLE['address']} 门牌号 现居住地址 居住地址 详细住址 居住详细地址",
    "household": "户籍地 户口所在地 户籍 户籍地址 户籍所在 户口",
    "employer": "单位 所在单位 单位名称 现工作单位 就读学校 工作单位或学校",
    "phone": OF_PEOPLE["phone"],
    "ground": "登记事由 选民类型 选民类别 登记类别 增减类型 登记情况",
    "town": OF_PEOPLE["town"],
    "card_no": "选民证编号 证号 选民证号码",
    "remark": "说明 情况说明 备注说明",
}
# Whatever the place is called: 本 with the word of a place is its own, or its county's.
HOUSEHOLDS = {
    "本乡镇": tuple(f"本{place}" for place in "镇 乡 街道 村 地 社区".split()),
    "县内其他乡镇": tuple(f"本{place}{rest}" for place in "县市区旗" for rest in ("", "外乡镇", "其他", "其他乡镇")),
    "县外": ("外县", "外地", "外省", "外市"),
}


def roll_columns(town: str, county: str, *, with_district: bool) -> list[Column]:
    """All columns; `with_district`: each row must say its district."""
    day = {"kind": "birth", "personal": True, "spread": spread_birth, "example": "1975-08-12"}
    belongs = {"choices": HOUSEHOLDS, "coarse": lambda text: household_in(text, town, county)}
    return [
        _column("district", "选区", required=with_district, max_length=60, parts=DISTRICT, glue=" ", example="3"),
        _column("group", "选民小组", max_length=60, example="2"),
        _column("household_no", "户号", max_length=20, width=10),
        _column("name", "姓名", required=True, kind="name", max_length=40, spread=spread_name, example="张三"),
        _column("name_note", "姓名后的注", max_length=60, offered=False),
        _column("gender", "性别", kind="choice", choices=SEX, width=8),
        _column("birth_date", "出生日期", **day),
        _column("lunar", "农历生日", personal=True, max_length=40, offered=False),
        _column("ethnicity", "民族", kind="choice", choices=ETHNICITY, width=10),
        _column("id_number", "身份证号", kind="id_number", personal=True, width=22),
        _column("village", "村（社区）", max_length=60),
        _column("address", "住址", max_length=100, personal=True, wrapped=True, width=28),
        _column("household", "户籍所在地", kind="choice", **belongs),
        _column("employer", "工作单位", max_length=100, wrapped=True, width=24),
        _column("phone", "手机", kind="phone", personal=True, width=16),
        _column("ground", "登记类型", kind="choice", choices=GROUNDS, coarse=gone_kind, width=18),
        _column("card_no", "选民证号", kind="integer", check=_card, width=12),
        _column("remark", "备注", width=24),
        _column("town", "乡镇", max_length=60, offered=False),
    ]


def _column(key: str, label: str, **said) -> Column:
    return Column(key, label, tuple(HEADINGS.get(key, "").split()), **said)


def _card(number: int) -> int:
    if not 1 <= number <= 999_999_999:
        raise CellProblem("选民证号应为正整数")
    return number
