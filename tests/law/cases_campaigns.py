"""Cases by rule: steps of an election's calendar, people per seat, days of single districts. Days are those of real places."""

from typing import Any

from tests.law.cases_sessions import ON, election
from tests.law.shapes_of_cases import Codes, Refused

E = "2016-12-10"  # 合川区

CASES: dict[str, list[tuple[dict[str, Any], Any]]] = {
    "campaigns.check_vacancy": [
        ({"filled": 1, "seats": 3, "holding": 2, "on": ON}, Codes()),
        (
            {"filled": 2, "seats": 3, "holding": 2, "on": ON},
            [{"code": "vacancy.held", "blocking": False, "citation": election(57, "第一款")}],
        ),
        ({"filled": 1, "seats": 1, "holding": 2, "on": ON}, Codes("~vacancy.held")),
    ],
    "campaigns.by_election_led_by": [
        (
            {"of_county": False, "on": ON, "pack": "zhejiang"},
            {
                "words": "由乡镇人大主席团主持",
                "appointed": False,
                "citation": {"source_key": "zhejiang_election_rules", "article": 59},
            },
        ),
        ({"of_county": True, "on": ON, "pack": "zhejiang"}, {"words": "由县级人大常委会主持", "appointed": False}),
        (
            {"of_county": False, "on": ON, "pack": "shandong"},
            {
                "words": "由乡镇人大主席、副主席到原选区主持",
                "appointed": False,
                "citation": {"source_key": "shandong_election_rules", "article": 57, "clause": "第二款"},
            },
        ),
        ({"of_county": True, "on": ON, "pack": "qingdao"}, {"words": "由县级人大常委会派有关负责人员到原选区主持"}),
        (
            {"of_county": False, "on": ON, "pack": "beijing"},
            {
                "words": "由区人大常委会领导下设立的补选机构主持",
                "appointed": True,
                "citation": {"source_key": "beijing_election_rules", "article": 60},
            },
        ),
        ({"of_county": True, "on": ON, "pack": "beijing"}, {"words": "由区人大常委会领导下设立的补选机构主持"}),
        ({"of_county": False, "on": ON, "pack": "shanghai"}, None),
        ({"of_county": False, "on": ON}, None),
    ],
    "campaigns.step_due": [
        ({"key": "publish_roll", "election_day": "2026-12-20"}, {"date": "2026-11-29", "citation": election(28)}),
        ({"key": "publish_roll", "election_day": "2022-01-21"}, {"date": "2021-12-31"}),
        ({"key": "publish_candidates", "election_day": "2022-01-21"}, {"date": "2022-01-05"}),
        ({"key": "publish_final_candidates", "election_day": "2022-01-21"}, {"date": "2022-01-13"}),
        (
            {"key": "publish_roll", "election_day": "2026-12-20", "pack": "zhejiang", "by_election": True},
            {"date": "2026-12-07", "citation": {"source_key": "zhejiang_election_rules", "article": 59}},
        ),
        ({"key": "roll_correction", "election_day": E}, None),
        ({"key": "publish_roll", "election_day": "x"}, Refused("日期")),
    ],
    "campaigns.check_step": [
        # 合川区: the list on the day registration ends is in time by one reading and a day late by the other
        ({"key": "publish_roll", "done_on": "2016-11-19", "election_day": "2021-12-10"}, Codes()),
        (
            {"key": "publish_roll", "done_on": "2021-11-20", "election_day": "2021-12-10"},
            Codes("~before_election.disputed"),
        ),
        ({"key": "publish_roll", "done_on": "2021-11-21", "election_day": "2021-12-10"}, Codes("before_election.late")),
        # 天津 2006: five days before was lawful until 2010, in an edition that is not held; by the edition in force it is seven
        (
            {"key": "publish_final_candidates", "done_on": "2006-11-10", "election_day": "2006-11-15"},
            Codes("~before_election.disputed"),
        ),
        (
            {"key": "publish_final_candidates", "done_on": "2010-03-08", "election_day": "2010-03-13"},
            Codes("~before_election.disputed"),
        ),
        (
            {"key": "publish_final_candidates", "done_on": "2010-03-09", "election_day": "2010-03-14"},
            Codes("~before_election.late"),
        ),
        (
            {"key": "publish_final_candidates", "done_on": "2021-11-10", "election_day": "2021-11-15"},
            Codes("before_election.late"),
        ),
        (
            {
                "key": "publish_roll",
                "done_on": "2022-11-11",
                "election_day": "2022-11-21",
                "pack": "zhejiang",
                "by_election": True,
            },
            Codes("before_election.late"),
        ),
        (
            {
                "key": "publish_roll",
                "done_on": "2022-11-11",
                "election_day": "2022-11-21",
                "pack": "beijing",
                "by_election": True,
            },
            Codes("before_election.late"),
        ),
        (
            {
                "key": "publish_final_candidates",
                "done_on": "2022-11-20",
                "election_day": "2022-11-21",
                "pack": "beijing",
                "by_election": True,
            },
            Codes("before_election.late"),
        ),
        ({"key": "own step", "done_on": E, "election_day": E}, Codes()),
    ],
    "campaigns.people_per_seat": [
        # 房山区: a district of 24,508 for two seats, a works district of 257 people and 2,615 voters, 2,746 on the mean
        (
            {
                "districts": [
                    {"name": "第十六选区", "population": 24508, "seats": 2, "voters": 3959},
                    {"name": "第十九选区", "population": 257, "seats": 1, "voters": 2615},
                ],
                "on": "2021-11-10",
                "population": 2746 * 53,
                "seats": 53,
            },
            [
                {"people_per_seat": 12254, "mean": 2746, "ratio_hundredths": 446, "citation": election(26)},
                {
                    "people_per_seat": 257,
                    "ratio_hundredths": 9,
                    "findings": [
                        {"code": "district.deviation", "blocking": False, "force": "机关内部惯例"},
                        {"code": "district.voters", "blocking": False},
                    ],
                },
            ],
        ),
        (
            {
                "districts": [
                    {"name": "甲", "population": 2000, "seats": 2},
                    {"name": "乙", "population": 1000, "seats": 1, "voters": 1000},
                ],
                "on": E,
            },
            [{"ratio_hundredths": 100, "findings": []}, {"ratio_hundredths": 100, "findings": []}],
        ),
        ({"districts": [{"name": "甲", "population": 0, "seats": 1}], "on": E}, []),
        ({"districts": [], "on": E}, []),
    ],
    "campaigns.check_district_day": [
        ({"consented": False, "on": "2021-11-10", "pack": "zhejiang"}, Codes("district_day.no_consent")),
        ({"consented": False, "on": "2021-11-10"}, Codes("~district_day.no_consent")),
        ({"consented": True, "on": "2021-11-10", "pack": "zhejiang"}, Codes()),
    ],
}
