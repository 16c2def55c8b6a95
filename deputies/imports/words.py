"""The words rosters are filled in with: official code words, what people write, and what says that somebody has no seat.

GB/T 2261.1 (sex), GB/T 2261.4 (身份), GB/T 3304 (民族), GB/T 4658 (学历), GB/T 4762 (政治面貌).
"""

import re

from congress.law.numerals import from_chinese
from congress.spreadsheets.choices import ETHNICITY as GROUPS
from congress.spreadsheets.columns import plain
from congress.spreadsheets.dates import NotADate, parse_date
from congress.spreadsheets.lines import bare_title, without_count
from deputies.models import Deputy, Mandate

SEX = {"男": ("男性", "1"), "女": ("女性", "2")}
# Recognised as 其他未识别的民族 or by local usage; written as they are.
OTHER_ETHNICITY = {
    "穿青人": ("穿青", "穿青族"),
    "未识别民族": ("其他未识别的民族", "未识别的民族", "未定族称人口"),
    "外国血统中国籍人士": ("外国血统", "入籍"),
    "革家人": ("㑊家人",),
    **dict.fromkeys("摩梭人 克木人 莽人 夏尔巴人 僜人 图瓦人 老品人 其他".split(), ()),
}
_SHORT = {"维吾尔族": "维族 维", "蒙古族": "蒙族 蒙", "哈萨克族": "哈族", "朝鲜族": "朝族", "柯尔克孜族": "柯族"}
GROUPS_SHORT = {name: (*words, *_SHORT.get(name, "").split()) for name, words in GROUPS.items()}
ETHNICITY = GROUPS_SHORT | OTHER_ETHNICITY

_PARTIES = {
    "中共党员": "中国共产党党员 中国共产党 共产党 中国共产党正式党员 中共正式党员 正式党员 共产党员 党员 中共 党员（正式）",
    "中共预备党员": "中国共产党预备党员 预备党员 中共党员（预备） 党员（预备） 中共预备 共产党预备党员",
    "共青团员": "中国共产主义青年团团员 共产主义青年团团员 团员 共青团",
    "民革党员": "中国国民党革命委员会党员 中国国民党革命委员会会员 中国国民党革命委员会 民革会员 民革成员 民革",
    "民盟盟员": "中国民主同盟盟员 中国民主同盟成员 中国民主同盟 民盟成员 民盟",
    "民建会员": "中国民主建国会会员 中国民主建国会 民建成员 民建",
    "民进会员": "中国民主促进会会员 中国民主促进会 民进成员 民进",
    "农工党党员": "中国农工民主党党员 中国农工民主党 农工民主党 农工民主党党员 农工党成员 农工党 农工",
    "致公党党员": "中国致公党党员 中国致公党 致公党成员 致公党 致公",
    "九三学社社员": "九三社员 九三学社成员 九三学社 九三",
    "台盟盟员": "台湾民主自治同盟盟员 台湾民主自治同盟 台盟成员 台盟",
    "无党派人士": "无党派民主人士 无党派代表人士 无党派",
    "群众": "普通公民 普通群众 无 非党 非党员 非中共党员群众",
}
_AFFILIATION = {plain(word): name for name, words in _PARTIES.items() for word in (name, *words.split())}
_CLASS = dict(Deputy.Party.choices)
_SAME = {"中共党员": "中共党员", "无党派": "无党派人士", "群众": "群众"}  # classes that say as much as the full name
PARTY = {label: [*_PARTIES[_SAME[label]].split(), _SAME[label]] if label in _SAME else () for label in _CLASS.values()}


_JOINED = re.compile(
    r"[（(]?\s*\d{4}\s*[年.\-/]?\s*\d{0,2}\s*月?\s*(?:入党|加入)?\s*[）)]?$"
)  # 中共党员（2001年7月入党）


def affiliation(text: str) -> str | None:
    """The full name of the party that a word means (GB/T 4762), None for a word that names none."""
    return _AFFILIATION.get(plain(text)) or _AFFILIATION.get(plain(_JOINED.sub("", text)))


def party(text: str) -> str | None:
    """The class of the roster that a party counts in: 民盟盟员 → 民主党派."""
    named = affiliation(text)
    return _CLASS[Deputy.AFFILIATIONS[named]] if named else None


def spread_party(text: str) -> dict[str, str]:
    """The full name beside the class, where the word says more than the class."""
    named = affiliation(text)
    return {"affiliation": named} if named and named not in _SAME.values() else {}


