"""Cases by rule: the steps of suggestions, from the taking to the rating."""

from typing import Any

from tests.law.cases_sessions import LATER, ON
from tests.law.cases_suggestions import law
from tests.law.shapes_of_cases import Codes, Refused

CASES: dict[str, list[tuple[dict[str, Any], Any]]] = {
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
            {"reply_to": ["甲", "乙", "丙"], "rated_by": "甲", "relay_by_lead": False, "force": ""},
        ),
        (
            {"lead": "甲", "cosigners": ["乙"], "on": ON, "pack": "shandong"},
            {"reply_to": ["甲", "乙"], "relay_by_lead": True, "citation": {"article": 20}},
        ),
        (
            {"lead": "甲", "cosigners": ["乙"], "on": ON, "pack": "qingdao"},
            {"reply_to": ["甲"], "relay_by_lead": True, "force": "可以参照", "citation": {"article": 28}},
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
    "suggestion_steps.separate": [
        ({"on": ON}, {"code": "suggestion.separate", "blocking": False, "citation": None, "force": "机关内部惯例"}),
        (
            {"on": ON, "pack": "chongqing"},
            {"citation": {"source_key": "chongqing_suggestion_rules", "article": 20}, "force": "参照执行"},
        ),
        (
            {"on": ON, "pack": "henan"},
            {"citation": {"source_key": "henan_suggestion_rules", "article": 18}, "force": "可以参照"},
        ),
        ({"on": ON, "pack": "zhejiang"}, {"force": "只及于省级代表，仅供借鉴"}),
        # 山东 21 speaks of a lead unit and assisting ones only
        ({"on": ON, "pack": "shandong"}, {"citation": None, "force": "机关内部惯例"}),
    ],
    "suggestion_steps.merged": [
        ({"on": ON}, {"code": "suggestion.merged", "blocking": False, "citation": None, "force": "机关内部惯例"}),
        (
            {"on": ON, "pack": "shandong"},
            {"citation": {"source_key": "shandong_suggestion_rules", "article": 20}, "force": "可以参照"},
        ),
        (
            {"on": ON, "pack": "henan"},
            {"citation": {"source_key": "henan_suggestion_rules", "article": 21}, "force": "可以参照"},
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
