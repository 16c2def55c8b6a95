"""Ballots of the votes that follow the first (再次投票, 另行选举, 重新选举): between whom each is held, with the names as the first
ballot bore them, the second writing beneath (选举法二十三).
"""

from congress.guard.refusal import refuse
from congress.printing import WorkingPaper
from congress.printing import register as offer
from elections.actions.candidate_lists import ballot_rules
from elections.documents.ballots import BALLOTS, rules_on
from elections.documents.common import committee_name, congress_name
from elections.models import BallotPrint, Round, RoundName, VotingRules
from elections.permissions import ISSUE
from elections.queries.candidate_lists import is_erased
from elections.queries.rounds import rounds

CUT = "号码只印在存根上，发放选票时沿虚线裁下。"


def ballot(row: Round, *, sample: bool) -> dict:
    """What the ballot of a round is made of. Raises Refused for the first vote, whose ballots are those that were ordered for it."""
    if row.follows_id is None:
        refuse("第一次投票的选票在“付印选票”里印制。")
    election, kind = row.election, row.get_kind_display()
    rules = VotingRules.objects.kept().filter(election=election).first()
    others = row.kind != Round.Kind.AGAIN  # between those who are level and nobody else (选举法四十一、四十五)
    title = f"{congress_name(election)}代表选举"
    found = {
        "title": [title, f"{kind}选票"],
        "district": str(row.district),
        "seats": row.seats,
        "names": [_name(one) for one in row.listed],
        "rules": rules_on(ballot_rules(rules) if rules else None, row.seats, row.held_on, others=others),
        "seal": committee_name(election.township, election),
        "colour": "",  # chosen anew, so that the ballots of two votes are told apart
        "beside": _title_beside(row),
        "stub": [f"{title}　{row.district}　{kind}", CUT],
        "others": others,
    }
    return {"title": f"{title}{kind}{'样票' if sample else '选票'}", "sample": sample, "ballots": [found]}


def _name(one: RoundName) -> list[str]:
    """The name, what tells two of one name apart, the name in another writing, which of somebody written in was said when the vote was
    arranged. Whose particulars were erased when their time was over bears the name alone."""
    nominee = one.nominee
    if nominee is None or is_erased(nominee):
        return [one.name, "", one.name_beside]
    return [nominee.name, nominee.employer_post if one.name != nominee.name else "", nominee.name_beside]


def _title_beside(row: Round) -> str:
    """The title in the second language, as on the ballots of the district that were ordered last."""
    printed = BallotPrint.objects.kept().filter(election=row.election, candidate_list__district=row.district)
    found: str | None = printed.order_by("-ordered_on").values_list("title_beside", flat=True).first()
    return found or ""


PRINTED = offer(
    WorkingPaper(
        BALLOTS,
        rounds,
        lambda row, _: ballot(row, sample=False),
        lambda _: 1,
        ISSUE,
        "elections.round_ballots",
        "接续投票的选票",
        called=lambda row, _: f"（{row}）",
    )
)
SAMPLE = offer(
    WorkingPaper(
        BALLOTS,
        rounds,
        lambda row, _: ballot(row, sample=True),
        lambda _: 1,
        ISSUE,
        "elections.round_sample",
        "接续投票的样票",
        called=lambda row, _: f"（{row}）",
    )
)