EDUCATION = {
    "研究生": ("研究生教育",),
    "本科": ("大学本科", "大学", "大学本科教育", "大本"),
    "大专": ("大学专科", "专科", "大学专科教育"),
    "高中（中专）": ("高中", "中专", "中等专科", "普通高中", "中等职业教育", "普通高级中学教育", "高级中学"),
    "初中": ("初级中学", "初级中学教育"),
    "小学及以下": ("小学", "小学教育"),
}
# What is left of 省委党校研究生, 大学（在职）, 中等专科毕业 once the way of studying and its end are taken off.
_WAY = re.compile(
    r"(?:中央|.委)?党校|在职|函授|自学考试|自考|成人|电大|夜大|业大|网络|远程|全日制|非全日制|脱产|业余|国家开放大学|"
    r"毕业生?|结业|肄业|同等学[历力]|学历|文化|程度|教育|成教|农函大|农广校|国开|开放大学|双(?=本科)"
)
_LEVELS = (
    ("研究生", "博士研究生 硕士研究生 博士后 博士 硕士 研究生班 研究生"),
    ("本科", "大学普通班 大学本科 本科 大学 大本 双学位 学士"),
    ("大专", "大学专科 大学专科和专科学校 专科 大专 高职 高等职业"),
    ("高中（中专）", "中等专科 中等专业学校 中专 中技 中师 职业高中 职高 职中 技工学校 技校 普通高中 高级中学 高中"),
    ("初中", "初级中学 初中"),
    ("小学及以下", "小学 高小 初小 文盲半文盲 文盲或半文盲 半文盲 文盲 不识字 扫盲班 无学历"),
)
_RANK = [level for level, _ in _LEVELS]
_DEGREES = {"博士": "研究生", "硕士": "研究生", "学士": "本科"}  # 农学学士, 工商管理硕士
_LEVEL = {plain(word): level for level, words in _LEVELS for word in words.split()}


def education(text: str) -> str | None:
    """The level of a word of GB/T 4658 and of what people add to it: 中央党校大学 → 本科; of several the highest."""
    said = [_level(part) for part in re.split(r"[\s，,、/；;（()）]+", text) if part and _WAY.sub("", part)]
    return _level(text) or (min(said, key=_RANK.index) if said and None not in said else None)


def _level(text: str) -> str | None:
    word = plain(text)
    return (
        _LEVEL.get(word)
        or _LEVEL.get(_WAY.sub("", word))
        or next((v for k, v in _DEGREES.items() if word.endswith(k)), None)
    )


_OCCUPATIONS = {
    "工人": "工人 职工 产业工人 农民工",
    "农民": "农民 村民 农户 务农",
    "专业技术人员": "专业技术人员 教师 医生 医务人员 技术人员",
    "党政干部": "国家公务员 公务员 干部 党政领导干部 机关干部",
    "村（社区）干部": "村干部 社区干部 村社区干部 村组干部",
    "企业负责人": "企业管理人员 企业家 企业主 私营企业主 企业经营者",
    "个体": "个体经营者 个体工商户 个体户",
    "其他": "职员 学生 现役军人 军人 自由职业者 无业人员 退离休人员 离退休人员 退休人员 退休 其他人员",
}
_OCCUPATION = {plain(word): value for value, words in _OCCUPATIONS.items() for word in words.split()}


def occupation(text: str) -> str | None:
    """The class of the roster for a word of GB/T 2261.4 or of everyday."""
    return _OCCUPATION.get(plain(text))


# -- what stands in brackets behind a name

_NOTE = re.compile(r"^([^\[(]+)[\[(]([^\[\]()]*)[\])]$")
_BESIDE = re.compile(r"^(\S{2,})[\s,、]+((?:男|女)(?:[\s,、]+\S+)*)$")  # 马力，女，回族
_BRACKETS = str.maketrans("【】〔〕﹝﹞［］（）﹙﹚，", "[][][][]()(),")
_SEPARATORS = re.compile(r"[，,、;；\s]+")
_ETHNIC = {plain(word): name for name, words in ETHNICITY.items() for word in (name, *words)}


def spread_name(text: str) -> dict[str, str]:
    """马力（女，回族） → name, sex and ethnicity; what is neither goes into the remark."""
    said = re.sub(r"[)\]]\s*[(\[]", "，", text.strip().translate(_BRACKETS))
    found = _NOTE.match(said) or _BESIDE.match(said)
    if found is None:
        return {}
    cells = {"name": found[1]}
    others = []
    for word in filter(None, _SEPARATORS.split(found[2])):
        if plain(word) in ("男", "女"):
            cells["gender"] = word
        elif plain(word) in _ETHNIC:
            cells["ethnicity"] = word
        else:
            others.append(word)
            cells |= spread_remark(word)
    return cells | ({"name_note": "，".join(others)} if others else {})


def spread_person(text: str) -> dict[str, str]:
    """The same for tables that keep no remark: any other note is left in the name, which it makes wrong."""
    said = spread_name(text)
    return {} if "name_note" in said else said


# -- what says that a row has no seat, or no longer

