"""The roster's columns as people write them, and what our own codes are for their words."""

from congress.spreadsheets.checks import CellProblem
from congress.spreadsheets.choices import ETHNICITY
from congress.spreadsheets.columns import Column
from congress.spreadsheets.dates import NotADate, parse_date, parse_month
from deputies.models import Deputy, Group, Station

SEX = {"男": ("男性",), "女": ("女性",)}
PARTY = {
    "中共党员": ("党员", "中共预备党员", "预备党员", "共产党员", "中国共产党党员", "中共正式党员", "中共"),
    "民主党派": tuple("民革 民盟 民建 民进 农工党 致公党 九三学社 台盟".split()),
    "无党派": ("无党派人士", "无党派民主人士"),
    "群众": ("普通公民", "共青团员", "团员"),
}
EDUCATION = {
    "研究生": ("硕士", "博士", "硕士研究生", "博士研究生", "在职研究生"),
    "本科": ("大学", "大学本科", "在职大学", "在职本科", "函授本科"),
    "大专": ("大学专科", "专科", "在职大专", "函授大专"),
    "高中（中专）": ("高中", "中专", "中等专科", "普通高中", "职高", "技校", "中技"),
    "初中": ("初级中学", "初中毕业"),
    "小学及以下": ("小学", "小学毕业", "文盲", "不识字"),
}
CODES = {
    "gender": {"男": "male", "女": "female"},
    "party": {label: value for value, label in Deputy.Party.choices},
    "education": {label: value for value, label in Deputy.Education.choices},
    "occupation": {label: value for value, label in Deputy.Occupation.choices},
}
PLAIN = ("name", "ethnicity", "employer_post", "certificate_no", "phone", "id_number", "address")
SWITCHES = ("grassroots", "presidium_member")


def birth(text: str) -> str:
    """A birth date or birth month as ISO text: 1975-08-12 or 1975-08."""
    try:
        return parse_date(text).isoformat()
    except NotADate:
        try:
            return parse_month(text)
        except NotADate as wrong:
            raise CellProblem(f"出生日期{wrong}") from None


def _names(model) -> list[str]:
    return list(model.objects.kept().values_list("name", flat=True))


def roster_columns() -> list[Column]:
    """All columns; groups and stations only where the township has some, with their names to choose from."""
    columns = [
        Column("name", "姓名", ("代表姓名", "名字"), required=True, kind="name", max_length=40, example="张三"),
        Column("gender", "性别", kind="choice", choices=SEX, width=8),
        Column("ethnicity", "民族", kind="choice", choices=ETHNICITY, width=10),
        Column(
            "birth_date", "出生日期", ("出生年月", "出生年月日", "生日"), check=birth, personal=True, example="1975-08"
        ),
        Column(
            "id_number", "身份证号", ("身份证号码", "公民身份号码", "身份证"), kind="id_number", personal=True, width=22
        ),
        Column("party", "政治面貌", ("党派",), kind="choice", choices=PARTY),
        Column("education", "文化程度", ("学历", "最高学历"), kind="choice", choices=EDUCATION),
        Column(
            "employer_post",
            "工作单位及职务",
            ("单位及职务", "工作单位和职务", "单位职务", "工作单位", "职务"),
            max_length=100,
            width=28,
            example="东山村党支部书记",
        ),
        Column("occupation", "身份类别", ("职业", "职业类别"), kind="choice", choices=list(CODES["occupation"])),
        Column("grassroots", "基层代表", kind="yes_no", width=10),
        Column("presidium_member", "主席团成员", kind="yes_no", width=10),
        Column("phone", "手机", ("手机号", "手机号码", "联系电话", "电话"), kind="phone", personal=True, width=16),
        Column("address", "住址", ("家庭住址", "现住址"), max_length=100, personal=True, width=28),
        Column("certificate_no", "代表证号", ("代表证编号", "证号"), max_length=30),
        Column("district", "选区", ("所在选区", "选区号", "当选选区"), max_length=60, example="3"),
    ]
    for key, label, synonyms, model in (
        ("group", "代表小组", ("所在小组", "小组"), Group),
        ("station", "联络站", ("所属联络站", "代表联络站"), Station),
    ):
        names = _names(model)
        if names:
            columns.append(Column(key, label, synonyms, kind="choice", choices=names, width=18))
    return columns
