"""One row of everything of a district's rounds, for the walk over all addresses."""

from datetime import date

from elections.models import LedgerLine, Round, RoundName, Winner

DAY = date(2026, 12, 20)


def rounds(s) -> None:
    """A first vote whose ballots are being accounted for; and one before it in another count, declared with its winner."""
    of = {"election": s["level"], "district": s["polling_place"].district, "voters": 900, "printed": 920}
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
    s.make("winner", Winner, round=declared, position=1, name=f"丁一{s.mark}", votes=480, nominee=s["nominee"])
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
