"""From the declaration to deputies who sit, told of one township: the outgoing congress's credentials committee examines those its
districts elected, the presidium confirms them; of the county's deputies the county's papers are entered."""

from datetime import date, timedelta

from deputies.actions import approve
from deputies.models import Level
from elections.actions.credentials import open_review
from elections.life import ENTRY, REVIEW, ROUND
from elections.models import Campaign, CredentialsReview, Election, Round
from elections.queries.campaigns import elections_of
from elections.queries.credentials import ReviewFacts, lacking, reviews
from elections.queries.rounds import RoundFacts, rounds_of
from reports.demo.diary import Story
from reports.demo.town import Town

EXAMINED = 6  # days after election day
LOOKED = "对照候选人登记表和身份证件核对，没有发现不符合代表条件的情况。"


def seated(town: Town, campaign: Campaign, day: date) -> Story:
    """The county declares what went up to it; both reviews, made public before the first session of the new congress."""
    levels = {one.term.level: one for one in elections_of(campaign)}
    yield day + timedelta(days=EXAMINED)
    _above(town, levels[Level.COUNTY])
    rows = [open_review(town.clerk, one, opened_on=town.today) for one in levels.values()]
    for row in rows:
        REVIEW.take("clear", town.clerk, row, on=town.today)
        for entry in _facts(row).open:
            ENTRY.take("judge", town.clerk, entry, on=town.today, opinion="valid", ground="", words=LOOKED)
    yield 1
    for row in rows:
        _confirmed(town, row)
    yield 1
    for row in rows:
        for entry in _facts(row).valid:
            if lacking(entry):  # somebody of that name sat before, and is another
                ENTRY.take("who", town.clerk, entry, on=town.today, deputy=None, newcomer=True)
        notice = f"{town.place.name}人民代表大会主席团公告第1号" if _own(row) else f"{_county(town)}公告第6号"
        REVIEW.take("publish", town.clerk, row, on=town.today, publication=notice)
        approve(town.chair, [one.deputy for one in _facts(row).valid])


def _above(town: Town, election: Election) -> None:
    """The county's committee declares the township's districts of the county, as counted here."""
    for facts in [RoundFacts(one) for one in rounds_of(election) if one.sent_on]:
        row = facts.row
        votes = {one.label: one.yes for one in facts.result.totals.lines}
        told = "\n".join(f"{name} {votes[name]}" for name in facts.result.outcome.tally.elected)
        said = {
            "declared_by": f"{town.township.county.name}选举委员会",
            "paper": f"{town.township.county.name}选举委员会选举结果公告第2号",
            "elected": told,
            "nobody": False,
        }
        ROUND.take("enter", town.clerk, row, on=town.today, **said)
        ROUND.take("confirm", town.chair, row, on=town.today)


def send_up(town: Town, rows: list[Round]) -> None:
    """The signed records of the county's districts go to the county."""
    for row in [one for one in rows if RoundFacts(one).result]:
        ROUND.take("send", town.clerk, row, on=town.today, sent_paper=f"{row.district}投票结果报告单")


def _facts(row: CredentialsReview) -> ReviewFacts:
    return ReviewFacts(reviews().get(pk=row.pk))


def _own(row: CredentialsReview) -> bool:
    return row.election.term.level == Level.TOWNSHIP


def _county(town: Town) -> str:
    return town.township.county.standing_committee


def _confirmed(town: Town, row: CredentialsReview) -> None:
    """Reported and confirmed: of the township by its presidium, of the county by its standing committee."""
    if _own(row):
        title = f"{town.place.name}人大代表资格审查委员会关于代表资格的审查报告"
        REVIEW.take("report", town.clerk, row, on=town.today, present=5, report_paper=title)
        by, paper = town.township.presidium_name, f"{town.place.name}人大主席团会议纪要〔{town.today.year}〕6号"
    else:
        by, paper = _county(town), f"青人常〔{town.today.year}〕52号"
    REVIEW.take("decide", town.clerk, row, on=town.today, decided_by=by, paper=paper)
    REVIEW.take("confirm", town.chair, row, on=town.today)
