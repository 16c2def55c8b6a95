"""Cases by rule: periods, thresholds, sessions and deputies. Article numbers are those of the editions named."""

from typing import Any

from tests.law.shapes_of_cases import Codes, Refused

ON = "2024-03-01"
LATER = "2025-04-01"


def election(article: int, clause: str = "") -> dict[str, Any]:
    """A citation of the election law."""
    return {"source_key": "election_law", "article": article, "clause": clause, "held": True}


def organic(article: int, clause: str = "") -> dict[str, Any]:
    """A citation of the organic law."""
    return {"source_key": "organic_law", "article": article, "clause": clause, "held": True}


CASES: dict[str, list[tuple[dict[str, Any], Any]]] = {
    "sessions.check_credentials_committee": [
        (
            {"heads": 0, "vice_heads": 0, "members": 0, "on": LATER},
            [{"code": "credentials.none", "blocking": True, "citation": organic(37)}],
        ),
        ({"heads": 1, "vice_heads": 0, "members": 1, "on": LATER}, Codes()),
        (
            {"heads": 2, "vice_heads": 0, "members": 3, "on": LATER},
            [{"code": "credentials.head", "blocking": False, "citation": None}],
        ),
        ({"heads": 1, "vice_heads": 1, "members": 3, "on": LATER, "pack": "chongqing"}, Codes()),
        ({"heads": 1, "vice_heads": 1, "members": 5, "on": LATER, "pack": "chongqing"}, Codes()),
        (
            {"heads": 1, "vice_heads": 2, "members": 6, "on": LATER, "pack": "chongqing"},
            [
                {"code": "credentials.vice", "blocking": False, "citation": {"article": 20, "clause": "第二款"}},
                {"code": "credentials.members", "blocking": False},
            ],
        ),
        ({"heads": 1, "vice_heads": 1, "members": 2, "on": LATER, "pack": "chongqing"}, Codes("~credentials.members")),
    ],
    "periods.add_months": [
        ({"start": "2022-03-10", "months": 3}, "2022-06-10"),
        ({"start": "2025-11-30", "months": 3}, "2026-02-28"),
        ({"start": "2027-11-30", "months": 3}, "2028-02-29"),
        ({"start": "2025-02-28", "months": 3}, "2025-05-28"),
        ({"start": "2024-12-31", "months": 2}, "2025-02-28"),
        ({"start": "2024-08-31", "months": 6}, "2025-02-28"),
        ({"start": "2024-03-01", "months": 0}, "2024-03-01"),
        ({"start": "2024-03-01", "months": -1}, Refused("不能为负")),
        ({"start": "9999-12-01", "months": 12}, Refused("超出")),
    ],
    "periods.within_days": [
        ({"start": "2021-10-21", "days": 5}, "2021-10-26"),
        ({"start": "2024-02-28", "days": 2}, "2024-03-01"),
        ({"start": "2024-02-28", "days": -2}, Refused("不能为负")),
    ],
    "periods.before_election": [
        # 2021-11-10: 10-21, 10-26, 11-03 were published as lawful days in one county
        (
            {"election_day": "2021-11-10", "days": 20},
            {"lenient": "2021-10-21", "strict": "2021-10-20", "recommended": "2021-10-20", "citation": election(28)},
        ),
        (
            {"election_day": "2021-11-10", "days": 15},
            {"lenient": "2021-10-26", "strict": "2021-10-25", "citation": election(32, "第一款")},
        ),
        ({"election_day": "2021-11-10", "days": 7}, {"lenient": "2021-11-03", "strict": "2021-11-02"}),
        # 2016-12-27 counted strictly: final list by 12-19; the 2015 text of the election law is not held
        (
            {"election_day": "2016-12-27", "days": 7},
            {"strict": "2016-12-19", "citation": {"held": False, "source_key": "election_law"}},
        ),
        # a countdown is not moved by a holiday: 15 days before 16 January is New Year's Day
        ({"election_day": "2027-01-16", "days": 15}, {"lenient": "2027-01-01", "strict": "2026-12-31"}),
        ({"election_day": "2021-11-10", "days": 0}, Refused("至少")),
    ],
    "periods.check_before_election": [
        ({"election_day": "2021-11-10", "days": 7, "published_on": "2021-11-02"}, Codes()),
        (
            {"election_day": "2021-11-10", "days": 7, "published_on": "2021-11-03"},
            Codes("~before_election.disputed"),
        ),
        ({"election_day": "2021-11-10", "days": 7, "published_on": "2021-11-04"}, Codes("before_election.late")),
    ],
    "periods.check_rest": [
        # a Wednesday; a Saturday, after which comes Monday; the National Day of a year whose list is not entered
        ({"last": "2026-12-16", "calendar": {}}, Codes()),
        (
            {"last": "2026-12-19", "calendar": {}},
            [{"code": "period.rest", "blocking": False, "citation": {"article": 203, "clause": "第一款"}}],
        ),
        ({"last": "2026-10-01", "calendar": {}}, Codes("~period.rest")),
        # a Monday off by the notice, a Saturday worked by it
        (
            {"last": "2026-10-05", "calendar": {"holidays": ["2026-10-05", "2026-10-06", "2026-10-07"]}},
            Codes("~period.rest"),
        ),
        ({"last": "2026-10-10", "calendar": {"workdays": ["2026-10-10"]}}, Codes()),
        # 民法典 is of 2021: what it says of an earlier day nobody has read here
        ({"last": "2020-05-02", "calendar": {}}, [{"code": "period.rest", "citation": {"held": False}}]),
    ],
    "periods.add_working_days": [
        (
            {
                "start": "2024-09-27",
                "days": 5,
                "calendar": {
                    "holidays": ["2024-10-01", "2024-10-02", "2024-10-03", "2024-10-04", "2024-10-07"],
                    "workdays": ["2024-09-29", "2024-10-12"],
                    "covered_years": [2024],
                },
            },
            {"date": "2024-10-10", "provisional": False},
        ),
        ({"start": "2027-12-30", "days": 2, "calendar": {}}, {"date": "2028-01-03", "provisional": True}),
        ({"start": "2027-12-30", "days": 0, "calendar": {}}, Refused("至少")),
        ({"start": "2027-12-30", "days": 10**9, "calendar": {}}, Refused("工作日数")),
    ],
    "thresholds.majority": [
        ({"deputies": 72, "on": ON}, {"number": 37, "citation": organic(25)}),
        ({"deputies": 73, "on": ON}, {"number": 37}),
        ({"deputies": 1, "on": ON}, {"number": 1}),
        ({"deputies": 72, "on": "2020-01-01"}, {"number": 37, "citation": {"held": False}}),
        ({"deputies": 0, "on": ON}, Refused("至少")),
    ],
    "thresholds.quorum": [
        ({"deputies": 72, "on": ON}, {"number": 48, "citation": organic(14, "第四款")}),
        ({"deputies": 73, "on": ON}, {"number": 49}),
        ({"deputies": 74, "on": ON}, {"number": 50}),
    ],
    "thresholds.passes": [
        ({"yes": 36, "present": 48, "deputies": 72, "on": ON}, {"passed": False, "needed": 37}),
        ({"yes": 37, "present": 48, "deputies": 72, "on": ON}, {"passed": True, "citation": organic(25)}),
        # without the quorum nothing is passed, however many agree
        (
            {"yes": 47, "present": 47, "deputies": 72, "on": ON},
            {
                "passed": False,
                "citation": organic(14, "第四款"),
                "formula": "全体代表72人，出席47人，赞成47票，须37票：出席不足法定人数，不能表决",
            },
        ),
        ({"yes": 49, "present": 48, "deputies": 72, "on": ON}, Refused("赞成票")),
        ({"yes": 49, "present": 73, "deputies": 72, "on": ON}, Refused("出席")),
    ],
    "thresholds.motion_signers": [
        ({"on": ON}, {"number": 5, "citation": organic(22, "第二款")}),
        ({"on": ON, "level": "county"}, {"number": 10, "citation": organic(22, "第二款")}),
    ],
    "thresholds.check_motion": [
        ({"signers": 5, "on": ON}, Codes()),
        ({"signers": 4, "on": ON}, Codes("motion.too_few_signers")),
        (
            {
                "signers": 6,
                "on": ON,
                "submitted_on": "2024-03-02",
                "closing_on": "2024-03-01",
                "has_plan": False,
            },
            Codes("motion.incomplete", "~motion.after_closing"),
        ),
        # 山东 14 and 重庆 14 have the closing day; the national text has none
        *(
            (
                {"signers": 5, "on": ON, "submitted_on": "2024-03-02", "closing_on": "2024-03-01", "pack": pack},
                [{"code": "motion.after_closing", "blocking": True, "citation": {"source_key": key, "article": 14}}],
            )
            for pack, key in (("shandong", "shandong_township_rules"), ("chongqing", "chongqing_township_rules"))
        ),
        ({"signers": 9, "on": ON, "level": "county"}, Codes("motion.too_few_signers")),
        ({"signers": 10, "on": ON, "level": "county"}, Codes()),
    ],
    "thresholds.motion_withdrawal": [
        ({"remaining_signers": 0, "on": ON, "voted": False, "presidium_agrees": True}, Codes()),
        (
            {"remaining_signers": 5, "on": ON, "voted": True, "presidium_agrees": False},
            [
                {"code": "motion.already_voted", "message": "议案已交付表决，不能撤回", "blocking": True},
                {"code": "motion.no_consent"},
            ],
        ),
        (
            {"remaining_signers": 5, "on": ON, "voted": False, "presidium_agrees": True, "pack": "shandong"},
            Codes("motion.signers_insist"),
        ),
        (
            {"remaining_signers": 4, "on": ON, "voted": False, "presidium_agrees": True, "pack": "qingdao"},
            Codes(),
        ),
    ],
    "thresholds.interpellation_signers": [
        ({"deputies": 40, "on": ON}, {"number": 10, "citation": organic(24, "第一款")}),
        (
            {"deputies": 40, "on": ON, "pack": "beijing"},
            {"number": 8, "citation": {"source_key": "beijing_township_rules", "article": 12}},
        ),
        ({"deputies": 33, "on": ON, "pack": "beijing"}, {"number": 7}),
        ({"deputies": 41, "on": ON, "pack": "beijing"}, {"number": 10}),
    ],
    "thresholds.check_interpellation": [
        ({"signers": 10, "deputies": 60, "on": ON}, Codes()),
        (
            {
                "signers": 9,
                "deputies": 60,
                "on": ON,
                "addressee": "other",
                "has_target_question_content": False,
            },
            Codes("interpellation.too_few_signers", "interpellation.addressee", "interpellation.incomplete"),
        ),
        # 重庆 alone names the departments of the township government beside it
        (
            {"signers": 10, "deputies": 60, "on": ON, "addressee": "department"},
            Codes("interpellation.addressee"),
        ),
        (
            {"signers": 10, "deputies": 60, "on": ON, "addressee": "department", "pack": "chongqing"},
            Codes("~interpellation.department"),
        ),
        (
            {"signers": 10, "deputies": 60, "on": ON, "addressee": "other", "pack": "chongqing"},
            Codes("interpellation.addressee"),
        ),
    ],
    "thresholds.reply_again": [
        ({"dissatisfied": 5, "signers": 10, "on": LATER}, {"passed": True, "needed": 5, "citation": {"article": 20}}),
        ({"dissatisfied": 5, "signers": 11, "on": ON}, {"passed": False, "needed": 6, "citation": {"article": 14}}),
        ({"dissatisfied": 12, "signers": 11, "on": ON}, Refused("不满意人数")),
    ],
    "thresholds.nomination_signers": [({"on": ON}, {"number": 10, "citation": organic(26, "第二款")})],
    "thresholds.recall_officers_signers": [
        (
            {"deputies": 61, "on": ON},
            {"number": 13, "formula": "61人的五分之一（不足一人进一）= 13人", "citation": organic(31, "第二款")},
        ),
        ({"deputies": 60, "on": ON}, {"number": 12}),
    ],
    "thresholds.temporary_session_signers": [
        ({"deputies": 61, "on": ON}, {"number": 13, "citation": organic(14, "第三款")}),
    ],
    "thresholds.recall_deputy_signers": [
        ({"on": ON}, {"number": 30, "citation": election(50, "第一款")}),
        ({"on": ON, "level": "county"}, {"number": 50, "citation": election(50, "第一款")}),
    ],
    "thresholds.recall_deputy_passes": [
        ({"yes": 500, "voters": 1000, "on": ON}, {"passed": False, "needed": 501, "citation": election(53, "第一款")}),
        ({"yes": 501, "voters": 1000, "on": ON}, {"passed": True}),
        ({"yes": 1001, "voters": 1000, "on": ON}, Refused("赞成票数")),
    ],
    "thresholds.presidium_vote": [
        ({"members": 9, "present": 5, "yes": 5, "on": ON, "pack": "zhejiang"}, Codes()),
        # nothing was put to the vote
        ({"members": 9, "present": 5, "on": ON, "pack": "zhejiang"}, Codes()),
        ({"members": 9, "present": 4, "on": ON, "pack": "zhejiang"}, Codes("presidium.no_quorum")),
        (
            {"members": 8, "present": 4, "yes": 4, "on": ON, "pack": "chongqing"},
            Codes("presidium.no_quorum", "presidium.not_passed"),
        ),
        # no national text has a quorum of the presidium: practice, and nothing is cited for it
        (
            {"members": 8, "present": 4, "yes": 4, "on": ON},
            [{"blocking": False, "citation": None, "force": "机关内部惯例"}] * 2,
        ),
        (
            {"members": 8, "present": 4, "yes": 4, "on": ON, "pack": "shandong"},
            Codes("~presidium.no_quorum", "presidium.not_passed"),
        ),
        ({"members": 8, "present": 9, "on": ON}, Refused("到会")),
    ],
    "sessions.check_quorum": [
        ({"present": 48, "deputies": 72, "on": ON}, Codes()),
        ({"present": 47, "deputies": 72, "on": ON}, Codes("session.no_quorum")),
        # the text of 2021 is not held: said, but nobody is refused by it
        ({"present": 30, "deputies": 72, "on": "2021-12-20"}, Codes("~session.no_quorum")),
        ({"present": 73, "deputies": 72, "on": ON}, Refused("出席人数")),
    ],
    "sessions.first_session_due": [
        ({"elections_completed_on": "2026-12-31"}, {"date": "2027-02-28", "citation": organic(20)}),
        ({"elections_completed_on": "2026-11-10"}, {"date": "2027-01-10"}),
        # X-C04: elections complete on 21 January, the first session on 22 March was one day late (镇平县)
        ({"elections_completed_on": "2022-01-21"}, {"date": "2022-03-21"}),
    ],
    "sessions.notice": [
        ({"session_on": "2024-03-20"}, {"notice_by": None, "citation": None}),
        (
            {"session_on": "2024-03-20", "pack": "zhejiang"},
            {"notice_by": "2024-03-13", "papers_by": "2024-03-19", "citation": {"article": 20}},
        ),
        ({"session_on": "2024-03-20", "pack": "chongqing"}, {"notice_by": "2024-03-10", "papers_by": None}),
        ({"session_on": "2024-03-20", "pack": "zhejiang", "temporary": True}, {"notice_by": None}),
    ],
    "sessions.check_notice": [
        ({"session_on": "2024-03-20", "notified_on": "2024-03-13", "pack": "zhejiang"}, Codes()),
        (
            {"session_on": "2024-03-20", "notified_on": "2024-03-14", "pack": "zhejiang"},
            Codes("session.notice_late"),
        ),
        ({"session_on": "2024-03-20", "notified_on": "2024-03-20"}, Codes("session.notice_after")),
        (
            {"session_on": "2024-03-20", "notified_on": "2024-03-20"},
            [{"citation": None, "message": "通知日期不在会议举行之前"}],
        ),
    ],
    "sessions.check_year": [
        ({"sessions": [], "year": 2024}, Codes("session.none_in_year")),
        ({"sessions": ["2024-03-20"], "year": 2024}, Codes("~session.fewer_than_usual")),
        ({"sessions": ["2024-03-20"], "year": 2024, "pack": "shandong"}, Codes("~session.fewer_than_usual")),
        # what may still happen this year is not missed
        ({"sessions": [], "year": 2024, "by": "2024-06-01"}, Codes()),
        ({"sessions": ["2024-03-20"], "year": 2024, "by": "2024-12-30"}, Codes()),
        ({"sessions": ["2024-08-20", "2024-04-01"], "year": 2024, "pack": "beijing"}, Codes("session.first_late")),
        ({"sessions": ["2024-03-31", "2024-09-10"], "year": 2024, "pack": "beijing"}, Codes()),
        # 北京 5: one in each half-year; two in the first half are not that
        (
            {"sessions": ["2024-02-20", "2024-03-20"], "year": 2024, "pack": "beijing"},
            [
                {
                    "code": "session.none_in_half_year",
                    "blocking": True,
                    "message": "2024年下半年没有举行会议，每半年至少举行一次",
                    "citation": {"source_key": "beijing_township_rules", "article": 5},
                }
            ],
        ),
        (
            {"sessions": [], "year": 2024, "pack": "beijing", "by": "2024-06-30"},
            Codes("session.none_in_half_year", "session.first_late"),
        ),
        ({"sessions": ["2024-03-20"], "year": 2024, "pack": "beijing", "by": "2024-12-30"}, Codes()),
    ],
    "sessions.presidium_meeting_due": [
        ({"previous": "2024-01-31"}, None),
        (
            {"previous": "2024-01-31", "pack": "zhejiang"},
            {"date": "2024-04-30", "citation": {"source_key": "zhejiang_township_rules", "article": 24}},
        ),
        ({"previous": "2024-11-30", "pack": "henan"}, {"date": "2025-02-28", "citation": {"article": 5}}),
        (
            {"previous": "2024-01-31", "pack": "chongqing"},
            {"date": "2024-06-30", "citation": {"source_key": "chongqing_township_rules", "article": 34}},
        ),
        ({"previous": "2024-10-01", "pack": "chongqing"}, {"date": "2025-03-31"}),
        ({"previous": "2024-05-31", "pack": "chongqing"}, {"date": "2024-09-30"}),
    ],
    "sessions.check_officer_candidates": [
        ({"seats": 1, "candidates": 1, "is_vice": False, "by_election": False, "on": ON}, Codes()),
        (
            {"seats": 1, "candidates": 3, "is_vice": False, "by_election": False, "on": ON},
            Codes("officers.chief_margin"),
        ),
        ({"seats": 3, "candidates": 3, "is_vice": True, "by_election": False, "on": ON}, Codes("officers.vice_margin")),
        ({"seats": 3, "candidates": 6, "is_vice": True, "by_election": False, "on": ON}, Codes()),
        ({"seats": 3, "candidates": 7, "is_vice": True, "by_election": False, "on": ON}, Codes("officers.vice_margin")),
        ({"seats": 2, "candidates": 2, "is_vice": True, "by_election": True, "on": ON}, Codes()),
        ({"seats": 2, "candidates": 1, "is_vice": True, "by_election": True, "on": ON}, Codes("officers.too_few")),
        ({"seats": 0, "candidates": 1, "is_vice": False, "by_election": False, "on": ON}, Refused("应选名额")),
        ({"seats": 3, "candidates": 4, "is_vice": True, "by_election": False, "on": ON}, Codes()),
        (
            {"seats": 1, "candidates": 0, "is_vice": False, "by_election": False, "on": ON},
            Codes("officers.chief_margin"),
        ),
    ],
    "sessions.check_officer_choice": [
        ({"post": "chair", "is_deputy": True, "on": "2026-01-10"}, Codes()),
        ({"post": "government", "is_deputy": False, "on": "2026-01-10"}, Codes()),
        (
            {"post": "chair", "is_deputy": False, "on": "2026-01-10"},
            [{"code": "officers.not_deputy", "blocking": True, "citation": {"article": 18, "clause": "第一款"}}],
        ),
    ],
    "sessions.check_chairs": [
        ({"chairs": 1, "vice_chairs": 2, "on": "2026-01-10"}, Codes()),
        ({"chairs": 0, "vice_chairs": 0, "on": "2026-01-10"}, Codes()),
        (
            {"chairs": 1, "vice_chairs": 3, "on": "2026-01-10"},
            [{"code": "officers.vice_chairs", "citation": {"article": 18, "clause": "第一款"}}],
        ),
        ({"chairs": 2, "vice_chairs": 1, "on": "2026-01-10"}, Codes("officers.chairs")),
    ],
    "sessions.check_officer_nomination": [
        ({"signers": 10, "named_by_each": [1, 2], "seats": 2, "on": ON}, Codes()),
        (
            {"signers": 9, "named_by_each": [1, 3], "seats": 2, "on": ON},
            Codes("nomination.too_few_signers", "nomination.above_seats"),
        ),
        ({"signers": 0, "named_by_each": [2], "seats": 2, "on": ON, "by_presidium": True}, Codes()),
        (
            {"signers": 0, "named_by_each": [3], "seats": 2, "on": ON, "by_presidium": True},
            [{"code": "nomination.above_seats", "message": "主席团提名的人数超过应选名额2人"}],
        ),
    ],
    "sessions.budget_publication_due": [
        (
            {"approved_on": "2024-03-20"},
            {"date": "2024-04-09", "citation": {"source_key": "budget_law", "article": 14, "clause": "第一款"}},
        ),
    ],
    "sessions.check_observers": [
        ({"observers": 30, "deputies": 60, "on": ON, "pack": "beijing"}, Codes()),
        ({"observers": 31, "deputies": 60, "on": ON, "pack": "beijing"}, Codes("session.too_many_observers")),
        ({"observers": 99, "deputies": 60, "on": ON}, Codes()),
    ],
}