HOW = {
    "换届选举": ("换届", "直接选举", "直选", "选民直接选举", "选举", "当选", "大会选举"),
    "补选": ("补选产生", "补选当选", "届中补选"),
}
ENDS = {
    Mandate.End.DIED.label: "死亡 病故 逝世 病逝 亡故 身故 已故 牺牲 殉职 离世 过世 辞世 不在世".split(),
    Mandate.End.MOVED.label: "调离 迁出 调出 调离本行政区域 迁离 调走 调动 调往 已调".split(),
    Mandate.End.RESIGNED.label: "辞职 辞去代表职务 辞去人大代表职务 请辞 接受辞职".split(),
    Mandate.End.ORDERED.label: ["责令辞职"],
    Mandate.End.RECALLED.label: ["罢免"],
    Mandate.End.ABSENT.label: ["两次未出席"],
    Mandate.End.NATIONALITY.label: [],
    Mandate.End.RIGHTS.label: ["剥夺政治权利"],
    Mandate.End.CAPACITY.label: [],
    Mandate.End.EXPIRED.label: ["届满", "任满"],
    Mandate.End.VOID.label: [],
}
_END_WORDS = sorted(
    ((word, end) for end, words in ENDS.items() for word in (end, *words)), key=lambda one: -len(one[0])
)
VACANT = frozenset("空缺 缺额 出缺 待补选 待补 待定 缺 暂缺 空".split())  # where the name of somebody would stand
_UNSEATED = re.compile(
    "去世|逝世|过世|辞世|不在世|病逝|病故|亡故|身故|死亡|已故|离世|牺牲|殉职|调离|调出|调走|调往|已调(?![离出走])|迁出|迁离|辞职|辞去|请辞|罢免|终止|出缺|停职|停止执行|暂停|"
    "羁押|服刑|留置|被捕|逮捕|判刑|剥夺|丧失|落选|未当选|候选人|候补|列席|非代表|不是代表|不再担任|取消|撤销|免去|免职|任满|届满|离任|"
    "往届|上届|历届|失效|无效|不在任|不在岗|不再任"
)
_BY_ELECTION = re.compile(r"补选(?![^，,。；;、]{0,10}(?:长|主席|主任|书记|委员))")  # of a deputy, and to no office
_DAY = re.compile(r"(?:19|20)\d{2}\s*[年./\-]\s*\d{1,2}\s*[月./\-]\s*\d{1,2}\s*日?")


_OF_A_LIFE = re.compile("简历|经历|履历|荣誉|奖惩|家庭|亲属|爱人|配偶|子女|父母|家属|学习|培训|入党|参加工作")


BESIDES = re.compile("含|(?<![开免])除(?!名)|后")  # 代表名册（含已离任）, 补选后名册: not all of them
_ALL_BY_ELECTION = re.compile("补选(?:产生|当选)?的?(?:代表|人员)?(?:名单|名册|花名册)?$")


def unseated_all(title: str) -> str:
    """The word by which a title or a sheet's name says that those under it have no seat; "" where it speaks of some."""
    found = _UNSEATED.search(title)
    return found[0] if found and not BESIDES.search(title) else ""


def unseated_aside(heading: str, text: str) -> str:
    """The same of a short cell of a column that is not read; 是否连任 否 says nothing of the seat."""
    found = _UNSEATED.search(text) if len(text) <= 20 and not of_a_life(heading) else None
    return found[0] if found else ""


def by_election_all(title: str) -> dict[str, str]:
    """How those under a title came, and when: 2024年3月5日补选代表."""
    said = spread_remark(title) if _ALL_BY_ELECTION.search(bare_title(title)) else {}
    return {key: text for key, text in said.items() if key in ("how", "elected_on")}


def of_a_life(heading: str) -> bool:
    """Whether a column tells of somebody's life, in which leaving a post says nothing of the seat."""
    return bool(_OF_A_LIFE.search(heading))


def unseated(text: str) -> str:
    """The word by which a remark says that somebody has no seat, or has it no longer; "" when none does."""
    found = _UNSEATED.search(text)
    return found[0] if found else text.strip() if text.strip() in ("否", "×", "不是") else ""


def spread_remark(text: str) -> dict[str, str]:
    """2024年3月5日去世 → day and reason of the end; 2023年5月20日补选 → how the seat came and when. Each is told together with
    its day; where a text names several days, with that of its own clause."""
    said: dict[str, str] = {}
    for clause in re.split(r"[；;，,。\n]+", text):
        said = _clause(clause) | said
    days = _DAY.findall(text)
    return _clause(text) | said if len(days) == 1 else said


def spread_change(text: str) -> dict[str, str]:
    """变动原因 of somebody who was elected in between is no end: 补选."""
    return {"end_reason": "", "how": "补选"} if _BY_ELECTION.search(text) and not unseated(text) else {}


