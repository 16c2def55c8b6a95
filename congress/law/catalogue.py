"""The laws the product knows, with their editions: titles and dates only, read from the heads of the texts.

`effective` is the day from which an edition is applied. Where the text states the day itself, that day stands and
`stated` is True. Where only the adopting decision would state it, the day of adoption stands and `stated` is False.
"""

from dataclasses import dataclass
from datetime import date

from congress.law.numerals import chinese_date

NPC = "中华人民共和国全国人民代表大会和地方各级人民代表大会"


@dataclass(frozen=True, slots=True)
class Edition:
    """One text of a law: its label (2025年修正), the day it was adopted and the day it is applied from."""

    label: str
    adopted: date | None
    effective: date
    stated: bool = False


@dataclass(frozen=True, slots=True)
class Law:
    """A law or regulation. `numbering` is 条, or 款 for the one text that counts 一、二、三 without 条."""

    key: str
    title: str
    short: str
    editions: tuple[Edition, ...]
    part: str = ""
    numbering: str = "条"
    place: str = "全国"

    def edition_on(self, day: date) -> Edition | None:
        """The held edition in force on that day; None when the day lies before the oldest text held."""
        held = [edition for edition in self.editions if edition.effective <= day]
        return max(held, key=lambda edition: edition.effective) if held else None

    def edition(self, label: str) -> Edition | None:
        """The held edition of that label; None when it is not held."""
        return next((edition for edition in self.editions if edition.label == label), None)

    @property
    def latest(self) -> Edition:
        """The newest edition held."""
        return max(self.editions, key=lambda edition: edition.effective)

    @property
    def earliest(self) -> Edition:
        """The oldest edition held."""
        return min(self.editions, key=lambda edition: edition.effective)

    @property
    def before_held(self) -> str:
        """How an edition older than every held one is named on pages."""
        return f"{chinese_date(self.earliest.effective)}以前的文本"


def _amended(adopted: str, effective: str = "", word: str = "修正") -> tuple[Edition, ...]:
    day = date.fromisoformat(adopted)
    applied = date.fromisoformat(effective) if effective else day
    return (Edition(f"{day.year}年{word}", day, applied, bool(effective)),)


def _undated(effective: str) -> tuple[Edition, ...]:
    day = date.fromisoformat(effective)
    return (Edition(f"{chinese_date(day)}施行", None, day, True),)


