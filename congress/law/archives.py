"""The papers of an election: which have to be on file, how long they are kept, when they may be destroyed.

No national text says how long; 浙江 alone, of those held, says to whom they are handed over. The periods are practice, and say so.
"""

from dataclasses import dataclass
from datetime import date

from congress.law.finding import PRACTICE, Finding
from congress.law.numerals import chinese_date
from congress.law.periods import add_months
from congress.law.provinces import PackLike, Value
from congress.law.provinces import pack as find_pack
from congress.law.registry import rule

KEPT_YEARS = 5  # after the work was closed
MONTHS_AFTER_SESSION = 1  # ballots, after the first session of the congress that was elected


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of papers: whether each district has its own, whether it has to be there once a vote was counted, and how long it is
    kept: `lasting`, so many years after the work was closed (`years`), or until the first session (`session`)."""

    key: str
    label: str
    by_district: bool
    wanted: bool
    period: str


PAPERS = {
    one.key: one
    for one in (
        Paper("voter_list", "选民名单和补正", False, True, "lasting"),
        Paper("candidate_list", "代表候选人名单", True, True, "lasting"),
        Paper("notice", "公告、决定、请示报告", False, True, "lasting"),
        Paper("report", "投票结果报告单", True, True, "lasting"),
        Paper("declaration", "宣布选举结果的文件", False, True, "lasting"),
        Paper("ballots", "选票（含废票、存档空白票）", True, True, "session"),
        Paper("ledger", "领票登记册、票账", True, True, "years"),
        Paper("forms", "登记表、推荐表、委托书", False, True, "years"),
        Paper("stamp", "印章", False, False, "lasting"),
        Paper("other", "其他", False, False, "lasting"),
    )
}
PERIODS = {
    "lasting": "长期",
    "years": f"选举工作结束后{KEPT_YEARS}年",
    "session": f"新一届第一次会议闭会后{MONTHS_AFTER_SESSION}个月",
}


@rule("archives.hand_over", "选举文件交谁归档", cites=[("zhejiang_election_rules", "election.archive")])
def hand_over(on: date, pack: PackLike = "national") -> Value:
    """To whom the committee hands over ballots, papers, registers and stamps before it is dissolved."""
    return find_pack(pack).value("election.archive", on)


@rule("archives.check_destroying", "选举文件能否销毁", cites=[("zhejiang_election_rules", "election.archive")])
def check_destroying(
    paper: str, today: date, closed_on: date | None, session_closed_on: date | None
) -> tuple[Finding, ...]:
    """What stands against destroying papers today: a work that is not over, a period that runs, papers that are kept for good.

    `session_closed_on` is the last day of the first session of the congress that was elected.
    """
    kind = PAPERS[paper]
    if kind.period == "lasting":
        return (_against("lasting", f"{kind.label}长期保存，不销毁"),)
    if closed_on is None:
        return (_against("open", f"选举工作还没有结束，{kind.label}不能销毁"),)
    if kind.period == "session" and session_closed_on is None:
        return (_against("session", f"新一届第一次会议还没有闭会，{kind.label}不能销毁"),)
    if kind.period == "session" and session_closed_on is not None:
        until = max(closed_on, add_months(session_closed_on, MONTHS_AFTER_SESSION))
    else:
        until = add_months(closed_on, 12 * KEPT_YEARS)
    if today < until:
        return (_against("early", f"{kind.label}保存到{PERIODS[kind.period]}（{chinese_date(until)}），现在不能销毁"),)
    return ()


def _against(code: str, message: str) -> Finding:
    return Finding(f"archive.{code}", message, None, force=PRACTICE)
