"""Cases by rule: from the list of candidates to the formal one."""

from typing import Any

from tests.law.cases_sessions import election
from tests.law.shapes_of_cases import Codes, Refused

E = "2026-12-20"
ASKED = {"seats": 1, "groups": 2, "preliminary": False, "on": E}

CASES: dict[str, list[tuple[dict[str, Any], Any]]] = {
    "candidates.check_formal_list": [
        ({"listed": ["甲", "乙", "丙"], "formal": ["甲", "乙"], "on": E}, Codes()),
        # X-I03
        (
            {"listed": ["甲", "乙", "丙"], "formal": ["甲", "丁"], "on": E},
            [{"code": "formal.stranger", "blocking": True, "citation": election(32, "第一款")}],
        ),
    ],
    "candidates.check_preliminary_offered": [
        ({"seats": 2, "nominees": 5, "on": E}, Codes()),
        ({"seats": 2, "nominees": 4, "on": E}, Codes("preliminary.not_needed")),
        ({"seats": 1, "nominees": 2, "on": E}, Codes("preliminary.not_needed")),
    ],
    "candidates.check_preliminary_notice": [
        ({"noticed_on": "2026-12-08", "held_on": "2026-12-08", "on": E, "pack": "zhejiang"}, Codes()),
        (
            {"noticed_on": None, "held_on": "2026-12-08", "on": E, "pack": "zhejiang"},
            [
                {
                    "code": "preliminary.notice",
                    "blocking": True,
                    "citation": {"source_key": "zhejiang_election_rules", "article": 36, "clause": "第三款"},
                }
            ],
        ),
        ({"noticed_on": None, "held_on": "2026-12-08", "on": E}, [{"blocking": False, "citation": None}]),
    ],
    "candidates.check_consulted": [
        ({**ASKED, "nominees": 2, "agreed": []}, Codes("formal.not_consulted")),
        ({**ASKED, "nominees": 2, "agreed": [False, False]}, Codes()),
        ({**ASKED, "nominees": 2, "agreed": [True]}, Codes("~formal.groups_missing")),
        # X-P03: seven for two seats, and the groups agree: no preliminary vote is asked for
        ({**ASKED, "seats": 2, "nominees": 7, "agreed": [True, True]}, Codes()),
        ({**ASKED, "nominees": 3, "agreed": [True, False]}, Codes("~formal.divided")),
        ({**ASKED, "nominees": 3, "agreed": [False, False]}, Codes("formal.preliminary_needed")),
        ({**ASKED, "nominees": 3, "agreed": [False, False], "preliminary": True}, Codes()),
        ({**ASKED, "nominees": 3, "agreed": [], "by_election": True}, Codes("~formal.not_consulted")),
        (
            {**ASKED, "nominees": 3, "agreed": [False], "groups": 1, "by_election": True},
            Codes("~formal.preliminary_needed"),
        ),
    ],
    "candidates.preliminary_cut": [
        # X-P01: the second place is level; nobody is put on the list by machine
        (
            {"names": ["甲", "乙", "丙"], "votes": [300, 210, 210], "size": 2, "on": E},
            {"fixed": ["甲"], "tied": ["乙", "丙"], "places": 1, "citation": election(32, "第一款")},
        ),
        (
            {"names": ["甲", "乙", "丙"], "votes": [209, 210, 300], "size": 2, "on": E},
            {"fixed": ["丙", "乙"], "tied": [], "places": 0, "note": ""},
        ),
        ({"names": ["甲", "乙"], "votes": [1, 1], "size": 2, "on": E}, {"fixed": ["甲", "乙"], "tied": []}),
        ({"names": ["甲"], "votes": [], "size": 2, "on": E}, Refused("一一对应")),
    ],
    "candidates.after_leaving": [
        ({"seats": 1, "remaining": 2, "on": E}, Codes()),
        # X-I04: an alarm, the ways the law leaves, and nobody moves up
        (
            {"seats": 1, "remaining": 1, "on": E},
            Codes("leaving.no_surplus", "~leaving.again", "~leaving.later", "~leaving.ask"),
        ),
        (
            {"seats": 1, "remaining": 1, "on": E, "pack": "zhejiang"},
            [{}, {}, {"citation": {"source_key": "zhejiang_election_rules", "article": 51}}, {}],
        ),
        ({"seats": 1, "remaining": 1, "on": E, "by_election": True}, Codes()),
        (
            {"seats": 2, "remaining": 1, "on": E, "by_election": True},
            Codes("leaving.no_surplus", "~leaving.again", "~leaving.later", "~leaving.ask"),
        ),
        # with nobody left there is no vote to ask about
        (
            {"seats": 1, "remaining": 0, "on": E},
            Codes("leaving.no_surplus", "~leaving.again", "~leaving.later"),
        ),
        # 北京细则六十三: three days before, and as many as seats (选举法五十七)
        (
            {"seats": 2, "remaining": 1, "on": E, "by_election": True, "pack": "beijing"},
            [
                {
                    "message": "正式候选人只余1名，少于应选的2名；法律没有候补，不能自动递补",
                    "citation": {"article": 57},
                },
                {
                    "message": "可以就公布的代表候选人名单上的其他人，再交选民小组讨论、协商，重新确定并公布正式候选人名单，"
                    "公布的日期仍应在选举日的三日以前",
                    "citation": {"source_key": "beijing_election_rules", "article": 63},
                },
                {},
                {},
            ],
        ),
        (
            {"seats": 1, "remaining": 1, "on": E},
            [
                {
                    "message": "正式候选人只余1名，少于2名（应选1名，多三分之一至一倍 = 2名）；法律没有候补，不能自动递补"
                },
                {"citation": election(32, "第一款")},
                {},
                {},
            ],
        ),
    ],
}
