"""Cases by rule: the grounds on which the roll of voters changes, and how its numbers add up."""

from typing import Any

from tests.law.cases_sessions import election
from tests.law.shapes_of_cases import Codes, Refused

E = "2026-12-16"
COURT = {"body": "court", "paper": "（2025）刑初12号"}
CONFIRMED = {"body": "committee", "paper": "确认书1号", "confirmed_on": "2026-11-20"}

CASES: dict[str, list[tuple[dict[str, Any], Any]]] = {
    "roll.ground_citation": [
        ({"kind": "died", "on": E}, election(27, "第一款")),
        ({"kind": "deprived", "on": E}, election(4, "第二款")),
        ({"kind": "suspended", "on": E}, {"source_key": "direct_election_rules", "article": 4}),
        ({"kind": "unable", "on": E}, election(27, "第二款")),
        ({"kind": "duplicate", "on": E}, election(5)),
        # who was not registered last time is none the less a voter (选举法二十七 names the only grounds)
        ({"kind": "not_registered_before", "on": E}, Refused("没有规定这种除名事由")),
    ],
    "roll.check_removal": [
        ({"kind": "died", "on": E, "paper": "死亡证明"}, Codes()),
        (
            {"kind": "died", "on": E, "paper": " "},
            [{"code": "removal.paper", "message": "死亡须有依据：请填写依据的材料", "field": "paper"}],
        ),
        ({"kind": "moved_out", "on": E}, Codes("removal.paper")),
        ({"kind": "underage", "on": E}, Codes()),
        ({"kind": "deprived", "on": E, **COURT}, Codes()),
        ({"kind": "deprived", "on": E, **COURT, "body": "police"}, Codes("removal.body")),
        (
            {"kind": "deprived", "on": E},
            [
                {"code": "removal.body", "field": "body"},
                {"message": "被剥夺政治权利须有依据：请填写决定文书的名称和文号", "field": "paper"},
            ],
        ),
        ({"kind": "suspended", "on": E, **COURT}, Codes()),
        ({"kind": "suspended", "on": E, "body": "procuratorate", "paper": "决定书3号"}, Codes()),
        # by word of the police nobody is suspended
        (
            {"kind": "suspended", "on": E, "body": "police", "paper": "口头告知"},
            [{"code": "removal.body", "blocking": True, "citation": {"article": 4}}],
        ),
        ({"kind": "unable", "on": E, **CONFIRMED}, Codes()),
        ({"kind": "unable", "on": E, **CONFIRMED, "confirmed_on": None}, Codes("removal.confirmed")),
        (
            {"kind": "unable", "on": E, "body": "village", "paper": "口头反映"},
            Codes("removal.body", "removal.confirmed"),
        ),
        (
            {"kind": "unable", "on": E, **CONFIRMED, "pack": "shanghai"},
            [{"code": "removal.proof", "citation": {"source_key": "shanghai_election_rules", "article": 22}}],
        ),
        ({"kind": "unable", "on": E, **CONFIRMED, "proof": True, "pack": "shanghai"}, Codes()),
        (
            {"kind": "unable", "on": E, **CONFIRMED, "proof": True, "intermittent": True, "pack": "shanghai"},
            [{"code": "removal.intermittent", "citation": {"article": 22, "clause": "第二款"}}],
        ),
        ({"kind": "unable", "on": E, **CONFIRMED, "intermittent": True}, Codes("removal.intermittent")),
        ({"kind": "mistaken", "on": E, "body": "village", "paper": "意见"}, Codes("removal.body")),
        ({"kind": "mistaken", "on": E, "body": "committee", "paper": "处理决定书2号"}, Codes()),
        ({"kind": "whim", "on": E}, Refused("没有规定这种除名事由")),
    ],
    "roll.due_again": [
        ({"until": "2026-12-17", "election_day": E}, {"due": False, "since": "2026-12-18"}),
        ({"until": "2026-12-16", "election_day": E}, {"due": False, "since": "2026-12-17"}),
        (
            {"until": "2026-12-15", "election_day": E},
            {"due": True, "since": "2026-12-16", "citation": election(27, "第一款")},
        ),
        ({"until": None, "election_day": E}, {"due": False, "since": None}),
    ],
    "roll.newly_18": [
        # one day short of eighteen on the last election day
        (
            {"born": "1998-12-29", "election_day": "2021-12-28", "last_day": "2016-12-28"},
            {"newly_18": True, "turned_18_on": "2016-12-29"},
        ),
        ({"born": "1998-12-28", "election_day": "2021-12-28", "last_day": "2016-12-28"}, {"newly_18": False}),
        ({"born": "2008-12-20", "election_day": E, "last_day": "2021-12-28"}, {"newly_18": False}),
        # election day moved by a week: who comes of age meanwhile is entered
        ({"born": "2008-12-20", "election_day": "2026-12-23", "last_day": "2021-12-28"}, {"newly_18": True}),
        ({"born": "1970-01-01", "election_day": E}, {"newly_18": True}),
    ],
    "roll.total": [
        (
            {
                "previous": 23597,
                "newly_18": 612,
                "restored": 3,
                "moved_in": 240,
                "moved_out": 305,
                "died": 418,
                "deprived": 2,
                "on": E,
            },
            {"total": 23727, "citation": election(27, "第一款")},
        ),
        ({"previous": 5, "on": E}, {"total": 5, "formula": "结转5 = 5"}),
        ({"previous": 5, "died": -1, "on": E}, Refused("不能为负")),
    ],
    "roll.check_outsider": [
        ({"has_certificate": True, "has_permit": False, "on": E}, Codes()),
        ({"has_certificate": False, "has_permit": True, "on": E}, Codes("outsider.certificate")),
        (
            {"has_certificate": False, "has_permit": True, "on": E, "pack": "zhejiang"},
            [{"code": "outsider.certificate", "citation": {"source_key": "zhejiang_election_rules", "article": 27}}],
        ),
        ({"has_certificate": True, "has_permit": False, "on": E, "pack": "zhejiang"}, Codes("outsider.permit")),
        ({"has_certificate": True, "has_permit": True, "on": E, "pack": "zhejiang"}, Codes()),
    ],
    "roll.place_of": [
        ({"situation": "imprisoned", "on": E, "pack": "zhejiang"}, {"levels": "both", "citation": {"article": 30}}),
        ({"situation": "imprisoned", "on": E}, {"citation": {"source_key": "direct_election_rules", "article": 5}}),
        ({"situation": "detained", "on": E, "pack": "zhejiang"}, {"citation": {"article": 5, "clause": "第一款"}}),
        ({"situation": "abroad", "on": E}, {"levels": "both", "citation": election(7, "第三款")}),
        ({"situation": "outside_unit", "on": E, "pack": "zhejiang"}, {"levels": "choice"}),
        ({"situation": "outside_unit", "on": E, "pack": "shandong"}, {"levels": "county", "citation": {"article": 14}}),
        ({"situation": "outside_unit", "on": E}, {"levels": "choice", "citation": {"article": 7}}),
        ({"situation": "poor", "on": E}, Refused("没有这种情形")),
    ],
}
