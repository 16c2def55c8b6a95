"""Cases by rule: clocks and steps of suggestions."""

from typing import Any

from tests.law.cases_sessions import LATER, ON
from tests.law.shapes_of_cases import Codes, Refused


def law(article: int, clause: str = "") -> dict[str, Any]:
    """A citation of the deputies law."""
    return {"source_key": "deputies_law", "article": article, "clause": clause, "held": True}


DUE = {
    "date": "2022-06-10",
    "formula": "2022年3月10日交办 + 3个月 = 2022年6月10日",
    "citation": {"source_key": "deputies_law", "article": 42, "edition": "2015年修正"},
    "start_event": "交办之日",
    "start": "2022-03-10",
}

CASES: dict[str, list[tuple[dict[str, Any], Any]]] = {
    "suggestions.reply_due": [
        (
            {"assigned_on": "2022-03-10"},
            {
                "date": "2022-06-10",
                "formula": "2022年3月10日交办 + 3个月 = 2022年6月10日",
                "citation": law(42, "第一款"),
                "start_event": "交办之日",
                "statutory": True,
            },
        ),
        ({"assigned_on": "2025-03-11"}, {"date": "2025-06-11", "citation": law(51, "第二款")}),
        ({"assigned_on": "2025-03-10", "difficult": True}, {"date": "2025-09-10", "citation": law(42, "第一款")}),
        ({"assigned_on": "2025-11-30"}, {"date": "2026-02-28"}),
        ({"assigned_on": "2026-02-28"}, {"date": "2026-05-28"}),
        # a holiday does not move it: the last day falls on the National Day
        ({"assigned_on": "2025-07-01"}, {"date": "2025-10-01"}),
        ({"assigned_on": "2015-08-28"}, {"date": "2015-11-28", "provisional": True, "citation": {"held": False}}),
        (
            {"assigned_on": "2024-03-05", "pack": "shandong", "session_closed_on": "2024-02-28"},
            {
                "date": "2024-04-28",
                "formula": "2024年2月28日闭会 + 2个月 = 2024年4月28日",
                "start_event": "闭会之日",
                "citation": {"source_key": "shandong_township_rules", "article": 15},
            },
        ),
        (
            {
                "assigned_on": "2024-03-05",
                "pack": "qingdao",
                "session_closed_on": "2024-02-28",
                "difficult": True,
            },
            {"date": "2024-06-28", "citation": {"source_key": "shandong_township_rules"}},
        ),
        (
            {"assigned_on": "2024-03-05", "pack": "shandong"},
            {"date": "2024-06-05", "citation": {"source_key": "shandong_deputies_measures", "article": 40}},
        ),
        # before the Shandong text held took effect the national clock is given
        (
            {"assigned_on": "2015-10-08", "pack": "shandong", "session_closed_on": "2015-09-30"},
            {"date": "2016-01-08", "citation": law(42, "第一款")},
        ),
        (
            {"assigned_on": "2024-03-05", "pack": "chongqing", "session_closed_on": "2024-02-28"},
            {
                "date": "2024-05-05",
                "start_event": "交办之日",
                "citation": {"source_key": "chongqing_township_rules", "article": 16},
            },
        ),
        (
            {"assigned_on": "2024-03-05", "pack": "chongqing", "difficult": True, "at_session": True},
            {"date": "2024-07-05", "citation": {"source_key": "chongqing_township_rules", "article": 16}},
        ),
        # between sessions it goes to the presidium: 代表法办法 47, not 条例 16
        (
            {"assigned_on": "2026-06-01", "pack": "chongqing"},
            {
                "date": "2026-09-01",
                "statutory": True,
                "note": "",
                "citation": {"source_key": "chongqing_deputies_measures", "article": 47, "clause": "第一款"},
            },
        ),
        ({"assigned_on": "2026-06-01", "pack": "chongqing", "difficult": True}, {"date": "2026-12-01"}),
        # a session nobody has entered the closing day of: provisional, and said
        (
            {"assigned_on": "2024-03-05", "pack": "shandong", "at_session": True},
            {
                "date": "2024-05-05",
                "start_event": "交办之日",
                "provisional": True,
                "note": "条文自闭会之日起算；会议闭幕日期没有登记，暂自交办之日推算，请补登闭幕日期",
                "citation": {"source_key": "shandong_township_rules", "article": 15},
            },
        ),
        (
            {"assigned_on": "2024-03-05", "at_session": True},
            {"date": "2024-06-05", "provisional": False, "citation": law(42, "第一款")},
        ),
        ({"assigned_on": "2024-03-05", "pack": "henan"}, {"date": "2024-06-05", "citation": law(42, "第一款")}),
        ({"assigned_on": "2024-03-05", "pack": "hebei"}, Refused("规则包")),
    ],
    "suggestions.late": [
        ({"replied_on": "2022-06-10", "due": DUE}, {"late": False, "days": 0}),
        ({"replied_on": "2022-06-11", "due": DUE}, {"late": True, "days": 1}),
    ],
    "suggestions.may_extend": [
        ({"requested_on": "2022-06-10", "agreed_on": "2022-06-10", "due": DUE, "pack": "beijing"}, Codes()),
        ({"requested_on": "2022-06-01", "agreed_on": "2022-06-10", "due": DUE, "pack": "shandong"}, Codes()),
        (
            {"requested_on": "2022-06-01", "agreed_on": None, "due": DUE, "pack": "shandong"},
            Codes("extension.no_consent"),
        ),
        ({"requested_on": "2022-06-01", "agreed_on": None, "due": DUE}, Codes("~extension.no_consent")),
        (
            {"requested_on": "2022-06-11", "agreed_on": "2022-06-11", "due": DUE, "pack": "beijing"},
            Codes("extension.too_late", "extension.agreed_too_late"),
        ),
        ({"requested_on": "2022-06-09", "agreed_on": "2022-06-11", "due": DUE}, Codes("extension.agreed_too_late")),
        ({"requested_on": "2022-06-09", "agreed_on": "2022-06-08", "due": DUE}, Codes("extension.dates")),
        # 上海 and 青岛 are only referred to, 浙江's rule speaks of the province: they warn
        (
            {"requested_on": "2022-06-01", "agreed_on": None, "due": DUE, "pack": "shanghai"},
            [{"code": "extension.no_consent", "blocking": False, "force": "参照执行", "citation": {"article": 19}}],
        ),
        (
            {"requested_on": "2022-06-01", "agreed_on": None, "due": DUE, "pack": "qingdao"},
            Codes("~extension.no_consent"),
        ),
        (
            {"requested_on": "2022-06-01", "agreed_on": None, "due": DUE, "pack": "zhejiang"},
            [{"blocking": False, "force": "只及于省级代表，仅供借鉴", "citation": {"article": 21}}],
        ),
    ],
    "suggestions.redo_due": [
        (
            {"redo_assigned_on": "2024-01-31", "pack": "shandong"},
            {"date": "2024-02-29", "statutory": False, "citation": {"article": 24}},
        ),
        (
            {"redo_assigned_on": "2024-01-31", "pack": "chongqing"},
            {"date": "2024-03-31", "statutory": True, "citation": {"article": 47, "clause": "第三款"}},
        ),
        ({"redo_assigned_on": "2024-01-31", "pack": "zhejiang"}, {"date": "2024-02-29", "statutory": True}),
        ({"redo_assigned_on": "2024-01-31", "pack": "henan"}, {"date": "2024-02-29"}),
        ({"redo_assigned_on": "2024-01-31", "pack": "shanghai"}, {"date": "2024-02-29"}),
        ({"redo_assigned_on": "2024-01-31", "pack": "beijing"}, {"date": "2024-03-31"}),
        ({"redo_assigned_on": "2025-04-01"}, {"date": "2025-05-01", "statutory": False, "citation": law(52, "第一款")}),
        ({"redo_assigned_on": "2024-04-01", "office_months": 2}, {"date": "2024-06-01", "citation": law(42, "第三款")}),
    ],
    "suggestions.step_due": [
        ({"step": "feedback", "start": "2024-03-04"}, None),
        ({"step": "feedback", "start": "2024-03-04", "pack": "henan"}, {"date": "2024-03-18", "provisional": True}),
        ({"step": "feedback", "start": "2024-03-04", "pack": "beijing"}, {"date": "2024-03-25"}),
        (
            {"step": "feedback", "start": "2024-03-04", "pack": "chongqing", "calendar": {"covered_years": [2024]}},
            {"date": "2024-04-01", "provisional": False, "statutory": True},
        ),
        ({"step": "assign", "start": "2024-03-04", "pack": "shandong"}, {"date": "2024-03-09"}),
        ({"step": "assign", "start": "2024-03-04", "pack": "qingdao"}, {"date": "2024-03-11"}),
        ({"step": "assign", "start": "2024-03-04", "pack": "shanghai"}, {"date": "2024-03-13"}),
        ({"step": "accept_notice", "start": "2024-03-04", "pack": "zhejiang"}, {"date": "2024-03-11"}),
        ({"step": "return", "start": "2024-03-04", "pack": "zhejiang"}, {"date": "2024-03-14"}),
        ({"step": "return", "start": "2024-03-04", "pack": "shandong"}, {"date": "2024-03-09"}),
        ({"step": "reassign", "start": "2024-03-04", "pack": "chongqing"}, {"date": "2024-03-18"}),
        ({"step": "first_contact", "start": "2024-03-04", "pack": "chongqing"}, {"date": "2024-04-01"}),
        ({"step": "assisting", "start": "2024-03-04", "pack": "henan"}, {"date": "2024-05-04"}),
        ({"step": "assisting", "start": "2024-03-04", "pack": "shanghai"}, {"date": "2024-04-04"}),
        ({"step": "assisting", "start": "2024-03-04", "pack": "chongqing"}, {"date": "2024-04-16"}),
        ({"step": "unknown", "start": "2024-03-04"}, Refused("只能是")),
        # 浙江's rule speaks of deputies of the province, and no clause extends it to townships
        (
            {"step": "assisting", "start": "2024-03-04", "pack": "zhejiang"},
            {
                "date": "2024-05-04",
                "statutory": False,
                "note": "该规定只写了向省级人大提出的建议，没有写乡镇参照，仅供借鉴",
            },
        ),
        ({"step": "return", "start": "2024-03-04", "pack": "zhejiang"}, {"statutory": False}),
    ],
    "suggestions.inspection_feedback_due": [
        ({"forwarded_on": "2024-03-04"}, None),
        ({"forwarded_on": "2024-03-04", "pack": "zhejiang"}, {"date": "2024-06-04"}),
        (
            {"forwarded_on": "2024-03-04", "pack": "chongqing"},
            {"date": "2024-04-04", "note": "条文写的是书面反馈交办机构，没有写直接向代表反馈"},
        ),
    ],
    "suggestion_steps.acceptable": [
        ({"grounds": [], "on": ON}, Codes()),
        (
            {"grounds": ["personal", "tender"], "on": ON, "pack": "zhejiang"},
            Codes("~suggestion.personal", "~suggestion.tender"),
        ),
        ({"grounds": ["personal"], "on": ON, "pack": "shandong"}, Codes("~suggestion.personal")),
        # 代表法 speaks of seeking gain and of suggestions without substance; the rest is practice
        ({"grounds": ["own_unit"], "on": ON}, [{"blocking": False, "citation": None, "force": "机关内部惯例"}]),
        ({"grounds": ["tender", "empty"], "on": LATER}, [{"citation": law(59)}, {"citation": law(36)}]),
        ({"grounds": ["weather"], "on": ON}, Refused("只能是")),
    ],
    "suggestion_steps.one_matter_hints": [
        (
            {
                "title": "关于修建村口道路的建议",
                "content": "村口道路狭窄，雨天积水，学生上学不便，建议拓宽并加装路灯。",
                "on": ON,
            },
            Codes(),
        ),
        (
            {
                "title": "关于修路的建议",
                "content": "一、村口道路狭窄，建议拓宽。二、水渠多年失修，建议清淤。此外，村小学缺少操场，建议新建。",
                "on": ON,
                "pack": "shandong",
            },
            [{"code": "suggestion.several_matters", "force": "可以参照", "citation": {"article": 8}}],
        ),
        ({"title": "修路", "content": "请修路。", "on": LATER}, Codes("~suggestion.not_concrete")),
    ],
    "suggestion_steps.joint_repliees": [
        (
            {"lead": "甲", "cosigners": ["乙", "丙", "甲"], "on": ON},
            {"reply_to": ["甲", "乙", "丙"], "rated_by": "甲", "relay_by_lead": False},
        ),
        (
            {"lead": "甲", "cosigners": ["乙"], "on": ON, "pack": "shandong"},
            {"reply_to": ["甲", "乙"], "relay_by_lead": True, "citation": {"article": 20}},
        ),
        (
            {"lead": "甲", "cosigners": ["乙"], "on": ON, "pack": "qingdao"},
            {"reply_to": ["甲"], "relay_by_lead": True, "citation": {"article": 28}},
        ),
        (
            {"lead": "甲", "cosigners": ["乙"], "on": ON, "pack": "chongqing"},
            {"reply_to": ["甲", "乙"], "relay_by_lead": False, "citation": {"article": 23}},
        ),
    ],
    "suggestion_steps.check_dates": [
        (
            {
                "dates": {
                    "submitted_on": "2024-03-01",
                    "assigned_on": "2024-03-01",
                    "signed_on": "2024-03-01",
                    "talked_on": "2024-03-02",
                    "replied_on": "2024-03-02",
                    "rated_on": "2024-03-02",
                }
            },
            Codes(),
        ),
        (
            {
                "dates": {
                    "submitted_on": "2024-03-02",
                    "assigned_on": "2024-03-01",
                    "signed_on": "2024-02-28",
                    "talked_on": "2024-02-28",
                    "replied_on": "2024-02-27",
                    "rated_on": "2024-02-26",
                }
            },
            Codes(
                "dates.assigned_on_before_submitted_on",
                "dates.signed_on_before_assigned_on",
                "dates.talked_on_before_assigned_on",
                "dates.replied_on_before_assigned_on",
                "dates.replied_on_before_signed_on",
                "dates.rated_on_before_replied_on",
            ),
        ),
        (
            {"dates": {"submitted_on": "2024-03-02", "replied_on": "2024-04-02"}, "today": "2024-04-01"},
            Codes("dates.replied_on_without_assigned_on", "dates.replied_on_in_future", "~dates.no_talk"),
        ),
    ],
    "suggestion_steps.check_rating": [
        # no national text asks for a reason or for the lead deputy: practice, and nothing refuses
        (
            {"attitude": "satisfied", "result": "dissatisfied", "reason": "  ", "rated_by_lead": False, "on": ON},
            [
                {
                    "code": "rating.no_reason",
                    "blocking": False,
                    "citation": None,
                    "force": "机关内部惯例",
                    "field": "reason",
                },
                {"code": "rating.not_lead", "blocking": False, "citation": None, "force": "机关内部惯例"},
            ],
        ),
        *(
            (
                {
                    "attitude": "dissatisfied",
                    "result": "basic",
                    "reason": "",
                    "rated_by_lead": True,
                    "on": ON,
                    "pack": pack,
                },
                [{"code": "rating.no_reason", "blocking": False, "force": force, "citation": {"article": article}}],
            )
            for pack, force, article in (
                ("henan", "可以参照", 22),
                ("shandong", "可以参照", 23),
                ("chongqing", "参照执行", 27),
                ("shanghai", "参照执行", 21),
            )
        ),
        (
            {"attitude": "dissatisfied", "result": "basic", "reason": "没有上门", "rated_by_lead": True, "on": ON},
            Codes(),
        ),
        ({"attitude": "basic", "result": "basic", "reason": "", "rated_by_lead": True, "on": LATER}, Codes()),
    ],
    "suggestion_steps.satisfaction": [
        (
            {"satisfied": 86, "basic": 7, "dissatisfied": 0, "no_response": 0, "on": ON},
            {
                "base": 93,
                "satisfied_rate": 9247,
                "basic_rate": 753,
                "dissatisfied_rate": 0,
                "satisfied_or_basic_rate": 10000,
            },
        ),
        # silence is neither satisfaction nor its opposite: outside the base, and said
        (
            {"satisfied": 40, "basic": 6, "dissatisfied": 2, "no_response": 12, "on": ON},
            {
                "base": 48,
                "satisfied_rate": 8333,
                "no_response": 12,
                "citation": None,
                "note": "分母为48件：代表已作评价的建议（未评价的不计，也不视为满意）；未评价12件；满意率不含基本满意。"
                "分母的口径没有全国性规定",
            },
        ),
        (
            {"satisfied": 8, "basic": 0, "dissatisfied": 0, "no_response": 2, "on": ON, "pack": "chongqing"},
            {
                "base": 8,
                "satisfied_rate": 10000,
                "citation": {"source_key": "chongqing_suggestion_rules", "article": 29},
            },
        ),
        (
            {"satisfied": 0, "basic": 0, "dissatisfied": 0, "no_response": 0, "on": ON},
            {"base": 0, "satisfied_rate": None},
        ),
        ({"satisfied": -1, "basic": 0, "dissatisfied": 0, "no_response": 0, "on": ON}, Refused("不能为负")),
    ],
    "suggestion_steps.unlisted_motion": [
        (
            {"on": ON},
            {"code": "motion.becomes_suggestion", "blocking": False, "citation": None, "force": "机关内部惯例"},
        ),
        (
            {"on": ON, "pack": "chongqing"},
            {"citation": {"source_key": "chongqing_township_rules", "article": 14}, "force": ""},
        ),
        # 山东 2 speaks of the provincial congress; townships may refer to it
        (
            {"on": ON, "pack": "shandong"},
            {"citation": {"source_key": "shandong_suggestion_rules", "article": 2}, "force": "可以参照"},
        ),
        ({"on": ON, "pack": "zhejiang"}, {"force": "只及于省级代表，仅供借鉴"}),
    ],
    "suggestion_steps.second_handling": [
        ({"rating": "basic", "times_redone": 0, "on": ON}, Codes()),
        ({"rating": "dissatisfied", "times_redone": 0, "on": ON}, [{"citation": None, "force": "机关内部惯例"}]),
        (
            {"rating": "dissatisfied", "times_redone": 0, "on": ON, "pack": "zhejiang"},
            [
                {
                    "code": "redo.needed",
                    "force": "",
                    "citation": {"source_key": "zhejiang_deputies_measures", "article": 43},
                }
            ],
        ),
        # 重庆 47 leaves it to the presidium: 视情况
        (
            {"rating": "dissatisfied", "times_redone": 0, "on": ON, "pack": "chongqing"},
            [
                {
                    "message": "评价不满意，视情况，由主席团交承办单位重新办理并再次答复；首次评价保留，与最终评价分别统计",
                    "citation": {"article": 47, "clause": "第三款"},
                }
            ],
        ),
        (
            {"rating": "dissatisfied", "times_redone": 1, "on": ON, "pack": "henan"},
            [{"code": "redo.still_dissatisfied", "force": "可以参照", "citation": {"article": 22}}],
        ),
        ({"rating": "dissatisfied", "times_redone": 1, "on": ON}, [{"citation": None, "force": "机关内部惯例"}]),
    ],
    "suggestion_steps.check_closing": [
        # 浙江 43 wants it handled again; 重庆, 上海 and 北京 where it is needed; elsewhere it is practice
        ({"on": ON, "pack": "zhejiang"}, Codes("step.close")),
        ({"on": ON, "pack": "shandong"}, [{"code": "step.close", "blocking": False, "force": "可以参照"}]),
        ({"on": ON}, [{"code": "step.close", "blocking": False, "citation": None, "force": "机关内部惯例"}]),
        ({"on": ON, "pack": "chongqing"}, [{"code": "close.explain", "blocking": False, "force": ""}]),
        ({"on": ON, "pack": "shanghai"}, [{"code": "close.explain", "blocking": False, "force": "参照执行"}]),
    ],
}
