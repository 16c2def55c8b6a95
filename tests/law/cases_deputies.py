"""Cases by rule: seats, presidium, absences, and how a mandate rests or ends. Article numbers are those of the editions."""

from typing import Any

from tests.law.cases_sessions import LATER, ON, election, organic
from tests.law.shapes_of_cases import Codes, Refused


def deputies(article: int, clause: str = "") -> dict[str, Any]:
    """A citation of the deputies law."""
    return {"source_key": "deputies_law", "article": article, "clause": clause, "held": True}


CASES: dict[str, list[tuple[dict[str, Any], Any]]] = {
    "deputies.seats_cap": [
        ({"population": 11396, "on": ON}, {"number": 52, "citation": election(12, "第一款第四项")}),
        ({"population": 172500, "on": ON}, {"number": 160}),
        ({"population": 1_000_000, "on": ON}, {"number": 160}),
        ({"population": 1499, "on": ON}, {"number": 45}),
        (
            {"population": 11396, "on": ON, "extra_five_percent": True},
            {"number": 54, "citation": election(12, "第三款")},
        ),
        ({"population": 0, "on": ON}, Refused("人口")),
        # 县级: 140 and one for every 5000, at most 450 (选举法 12)
        (
            {"population": 310_000, "on": ON, "unit": "county"},
            {"number": 202, "citation": election(12, "第一款第三项")},
        ),
        ({"population": 2_000_000, "on": ON, "unit": "city_or_district"}, {"number": 450}),
        (
            {"population": 49_999, "on": ON, "unit": "county"},
            {"number": 149, "note": "人口不足50000人的，代表总名额可以少于140名；具体名额确定后不再变动"},
        ),
        # the extra five per cent is for 县、自治县、乡、民族乡; not for a 镇
        ({"population": 11396, "on": ON, "unit": "ethnic_township", "extra_five_percent": True}, {"number": 54}),
        ({"population": 11396, "on": ON, "unit": "town", "extra_five_percent": True}, Refused("不适用于镇")),
        ({"population": 11396, "on": ON, "unit": "city_or_district", "extra_five_percent": True}, Refused("市辖区")),
        (
            {"population": 1999, "on": ON},
            {"note": "人口不足2000人的，代表总名额可以少于45名；具体名额由县级人大常委会确定，确定后不再变动"},
        ),
        ({"population": 2000, "on": ON}, {"note": "具体名额由县级人大常委会确定，确定后不再变动"}),
        ({"population": 172_500, "on": ON}, {"formula": "45 + 172500÷1500（舍去余数）= 160"}),
        ({"population": 174_000, "on": ON}, {"formula": "45 + 174000÷1500（舍去余数）= 161，不超过160"}),
    ],
    "deputies.check_seats": [
        ({"seats": 53, "population": 11396, "on": ON}, Codes("~seats.above_cap")),
        ({"seats": 52, "population": 11396, "on": ON}, Codes()),
        ({"seats": 40, "population": 11396, "on": ON}, Codes("~seats.below_base")),
        ({"seats": 30, "population": 1800, "on": ON}, Codes()),
        # a 镇 is not told of the five per cent, which it cannot have
        (
            {"seats": 53, "population": 11396, "on": ON, "unit": "town"},
            [
                {
                    "message": "代表名额53名多于按现有人口计算的52名（45 + 11396÷1500（舍去余数）= 52）；"
                    "可能是以前确定的名额，请核对确定名额的决定"
                }
            ],
        ),
        ({"seats": 139, "population": 60_000, "on": ON, "unit": "county"}, Codes("~seats.below_base")),
        ({"seats": 44, "population": 2000, "on": ON}, Codes("~seats.below_base")),
        ({"seats": 44, "population": 1999, "on": ON}, Codes()),
    ],
    "deputies.check_presidium_size": [
        ({"members": 30, "on": ON}, Codes()),
        ({"members": 12, "on": ON, "pack": "shandong", "deputies": 89}, Codes("~presidium.too_large")),
        ({"members": 12, "on": ON, "pack": "shandong", "deputies": 90}, Codes()),
        ({"members": 13, "on": ON, "pack": "chongqing", "population": 90000}, Codes()),
        ({"members": 12, "on": ON, "pack": "chongqing", "population": 89999}, Codes("presidium.too_large")),
        ({"members": 17, "on": ON, "pack": "zhejiang", "large": True}, Codes()),
        ({"members": 14, "on": ON, "pack": "zhejiang", "large": False}, Codes("presidium.too_large")),
        # what is populous or well developed 浙江 8 does not say: up to seventeen people decide, above nobody may
        (
            {"members": 14, "on": ON, "pack": "zhejiang"},
            [{"code": "presidium.too_large", "blocking": False, "citation": {"article": 8, "clause": "第二款"}}],
        ),
        ({"members": 18, "on": ON, "pack": "zhejiang"}, Codes("presidium.too_large")),
        ({"members": 15, "on": ON, "pack": "henan"}, Codes("~presidium.too_large")),
        # nobody entered the population
        ({"members": 12, "on": ON, "pack": "chongqing"}, Codes("~presidium.too_large")),
        ({"members": 14, "on": ON, "pack": "chongqing"}, Codes("presidium.too_large")),
        ({"members": 16, "on": ON, "pack": "henan", "large": True}, Codes("presidium.too_large")),
        ({"members": 14, "on": ON, "pack": "shandong", "deputies": 95}, Codes("presidium.too_large")),
        ({"members": 4, "on": ON, "pack": "beijing"}, Codes("~presidium.too_small")),
        ({"members": 10, "on": ON, "pack": "beijing"}, Codes("~presidium.too_large")),
        ({"members": 6, "on": ON, "pack": "zhejiang"}, Codes("presidium.too_small")),
    ],
    "deputies.check_holding": [
        ({"holding": 50, "seats": 50, "on": ON}, Codes()),
        ({"holding": 51, "seats": 0, "on": ON}, Codes()),
        (
            {"holding": 51, "seats": 50, "on": ON},
            [{"code": "seats.overfull", "blocking": False, "citation": election(14, "第一款")}],
        ),
    ],
    "deputies.check_posts": [
        ({"is_chair_or_vice": True, "holds_government_post": True, "on": ON}, Codes("posts.chair")),
        ({"is_chair_or_vice": False, "holds_government_post": True, "on": ON}, Codes()),
        (
            {"is_chair_or_vice": False, "holds_government_post": True, "on": ON, "pack": "henan"},
            Codes("posts.member"),
        ),
        ({"is_chair_or_vice": True, "holds_government_post": False, "on": ON}, Codes()),
    ],
    "deputies.check_absences": [
        (
            {
                "absences": [
                    {"session": "第一次会议", "approved": False},
                    {"session": "第二次会议", "approved": True},
                    {"session": "第四次会议", "approved": False},
                ],
                "on": LATER,
            },
            Codes("absences.mandate_ends"),
        ),
        (
            {
                "absences": [
                    {"session": "第一次会议", "approved": False},
                    {"session": "第二次会议", "approved": True},
                ],
                "on": ON,
            },
            Codes("~absences.first"),
        ),
        ({"absences": [{"session": "第二次会议", "approved": True}] * 3, "on": ON}, Codes()),
        # two plenaries of one session are one session
        ({"absences": [{"session": "第二次会议", "approved": False}] * 2, "on": ON}, Codes("~absences.first")),
        # plenaries missed of a session attended: not counted, and said to be open
        (
            {
                "absences": [
                    {"session": "第一次会议", "approved": False},
                    {"session": "第二次会议", "approved": False, "part_only": True},
                ],
                "on": LATER,
            },
            Codes("~absences.first", "~absences.partly"),
        ),
    ],
    "deputies.mandate_end": [
        (
            {"reason": "two_absences", "on": LATER},
            {
                "citation": deputies(62, "第一款第三项"),
                "decided_by": "代表资格审查委员会报乡镇人大",
                "decision": deputies(63, "第二款"),
                "announced_by": "乡镇人大",
                "announcement": deputies(63, "第二款"),
                "by_election": True,
            },
        ),
        ({"reason": "two_absences", "on": ON}, {"citation": {"article": 49, "clause": "第三项"}}),
        # from the county up the standing committee is told and announces (代表法 63, first paragraph)
        (
            {"reason": "moved_away", "on": LATER, "level": "county"},
            {
                "decided_by": "代表资格审查委员会报县级人大常委会",
                "announced_by": "县级人大常委会",
                "announcement": deputies(63, "第一款"),
            },
        ),
        ({"reason": "moved_away", "on": ON, "level": "county"}, {"announcement": deputies(50, "第一款")}),
        ({"reason": "moved_away", "on": LATER, "level": "city"}, {"announced_by": "本级人大常委会"}),
        (
            {"reason": "resigned", "on": LATER},
            {
                "citation": deputies(62, "第一款第二项"),
                "decided_by": "乡镇人大以全体代表的过半数接受",
                "note": "辞职由大会会议接受，闭会期间主席团不能代为接受；终止日期是会议接受辞职的日期，此前仍是代表",
                "decision": election(55, "第二款"),
                "announced_by": "乡镇人大",
            },
        ),
        (
            {"reason": "resigned", "on": LATER, "level": "county"},
            {
                "note": "",
                "decided_by": "县级人大常委会以组成人员的过半数接受",
                "decision": election(55, "第二款"),
                "announced_by": "县级人大常委会",
            },
        ),
        (
            {"reason": "resigned", "on": LATER, "level": "province"},
            {"decision": election(55, "第一款"), "announced_by": "上一级人大常委会（备案、公告）"},
        ),
        (
            {"reason": "recalled", "on": LATER, "level": "county"},
            {"decided_by": "原选区过半数的选民通过，由县级人大常委会派人主持", "decision": election(53, "第一款")},
        ),
        ({"reason": "recalled", "on": LATER, "level": "city"}, {"decision": election(53, "第二款")}),
        # 63 excepts nothing: a death is announced, too; the edition of 2015 does not speak of death at all
        (
            {"reason": "death", "on": LATER},
            {
                "citation": deputies(62, "第二款"),
                "decided_by": "自然终止",
                "announced_by": "乡镇人大",
                "announcement": deputies(63, "第二款"),
                "note": "条文没有把去世列为公告的例外",
            },
        ),
        (
            {"reason": "death", "on": ON},
            {
                "citation": deputies(50, "第二款"),
                "announced_by": "乡镇人大",
                "note": "该日适用的文本没有写去世的情形，也没有把它列为公告的例外",
            },
        ),
        ({"reason": "ordered_resignation", "on": LATER}, {"citation": {"article": 62}}),
        ({"reason": "ordered_resignation", "on": ON}, Refused("责令辞职")),
        (
            {"reason": "term_over", "on": ON},
            {"by_election": False, "citation": organic(38), "announced_by": "", "announcement": None},
        ),
        (
            {"reason": "recalled", "on": LATER, "is_chair_or_vice": True},
            {"also": Codes("~mandate.chair_falls"), "label": "被罢免"},
        ),
        (
            {"reason": "moved_away", "on": LATER, "is_chair_or_vice": True},
            {"also": Codes("~mandate.chair_must_be_deputy")},
        ),
        # in 山东 the post falls with the seat, however that ended (若干规定 31)
        (
            {"reason": "moved_away", "on": LATER, "is_chair_or_vice": True, "pack": "qingdao"},
            {"also": Codes("~mandate.chair_falls")},
        ),
        ({"reason": "moved_away", "on": LATER, "level": "county", "pack": "shandong"}, {"also": Codes()}),
        # the post of 主席 hangs on the township mandate, not on the county's
        ({"reason": "recalled", "on": LATER, "is_chair_or_vice": True, "level": "county"}, {"also": Codes()}),
        ({"reason": "moved_away", "on": "2014-01-01"}, {"citation": {"held": False}}),
    ],
    "deputies.resignation": [
        (
            {"yes": 36, "present": 50, "deputies": 72, "on": ON},
            {"passed": False, "citation": election(55, "第二款")},
        ),
        ({"yes": 37, "present": 50, "deputies": 72, "on": ON}, {"passed": True}),
        # 47 of 72 are no quorum
        ({"yes": 47, "present": 47, "deputies": 72, "on": ON}, {"passed": False}),
    ],
    "deputies.suspension": [
        (
            {
                "detained_in_criminal_case": True,
                "serving_without_loss_of_rights": True,
                "mandate_ended": False,
                "on": LATER,
            },
            Codes("suspension.detained", "suspension.serving"),
        ),
        (
            {
                "detained_in_criminal_case": False,
                "serving_without_loss_of_rights": False,
                "mandate_ended": False,
                "on": LATER,
            },
            Codes(),
        ),
        (
            {
                "detained_in_criminal_case": True,
                "serving_without_loss_of_rights": False,
                "mandate_ended": True,
                "on": ON,
            },
            Codes("suspension.mandate_ended"),
        ),
        (
            {
                "detained_in_criminal_case": True,
                "serving_without_loss_of_rights": False,
                "mandate_ended": False,
                "on": LATER,
                "level": "county",
            },
            [
                {
                    "code": "suspension.detained",
                    "message": "因刑事案件被羁押正在受侦查、起诉、审判，暂时停止执行代表职务；"
                    "由代表资格审查委员会向县级人大常委会报告",
                    "citation": deputies(61, "第一款"),
                }
            ],
        ),
    ],
    "deputies.two_congresses": [
        ({"other_area_is_superior_or_inferior": True, "on": ON}, Codes()),
        ({"other_area_is_superior_or_inferior": False, "on": ON}, Codes("deputies.two_unrelated")),
    ],
}
