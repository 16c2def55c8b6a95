"""What the law says of the papers of an election: languages, what a public list may tell, and the articles they cite."""

import re
from datetime import date

from congress.law.finding import Finding
from congress.law.numerals import from_chinese, to_chinese
from congress.law.registry import rule
from congress.law.sources import cite, states

HAN = "汉文"
FORBIDDEN = ("身份证", "证件号码", "住址", "电话", "手机")
NEEDLESS = ("出生", "年龄", "登记日期", "民族", "工作单位")

# What a sentence speaks of, and the article that governs it.
_TOPICS = (
    ("申诉", "roll_appeal"),
    ("起诉", "roll_appeal"),
    ("公布选民名单", "publish_roll"),
    ("选民名单", "publish_roll"),
    ("选民登记", "registration"),
    ("委托", "proxy"),
    ("流动票箱", "mobile_box"),
    ("正式代表候选人", "publish_final_candidates"),
    ("代表候选人", "nomination"),
    ("选区", "district_size"),
    ("选举委员会", "committee_appointed"),
)
_NUMBER = r"[零一二三四五六七八九十百\d]+"
# 第二十八条, 第二十八、二十九条, 第三十条第二款
_PLACE = rf"第{_NUMBER}(?:、{_NUMBER})*条(?:第{_NUMBER}款)?(?:第[（(]?{_NUMBER}[）)]?项)?"
_CITED = re.compile(rf"选举法》?(?:（[^（）]*）)?(?P<list>{_PLACE}(?:(?:、|和|及|与|以及){_PLACE})*)")
_ARTICLE = re.compile(rf"第({_NUMBER}(?:、{_NUMBER})*)条")
LAST_ARTICLE = 60


@rule("papers.check_languages", "选举文件使用的文字", cites=[("election_law", "minority_languages")])
def check_languages(
    autonomous: bool, nationality_township: bool, languages: tuple[str, ...], on: date
) -> tuple[Finding, ...]:
    """In autonomous places what is made or published in an election uses the local nationality's writing as well.

    A nationality township is no autonomous place: the article does not name it, so that there it is advice.
    """
    if any(one != HAN for one in languages) or not (autonomous or nationality_township):
        return ()
    citation = cite("election_law", "minority_languages", on)
    message = "选举文件、选民名单、选民证和选举委员会的印章等，应当同时使用当地通用的民族文字"
    if autonomous:
        return (Finding("languages.one", message, citation),)
    advice = "民族乡不属于这一条所列的自治地方，当地通用民族文字的，可以同时使用"
    return (Finding("languages.advice", advice, citation, blocking=False, force="参照执行"),)


@rule(
    "papers.check_roll_columns",
    "选民名单公布的项目",
    cites=[("personal_information_law", "minimum"), ("personal_information_law", "no_publication")],
)
def check_roll_columns(columns: tuple[str, ...], on: date) -> tuple[Finding, ...]:
    """A public list names the voters, with their sex where that is local practice; numbers of identity, telephones and
    addresses never, and what else it would tell is more than its purpose needs."""
    found = []
    for column in columns:
        if any(word in column for word in FORBIDDEN):
            citation = cite("personal_information_law", "no_publication", on)
            found.append(Finding("columns.forbidden", f"公开的选民名单不得列出“{column}”", citation))
        elif any(word in column for word in NEEDLESS):
            citation = cite("personal_information_law", "minimum", on)
            message = f"公布选民名单用不着“{column}”，建议只列姓名，按当地做法加性别"
            found.append(Finding("columns.needless", message, citation, blocking=False))
    return tuple(found)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else from_chinese(text)


@rule(
    "papers.check_citations",
    "公告引用的选举法条文",
    cites=[
        ("election_law", "publish_roll"),
        ("election_law", "roll_appeal"),
        ("election_law", "registration"),
        ("election_law", "nomination"),
    ],
)
def check_citations(text: str, on: date) -> tuple[Finding, ...]:
    """Every sentence that cites articles of the election law cites one that governs what it speaks of, in the edition in
    force on that day. Sentences that speak of nothing known here are left alone."""
    found = []
    for sentence in re.split(r"[。；\n]", text):
        topics = [fact for word, fact in _TOPICS if word in sentence and states("election_law", fact, on)]
        for cited in _CITED.finditer(sentence):
            articles = [_number(one) for several in _ARTICLE.findall(cited["list"]) for one in several.split("、")]
            found += [_none(number, on) for number in articles if not 1 <= number <= LAST_ARTICLE]
            right = {cite("election_law", fact, on).article for fact in topics}
            if topics and not right & set(articles):
                found.append(_wrong(cited[0], topics[0], on))
    return tuple(found)


def _none(number: int, on: date) -> Finding:
    citation = cite("election_law", "", on)
    return Finding("citation.none", f"现行选举法没有第{to_chinese(min(number, 9999))}条", citation)


def _wrong(cited: str, fact: str, on: date) -> Finding:
    citation = cite("election_law", fact, on)
    message = f"“{cited}”不是现行有效的规定所在的条文，应为第{to_chinese(citation.article)}条"
    return Finding("citation.wrong", message, citation)
