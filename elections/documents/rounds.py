"""The report of a district's vote that people sign, and the notice of who is elected (选举法四十三、四十六)."""

from datetime import date

from congress.counting.documents import compose, fingerprint_words
from congress.documents.kit import DocumentKind, register
from congress.guard.refusal import refuse
from congress.law.numerals import to_chinese
from congress.printing import WorkingPaper
from congress.printing import register as offer
from congress.wording import chinese_date
from deputies.models import Level
from elections.actions.rounds import votes_of
from elections.documents.common import (
    ELECTION_COMMITTEE,
    committee_name,
    congress_name,
    grounds,
    heading,
    paragraph,
    table,
)
from elections.documents.notices import kind as notice_kind
from elections.documents.notices import notice
from elections.models import Election, Nominee, Round
from elections.permissions import ISSUE
from elections.queries.rounds import RoundFacts, rounds, rounds_of

ELECTED = notice_kind("elected", "代表选举结果公告")
BLANK = "　"
SIGN = ("主持人：　　　　　　　　总监票人：　　　　　　　　总计票人：", "监票人：　　　　　　　　计票人：")
PEOPLE = (("姓名", 2.0, "center", True), ("性别", 1.0), ("出生年月", 1.6), ("单位和职务", 4.4, "left"), ("得票", 1.0))


REPORT = register(
    DocumentKind(
        "elections.round_report", "投票结果报告单", compose, issuer=ELECTION_COMMITTEE, profile="table", numbering=None
    )
)


def report(row: Round, options: dict) -> dict:
    """What 投票结果报告单 is made of: the sums, each candidate's votes, the outcome with its articles, lines to sign on, and the
    fingerprint of the count at the foot. Raises Refused while there is no result."""
    facts = RoundFacts(row)
    if facts.result is None:
        refuse("计票还没有由两人结束，没有结果，不能打印投票结果报告单。")
    totals, found = facts.result.totals, facts.result.outcome.tally
    proxies = sum(one.by_proxy for one in row.lines)
    mobile = sum(one.issued for one in row.lines if one.mobile_id)
    wide = [BLANK] * 3
    rows = [
        ["选民总数", f"{row.voters}", *wide],
        ["参加投票", f"{totals.took_part}", *wide],
        ["　其中受委托领票", f"{proxies}", *wide],
        ["　其中流动票箱", f"{mobile}", *wide],
        ["发出选票", f"{totals.issued}", *wide],
        ["收回选票", f"{totals.collected}", *wide],
        ["有效票", f"{totals.valid}", *wide],
        ["废票", f"{totals.void_in_all}", *wide],
        ["全部弃权（在有效票内）", f"{totals.blank}", *wide],
        *([one.label, str(one.yes), str(one.no), str(one.abstain), str(one.unclear)] for one in totals.lines),
        *([f"另选 {one.label}", str(one.yes), *wide] for one in totals.write_ins),
    ]
    votes = votes_of(facts)
    said = [f"应选代表{row.seats}名。选举{'有效' if found.valid else '无效'}。"]
    if found.valid:
        names = "、".join(f"{name}（{votes[name]}票）" for name in found.elected) or "没有人当选"
        said.append(f"当选须有{found.needed}票（{found.citation.text}）；当选：{names}。")
    said += [f"{one.message}{f'（{one.citation.text}）' if one.citation else ''}。" for one in found.findings]
    return {
        "title": f"{row.district}投票结果报告单",
        "subtitle": f"{congress_name(row.election)}代表选举　{row.get_kind_display()}　{chinese_date(row.held_on)}",
        "columns": [
            ["项目、姓名", 3.0, "left"],
            ["数、赞成", 1.0, "center"],
            ["反对", 1.0, "center"],
            ["弃权", 1.0, "center"],
            ["该处不计", 1.0, "center"],
        ],
        "rows": rows,
        "notes": [
            *said,
            *facts.result.meant,
            *SIGN,
            "　　　　　　　　　　　　　　　　　　　　　　　　　　年　　月　　日",
        ],
        "foot": fingerprint_words(facts.result.fingerprint),
        "office": committee_name(row.township, row.election),
    }


PRINTED = offer(WorkingPaper(REPORT, rounds, gather=report, pages=lambda context: 1, permission=ISSUE))


def elected_notice(election: Election, on: date) -> dict:
    """Who is elected, district by district, and where another vote follows. Raises Refused while nothing is declared, and for
    deputies of the county, which announces them itself."""
    if election.term.level == Level.COUNTY:
        refuse("县级代表的选举结果由县的选举委员会宣布、公告，乡镇不印发；请印发“县级代表选举投票情况报告”上报。")
    found = [one for one in rounds_of(election) if one.declared]
    if not found:
        refuse("还没有宣布任何选区的结果。")
    people = [each for one in found for each in one.won if not each.void]
    nominees = Nominee.objects.in_bulk([one.nominee_id for one in people if one.nominee_id])
    lead = (
        f"根据{grounds(on, 'winning', 'announce_result')}的规定，经选举委员会确定，{congress_name(election)}代表选举"
        f"下列{len({one.district_id for one in found})}个选区的选举结果，现将当选代表{len(people)}名公布如下："
    )
    parts = [paragraph(lead)]
    for at, row in enumerate(found, start=1):
        parts.append(heading(f"{to_chinese(at)}、{row.district}{row.get_kind_display()}　应选{row.seats}名"))
        if standing := [one for one in row.won if not one.void]:
            parts.append(table(PEOPLE, [_person(one, nominees.get(one.nominee_id)) for one in standing]))
        else:
            parts.append(paragraph("没有人当选。"))
        follow = RoundFacts(row).follow
        if row.vacant_on:
            parts.append(paragraph(f"不足的{row.seats - len(row.won)}名暂缺，依法补选。"))
        elif follow:
            parts.append(paragraph(f"{follow.words}（{follow.citation.text}）。"))
    days = "、".join(dict.fromkeys(chinese_date(one.held_on) for one in found))
    parts.append(paragraph(f"投票日期：{days}。当选代表的代表资格，依法审查确认后公布。"))
    return notice(election, "公布代表选举结果", parts)


def _person(one, nominee: Nominee | None) -> tuple:
    if nominee is None:
        return (one.name, BLANK, BLANK, "选民另选", str(one.votes))
    born = f"{nominee.birth_date.year}年{nominee.birth_date.month}月"
    return (one.name, nominee.get_gender_display(), born, nominee.employer_post, str(one.votes))
