"""Which rows of a table are data, and why the others are none: titles of groups, totals, notes, signatures, headings again."""

import re
import unicodedata

from congress.law.numerals import from_chinese
from congress.people.erased import ERASED

from .cells import Clean, clean_text, is_empty
from .dates import NotADate, parse_date

GROUP_TITLE, TOTAL, STATISTIC = "分组标题或说明", "合计行", "统计行"
_TOTAL = re.compile(
    r"^(?:合\s*计|总\s*计|小\s*计|共\s*计|累\s*计|合计数|总人数|总数|人数合计|共(?=\s*[\d一二三四五六七八九十]))"
)
_COUNTED = re.compile(r"^(?:[\d.,%]|(?:其中)?\s*[男女共]\s*[:：]?\s*\d)")
# 男 36 | 女 12 | 党员比例 60%, below a list
_STATISTIC = re.compile(
    r"^(?:其中)?(?:代表|选民|应选|实有|人员)?(?:总数|总人数|人数|男|女|男性|女性|妇女|党员|非党员?|中共党员|群众|少数民族|汉族|基层|干部)"
    r"(?:代表|选民|党员)?(?:数|人数|名额|占比|比例)?[:：]?$"
)
_STATED = re.compile(r"^\d{1,6}(?:\.\d+)?\s*[%％名人位]?$")
_FIGURE = re.compile(r"(?<![\d.])\d{1,7}(?![\d.%])")
_TOLD = re.compile(r"共\s*[计有]?\s*(\d{1,6}|[一二三四五六七八九十百]{1,7})\s*([^\W\d])")  # 代表名册（共50名）
_UNITS = {"人": "人名位", "条": "条件项", "件": "件条项", "个": "个"}  # in what each noun of ours is counted
_NOTE = re.compile(r"^(?:其中|注|备注|说明|填表|填报|制表|审核|负责人|联系人|单位负责人|统计|填写|日期|经办|主管|\*|※)")
_SIGNATURE = re.compile(
    r"^(?=[^:：])(?:填表|填报|制表|审核|审批|复核|经办|统计|登记|主管|分管|单位)?(?:人|单位|日期|时间|负责人|领导)?(?:签字|签名|盖章)?\s*[:：]"
)
_PAGE = re.compile(r"^(?:第\s*\d+\s*页.*|[—–－-]+\s*\d{1,4}\s*[—–－-]+)$")
_STAMP = re.compile(r"^[（(]?.{0,12}(?:盖章|公章|签字|签名)[）)]?$")
_SENTENCE = re.compile(r"[，。；].{4,}|.{8,}[，。；：]")
_GROUP = re.compile(
    r"^(?:第?\s*[\d一二三四五六七八九十百]+\s*(?:选区|代表团|代表小组|小组|组).*|.*(?:代表团|名单|人员|代表|选民)[:：]?)$"
)
_BEFORE = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)]?\s*[、.．]\s*|[（(][一二三四五六七八九十\d]{1,3}[）)]\s*)"
)  # 一、（二）3.
_NUMBERED = re.compile(
    r"^第\s*[\d一二三四五六七八九十百]+\s*(?:选区|代表团|代表小组|选民小组|小组|组)(?![^（(]{6})"
)  # 第一选区（东山村，2名）
_COUNTED_OFF = re.compile(r"^[（(]?[一二三四五六七八九十]{1,3}(?:、|[）)])\s*\S")  # a list of units counts 1. 2. 3.
_HOW_MANY = re.compile(
    r"(?<=[^\d\s（(:：])\s*(?:[（(:：]\s*(?:共|计|应选|合计)?\s*[\d一二三四五六七八九十百]+\s*[名人位户]\s*[）)]?"
    r"|(?:共|计|应选)?\s*\d+\s*[名人位])$"
)
_LABEL = re.compile(
    r".[:：]$|^\d{0,4}\s*年\s*\d*\s*月\s*\d*\s*日$"
)  # what is left open for a pen: 主席（签名）： 年 月 日
_BEGINS = frozenset(
    "其男女党非中群少汉妇基干代选应实合总小共累人注备说填制审复经统登主分单负联日（(*※:："
)  # of totals, notes and signatures


def plainly_data(cells: list, labels: list[str], used: set[int]) -> bool:
    """Whether a row needs no second look: several cells of text or numbers under headings, the first of them no word of a
    total, a note, a signature, a heading or an erased person. Nearly every row is such a one."""
    filled, first = 0, None
    for place, cell in enumerate(cells):
        if cell is None or (type(cell) is str and (cell.isspace() or not cell or cell == ERASED)):
            if cell == ERASED:
                return False
            continue
        if first is None:
            first = cell
            if type(cell) is str and (not cell[0].isalnum() or cell[0] in _BEGINS or cell == labels[place]):
                return False
        filled += place in used
    return filled > 3


