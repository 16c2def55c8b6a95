"""The second writing (选举法二十三) of names that voters wrote in, where they stand on the next ballot: a candidate's stands with the
candidate, theirs is said when the vote is arranged and stays with the name on the ballot.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from congress.documents.writings import problem
from congress.law.finding import Finding
from congress.law.sources import cite
from elections.models import Round, RoundName
from elections.queries.languages import autonomous, second_writing

LONGEST: int = RoundName._meta.get_field("name_beside").max_length  # type: ignore[assignment]
FIELD = "beside"
APART = re.compile(r"[\s，,：:]+")


def asked_of(row: Round, offered: Iterable[str]) -> list[str]:
    """Of the names that may stand next, those who were written in, where papers may bear the local writing or the ballot before bore
    one; nobody elsewhere."""
    if not (second_writing(row.township) or any(_bears(one) for one in row.listed)):
        return []
    known = {one.name for one in row.listed if one.nominee is not None}
    return [name for name in offered if name not in known]


def _bears(one: RoundName) -> bool:
    return bool(one.name_beside or (one.nominee is not None and one.nominee.name_beside))


def stood(row: Round, names: Sequence[str]) -> str:
    """As the ballot before has them, a line each."""
    return "\n".join(f"{one.name} {one.name_beside}" for one in row.listed if one.name_beside and one.name in names)


def read(text: str, names: Sequence[str]) -> dict[str, str]:
    """The second writing by name: a line each, the name first. Raises ValueError naming the line that is none."""
    found: dict[str, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        name = max((one for one in names if APART.match(line, len(one)) and line.startswith(one)), key=len, default="")
        if not name:
            raise ValueError(f"“{line}”里看不出是哪一位另选人，请写成“姓名 当地文字姓名”，姓名照上面的写法。")
        if name in found:
            raise ValueError(f"{name}写了两次。")
        written = unicodedata.normalize("NFC", " ".join(APART.sub(" ", line[len(name) :], count=1).split()))
        if len(written) > LONGEST:
            raise ValueError(f"{name}的当地文字姓名最多{LONGEST}个字，现在有{len(written)}个字。")
        if why := problem(written):
            raise ValueError(f"{name}：{why}")
        found[name] = written
    return found


def findings(row: Round, chosen: Sequence[str], text: str) -> list[Finding]:
    """What is wrong with what was entered of those who stand next; and who lacks one, which keeps nothing from being arranged."""
    names = asked_of(row, chosen)
    try:
        found = read(text, names)
    except ValueError as wrong:
        return [Finding("follow.beside", str(wrong), field=FIELD)]
    lacking = [name for name in names if name not in found]
    if not lacking or not (found or autonomous(row.township) or any(_bears(one) for one in row.listed)):
        return []
    message = (
        f"{'、'.join(lacking)}还没有当地文字的姓名，选票上只印汉字姓名；需要补填的，在登记票账以前撤回这次投票重新安排"
    )
    ground = cite("election_law", "minority_languages", row.held_on)
    return [Finding("follow.unwritten", message, ground, blocking=False, field=FIELD)]
