"""Cases by rule: elections of township deputies and the counting of votes."""

from typing import Any

from tests.law.cases_sessions import ON, election
from tests.law.shapes_of_cases import Codes, Refused

E = "2021-11-10"


def votes(**counts: int) -> list[dict[str, Any]]:
    """Vote lines of the names given."""
    return [{"name": name, "votes": number} for name, number in counts.items()]


def count(took_part: int, seats: int, lines: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """A count in a district of 1000 registered voters, all ballots recovered unless said otherwise."""
    return {
        "registered": 1000, "took_part": took_part, "recovered": took_part, "seats": seats, "votes": lines, "on": E,
    } | more  # fmt: skip


CASES: dict[str, list[tuple[dict[str, Any], Any]]] = {
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
    "elections.appeal_decision_due": [({"appealed_on": "2021-10-26"}, "2021-10-29")],
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
        ({"seats": 0, "on": E}, Codes("district.size")),
    ],
    "elections.check_nomination": [
        ({"signers": 10, "seats": 2, "named_by_each": [2] * 10, "on": E}, Codes()),
        (
            {"signers": 9, "seats": 2, "named_by_each": [1, 3], "on": E},
            Codes("nomination.too_few_signers", "nomination.above_seats"),
        ),
    ],
    "elections.check_candidate_list": [
        ({"nominated": ["甲", "乙"], "published": ["乙", "甲"], "on": E}, Codes()),
        ({"nominated": ["甲", "乙"], "published": ["甲", "丙"], "on": E}, Codes("list.missing", "list.added")),
    ],
    "elections.check_introduction": [
        ({"day": "2021-11-09", "election_day": E}, Codes()),
        ({"day": E, "election_day": E}, Codes("introduction.election_day")),
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
    "elections.check_proxies": [
        # 135 came, 161 voted by proxy: possible; nobody held more than three
        ({"held_by_each": [3] * 53 + [2], "attended": 135, "on": E}, Codes()),
        ({"held_by_each": [4], "attended": 135, "on": E}, Codes("proxy.too_many")),
        ({"held_by_each": [3, 3], "attended": 1, "on": E}, Codes("proxy.impossible")),
        (
            {
                "held_by_each": [1],
                "attended": 1,
                "on": E,
                "same_district": False,
                "written_and_agreed": False,
                "pack": "beijing",
            },
            Codes("proxy.form", "proxy.other_district"),
        ),
        ({"held_by_each": [1], "attended": 1, "on": E, "same_district": False}, Codes()),
    ],
    "elections.check_staff": [
        ({"relation_to_candidate": "grandparent", "role": "counting", "on": E}, Codes("staff.barred")),
        ({"relation_to_candidate": "spouse", "role": "host", "on": E}, Codes()),
        ({"relation_to_candidate": "spouse", "role": "host", "on": E, "pack": "shandong"}, Codes("staff.barred")),
        ({"relation_to_candidate": "self", "role": "staff", "on": E, "pack": "zhejiang"}, Codes("staff.barred")),
        ({"relation_to_candidate": "other", "role": "counting", "on": E}, Codes()),
    ],
    "elections.invalid_election": [
        ({"took_foreign_funding": False, "committed_election_offence": False, "on": E}, Codes()),
        (
            {"took_foreign_funding": True, "committed_election_offence": True, "on": E},
            Codes("invalid.foreign_funding", "invalid.offence"),
        ),
    ],
    "tallies.check_ballots": [
        ({"registered": 1000, "took_part": 501, "recovered": 501, "on": E}, Codes()),
        ({"registered": 1000, "took_part": 500, "recovered": 500, "on": E}, Codes("tally.turnout")),
        ({"registered": 1000, "took_part": 600, "recovered": 601, "on": E}, Codes("tally.ballots_exceed")),
        ({"registered": 1000, "took_part": 1001, "recovered": 10, "on": E}, Refused("选民总数")),
    ],
    "tallies.check_ballot": [
        ({"chosen": 2, "seats": 2, "on": E}, Codes()),
        ({"chosen": 3, "seats": 2, "on": E}, Codes("tally.overfull")),
    ],
    "tallies.direct_result": [
        (
            count(600, 2, votes(甲=400, 乙=301, 丙=300)),
            {"valid": True, "needed": 301, "elected": ["甲", "乙"], "unfilled": 0, "findings": Codes()},
        ),
        # void ballots stay in the base: 300 of 600 is not more than half however few ballots are valid
        (
            count(600, 1, votes(甲=300, 乙=100)),
            {"elected": [], "unfilled": 1, "findings": Codes("~tally.unfilled")},
        ),
        (count(500, 1, votes(甲=500)), {"valid": False, "elected": [], "findings": Codes("tally.turnout")}),
        (
            count(600, 1, votes(甲=500), recovered=601),
            {"valid": False, "findings": Codes("tally.ballots_exceed")},
        ),
        (
            count(600, 2, votes(甲=500, 乙=320, 丙=320)),
            {"elected": ["甲"], "tied": ["乙", "丙"], "tied_seats": 1, "findings": Codes("~tally.tie")},
        ),
        # equal votes above the last seat decide nothing, and equal votes without a majority are no tie
        (count(600, 2, votes(甲=500, 乙=500, 丙=10)), {"elected": ["甲", "乙"], "tied": []}),
        (
            count(600, 2, votes(甲=500, 乙=300, 丙=300)),
            {"elected": ["甲"], "tied": [], "unfilled": 1, "findings": Codes("~tally.unfilled")},
        ),
        (
            count(600, 2, votes(甲=350, 乙=300, 丙=290), recovered=598),
            {"elected": ["甲"], "findings": Codes("~tally.base_disputed", "~tally.unfilled")},
        ),
        (count(600, 1, votes(甲=601)), Refused("多于收回")),
        (count(600, 1, votes(甲=400, 乙=400)), Refused("合计")),
        (count(600, 1, [{"name": "甲", "votes": 1}, {"name": "甲", "votes": 2}]), Refused("重名")),
    ],
    "tallies.tie_result": [
        (count(600, 1, votes(甲=200, 乙=199)), {"elected": ["甲"], "findings": Codes()}),
        (
            count(600, 1, votes(甲=200, 乙=200)),
            {"elected": [], "tied": ["甲", "乙"], "findings": Codes("~tally.second_tie")},
        ),
        (count(400, 1, votes(甲=200, 乙=199)), {"valid": False, "findings": Codes("tally.turnout")}),
    ],
    "tallies.another_round_candidates": [
        (
            {"not_elected": votes(甲=250, 乙=280, 丙=100), "unfilled": 1, "on": E},
            {"names": ["乙", "甲"], "minimum": 2, "maximum": 2, "findings": Codes()},
        ),
        (
            {"not_elected": votes(甲=250, 乙=280, 丙=250), "unfilled": 1, "on": E},
            {"names": ["乙"], "cut_tied": ["甲", "丙"], "findings": Codes("~another_round.cut_tied")},
        ),
        (
            {"not_elected": votes(甲=250, 乙=280, 丙=240, 丁=9), "unfilled": 2, "number": 4, "on": E},
            {"names": ["乙", "甲", "丙", "丁"]},
        ),
        (
            {
                "not_elected": [{"name": "甲", "votes": 9}, {"name": "乙", "votes": 8, "write_in": True}],
                "unfilled": 1,
                "on": E,
            },
            {"findings": Codes("~another_round.write_in")},
        ),
        (
            {"not_elected": votes(甲=250), "unfilled": 1, "on": E},
            {"findings": Codes("another_round.too_few")},
        ),
        ({"not_elected": votes(甲=250), "unfilled": 1, "number": 3, "on": E}, Refused("另行选举")),
    ],
    "tallies.another_round_result": [
        # one third itself suffices: 200 of 600
        (count(600, 1, votes(甲=200, 乙=199)), {"elected": ["甲"], "needed": 200, "citation": election(45, "第五款")}),
        (count(601, 1, votes(甲=200, 乙=199)), {"elected": [], "needed": 201, "unfilled": 1}),
        (
            count(601, 1, votes(甲=200, 乙=199), pack="zhejiang"),
            {"findings": Codes("~tally.still_unfilled"), "unfilled": 1},
        ),
        (count(600, 1, votes(甲=210, 乙=210)), {"tied": ["甲", "乙"], "findings": Codes("~tally.tie")}),
        (count(300, 1, votes(甲=210)), {"valid": False, "findings": Codes("tally.turnout")}),
    ],
    "tallies.officer_result": [
        (
            {
                "deputies": 72,
                "issued": 48,
                "recovered": 48,
                "seats": 1,
                "votes": votes(甲=36, 乙=12),
                "on": ON,
            },
            {"elected": [], "unfilled": 1, "needed": 37, "findings": Codes("~tally.unfilled")},
        ),
        (
            {"deputies": 72, "issued": 70, "recovered": 69, "seats": 2, "votes": votes(甲=40, 乙=40, 丙=40), "on": ON},
            {"elected": [], "tied": ["甲", "乙", "丙"], "tied_seats": 2, "findings": Codes("~tally.tie")},
        ),
        (
            {"deputies": 72, "issued": 60, "recovered": 61, "seats": 1, "votes": votes(甲=50), "on": ON},
            {"valid": False, "findings": Codes("tally.ballots_exceed")},
        ),
        (
            {"deputies": 72, "issued": 73, "recovered": 61, "seats": 1, "votes": votes(甲=50), "on": ON},
            Refused("委托"),
        ),
    ],
}
