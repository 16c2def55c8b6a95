"""The words rolls of voters are filled in with: why somebody is registered, what says that somebody is not, where a
household belongs, and a birthday of the farmers' calendar."""

import re
from datetime import date

from borax.calendars.lunardate import LunarDate

from congress.law.numerals import from_chinese
from congress.spreadsheets.columns import plain
from elections.models import Registration, Voter

GROUNDS = {
    "上次登记继续有效": "续登 继续有效 上届选民 原有选民 老选民 原登记 原登记选民 结转 正常 常住选民 已登记".split(),
    "新满十八周岁": "新满18周岁 新满18 年满18周岁 年满十八周岁 满18周岁 新满十八岁 新满18岁 新增18周岁".split(),
    "恢复政治权利": "恢复 恢复权利 剥权期满 恢复政治权利的".split(),
    "迁入": "新迁入 迁入选民 户口迁入".split(),
    "外来人员持选民资格证明": "外来 外来人员 外来选民 流动人口 流动选民 持证明登记 持选民资格证明".split(),
    "以往漏登补办": "漏登 补登 补办 漏登补办 补登记".split(),
}
GROUND_CODES = {label: value for value, label in Registration.Ground.choices}
HOUSEHOLD_CODES = {label: value for value, label in Voter.Household.choices}

# Words that say that somebody is no voter here (any longer), each with the change of the roll that it speaks of.
_GONE = (
    ("死亡", "死亡|去世|已故|病故|亡故|过世|逝世|病逝|辞世|离世|身故|不在世|已死|销户|注销户口"),
    ("迁出", "户口迁出|已迁出|迁出|户口迁走|已迁走"),
    ("剥夺政治权利", "剥夺政治权利|被剥权|剥权中"),
    ("停止行使选举权利", "停止行使"),
)
_GONE_WORD = re.compile("|".join(words for _, words in _GONE))
_NOT_GONE = re.compile("恢复|期满|(?:未|没有|不)(?:被)?(?:附加)?(?:剥夺|停止|迁出)")
_HEALTH = re.compile(
    "精神病|精神障碍|智障|智力|痴呆|残疾|残障|伤残|疾病|患病|重病|慢病|癌|肿瘤|疫苗|接种|艾滋|怀孕|孕妇|血型"
)
_HEALTH_HEADING = re.compile(_HEALTH.pattern + "|健康|病史|病种|病情|核酸|体检|孕产|残疾证")


def gone(text: str) -> str:
    """The word of a text that says somebody is no voter here, "" when none does."""
    found = _GONE_WORD.search(text)
    return found[0] if found and not _NOT_GONE.search(text) else ""


def gone_kind(text: str) -> str | None:
    """What sort of leaving the roll a word speaks of: 病故 → 死亡."""
    return next((kind for kind, words in _GONE if re.search(words, text) and gone(text)), None)


def of_health(text: str) -> bool:
    """Whether a text speaks of somebody's health, which a roll does not keep (个人信息保护法 6, 28)."""
    return bool(_HEALTH.search(text))


def health_heading(label: str) -> bool:
    """Whether a column holds such things."""
    return bool(_HEALTH_HEADING.search(label))


def household_in(text: str, town: str, county: str) -> str:
    """Where a household belongs by its words: the township's own, another of the county, or beyond."""
    said = plain(text)
    if plain(town) in said or re.match("本(?:乡|镇|村|地|社区|街道)", said):
        return str(Voter.Household.LOCAL.label)
    near = plain(county) in said or re.match("(?:本|外|其他|同)(?:县|市|区)(?:内|其他|外?(?:乡|镇))", said)
    return str((Voter.Household.COUNTY if near and not said.startswith("外县") else Voter.Household.ELSEWHERE).label)


# -- the farmers' calendar

_LUNAR_SAID = re.compile("农历|阴历|旧历|古历")
_LUNAR_DAY = re.compile(
    r"(?P<year>\d{4}|[〇零○一二三四五六七八九]{4})\s*[年./-]\s*(?P<leap>闰)?"
    r"(?P<month>\d{1,2}|正|冬|腊|[一二三四五六七八九十]{1,2})\s*[月./-]\s*"
    r"(?P<day>\d{1,2}|初[一二三四五六七八九十]|廿[一二三四五六七八九]?|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])\s*[日号]?"
)
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "0001" + "23456789")
_MONTHS = {"正": 1, "冬": 11, "腊": 12}


def spread_birth(text: str) -> dict[str, str]:
    """A birthday that is said by the farmers' calendar goes into a column of its own: 农历1975年七月初六."""
    if text.isascii():  # 1975-08-12, as nearly every roll has it
        return {}
    said = _LUNAR_SAID.search(text) or re.search("[正腊闰冬]|初[一二三四五六七八九十]|廿", text)
    return {"birth_date": "", "lunar": text} if said else {}


def lunar_day(text: str) -> date | None:
    """The day of the solar calendar on which such a birthday fell; None where the text names no real day."""
    found = _LUNAR_DAY.search(_LUNAR_SAID.sub("", text))
    if found is None:
        return None
    year, month, day = int(found["year"].translate(_DIGITS)), found["month"], found["day"]
    try:
        number = _MONTHS.get(month) or _number(month)
        return LunarDate(year, number, _lunar_number(day), int(bool(found["leap"]))).to_solar_date()
    except (ValueError, KeyError):
        return None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else from_chinese(text)


def _lunar_number(text: str) -> int:
    if text.startswith("初"):
        return _number(text[1:])
    if text.startswith("廿"):
        return 20 + (_number(text[1:]) if text[1:] else 0)
    return _number(text)