_ALL = (
    Law("deputies_law", f"{NPC}代表法", "代表法", (*_amended("2015-08-29"), *_amended("2025-03-11"))),
    Law("election_law", f"{NPC}选举法", "选举法", _amended("2020-10-17")),
    Law(
        "organic_law",
        "中华人民共和国地方各级人民代表大会和地方各级人民政府组织法",
        "地方组织法",
        _amended("2022-03-11"),
    ),
    Law(
        "direct_election_rules",
        "全国人民代表大会常务委员会关于县级以下人民代表大会代表直接选举的若干规定",
        "直接选举若干规定",
        _amended("1983-03-05", word="通过"),
        numbering="款",
    ),
    Law("budget_law", "中华人民共和国预算法", "预算法", _amended("2018-12-29")),
    Law("civil_code", "中华人民共和国民法典", "民法典", _amended("2020-05-28", "2021-01-01", "通过"), part="总则"),
    Law(
        "civil_code_family",
        "中华人民共和国民法典",
        "民法典",
        _amended("2020-05-28", "2021-01-01", "通过"),
        part="婚姻家庭编",
    ),
    Law("civil_procedure_law", "中华人民共和国民事诉讼法", "民事诉讼法", _amended("2023-09-01")),
    Law("criminal_procedure_law", "中华人民共和国刑事诉讼法", "刑事诉讼法", _amended("2018-10-26")),
    Law(
        "personal_information_law",
        "中华人民共和国个人信息保护法",
        "个人信息保护法",
        _amended("2021-08-20", "2021-11-01", "通过"),
    ),
    Law(
        "shandong_township_rules",
        "山东省乡镇人民代表大会工作若干规定",
        "山东乡镇人大若干规定",
        _amended("2015-12-03"),
        place="山东",
    ),
    Law(
        "shandong_suggestion_rules",
        "山东省人民代表大会代表建议、批评和意见办理工作条例",
        "山东建议办理条例",
        _amended("2017-05-19"),
        place="山东",
    ),
    Law(
        "shandong_deputies_measures",
        "山东省实施《中华人民共和国全国人民代表大会和地方各级人民代表大会代表法》办法",
        "山东代表法实施办法",
        _amended("2015-12-03"),
        place="山东",
    ),
    Law(
        "shandong_election_rules",
        "山东省县乡两级人民代表大会选举实施细则",
        "山东选举实施细则",
        _amended("2021-03-24"),
        place="山东",
    ),
    Law(
        "qingdao_suggestion_rules",
        "青岛市人民代表大会代表建议、批评和意见工作条例",
        "青岛建议工作条例",
        _amended("2021-07-29", "2021-09-01", "修订"),
        place="青岛",
    ),
    Law(
        "chongqing_township_rules",
        "重庆市乡镇人民代表大会工作条例",
        "重庆乡镇人大条例",
        _amended("2016-03-31"),
        place="重庆",
    ),
    Law(
        "chongqing_suggestion_rules",
        "重庆市人民代表大会代表建议批评和意见工作条例",
        "重庆建议工作条例",
        _amended("2017-11-30", "2018-01-01", "通过"),
        place="重庆",
    ),
    Law(
        "chongqing_deputies_measures",
        "重庆市实施《中华人民共和国全国人民代表大会和地方各级人民代表大会代表法》办法",
        "重庆代表法实施办法",
        _amended("2016-03-31"),
        place="重庆",
    ),
    Law(
        "zhejiang_township_rules",
        "浙江省乡镇人民代表大会工作条例",
        "浙江乡镇人大条例",
        _amended("2016-07-29", "2016-10-01", "通过"),
        place="浙江",
    ),
    Law(
        "zhejiang_suggestion_rules",
        "浙江省人民代表大会代表建议、批评和意见办理的规定",
        "浙江建议办理规定",
        _amended("2016-05-27"),
        place="浙江",
    ),
    Law(
        "zhejiang_deputies_measures",
        "浙江省实施《中华人民共和国全国人民代表大会和地方各级人民代表大会代表法》办法",
        "浙江代表法实施办法",
        _amended("2016-05-27"),
        place="浙江",
    ),
    Law(
        "zhejiang_election_rules",
        "浙江省县、乡两级人民代表大会代表选举实施细则",
        "浙江选举实施细则",
        _amended("2021-03-26"),
        place="浙江",
    ),
    Law(
        "henan_presidium_rules",
        "河南省乡镇人民代表大会主席团工作条例",
        "河南主席团条例",
        _amended("2016-11-18", "2017-01-01", "修订"),
        place="河南",
    ),
    Law(
        "henan_suggestion_rules",
        "河南省人民代表大会代表建议、批评和意见办理办法",
        "河南建议办理办法",
        _amended("2017-07-28", "2017-08-01", "通过"),
        place="河南",
    ),
    Law(
        "henan_inspection_rules",
        "河南省各级人民代表大会代表视察办法",
        "河南视察办法",
        _amended("2010-07-30"),
        place="河南",
    ),
    Law(
        "beijing_township_rules",
        "北京市乡、民族乡、镇人民代表大会组织条例",
        "北京乡镇人大条例",
        _amended("2016-03-24"),
        place="北京",
    ),
    Law(
        "beijing_suggestion_rules",
        "北京市人民代表大会代表建议、批评和意见办理条例",
        "北京建议办理条例",
        _amended("2014-01-22", word="通过"),
        place="北京",
    ),
    Law(
        "beijing_deputies_measures",
        "北京市实施《中华人民共和国全国人民代表大会和地方各级人民代表大会代表法》办法",
        "北京代表法实施办法",
        _amended("2014-01-22", word="通过"),
        place="北京",
    ),
    Law(
        "beijing_election_rules",
        "北京市区、乡、民族乡、镇人民代表大会代表选举实施细则",
        "北京选举实施细则",
        _amended("2021-05-27"),
        place="北京",
    ),
    Law(
        "shanghai_suggestion_rules",
        "上海市人民代表大会关于代表建议、批评和意见的规定",
        "上海建议规定",
        _undated("2015-03-01"),
        place="上海",
    ),
    Law(
        "shanghai_deputies_measures",
        "上海市实施《中华人民共和国全国人民代表大会和地方各级人民代表大会代表法》办法",
        "上海代表法实施办法",
        _undated("2015-03-01"),
        place="上海",
    ),
    Law(
        "shanghai_election_rules",
        "上海市区和乡镇人民代表大会代表直接选举实施细则",
        "上海选举实施细则",
        _amended("2021-03-24"),
        place="上海",
    ),
)

LAWS: dict[str, Law] = {law.key: law for law in _ALL}
