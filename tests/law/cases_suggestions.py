"""Cases by rule: the clocks of suggestions."""

from typing import Any

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
}
