"""Cases by rule: what follows a vote, and whether its ballots are accounted for."""

from typing import Any

from tests.law.cases_sessions import election
from tests.law.shapes_of_cases import Codes, Refused

E = "2026-12-20"


def vote(kind: str = "first", **more: Any) -> dict[str, Any]:
    """A valid vote in which everybody was elected, unless said otherwise."""
    return {"kind": kind, "void": "", "tied": [], "tied_seats": 0, "unfilled": 0, "on": E} | more


def ballots(**more: Any) -> dict[str, Any]:
    """1,200 ballots that are all accounted for, unless said otherwise (X-G02)."""
    numbers = {"printed": 1200, "issued": 938, "replaced": 6, "kept": 3, "destroyed": 253} | more
    return {"ledger": numbers, "on": E}


def line(**more: Any) -> dict[str, Any]:
    """What a place got and gave out."""
    return {"name": "东山村投票站", "received": 500, "issued": 480, "replaced": 2, "left": 18, "on": E} | more


def both(**more: Any) -> dict[str, Any]:
    """Both levels at one place on one day, with as many voters."""
    return {
        "name": "东山村投票站",
        "level": "乡镇",
        "took_part": 500,
        "other": "县级",
        "other_took_part": 500,
        "on": E,
    } | more


CASES: dict[str, list[tuple[dict[str, Any], Any]]] = {
    "rounds.check_way": [
        ({"secret": True, "by_all_voters": True, "on": E}, Codes()),
        (
            {"secret": False, "by_all_voters": False, "on": E},
            [
                {"code": "way.not_secret", "citation": election(40, "第一款")},
                {"code": "way.not_all", "citation": election(45, "第一款")},
            ],
        ),
    ],
    "rounds.following": [
        (vote(), None),
        (
            vote(tied=["甲", "乙"], tied_seats=1),
            {
                "kind": "again",
                "seats": 1,
                "names": ["甲", "乙"],
                "words": "甲、乙票数相等，就他们再次投票，以得票多的当选1名",
                "citation": election(45, "第三款"),
            },
        ),
        (vote("again", tied=["甲", "乙"], tied_seats=1), None),  # the law knows no third vote among them
        (vote("another", tied=["甲", "乙"], tied_seats=1), {"kind": "again"}),
        (vote(unfilled=2), {"kind": "another", "seats": 2, "names": [], "citation": election(45, "第四款")}),
        (vote("anew", unfilled=1), {"kind": "another", "seats": 1}),
        (vote("another", unfilled=1), None),
        (vote("again", unfilled=1), None),
        (vote(void="turnout", unfilled=2), {"kind": "anew", "seats": 2, "citation": election(45, "第一款")}),
        (vote(void="exceeded", unfilled=2), {"kind": "anew", "citation": election(44, "第一款")}),
        (vote("anew", void="turnout", unfilled=2), {"kind": "anew", "seats": 2, "repeats": True}),
        (vote("another", void="turnout", unfilled=1), {"kind": "another", "seats": 1, "names": [], "repeats": True}),
        (vote("again", void="exceeded", tied=[], unfilled=1), {"kind": "again", "seats": 1, "repeats": True}),
        (vote(unfilled=2), {"repeats": False}),
    ],
    "rounds.check_day": [
        ({"held_on": "2026-12-20", "before_on": "2026-12-20"}, Codes()),
        ({"held_on": "2026-12-19", "before_on": "2026-12-20"}, Codes("round.before")),
    ],
    "rounds.check_levels": [
        (both(), Codes()),
        (both(other_took_part=498), Codes("~rounds.levels")),
        (
            both(other_took_part=502),
            [
                {
                    "message": "W112 东山村投票站：乡镇参加投票500人，县级502人，相差2人；只参加县级选举的选民以外，两级应当一致，请查明"
                }
            ],
        ),
    ],
    "rounds.check_ledger": [
        (ballots(), Codes()),
        (
            ballots(destroyed=250),  # X-G01
            [
                {
                    "code": "ledger.unbalanced",
                    "message": (
                        "票账不平：印制1200张；发出938、换发作废6、存档空白3、销毁250、遗失0，合计1197张，少3张"
                    ),
                }
            ],
        ),
        (ballots(destroyed=255), [{"code": "ledger.unbalanced"}]),
        (ballots(destroyed=250, lost=3), Codes("~ledger.lost")),
        (ballots(destroyed=-1), Refused("不能为负")),
    ],
    "rounds.check_line": [
        (line(), Codes()),
        (line(left=17), Codes("~ledger.line")),
        (line(left=20), [{"message": "东山村投票站：领取500张，发出480、换发作废2、剩余20，多2张，请查明"}]),
    ],
}
