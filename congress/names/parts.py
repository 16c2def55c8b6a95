"""One way to look at a name: tidy spelling, surname and given name.

Compound surnames that are as likely a one-character surname with a given name (单于、乐正、梁丘…) are left out: the
reading of the first character is then found in the table of single surnames.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from .characters import RADICALS, is_han, is_invisible, is_letter, standard

DOT = "·"
# Every mark that is typed for the dot of 买买提·吐尔逊, the full stops of both widths among them.
_DOTS = re.compile("[·•・‧∙⋅･．.●﹒。｡◦∘᛫⸱⸳ꞏ\u0387\u2024]+")
# Characters of the first block stand for themselves: none is composed, folded, invisible or a dot, all are letters.
PLAIN = re.compile("[\u4e00-\u9fff]+")

# Surname -> reading with tone, where it differs from the everyday reading or has several.
SINGLE = {
    "曾": "zeng1", "单": "shan4", "翟": "zhai2", "仇": "qiu2", "查": "zha1", "解": "xie4", "区": "ou1", "朴": "piao2",
    "任": "ren2", "盖": "ge3", "缪": "miao4", "覃": "qin2", "乐": "yue4", "尉": "wei4", "华": "hua4", "葛": "ge3",
    "燕": "yan1", "洗": "xian3", "冼": "xian3", "折": "she2", "佴": "nai4", "黑": "he4", "秘": "bi4", "牟": "mu4",
    "种": "chong2", "召": "shao4", "郇": "xun2", "那": "na1", "贾": "jia3", "卜": "bu3", "逄": "pang2", "过": "guo1",
    "哈": "ha3", "撒": "sa3", "肖": "xiao1", "车": "che1", "訾": "zi1", "纪": "ji3", "应": "ying1", "员": "yun4",
    "幺": "yao1", "都": "du1", "句": "gou1", "祭": "zhai4", "占": "zhan1", "钭": "tou3", "谌": "chen2", "隗": "kui2",
    "於": "yu1", "乜": "nie4", "莘": "shen1", "呙": "guo1", "瞿": "qu2", "笪": "da2", "亓": "qi2", "仉": "zhang3",
    "晁": "chao2", "谯": "qiao2", "厍": "she4", "相": "xiang4", "阚": "kan4", "殷": "yin1", "隽": "juan4", "郗": "xi1",
    "盛": "sheng4", "沈": "shen3", "柏": "bai3", "薄": "bo2", "费": "fei4", "藏": "zang1", "宓": "mi4", "贲": "ben1",
    "阙": "que1", "叶": "ye4", "角": "jue2", "炅": "gui4", "能": "nai4", "干": "gan1", "仝": "tong2", "昝": "zan3",
    "郄": "qie4", "贠": "yun4", "缑": "gou1", "曲": "qu1", "俞": "yu2", "尹": "yin3", "宁": "ning4", "强": "qiang2",
    "鲜": "xian1", "石": "shi2", "万": "wan4", "要": "yao1", "重": "chong2", "长": "zhang3", "粘": "nian2", "繁": "po2",
    "适": "kuo4", "宿": "su4",
}  # fmt: skip
COMPOUND = {
    "欧阳": "ou1 yang2", "太史": "tai4 shi3", "端木": "duan1 mu4", "上官": "shang4 guan1", "司马": "si1 ma3",
    "东方": "dong1 fang1", "独孤": "du2 gu1", "南宫": "nan2 gong1", "万俟": "mo4 qi2", "闻人": "wen2 ren2",
    "夏侯": "xia4 hou2", "诸葛": "zhu1 ge3", "尉迟": "yu4 chi2", "公羊": "gong1 yang2", "赫连": "he4 lian2",
    "澹台": "tan2 tai2", "皇甫": "huang2 fu3", "宗政": "zong1 zheng4", "濮阳": "pu2 yang2", "公冶": "gong1 ye3",
    "太叔": "tai4 shu1", "申屠": "shen1 tu2", "公孙": "gong1 sun1", "慕容": "mu4 rong2", "仲孙": "zhong4 sun1",
    "钟离": "zhong1 li2", "长孙": "zhang3 sun1", "宇文": "yu3 wen2", "司徒": "si1 tu2", "鲜于": "xian1 yu2",
    "司空": "si1 kong1", "闾丘": "lv2 qiu1", "子车": "zi3 ju1", "亓官": "qi2 guan1", "司寇": "si1 kou4",
    "巫马": "wu1 ma3", "颛孙": "zhuan1 sun1", "漆雕": "qi1 diao1", "宰父": "zai3 fu3", "拓跋": "tuo4 ba2",
    "轩辕": "xuan1 yuan2", "令狐": "ling2 hu2", "呼延": "hu1 yan2", "东郭": "dong1 guo1", "羊舌": "yang2 she2",
    "左丘": "zuo3 qiu1", "西门": "xi1 men2", "完颜": "wan2 yan2", "纳兰": "na4 lan2", "淳于": "chun2 yu2",
    "第五": "di4 wu3", "百里": "bai3 li3", "壤驷": "rang3 si4", "夹谷": "jia2 gu3",
}  # fmt: skip


class Parts(NamedTuple):
    """A tidy name cut in two; `surname` is empty for names that are kept whole."""

    surname: str
    given: str


def tidy(name: str) -> str:
    """Return the name as it is kept, searched and printed: without blanks and invisible characters, with one kind of dot,
    every character by its standard code point (private codes of GB 18030, radicals that are whole characters, full-width
    and compatibility forms). What cannot be mended stays as typed; `written.problem` says so."""
    before, text = "", str(name)
    if PLAIN.fullmatch(text):  # nearly every name, several times each
        return text
    # Taking a blank away may leave something to compose: again until nothing changes.
    while text != before:
        before, text = text, _tidied_once(text)
    return text.strip(DOT)


def _tidied_once(text: str) -> str:
    plain = unicodedata.normalize("NFKC", _DOTS.sub(DOT, standard(text)).translate(RADICALS))
    return _DOTS.sub(DOT, "".join(char for char in plain if not is_invisible(char)))


def letters(name: str) -> list[str]:
    """Return the characters of a name that are read and counted: all but dots and signs."""
    return list(name) if PLAIN.fullmatch(name) else [char for char in name if is_letter(char) or char.isalnum()]


@lru_cache(maxsize=10_000)
def split(name: str) -> Parts:
    """Cut a name into surname and given name.

    Names with a middle dot, of five and more characters, or not wholly Chinese are kept whole (ethnic and foreign names).
    """
    name = tidy(name)
    if DOT in name or len(name) > 4 or len(name) < 2 or not all(map(is_han, name)):
        return Parts("", name)
    if len(name) > 2 and name[:2] in COMPOUND:
        return Parts(name[:2], name[2:])
    return Parts(name[:1], name[1:])