def not_data(cells: list, labels: list[str], used: set[int], is_group: bool) -> str | None:
    """Return why a row is no data ("" for a blank one, which needs no word), None when it is data."""
    texts: list[tuple[int, str]] = [
        (place, Clean(clean_text(cell))) for place, cell in enumerate(cells) if cell is not None
    ]
    filled = [(place, text) for place, text in texts if not is_empty(text)]
    if not filled:
        return ""
    first = filled[0][1]
    mapped = [(place, text) for place, text in filled if place in used]
    if len(mapped) > 1 and all(text.replace("\n", "") == labels[place] for place, text in mapped):
        return "重复的表头"
    if _TOTAL.match(first) and all(_COUNTED.match(text) or _TOTAL.match(text) for _, text in filled):
        return TOTAL
    if len(filled) == 1 and len(used) > 1 and _NUMBERED.match(_BEFORE.sub("", first)):
        return GROUP_TITLE
    if _is_note(filled, first) or (len(filled) == 1 and len(used) > 1 and mapped and _PAGE.match(first)):
        return "说明或签字行"
    leads = len(filled) > 1 and filled[0][0] <= min(used, default=0)  # no sex of somebody whose name is missing
    if leads and _STATISTIC.match(first) and all(_STATED.match(text) for _, text in filled[1:]):
        return STATISTIC
    if any(text == ERASED for _, text in mapped):
        return "已按规定销毁的记录"
    leading = bool(mapped) or filled[0][0] <= min(
        used, default=0
    )  # more of a long text in a column that is not read is none
    if len(filled) == 1 and len(used) > 1 and (is_group or (leading and _is_title(first, bool(mapped)))):
        return GROUP_TITLE
    return None if mapped else "没有可导入的内容"


def title_above(cells: list) -> str:
    """The title of a group where it is all that a row above the headings says, "" otherwise."""
    texts = [clean_text(cell) for cell in cells if not is_empty(cell)]
    return texts[0] if len(texts) == 1 and _is_title(texts[0], True) else ""


def bare_title(title: str) -> str:
    """A title without its number and how many stand under it: 二、第二选区（3名） → 第二选区."""
    return without_count(_BEFORE.sub("", title.strip()))


def without_count(text: str) -> str:
    """A text without how many it is of: 第二选区（3名） → 第二选区."""
    return _HOW_MANY.sub("", text).strip()


def _is_title(text: str, in_column: bool) -> bool:
    """Whether a text that is all a row says is the title of a group; beside the columns that are read any words are."""
    bare = bare_title(text)
    return bool(
        _NUMBERED.match(bare) or _GROUP.match(bare) or _HOW_MANY.search(text) or _COUNTED_OFF.match(text)
    ) or not (in_column or any(char.isdecimal() for char in text[:1]))


def figures_in(cells: list, used: set[int]) -> list[tuple[int, int]]:
    """The whole numbers a total states, each with its place: 合计 1,234 人 → 1234. A bare number of a column that is not
    read is the sum of something else."""
    found = []
    for place, cell in enumerate(cells):
        text = "" if is_empty(cell) else unicodedata.normalize("NFKC", clean_text(cell)).replace(",", "")
        if place in used or not text.isdecimal():
            found += [(place, int(figure)) for figure in _FIGURE.findall(text)]
    return found


def counts_told(cells: list, noun: str) -> set[int]:
    """How many there are of what the rows are, as a title or a note says it: 以上共五十名 → 50."""
    texts = [unicodedata.normalize("NFKC", clean_text(cell)) for cell in cells if isinstance(cell, str)]
    found = [match for text in texts for match in _TOLD.findall(text) if match[1] in _UNITS.get(noun, noun)]
    return {int(told) if told.isdecimal() else from_chinese(told) for told, _ in found}


def _is_note(filled: list[tuple[int, str]], first: str) -> bool:
    if _SIGNATURE.match(first) or (first[-1] in ":：" and all(_LABEL.search(text) for _, text in filled)):
        return True
    if len(filled) == 1 and (_STAMP.match(first) or _SENTENCE.search(first) or _is_day(first)):
        return True
    return len(filled) <= 2 and bool(_NOTE.match(first)) and (len(first) > 4 or first[-1] in ":：")


def _is_day(text: str) -> bool:
    try:
        parse_date(text)
    except NotADate:
        return False
    return True
