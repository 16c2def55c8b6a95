"""Invented people: names no list gave us, identity numbers of a division that does not exist, telephones of no network."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from congress.people.idnumber import check_digit

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘"
    "杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
    "单仇解查翟缪覃牟阚郗隗晁"
)
COMPOUND = ("欧阳", "上官", "司徒", "诸葛", "令狐", "尉迟", "皇甫", "闾丘")
MEN = (
    "茂",
    "德",
    "樵",
    "稷",
    "川",
    "砚",
    "嵩",
    "舟",
    "澍",
    "棠",
    "钧",
    "骁",
    "砺",
    "炜",
    "衡",
    "耘",
    "麓",
    "桓",
    "岑",
    "泊",
)
MEN_LAST = (
    "屿",
    "山",
    "田",
    "林",
    "峤",
    "松",
    "柏",
    "渠",
    "平",
    "坤",
    "成",
    "峰",
    "垣",
    "年",
    "禾",
    "远",
    "清",
    "根",
    "生",
    "野",
)
WOMEN = (
    "苒",
    "菡",
    "秀",
    "桂",
    "汐",
    "凝",
    "槿",
    "苓",
    "姝",
    "霁",
    "沅",
    "芷",
    "穗",
    "琬",
    "葭",
    "岚",
    "雨",
    "月",
    "春",
    "素",
)
WOMEN_LAST = (
    "禾",
    "兰",
    "英",
    "荷",
    "云",
    "枝",
    "梅",
    "溪",
    "莲",
    "芳",
    "娥",
    "黛",
    "宁",
    "珠",
    "琴",
    "妍",
    "茹",
    "璎",
    "萍",
    "玥",
)
# Characters that printers and old systems stumble over, a middle dot, and compound surnames: whoever shows the
# product shows that they come through lists, sorting and documents whole. Name, sex, ethnicity.
RARE = (
    ("邬喆禾", "male", "汉族"),
    ("霍堃屿", "male", "汉族"),
    ("郜昇川", "male", "汉族"),
    ("桑㛃宁", "female", "汉族"),
    ("闵䶮舟", "male", "汉族"),
    ("欧阳砚溪", "female", "汉族"),
    ("阿斯木·巴哈提", "male", "哈萨克族"),
    ("覃苓娥", "female", "壮族"),
)
DIVISION = "990123"


@dataclass(frozen=True)
class Person:
    """Somebody who does not exist."""

    name: str
    gender: str
    ethnicity: str
    born: date
    id_number: str
    phone: str


class People:
    """Gives out people, no name twice; the same random source gives the same people."""

    def __init__(self, rng: Random, series: int, rare: bool = True):
        self._rng = rng
        self._series = series
        self._given = 0
        self._names: set[str] = set()
        self._rare = list(RARE) if rare else []

    def next(self, *, eldest: int = 62, youngest: int = 28) -> Person:
        """A person between two ages (years, in 2021); the rare names come first, now and then."""
        if self._rare and self._given % 4 == 1:
            name, gender, ethnicity = self._rare.pop(0)
        else:
            gender = "female" if self._rng.random() < 0.3 else "male"
            name, ethnicity = self._free_name(gender), "汉族"
        return self.named(name, gender, ethnicity, self._born(eldest, youngest))

    def named(self, name: str, gender: str, ethnicity: str = "汉族", born: date = date(1974, 3, 8)) -> Person:
        """A person by this name, with a number and a telephone of their own."""
        self._given += 1
        self._names.add(name)
        serial = (self._series * 200 + self._given) % 499 * 2 + (gender == "male")
        first17 = f"{DIVISION}{born:%Y%m%d}{serial:03}"
        phone = f"1990000{self._series * 1000 + self._given:04}"
        return Person(name, gender, ethnicity, born, first17 + check_digit(first17), phone)

    def _born(self, eldest: int, youngest: int) -> date:
        first, last = date(2021 - eldest, 1, 1), date(2021 - youngest, 1, 1)
        return first + timedelta(days=self._rng.randrange((last - first).days))

    def _free_name(self, gender: str) -> str:
        middle, end = (WOMEN, WOMEN_LAST) if gender == "female" else (MEN, MEN_LAST)
        while True:
            surname = self._rng.choice(COMPOUND) if self._rng.random() < 0.04 else self._rng.choice(SURNAMES)
            name = surname + self._rng.choice(middle) + self._rng.choice(end)
            if name not in self._names:
                return name
