"""Cases by rule: disturbing an election, elections of single people that are void, recall."""

from typing import Any

from tests.law.cases_sessions import ON, election
from tests.law.shapes_of_cases import Codes


def demand(signers: int, **more: Any) -> dict[str, Any]:
    """A demand for the recall of a township's deputy, in order but for its signers."""
    return {"signers": signers, "level": "township", "reasons": True, "to_county": True, "on": ON} | more


CASES: dict[str, list[tuple[dict[str, Any], Any]]] = {
    "offences.ruling": [
        *(
            (
                {"act": act, "on": ON},
                {
                    "listed": election(58, "第一款"),
                    "voids": election(58, "第三款"),
                    "looks": election(59),
                },
            )
            for act in ("bribe", "force", "forge", "revenge")
        ),
        ({"act": "funding", "on": ON}, {"listed": election(35, "第二款"), "voids": election(35, "第二款")}),
        ({"act": "other", "on": ON}, {"listed": None, "voids": None}),
    ],
    "offences.check_void": [
        ({"ground": "offence", "proved": True, "reviewed_on": ON, "decided_on": ON}, Codes()),
        ({"ground": "offence", "proved": False, "reviewed_on": ON, "decided_on": ON}, Codes("~void.unproved")),
        ({"ground": "funded", "proved": False, "reviewed_on": ON, "decided_on": ON}, Codes("~void.unproved")),
        ({"ground": "qualified", "proved": False, "reviewed_on": ON, "decided_on": ON}, Codes()),
        (
            {"ground": "qualified", "proved": False, "reviewed_on": "2026-03-02", "decided_on": "2026-03-01"},
            Codes("void.order"),
        ),
    ],
    "recalls.check_demand": [
        (demand(30), Codes()),
        (
            demand(29),
            [{"code": "recall.signers", "message": "原选区选民联名29人，罢免乡镇人大代表须30人以上"}],
        ),  # X-V01
        (demand(49, level="county"), [{"code": "recall.signers", "citation": election(50, "第一款")}]),
        (demand(50, level="county"), Codes()),
        (demand(35, to_county=False), [{"code": "recall.addressee", "citation": election(50, "第一款")}]),  # X-V03
        (demand(30, reasons=False), [{"code": "recall.reasons", "citation": election(50, "第二款")}]),
    ],
    "recalls.check_ballots": [
        ({"recovered": 40, "took_part": 40, "on": ON}, Codes()),
        ({"recovered": 39, "took_part": 40, "on": ON}, Codes()),
        (
            {"recovered": 41, "took_part": 40, "on": ON},
            [{"code": "recall.ballots_exceed", "blocking": False, "citation": election(44, "第一款")}],
        ),
    ],
    "recalls.check_vote": [
        ({"sent": True, "led_by_county": True, "on": ON}, Codes()),
        (
            {"sent": False, "led_by_county": True, "on": ON},
            [{"code": "recall.not_sent", "citation": election(50, "第三款")}],
        ),
        (
            {"sent": True, "led_by_county": False, "on": ON},
            [{"code": "recall.led", "citation": election(50, "第四款")}],
        ),
    ],
}
