"""Cases by rule: what provinces settle about an election."""

from typing import Any

from tests.law.cases_sessions import election
from tests.law.shapes_of_cases import Codes, Refused

E = "2021-11-10"

CASES: dict[str, list[tuple[dict[str, Any], Any]]] = {
    "polling.publication_due": [
        # two months from 20 December end on 20 February: the list is public the day before the last day of the session
        (
            {"completed_on": "2026-12-20"},
            {"date": "2027-02-19", "citation": election(47), "statutory": True},
        ),
        ({"completed_on": "2026-12-20", "first_session_on": "2027-01-08"}, {"date": "2027-01-07"}),
        ({"completed_on": "2026-12-31"}, {"date": "2027-02-27"}),
    ],
    "polling.check_preliminary": [
        ({"took_part": 334, "registered": 1000, "on": E, "pack": "beijing"}, Codes()),
        ({"took_part": 333, "registered": 1000, "on": E, "pack": "beijing"}, Codes("preliminary.turnout")),
        ({"took_part": 1, "registered": 1000, "on": E}, Codes()),
        ({"took_part": 2, "registered": 1, "on": E}, Refused("预选")),
    ],
    "polling.name_order": [
        ({"after_preliminary": True, "on": E}, {"by_votes": True, "citation": {"article": 10, "clause": "第三款"}}),
        (
            {"after_preliminary": True, "on": E, "pack": "zhejiang"},
            {"by_votes": False, "citation": {"source_key": "zhejiang_election_rules", "article": 36}},
        ),
        ({"after_preliminary": True, "on": E, "pack": "beijing"}, {"by_votes": True, "citation": {"article": 43}}),
        ({"after_preliminary": False, "on": E, "pack": "shandong"}, {"by_votes": False, "citation": {"article": 36}}),
        ({"after_preliminary": False, "on": E}, {"by_votes": False, "citation": None}),
    ],
    "polling.check_polling_days": [
        ({"election_day": E, "last_day": E, "on": E}, Codes()),
        ({"election_day": E, "last_day": "2021-11-09", "on": E}, Codes("polling.ends_before")),
        ({"election_day": E, "last_day": "2021-11-12", "on": E, "pack": "shanghai"}, Codes()),
        ({"election_day": E, "last_day": "2021-11-13", "on": E, "pack": "shanghai"}, Codes("~polling.too_long")),
        ({"election_day": E, "last_day": "2021-11-11", "on": E}, Codes("~polling.several_days")),
        ({"election_day": E, "last_day": "2021-11-09", "on": E}, [{"citation": None, "blocking": True}]),
    ],
    "polling.check_tellers": [
        ({"chosen_by_voters": True, "on": E}, Codes()),
        (
            {"chosen_by_voters": False, "on": E},
            [{"code": "staff.tellers", "blocking": False, "citation": {"article": 43}}],
        ),
    ],
    "polling.check_mobile_voter": [
        # X-M04: "单位工作忙" is none of the two reasons of 选举法三十八
        ({"reason": "other", "on": E}, [{"code": "mobile_box.reason", "blocking": False, "citation": {"article": 38}}]),
        ({"reason": "unwell", "on": E}, Codes()),
        ({"reason": "remote", "on": E}, Codes()),
        ({"reason": "custody", "on": E}, Codes()),
    ],
    "polling.check_small_box": [
        # X-M02: ten voters are not counted by themselves, the smallest unit is twenty
        ({"voters": 10, "mixed": False, "on": E}, Codes("~mobile_box.small")),
        ({"voters": 19, "mixed": True, "on": E}, Codes("~mobile_box.small")),
        ({"voters": 20, "mixed": False, "on": E}, Codes()),
        ({"voters": -1, "mixed": False, "on": E}, Refused("人数")),
    ],
    "polling.check_mobile_share": [
        ({"mobile": 30, "registered": 100, "explained": False, "on": E}, Codes()),
        ({"mobile": 31, "registered": 100, "explained": False, "on": E}, Codes("~mobile_box.share")),
        ({"mobile": 31, "registered": 100, "explained": True, "on": E}, Codes()),
        ({"mobile": 2, "registered": 1, "explained": False, "on": E}, Refused("流动票箱")),
    ],
    "polling.check_mobile_box": [
        ({"monitors": 2, "voters_signed": True, "on": E, "pack": "shanghai"}, Codes()),
        (
            {"monitors": 1, "voters_signed": False, "on": E, "pack": "shanghai"},
            Codes("mobile_box.monitors", "mobile_box.register"),
        ),
        ({"monitors": 1, "voters_signed": False, "on": E, "pack": "zhejiang"}, Codes("mobile_box.monitors")),
        ({"monitors": 1, "voters_signed": False, "on": E}, Codes()),
        # no national text asks for a monitor with the box
        (
            {"monitors": 0, "voters_signed": True, "on": E},
            [{"code": "mobile_box.monitors", "blocking": False, "citation": None, "force": "机关内部惯例"}],
        ),
    ],
    "polling.check_committee": [
        ({"members": 14, "on": E, "pack": "shanghai"}, Codes("~committee.size")),
        ({"members": 14, "on": E, "pack": "shandong"}, Codes()),
        ({"members": 3, "on": E}, Codes()),
    ],
    "polling.check_nomination_time": [
        (
            {"nominated_on": "2021-10-20", "roll_published_on": "2021-10-21", "on": E, "pack": "shandong"},
            Codes("nomination.before_roll"),
        ),
        (
            {"nominated_on": "2021-10-20", "roll_published_on": None, "on": E, "pack": "shanghai"},
            Codes("nomination.before_roll"),
        ),
        ({"nominated_on": "2021-10-21", "roll_published_on": "2021-10-21", "on": E, "pack": "shandong"}, Codes()),
        # X-F05: the schedule of 义堂镇, measured by the rules that hold now: nominated four days before the roll stood
        (
            {"nominated_on": "2021-12-02", "roll_published_on": "2021-12-06", "on": "2021-12-20", "pack": "shandong"},
            Codes("nomination.before_roll"),
        ),
        ({"nominated_on": "2021-10-20", "roll_published_on": "2021-10-21", "on": E}, Codes()),
    ],
    "polling.check_party_share": [
        ({"nominated_by_parties": 10, "seats": 50, "on": E, "pack": "shanghai"}, Codes()),
        ({"nominated_by_parties": 11, "seats": 50, "on": E, "pack": "shanghai"}, Codes("~nomination.party_share")),
        ({"nominated_by_parties": 50, "seats": 50, "on": E}, Codes()),
    ],
    "polling.check_postponement": [
        (
            {"original_day": E, "new_day": "2021-12-10", "newly_eighteen_registered": False, "on": E},
            Codes("postponed.add_eighteen"),
        ),
        (
            {
                "original_day": E,
                "new_day": "2021-12-10",
                "newly_eighteen_registered": True,
                "on": E,
                "pack": "shandong",
            },
            Codes(),
        ),
        ({"original_day": E, "new_day": E, "newly_eighteen_registered": False, "on": E}, Codes()),
    ],
    "polling.check_review": [
        (
            {
                "reviewed_by_outgoing_committee": True,
                "published_on": "2021-12-19",
                "first_session_on": "2021-12-20",
                "on": "2022-04-01",
            },
            Codes(),
        ),
        (
            {
                "reviewed_by_outgoing_committee": False,
                "published_on": "2021-12-20",
                "first_session_on": "2021-12-20",
                "on": "2022-04-01",
            },
            Codes("review.committee", "review.not_published"),
        ),
        (
            {
                "reviewed_by_outgoing_committee": True,
                "published_on": None,
                "first_session_on": "2021-12-20",
                "on": "2022-04-01",
            },
            Codes("review.not_published"),
        ),
    ],
    "polling.check_proxies": [
        # 135 came, 161 voted by proxy: possible; nobody held more than three
        ({"proxies": [{"held": 3}] * 53 + [{"held": 2}], "attended": 135, "on": E}, Codes()),
        ({"proxies": [{"held": 4}], "attended": 135, "on": E}, Codes("proxy.too_many")),
        ({"proxies": [{"held": 3}, {"held": 3}], "attended": 1, "on": E}, Codes("~proxy.impossible")),
        # before the day nobody has come yet: a single proxy with his fourth paper is one fault, not two
        ({"proxies": [{"held": 4}], "attended": None, "on": E}, Codes("proxy.too_many")),
        # 选举法 42: another voter
        (
            {"proxies": [{"held": 1, "voter": False}], "attended": 1, "on": E},
            [{"code": "proxy.no_voter", "blocking": True, "citation": election(42)}],
        ),
        # relatives with the vote: 浙江 takes them, the rules of 1983 too, the election law names voters only
        (
            {"proxies": [{"held": 1, "voter": False, "relative_with_vote": True}], "attended": 1, "on": E},
            [{"code": "proxy.relative", "blocking": False, "citation": {"article": 9, "clause": "第一款"}}],
        ),
        (
            {
                "proxies": [{"held": 1, "voter": False, "relative_with_vote": True}],
                "attended": 1,
                "on": E,
                "pack": "zhejiang",
            },
            Codes(),
        ),
        (
            {
                "proxies": [{"held": 1, "same_district": False}],
                "attended": 1,
                "on": E,
                "form": "other",
                "agreed": False,
                "pack": "beijing",
            },
            Codes("proxy.form", "proxy.not_agreed", "proxy.other_district"),
        ),
        # 若干规定 5 and 北京 35 let the detained entrust relatives with the vote or other voters, of whichever district
        (
            {
                "proxies": [
                    {"held": 1, "same_district": False},
                    {"held": 1, "voter": False, "relative_with_vote": True, "same_district": False},
                ],
                "attended": None,
                "on": E,
                "detained": True,
                "pack": "beijing",
            },
            Codes(),
        ),
        (
            {"proxies": [{"held": 4, "voter": False}], "attended": None, "on": E, "detained": True},
            Codes("proxy.too_many", "proxy.no_voter"),
        ),
        ({"proxies": [{"held": 1, "same_district": False}], "attended": 1, "on": E}, Codes()),
        # 浙江 43: letter, telefax and other verifiable ways
        ({"proxies": [{"held": 1}], "attended": 1, "on": E, "form": "verifiable", "pack": "zhejiang"}, Codes()),
        (
            {"proxies": [{"held": 1}], "attended": 1, "on": E, "form": "other", "pack": "zhejiang"},
            [
                {
                    "message": "委托投票须以信函、传真或者其他可查核的方式委托",
                    "citation": {"article": 43, "clause": "第四款"},
                }
            ],
        ),
        (
            {"proxies": [{"held": 1}], "attended": 1, "on": E, "form": "verifiable"},
            [{"code": "proxy.form", "message": "委托投票须以书面委托", "citation": election(42)}],
        ),
    ],
    "polling.check_staff": [
        ({"relation_to_candidate": "spouse", "role": "counting", "on": E}, Codes("staff.barred")),
        # grandparents: the wide reading is taken, and the narrow one is named
        (
            {"relation_to_candidate": "grandparent", "role": "counting", "on": E},
            Codes("staff.barred", "~staff.relatives_disputed"),
        ),
        ({"relation_to_candidate": "spouse", "role": "host", "on": E}, Codes()),
        ({"relation_to_candidate": "spouse", "role": "host", "on": E, "pack": "shandong"}, Codes("staff.barred")),
        ({"relation_to_candidate": "self", "role": "staff", "on": E, "pack": "zhejiang"}, Codes("staff.barred")),
        # 浙江 40、山东 41: of their own district; watching and counting everywhere (选举法 43)
        (
            {"relation_to_candidate": "spouse", "role": "staff", "on": E, "pack": "zhejiang", "elsewhere": True},
            Codes(),
        ),
        (
            {"relation_to_candidate": "spouse", "role": "host", "on": E, "pack": "shandong", "elsewhere": True},
            Codes(),
        ),
        (
            {"relation_to_candidate": "spouse", "role": "counting", "on": E, "pack": "zhejiang", "elsewhere": True},
            [{"code": "staff.barred", "citation": {"source_key": "election_law", "article": 43}}],
        ),
        # 浙江 40 and 北京 49 speak of the candidate's own district; 上海 39 and 山东 41 of watching and counting as such
        *(
            (
                {"relation_to_candidate": "self", "role": "counting", "on": E, "pack": pack, "elsewhere": True},
                Codes(told),
            )
            for pack, told in (
                ("zhejiang", "~staff.candidate"),
                ("beijing", "~staff.candidate"),
                ("shanghai", "staff.barred"),
                ("shandong", "staff.barred"),
            )
        ),
        # 选举法 43 names relatives only; 北京 49 names the candidate, too
        (
            {"relation_to_candidate": "self", "role": "counting", "on": E},
            [{"code": "staff.candidate", "blocking": False, "force": "机关内部惯例"}],
        ),
        ({"relation_to_candidate": "self", "role": "counting", "on": E, "pack": "beijing"}, Codes("staff.barred")),
        ({"relation_to_candidate": "other", "role": "counting", "on": E}, Codes()),
    ],
}
