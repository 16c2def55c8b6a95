"""Cases by rule: elections of township deputies and the counting of votes."""

from typing import Any

from tests.law.cases_sessions import election
from tests.law.shapes_of_cases import Codes, Refused

E = "2021-11-10"


CASES: dict[str, list[tuple[dict[str, Any], Any]]] = {
    "elections.born_by": [
        ({"election_day": "2026-12-20"}, "2008-12-20"),
        ({"election_day": "2026-02-28"}, "2008-02-29"),
        ({"election_day": "2024-02-29"}, "2006-02-28"),
        ({"election_day": "2026-03-01"}, "2008-03-01"),
    ],
    "elections.voting_age": [
        (
            {"born": "2003-11-10", "election_day": E},
            {"eligible": True, "needs_human": False, "citation": election(4, "第一款")},
        ),
        ({"born": "2003-11-11", "election_day": E}, {"eligible": False, "turns_18_on": "2021-11-11"}),
        (
            {"born": "2008-02-29", "election_day": "2026-02-28"},
            {
                "eligible": True,
                "needs_human": True,
                "turns_18_on": "2026-03-01",
                "alternative_on": "2026-02-28",
            },
        ),
        ({"born": "2008-02-29", "election_day": "2026-03-01"}, {"eligible": True, "needs_human": False}),
        ({"born": "2008-02-29", "election_day": "2026-02-27"}, {"eligible": False, "needs_human": False}),
    ],
    "elections.calendar": [
        (
            {"election_day": E},
            [
                {"key": "publish_roll", "lenient": "2021-10-21", "strict": "2021-10-20", "citation": election(28)},
                {"key": "publish_candidates", "lenient": "2021-10-26"},
                {"key": "publish_final_candidates", "lenient": "2021-11-03"},
            ],
        ),
        (
            {"election_day": E, "pack": "zhejiang", "by_election": True},
            [
                {"key": "publish_roll", "lenient": "2021-10-29", "citation": {"article": 59}},
                {"key": "publish_final_candidates", "lenient": "2021-11-03"},
            ],
        ),
        (
            {"election_day": E, "pack": "beijing", "by_election": True},
            [{"lenient": "2021-10-26"}, {"lenient": "2021-11-05"}, {"lenient": "2021-11-07"}],
        ),
        (
            {"election_day": E, "pack": "shanghai"},
            [{}, {}, {}, {"key": "election.roll_correction_days", "lenient": "2021-11-08"}],
        ),
        (
            {"election_day": E, "pack": "shandong", "by_election": True},
            [
                {
                    "lenient": "2021-10-21",
                    "note": "《山东省县乡两级人民代表大会选举实施细则》（2021年修正）"
                    "第五十七条第二款没有写公布名单的期限，按换届选举的期限提示",
                },
                {},
                {},
            ],
        ),
        (
            {"election_day": E, "pack": "henan", "by_election": True},
            [{"lenient": "2021-10-21", "note": "补选的具体办法未收录，按换届选举的期限提示"}, {}, {}],
        ),
    ],
    "elections.appeal_dates": [
        (
            {"published_on": "2021-10-21", "election_day": E},
            {
                "appeal_by": "2021-10-26",
                "sue_by_lenient": "2021-11-05",
                "sue_by_strict": "2021-11-04",
                "judgement_before": E,
                "citation": election(29),
            },
        ),
        ({"published_on": E, "election_day": E}, Refused("早于")),
    ],
    "elections.appeal_decision_due": [
        ({"appealed_on": "2021-10-26"}, {"date": "2021-10-29", "citation": election(29)}),
    ],
    "elections.candidate_numbers": [
        ({"seats": 1, "on": E}, {"minimum": 2, "maximum": 2, "citation": election(31, "第二款")}),
        ({"seats": 2, "on": E}, {"minimum": 3, "maximum": 4}),
        ({"seats": 3, "on": E}, {"minimum": 4, "maximum": 6}),
        ({"seats": 0, "on": E}, Refused("至少")),
    ],
    "elections.check_candidates": [
        ({"seats": 1, "candidates": 2, "on": E}, Codes()),
        ({"seats": 1, "candidates": 1, "on": E}, Codes("candidates.too_few")),
        ({"seats": 2, "candidates": 5, "on": E}, Codes("candidates.too_many")),
        ({"seats": 1, "candidates": 1, "on": E, "by_election": True}, Codes()),
        ({"seats": 2, "candidates": 1, "on": E, "by_election": True}, Codes("candidates.too_few")),
    ],
    "elections.check_district": [
        ({"seats": 3, "on": E}, Codes()),
        ({"seats": 4, "on": E}, Codes("district.size")),
        ({"seats": 0, "on": E}, [{"code": "district.size", "field": "seats", "citation": election(25, "第二款")}]),
    ],
    "elections.check_district_totals": [
        ({"districts": 20, "seats": 54, "on": E}, Codes()),
        ({"districts": 20, "seats": 60, "on": E}, Codes()),
        (
            {"districts": 20, "seats": 61, "on": E},
            [{"code": "district.totals", "message": "每一选区应选一名至三名代表，20个选区共20至60名，现为61名"}],
        ),
        ({"districts": 20, "seats": 19, "on": E}, Codes("district.totals")),
        ({"districts": 0, "seats": 61, "on": E}, Codes()),
    ],
    "elections.check_nomination": [
        ({"signers": 10, "seats": 2, "named_by_each": [2] * 10, "on": E}, Codes()),
        (
            {"signers": 9, "seats": 2, "named_by_each": [1, 3], "on": E},
            Codes("nomination.too_few_signers", "nomination.above_seats"),
        ),
    ],
    "elections.check_party_nomination": [
        # no signers are invented for a party; the cap is the same, in words of its own (选举法 30)
        ({"body": "乡党委", "named": 2, "seats": 2, "on": E}, Codes()),
        (
            {"body": "乡党委", "named": 3, "seats": 2, "on": E},
            [
                {
                    "code": "nomination.party_above_seats",
                    "message": "乡党委在本选区推荐3名代表候选人，超过应选名额2名",
                    "citation": election(30, "第三款"),
                }
            ],
        ),
    ],
    "elections.check_candidate_list": [
        ({"nominated": ["甲", "乙"], "published": ["乙", "甲"], "on": E}, Codes()),
        ({"nominated": ["甲", "乙"], "published": ["甲", "丙"], "on": E}, Codes("list.missing", "list.added")),
    ],
    "elections.check_introduction": [
        ({"day": "2021-11-09", "election_day": E}, Codes()),
        ({"day": E, "election_day": E}, Codes("introduction.election_day")),
        # X-F07: the pages that introduce candidates were open at the stations at 8:30 of election day (湘潭县), by the rules that hold now
        ({"day": "2021-12-20", "election_day": "2021-12-20"}, Codes("introduction.election_day")),
        ({"day": "2021-12-19", "election_day": "2021-12-20"}, Codes()),
    ],
    "elections.check_committee_member": [
        ({"is_candidate": True, "has_resigned": False, "on": E}, Codes("committee.must_resign")),
        ({"is_candidate": True, "has_resigned": True, "on": E}, Codes()),
    ],
    "elections.voter_standing": [
        ({"on": E}, {"on_roll": True, "code": "voter"}),
        ({"on": E, "deprived_of_political_rights": True}, {"on_roll": False, "citation": election(4, "第二款")}),
        ({"on": E, "imprisoned_or_detained": True}, {"on_roll": True, "code": "may_vote", "citation": {"article": 5}}),
        ({"on": E, "suspended_by_procuratorate_or_court": True}, {"on_roll": False, "citation": {"article": 4}}),
        ({"on": E, "mentally_unable": True}, {"on_roll": True, "code": "mental_unconfirmed"}),
        ({"on": E, "mentally_unable": True, "committee_confirmed": True}, {"on_roll": False}),
    ],
    "elections.invalid_election": [
        ({"took_foreign_funding": False, "committed_election_offence": False, "on": E}, Codes()),
        (
            {"took_foreign_funding": True, "committed_election_offence": True, "on": E},
            Codes("invalid.foreign_funding", "invalid.offence"),
        ),
    ],
}
