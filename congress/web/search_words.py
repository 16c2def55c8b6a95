"""What somebody typed into a search box, as words; and where these stand in a text."""

import re
from functools import lru_cache

from congress.names.characters import is_invisible

LONGEST, MOST = 200, 12  # characters and words; nothing that is shown in a list is looked for with more
NUMBERS_NOT = "不能按身份证号、电话号码查找，请改用姓名、编号或者内容里的词。"


@lru_cache(maxsize=8)  # a search asks for each of its lists
def words_of(text: str) -> list[str]:
    """The words of a query, each once; none when nothing can be looked for (blanks, invisible characters, far too much)."""
    words = list(dict.fromkeys("".join(" " if is_invisible(char) else char for char in text).split()))
    return words if len(text) <= LONGEST and len(words) <= MOST else []


def problem(text: str) -> str:
    """Why nothing can be looked for with a text, in words; empty when it can."""
    if len(text) > LONGEST:
        return f"要找的内容太长了（最多{LONGEST}个字），请只写几个关键的词。"
    if words_of(text):
        return ""
    several = len(text.split()) > MOST
    return (
        f"词太多了（最多{MOST}个），请只写几个关键的词。"
        if several
        else "请写要找的词，如姓名、编号或者内容里的两个字。"
    )


def in_text(text: str, query: str) -> bool:
    """Whether every word of a query stands in a text: for lines that are no rows of the database."""
    words = words_of(query)
    return bool(words) and all(word.casefold() in text.casefold() for word in words)


def marked(text: str, query: str, length: int = 60) -> list[tuple[str, bool]]:
    """The text in pieces and whether each is one of the query's words; of a long text what stands round the first one."""
    words = sorted(map(re.escape, words_of(query)), key=len, reverse=True)
    hits = re.compile("|".join(words) or "(?!)", re.IGNORECASE)
    first = hits.search(text)
    start = max(0, first.start() - length // 3) if first and first.end() > length else 0
    cut = text[start : start + length]
    cut = f"{'…' * bool(start)}{cut}{'…' * (start + length < len(text))}"
    pieces, at = [], 0
    for hit in hits.finditer(cut):
        pieces += [(cut[at : hit.start()], False), (hit[0], True)]
        at = hit.end()
    return [piece for piece in [*pieces, (cut[at:], False)] if piece[0]]