def _clause(text: str) -> dict[str, str]:
    day, reason = _day_in(text), next((end for word, end in _END_WORDS if word in text), None)
    if _BY_ELECTION.search(text) and not unseated(text):
        return {"how": "补选"} | ({"elected_on": day} if day else {})
    return {"ended_on": day, "end_reason": reason} if day and reason else {}


def _day_in(text: str) -> str:
    found = _DAY.search(text)
    try:
        return parse_date(found[0].replace(" ", "")).isoformat() if found else ""
    except NotADate:
        return ""


BY_ELECTION = Mandate.How.BY_ELECTION.label
_TITLED = re.compile(r"(?P<level>全国|[省市州县区旗镇乡])(?:第[\d一二三四五六七八九十]+届)?(?:人大|人民代表大会)")
_TERM = re.compile(r"第?\s*(\d{1,3}|[一二三四五六七八九十]{1,4})\s*届")
_LEVEL_WORDS = {
    "township": "乡镇 乡 镇",
    "county": "县 区 旗 县区 县市区",
    "city": "市 州 盟 设区的市 自治州",
    "province": "省 自治区 直辖市",
    "national": "全国",
}
_LEVEL_OF = {word: level for level, words in _LEVEL_WORDS.items() for word in words.split()}
_AROUND_LEVEL = re.compile("人民代表大会|人大|代表|[两双二三四]?级")


def level_titled(text: str) -> str | None:
    """The level of the congress a title names: 清江县第十七届人民代表大会代表（云溪镇代表团）→ county; of several none."""
    levels = {_LEVEL_OF[found["level"]] for found in _TITLED.finditer(text)}
    return levels.pop() if len(levels) == 1 else None


def terms_named(text: str) -> list[int]:
    """The numbers of the terms a text names: 第十六届、第十七届 → 16, 17."""
    return [number for found in _TERM.findall(text) if (number := _number(found))]


def terms_in(text: str) -> set[int]:
    """The same for a cell of a column of terms, where a bare 17 or 十七 is one too, and 十六、十七届 are two."""
    listed = [_number(part.strip().removeprefix("第").removesuffix("届")) for part in re.split(r"[、，,/;；\s]+", text)]
    return {number for number in (*terms_named(text), *listed) if number}


def _number(text: str) -> int | None:
    try:
        return int(text) if text.isdecimal() else from_chinese(text)
    except ValueError:
        return None


def levels_in(text: str) -> set[str]:
    """The levels of congresses a cell names: 县、乡 → county, township; a word of another kind names none."""
    words = [_AROUND_LEVEL.sub("", word) for word in re.split(r"[、，,/;；和与\s]+", text)]
    words += [
        char for word in words if word not in _LEVEL_OF and set(word) <= _LEVEL_OF.keys() for char in word
    ]  # 县乡
    return {_LEVEL_OF[word] for word in words if word in _LEVEL_OF}


_NUMERAL = r"\d{1,4}|[一二三四五六七八九十百]{1,5}"
_DISTRICT = re.compile(rf"^第?\s*(?P<number>{_NUMERAL})\s*号?\s*(?:选区)?\s*[（(]?\s*(?P<name>.*?)\s*[）)]?$")
_LISTED = re.compile(r"^[（(]?(?P<number>\d{1,4})\s*[）)．.、:：/\-－—]+\s*(?P<name>[^\W\d].*)$")  # 3.东山村, (3)东山村
_BEHIND = re.compile(
    rf"^(?P<name>[^\W\d第](?:.*?[^第])?)\s*[（(]?\s*(?:第\s*(?P<said>{_NUMERAL})|(?P<number>\d{{1,4}}))\s*号?\s*选区\s*[）)]?$"
)
_OF_TOWN = re.compile(r"^.{1,10}[镇乡县]$")  # 云溪镇第一选区 names no village


def district_in(text: str) -> tuple[int | None, str]:
    """Number and name of a district as rosters write them: 3, 第三选区, 3 东山村, 3.东山村, 第3选区（东山村）, 第三选区（2名）,
    东山村（第三选区）, 东山村选区."""
    text = without_count(text.strip())
    if behind := _BEHIND.match(text):
        number, name = _number(behind["said"] or behind["number"]), behind["name"].strip()
        return number, "" if _OF_TOWN.match(name) or _number(name) == number else name
    if listed := _LISTED.match(text):
        return int(listed["number"]), listed["name"]
    found = _DISTRICT.match(re.sub(r"^(\d+)\.0+$", r"\1", text))
    number = _number(found["number"]) if found else None
    if number is None or (found["name"] and not re.search(r"选区|[\s（(]", text)):
        return None, text  # 一心村 is a name, and no first district 心村
    name = found["name"].lstrip("：:-－—/、. ")
    again = _DISTRICT.match(name)  # 选区号 3 beside 选区名称 第三选区
    repeated = again is not None and _number(again["number"]) == number
    return number, again["name"] if repeated else name
