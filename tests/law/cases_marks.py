"""Cases by rule: how one ballot is read, mark by mark, and where a mobile box is opened."""

from typing import Any

from tests.law.cases_sessions import election
from tests.law.shapes_of_cases import Codes, Refused

E = "2026-12-16"


def ballot(seats: int, written: tuple[dict[str, str], ...] = (), rules: dict[str, str] | None = None, **marks: str):
    """A ballot with these marks beside the names."""
    printed = [{"name": name, "mark": mark} for name, mark in marks.items()]
    return {"marks": printed, "written": list(written), "seats": seats, "on": E} | ({"rules": rules} if rules else {})


def beside(name: str, mark: str = "○", candidate: str = "") -> tuple[dict[str, str], ...]:
    """A line for somebody else."""
    return ({"name": name, "mark": mark, "candidate": candidate},)


CASES: dict[str, list[tuple[dict[str, Any], Any]]] = {
    "marks.read_ballot": [
        (
            ballot(2, 甲="○○", 乙="×", 丙=" "),
            {"status": "valid", "chosen": ["甲"], "against": ["乙"], "abstained": ["丙"], "findings": []},
        ),
        (
            ballot(1, 甲="○", 乙="○"),
            {
                "status": "void",
                "chosen": [],
                "findings": [{"code": "tally.overfull", "citation": election(44, "第二款")}],
            },
        ),
        # a mark nobody can tell: by what was fixed, that place alone or the whole ballot
        (
            ballot(2, 甲="○", 乙="△"),
            {"status": "void_part", "chosen": ["甲"], "abstained": ["乙"], "findings": Codes("~ballot.unreadable")},
        ),
        (ballot(2, rules={"unreadable": "ballot"}, 甲="○", 乙="△"), {"status": "void", "chosen": []}),
        # a name written in without a mark
        (
            ballot(1, beside("王某", ""), 甲=""),
            {"status": "void_part", "chosen": [], "findings": Codes("~ballot.unmarked_write_in")},
        ),
        (
            ballot(1, beside("王某", ""), {"unmarked_write_in": "counts"}, 甲=""),
            {"status": "valid", "chosen": ["王某"], "findings": []},
        ),
        # who opposes one may write in one, not two
        (
            ballot(2, beside("王某") + beside("李某"), {"abstain_write_in": "void"}, 甲="×", 乙=""),
            {"status": "void_part", "chosen": ["王某"]},
        ),
        (ballot(1, beside("王某", "×"), 甲="○"), {"status": "valid", "chosen": ["甲"]}),
        # words and the drawings of circle and cross mean what they say, unless only the two signs count
        (
            ballot(3, 甲="⭕️", 乙="赞成", 丙="反对", 丁="❌", 戊="弃权"),
            {"status": "valid", "chosen": ["甲", "乙"], "against": ["丙", "丁"], "abstained": ["戊"], "findings": []},
        ),
        (
            ballot(3, rules={"marks": "symbol"}, 甲="○", 乙="赞成"),
            {"status": "void_part", "chosen": ["甲"], "abstained": ["乙"]},
        ),
        # for and against the same person in two lines, or above and below
        (
            ballot(1, beside("王某") + beside("王某", "×"), 甲=""),
            {"status": "void_part", "chosen": [], "findings": Codes("~ballot.unreadable")},
        ),
        (
            ballot(1, beside("甲", "×", candidate="甲"), 甲="○"),
            {"status": "void_part", "chosen": [], "against": [], "abstained": ["甲"]},
        ),
        # against a candidate and for the same person below: neither is plain
        (
            ballot(1, beside("甲", candidate="甲"), 甲="×"),
            {"status": "void_part", "chosen": [], "against": [], "abstained": ["甲"]},
        ),
        (
            {"marks": [{"name": "甲", "mark": "○"}] * 2, "written": [], "seats": 2, "on": E},
            Refused("重名"),
        ),
    ],
    "ballots.check_opening": [
        ({"opened_apart": False, "on": E, "pack": "beijing"}, Codes()),
        (
            {"opened_apart": True, "on": E, "pack": "shandong"},
            [
                {
                    "code": "boxes.opened_apart",
                    "blocking": True,
                    "message": "流动票箱应当集中在选区开箱计票，不能在途中单独开箱",
                    "citation": {"source_key": "shandong_election_rules", "article": 47},
                }
            ],
        ),
        (
            {"opened_apart": True, "on": E},
            [{"code": "boxes.opened_apart", "blocking": False, "citation": None, "force": "机关内部惯例"}],
        ),
    ],
    "roll.suspension_due": [
        (
            {"election_day": "2021-11-16", "pack": "shanghai"},
            {
                "days": 5,
                "lenient": "2021-11-11",
                "strict": "2021-11-10",
                "citation": {"source_key": "shanghai_election_rules", "article": 23},
            },
        ),
        ({"election_day": "2021-11-16", "pack": "zhejiang"}, None),
    ],
}
