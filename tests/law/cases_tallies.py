"""Cases by rule: ballots, turnout and the counting of votes."""

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


def officers(yes: int, **more: Any) -> dict[str, Any]:
    """A vote for one seat in a congress of 72 deputies, 70 of them present and voting unless said otherwise."""
    numbers = {"deputies": 72, "present": 70, "issued": 70, "seats": 1, "votes": votes(甲=yes), "on": ON} | more
    return {"recovered": numbers["issued"]} | numbers


CASES: dict[str, list[tuple[dict[str, Any], Any]]] = {
    "ballots.check_turnout": [
        ({"registered": 1000, "took_part": 501, "recovered": 501, "on": E}, Codes()),
        ({"registered": 1000, "took_part": 500, "recovered": 500, "on": E}, Codes("tally.turnout")),
        ({"registered": 1000, "took_part": 600, "recovered": 601, "on": E}, Codes("tally.ballots_exceed")),
        ({"registered": 1000, "took_part": 1001, "recovered": 10, "on": E}, Refused("选民总数")),
        # 501 came and 500 ballots came back: half by the ballots, more than half by the people
        ({"registered": 1000, "took_part": 501, "recovered": 500, "on": E}, Codes("~tally.turnout_disputed")),
        ({"registered": 1000, "took_part": 600, "recovered": None, "on": E}, Codes("~tally.not_compared")),
    ],
    "ballots.check_turnouts": [
        # 990 of 2000 in all: one district is valid, the other void (选举法 45: 选区全体选民的过半数)
        (
            {
                "districts": [
                    {"name": "第一选区", "registered": 1000, "took_part": 600, "recovered": 600},
                    {"name": "第二选区", "registered": 1000, "took_part": 390, "recovered": 390},
                ],
                "on": E,
            },
            [
                {
                    "code": "tally.turnout",
                    "message": "第二选区：参加投票390人，没有超过选民1000人的一半（须501人），选举无效",
                    "citation": election(45, "第一款"),
                }
            ],
        ),
        # 1200 of 2000 in all, and still one district is void
        (
            {
                "districts": [
                    {"name": "第一选区", "registered": 1000, "took_part": 900, "recovered": 900},
                    {"name": "第二选区", "registered": 1000, "took_part": 300, "recovered": 300},
                ],
                "on": E,
            },
            Codes("tally.turnout"),
        ),
        ({"districts": [], "on": E}, Codes()),
    ],
    "ballots.check_totals": [
        # totals of several districts judge nothing, neither 990 nor 1200 of 2000
        (
            {"registered": 2000, "took_part": 990, "districts": 2, "judged": 0, "on": E},
            [{"code": "tally.totals_only", "blocking": False}],
        ),
        ({"registered": 2000, "took_part": 1200, "districts": 2, "judged": 1, "on": E}, Codes("~tally.totals_only")),
        ({"registered": 2000, "took_part": 990, "districts": 2, "judged": 2, "on": E}, Codes()),
        ({"registered": 1000, "took_part": 500, "districts": 1, "judged": 0, "on": E}, Codes("tally.turnout")),
        ({"registered": 1000, "took_part": 501, "districts": 1, "judged": 0, "on": E}, Codes()),
        ({"registered": 1000, "took_part": 500, "districts": 1, "judged": 1, "on": E}, Codes()),
        ({"registered": 1000, "took_part": 1001, "districts": 1, "judged": 1, "on": E}, Refused("选民总数")),
        (
            {"registered": 2000, "took_part": 990, "districts": 0, "judged": 0, "on": E},
            [
                {
                    "code": "tally.totals_only",
                    "message": "选区数没有登记，已登记0个选区的选民和投票人数；选举是否有效按选区判断，合计数不能判断",
                }
            ],
        ),
    ],
    "ballots.check_boxes": [
        (
            {
                "boxes": [
                    {"name": "第一投票站", "voters": 60, "ballots": 60},
                    {"name": "流动票箱", "voters": 9, "ballots": 8},
                ],
                "took_part": 69,
                "recovered": 68,
                "on": E,
            },
            Codes(),
        ),
        # one box with too many ballots is an alarm; whether the election is void is asked of the whole district
        (
            {
                "boxes": [
                    {"name": "第一投票站", "voters": 60, "ballots": 59},
                    {"name": "流动票箱", "voters": 9, "ballots": 10},
                ],
                "took_part": 69,
                "recovered": 69,
                "on": E,
            },
            [
                {
                    "code": "boxes.exceed",
                    "blocking": False,
                    "message": "流动票箱有票10张，多于在此投票的9人；请查明，是否无效按全选区合计判断",
                }
            ],
        ),
        (
            {"boxes": [{"name": "流动票箱", "voters": 9, "ballots": 9}], "took_part": 10, "recovered": 8, "on": E},
            [
                {
                    "code": "boxes.sum",
                    "message": "各票箱投票人数合计9，与全选区10不符",
                    "citation": election(43, "第一款"),
                },
                {"code": "boxes.sum", "message": "各票箱收回选票合计9，与全选区8不符"},
            ],
        ),
    ],
    "ballots.check_rules": [
        ({"rules": {"fixed_on": "2021-11-09"}, "election_day": E}, Codes()),
        ({"rules": {"fixed_on": E}, "election_day": E}, Codes("~ballot.rules_late")),
        ({"rules": {}, "election_day": E}, [{"code": "ballot.rules_late", "force": "机关内部惯例", "citation": None}]),
        # X-B04: the article does not forbid an abstainer to write somebody in, nor ask for a voter of the district
        (
            {
                "rules": {
                    "abstain_write_in": "void",
                    "write_in_from": "district",
                    "base": "recovered",
                    "fixed_on": "2021-11-09",
                },
                "election_day": E,
            },
            Codes("~ballot.abstain_write_in", "~ballot.write_in_from", "~ballot.base"),
        ),
    ],
    "ballots.rule_lines": [
        (
            {"rules": {"marks": "symbol", "unreadable": "ballot"}, "seats": 2, "on": E},
            [
                {"says": "等于或者少于应选2名的有效，多于应选2名的作废", "citation": election(44, "第二款")},
                {"citation": election(41)},
                {"says": "整张选票作废", "citation": None},
                {"says": "不是规定的符号，该处不计", "citation": None},
                {"says": "不计", "citation": None},
                {"says": "有效", "citation": election(41)},
                {"says": "其他任何选民", "citation": election(41)},
                {"citation": election(45, "第一款")},
            ],
        ),
        (
            {"rules": {"write_in_from": "district", "abstain_write_in": "void"}, "seats": 0, "on": E},
            [{}, {}, {}, {}, {}, {"citation": None}, {"citation": None}, {}],
        ),
    ],
    "ballots.write_in": [
        ({"who": "district", "on": E}, Codes()),
        ({"who": "elsewhere", "on": E}, Codes()),
        ({"who": "elsewhere", "on": E, "rules": {"write_in_from": "district"}}, [{"code": "write_in.elsewhere"}]),
        ({"who": "outside", "on": E}, [{"code": "write_in.outside", "citation": election(41)}]),  # X-W03
        (
            {"who": "unknown", "on": E},
            [{"code": "write_in.unknown", "message": "认不出写的是谁的，不能计给任何人", "citation": None}],
        ),
    ],
    "ballots.check_ballot": [
        ({"chosen": 2, "seats": 2, "on": E}, Codes()),
        ({"chosen": 3, "seats": 2, "on": E}, Codes("tally.overfull")),
        # what no law settles is counted as the office settled it before the vote, and said
        (
            {"chosen": 2, "seats": 2, "on": E, "unmarked_write_ins": 1},
            [{"code": "ballot.unmarked_write_in", "message": "有1名另选人只写姓名未画符号：按事先确定的办法，不计"}],
        ),
        (
            {
                "chosen": 2,
                "seats": 2,
                "on": E,
                "unmarked_write_ins": 1,
                "rules": {"unmarked_write_in": "counts", "fixed_on": "2021-11-01"},
            },
            Codes("tally.overfull", "~ballot.unmarked_write_in"),
        ),
        (
            {"chosen": 1, "seats": 2, "on": E, "unreadable": 1},
            [{"message": "有1处符号无法辨认：按事先确定的办法，只该处不计，其余部分有效"}],
        ),
        (
            {"chosen": 1, "seats": 2, "on": E, "unreadable": 1, "rules": {"unreadable": "ballot"}},
            [{"message": "有1处符号无法辨认：按事先确定的办法，整张选票作废"}],
        ),
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
        # the same ballots where the office fixed the other base before the vote: 300 of 598 is more than half
        (
            count(600, 2, votes(甲=350, 乙=300, 丙=290), recovered=598, base="recovered"),
            {"base": 598, "needed": 300, "elected": ["甲", "乙"], "findings": Codes("~tally.base_disputed")},
        ),
        (count(600, 1, votes(甲=601)), Refused("多于收回")),
        (count(600, 1, votes(甲=400, 乙=400)), Refused("合计")),
        (count(600, 1, [{"name": "甲", "votes": 1}, {"name": "甲", "votes": 2}]), Refused("重名")),
        # somebody written in: elected by the same measure, and the words of the article are said
        (
            count(600, 1, [{"name": "甲", "votes": 200}, {"name": "丁", "votes": 310, "write_in": True}]),
            {"elected": ["丁"], "findings": Codes("~tally.write_in")},
        ),
        (
            count(640, 2, [*votes(甲=400, 乙=321, 丙=150), {"name": "丁", "votes": 321, "write_in": True}]),
            {"elected": ["甲"], "tied": ["乙", "丁"], "findings": Codes("~tally.write_in", "~tally.tie")},
        ),
        (
            count(501, 1, votes(甲=251, 乙=249), recovered=500),
            {"elected": ["甲"], "findings": Codes("~tally.turnout_disputed")},
        ),
        (count(600, 0, votes(甲=1)), Refused("应选名额")),
        (count(600, 1, votes(甲=-1)), Refused("不能为负")),
    ],
    "tallies.tie_result": [
        (count(600, 1, votes(甲=200, 乙=199)), {"elected": ["甲"], "findings": Codes()}),
        (
            count(600, 1, votes(甲=200, 乙=200)),
            {"elected": [], "tied": ["甲", "乙"], "findings": Codes("~tally.second_tie")},
        ),
        (
            count(400, 1, votes(甲=200, 乙=199)),
            {"valid": False, "findings": Codes("tally.turnout", "~tally.further_turnout")},
        ),
        # 山东 49 lets the seat stay empty after a further vote
        (
            count(600, 1, votes(甲=200, 乙=200), pack="shandong"),
            {
                "findings": [
                    {
                        "code": "tally.second_tie",
                        "blocking": False,
                        "message": "甲、乙再次投票仍票数相等，代表名额可以暂时空缺",
                        "citation": {"source_key": "shandong_election_rules", "article": 49, "clause": "第四款"},
                    }
                ]
            },
        ),
        (count(600, 1, votes(甲=200), recovered=601), {"valid": False, "findings": Codes("tally.ballots_exceed")}),
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
        (count(300, 1, votes(甲=210)), {"valid": False, "findings": Codes("tally.turnout", "~tally.further_turnout")}),
        # 332 of 990 ballots is a third, of 1000 voters it is none
        (
            count(1000, 1, votes(甲=332, 乙=300), recovered=990),
            {
                "elected": ["甲"],
                "findings": [
                    {
                        "code": "tally.third_disputed",
                        "blocking": False,
                        "message": "“选票的三分之一”的基数条文没有写明：本结果按收回选票990张须330票；"
                        "按投票人数1000须334票，结果不同，请选举委员会确认",
                    }
                ],
            },
        ),
        (count(1000, 1, votes(甲=335, 乙=300), recovered=990), {"elected": ["甲"], "findings": Codes()}),
        (
            count(600, 1, votes(甲=190, 乙=100), valid_ballots=570),
            {"elected": [], "findings": Codes("~tally.third_disputed", "~tally.still_unfilled")},
        ),
    ],
    "tallies.officer_result": [
        (
            officers(36, present=48, issued=48),
            {"elected": [], "unfilled": 1, "needed": 37, "findings": Codes("~tally.unfilled")},
        ),
        (
            {
                "deputies": 72,
                "present": 70,
                "issued": 70,
                "recovered": 69,
                "seats": 2,
                "votes": votes(甲=40, 乙=40, 丙=40),
                "on": ON,
            },
            {"elected": [], "tied": ["甲", "乙", "丙"], "tied_seats": 2, "findings": Codes("~tally.tie")},
        ),
        # 35 of 60 are no quorum: 40 must be there, however many vote for somebody (组织法 14)
        (
            officers(32, deputies=60, present=35, issued=35),
            {"valid": False, "elected": [], "findings": [{"code": "tally.no_quorum", "citation": {"article": 14}}]},
        ),
        # 重庆 24 and 北京 25 void it; elsewhere the law is silent and the congress's own rules do
        (
            officers(50, issued=60, recovered=61, pack="beijing"),
            {
                "valid": False,
                "findings": [
                    {"code": "tally.ballots_exceed", "blocking": True, "citation": {"article": 25, "clause": "第二款"}}
                ],
            },
        ),
        (
            officers(50, issued=60, recovered=61, pack="chongqing"),
            {
                "valid": False,
                "findings": [
                    {"code": "tally.ballots_exceed", "blocking": True, "citation": {"article": 24, "clause": "第二款"}}
                ],
            },
        ),
        (
            officers(50, issued=60, recovered=61),
            {"valid": False, "findings": [{"code": "tally.ballots_exceed", "citation": None, "force": "机关内部惯例"}]},
        ),
        (officers(50, issued=71), Refused("委托")),
        (officers(50, present=73), Refused("全体代表")),
    ],
}
