"""One row of everything of a district's rounds, for the walk over all addresses."""

from datetime import date, datetime, time

from congress import clock
from deputies.models import Mandate
from elections.models import (
    Annulment,
    ArchiveItem,
    BallotIssue,
    Breach,
    CredentialsReview,
    DeclaredAbove,
    IssueConflict,
    IssueHour,
    IssueRegister,
    LedgerLine,
    Recall,
    RecallSigner,
    ReviewedWinner,
    Round,
    RoundName,
    Tablet,
    Winner,
)

DAY = date(2026, 12, 20)


def rounds(s) -> None:
    """A first vote whose ballots are being accounted for; and one before it in another count, declared with its winner."""
    of = {"election": s["level"], "district": s["polling_place"].district, "voters": 900, "printed": 920}
    declared = _declared(s, of)
    _void(s)
    _recalls(s)
    row = _following(s, of, declared)
    _archive(s)
    _examined(s)
    _register(s, row)


def _declared(s, of: dict) -> Round:
    """A first vote that is declared, with its winner and what was declared above."""
    declared = s.make(
        "round.declared",
        Round,
        **of,
        kind="first",
        number=1,
        held_on=DAY,
        seats=2,
        count=s["count"],
        settled_on=DAY,
        filed=3,
        destroyed=300,
        witnesses=f"甲{s.mark}、乙{s.mark}",
        settled_note=f"当众销毁{s.mark}",
        declared_on=DAY,
        declared_by=f"选举委员会{s.mark}",
        paper=f"公告{s.mark}",
        asked_by=s.clerk,
        confirmed_by=s["vice"].user,
        fingerprint="0" * 64,
    )
    s.make("declared_above", DeclaredAbove, round=declared, position=1, name=f"丁一{s.mark}", votes=470)
    s.make("winner", Winner, round=declared, position=1, name=f"丁一{s.mark}", votes=480, nominee=s["nominee"])
    return declared


def _void(s) -> None:
    """A breach that was reported, and a seat that was never won."""
    s.make(
        "breach",
        Breach,
        campaign=s["level"].campaign,
        received_on=date(2022, 3, 1),
        kind="bribe",
        reporter=f"程举报{s.mark}",
        subject=f"丁一{s.mark}",
        words=f"送了两条烟{s.mark}",
    )
    seated = s.make("mandate.next", Mandate, deputy=s.deputy, term=s["next_term"], level="township", elected_on=DAY)
    s.make(
        "annulment",
        Annulment,
        election=s["level"],
        mandate=seated,
        ground="conditions",
        reviewed_on=date(2026, 12, 30),
        review=f"选举日未满十八周岁{s.mark}",
    )


def _recalls(s) -> None:
    """A seat that is demanded back, with somebody who signed; and the demand before it, whose vote was held."""
    seat = Mandate.objects.select_related("deputy", "term").get(pk=s["mandate"].pk)
    recall = s.make("recall", Recall, mandate=seat, demanded_on=date(2022, 3, 5), reason=f"长期不联系选民{s.mark}")
    s.make("recall_signer", RecallSigner, recall=recall, line=1, written=f"程签{s.mark}", why=f"名单上没有{s.mark}")
    s.make(
        "recall.over",
        Recall,
        mandate=seat,
        demanded_on=date(2022, 3, 4),
        reason=f"不履职{s.mark}",
        submitted_on=date(2022, 3, 6),
        submitted_to=f"县人大常委会{s.mark}",
        held_on=date(2022, 4, 6),
        place=f"村委会{s.mark}",
        led_by=f"程主持{s.mark}",
        voters=900,
        result_on=date(2022, 4, 6),
        yes=400,
        passed=False,
    )


def _following(s, of: dict, declared: Round) -> Round:
    """The vote after it, with a name and the ledger of its ballots."""
    row = s.make("round", Round, **of, kind="another", number=2, held_on=date(2026, 12, 27), seats=1, follows=declared)
    s.make("round_name", RoundName, round=row, position=1, name=f"于二{s.mark}", nominee=s["nominee"])
    s.make(
        "ledger_line",
        LedgerLine,
        round=row,
        place=s["polling_place"],
        received=920,
        in_person=600,
        by_proxy=20,
        replaced=5,
        left_over=290,
        note=f"五张受潮{s.mark}",
    )
    return row


def _archive(s) -> None:
    """What is filed of the first vote."""
    s.make(
        "archive_item",
        ArchiveItem,
        election=s["level"],
        kind="ballots",
        district=s["polling_place"].district,
        number=f"票-01{s.mark}",
        title=f"第一次投票的选票{s.mark}",
        amount=925,
        filed_on=date(2027, 1, 10),
        keeper=f"镇人大主席团{s.mark}",
        note=f"一箱{s.mark}",
    )


def _examined(s) -> None:
    """A review that was reported and entered by one of two, with the winner whose election is held void."""
    review = s.make(
        "review",
        CredentialsReview,
        election=s["level"],
        number=1,
        opened_on=DAY,
        reported_on=DAY,
        present=3,
        report_paper=f"审查报告{s.mark}",
        decided_on=DAY,
        decided_by=f"主席团{s.mark}",
        paper=f"纪要{s.mark}",
        asked_by=s.clerk,
    )
    s.make(
        "reviewed",
        ReviewedWinner,
        review=review,
        winner=s["winner"],
        opinion="invalid",
        judged_on=DAY,
        ground="offence",
        words=f"贿赂选民{s.mark}",
    )


def _register(s, vote: Round) -> None:
    """The issue register of that vote, with one voter and one hour."""
    of = {"campaign": s["campaign"], "place": s["polling_place"], "held_on": vote.held_on}
    register = s.make("issue_register", IssueRegister, **of, closed_on=vote.held_on, queued=True)
    there = {"register": register, "round": vote, "way": "person"}
    s.make("ballot_issue", BallotIssue, **there, registration_key=s["registration"].pk, issued_on=vote.held_on)
    s.make("issue_hour", IssueHour, **there, day=vote.held_on, hour=9, number=1)
    tablet = s.make(
        "tablet",
        Tablet,
        register=register,
        name=f"平板{s.mark}",
        taken_by=s.clerk,
        taken_on=vote.held_on,
        until=datetime.combine(vote.held_on, time(12), clock.SHANGHAI),
    )
    s.make(
        "issue_conflict",
        IssueConflict,
        tablet=tablet,
        round=vote,
        registration_key=s["registration"].pk,
        way="person",
        issued_on=vote.held_on,
        against=f"已经领过{s.mark}",
    )
