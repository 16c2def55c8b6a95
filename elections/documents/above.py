"""What a township tells the county's election committee of the votes for the county's deputies (选举法九、四十六)."""

from datetime import date

from congress.documents.kit import DocumentKind, register
from congress.guard.refusal import refuse
from congress.law.numerals import to_chinese
from congress.wording import chinese_date
from elections.actions.rounds import votes_of
from elections.documents.common import (
    ELECTION_COMMITTEE,
    committee_name,
    compose_notice,
    congress_name,
    grounds,
    heading,
    notice_blocks,
    paragraph,
    table,
)
from elections.models import Election
from elections.queries.rounds import RoundFacts, rounds_of

KIND = register(
    DocumentKind(
        "elections.upwards",
        "县级代表选举投票情况报告",
        compose_notice,
        issuer=ELECTION_COMMITTEE,
        numbering=None,
        blocks=notice_blocks,
    )
)
COLUMNS = (("姓名", 3.0), ("赞成", 1.2), ("反对", 1.2), ("弃权", 1.2))


def upwards(election: Election, on: date) -> dict:
    """What was counted in each district whose count two people closed, for the county's committee to declare. Raises Refused for
    the township's own deputies, and while nothing is counted."""
    found = [RoundFacts(row) for row in rounds_of(election)]
    if not found or not found[0].county:
        refuse("本级代表的选举结果由本级选举委员会宣布，不用上报。" if found else "还没有安排投票。")
    counted = [one for one in found if one.result is not None]
    if not counted:
        refuse("还没有由两人结束计票的选区，没有可以上报的结果。")
    office = f"{election.township.name}选举委员会"
    lead = (
        f"根据{grounds(on, 'count_check', 'announce_result')}的规定，我处已完成{congress_name(election)}代表选举下列"
        f"{len({one.row.district_id for one in counted})}个选区的投票和计票，现将结果报告如下，请予确定、宣布："
    )
    parts = [paragraph(lead)]
    for at, one in enumerate(counted, start=1):
        parts += _district(to_chinese(at), one)
    waiting = list(dict.fromkeys(str(one.row.district) for one in found if one.result is None))
    if waiting:
        parts.append(paragraph(f"{'、'.join(waiting)}还没有结束计票，另行报告。"))
    title = [office, f"关于{congress_name(election)}代表选举", "投票情况的报告"]
    return {"office": office, "title": title, "to": committee_name(election.township, election), "parts": parts}


def _district(number: str, facts: RoundFacts) -> list[dict]:
    """One vote: the sums, the votes of each name, what the law makes of them, the fingerprint of the count."""
    row, totals, found = facts.row, facts.result.totals, facts.result.outcome.tally
    said = (
        f"{chinese_date(row.held_on)}投票。应选{row.seats}名，选民{row.voters}人，参加投票{totals.took_part}人；发出选票"
        f"{totals.issued}张，收回{totals.collected}张，有效票{totals.valid}张，废票{totals.void_in_all}张。"
    )
    votes = votes_of(facts)
    people = "、".join(f"{name}（{votes[name]}票）" for name in found.elected) or "没有人"
    outcome = f"选举有效，{people}得票达到当选的票数" if found.valid else "选举无效"
    rows = [(one.label, one.yes, one.no, one.abstain) for one in totals.lines]
    rows += [(f"另选 {one.label}", one.yes, "", "") for one in totals.write_ins]
    return [
        heading(f"{number}、{row.district}{row.get_kind_display()}"),
        paragraph(said),
        table(COLUMNS, rows),
        paragraph(f"按本地计票，{outcome}。计票指纹前十六位：{facts.result.fingerprint[:16]}。"),
    ]
