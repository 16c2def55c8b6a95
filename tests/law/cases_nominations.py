"""Cases by rule: who may be named, what is declared, who may name."""

from typing import Any

from tests.law.cases_sessions import election
from tests.law.shapes_of_cases import Codes

E = "2026-12-20"

CASES: dict[str, list[tuple[dict[str, Any], Any]]] = {
    "nominations.check_nominee": [
        ({"born": "2008-12-20", "election_day": E}, Codes()),
        ({"born": "2008-12-21", "election_day": E}, Codes("nominee.age")),
        ({"born": "2008-12-21", "election_day": E}, [{"citation": election(4, "第一款")}]),
        ({"born": "2008-02-29", "election_day": "2026-02-28"}, Codes("~nominee.age_disputed")),
        ({"born": "1980-01-01", "election_day": E, "not_citizen": True}, Codes("nominee.nationality")),
        ({"born": "1980-01-01", "election_day": E, "deprived": True}, [{"citation": election(4, "第二款")}]),
        ({"born": "1980-01-01", "election_day": E, "funded": True}, [{"citation": election(35, "第二款")}]),
    ],
    "nominations.check_declaration": [
        ({"on": E, "declared": True}, Codes()),
        ({"on": E, "declared": False}, Codes("~nominee.undeclared")),
        # no article forbids a permit: it is told
        ({"on": E, "declared": True, "foreign_residence": True}, Codes("~nominee.residence")),
    ],
    "nominations.check_body": [
        # X-N03: the county's trade union names for no township's seat
        ({"level": "township", "rank": "county", "on": E}, Codes("nomination.body_rank")),
        ({"level": "township", "rank": "township", "on": E}, Codes()),
        ({"level": "township", "rank": "district", "on": E}, Codes()),
        ({"level": "county", "rank": "county", "on": E}, Codes()),
        ({"level": "county", "rank": "township", "on": E}, Codes()),
    ],
    "nominations.check_told": [
        ({"on": E, "untrue": True, "declined": False, "told": False}, Codes("~nominee.untrue")),
        ({"on": E, "untrue": True, "declined": False, "told": True}, Codes()),
        # X-N06: in 上海 that somebody declines is told to the voters; elsewhere no text asks for it
        ({"on": E, "untrue": False, "declined": True, "told": False, "pack": "shanghai"}, Codes("~nominee.declined")),
        ({"on": E, "untrue": False, "declined": True, "told": True, "pack": "shanghai"}, Codes()),
        ({"on": E, "untrue": False, "declined": True, "told": False}, Codes()),
    ],
}
