"""Cases of the rules about the papers of an election, with the right answers."""

from typing import Any

from tests.law.cases_sessions import election
from tests.law.shapes_of_cases import Codes

E = "2026-11-25"


CASES: dict[str, list[tuple[dict[str, Any], Any]]] = {
    "papers.check_languages": [
        ({"autonomous": False, "nationality_township": False, "languages": ["汉文"], "on": E}, Codes()),
        (
            {"autonomous": True, "nationality_township": False, "languages": ["汉文"], "on": E},
            [{"code": "languages.one", "blocking": True, "citation": election(23)}],
        ),
        ({"autonomous": True, "nationality_township": False, "languages": ["汉文", "彝文"], "on": E}, Codes()),
        (
            {"autonomous": False, "nationality_township": True, "languages": ["汉文"], "on": E},
            [{"code": "languages.advice", "blocking": False, "force": "参照执行"}],
        ),
    ],
    "papers.check_roll_columns": [
        ({"columns": ["姓名", "性别"], "on": E}, Codes()),
        (
            {"columns": ["姓名", "性别", "出生年月", "身份证号"], "on": E},
            [
                {
                    "code": "columns.needless",
                    "blocking": False,
                    "message": "公布选民名单用不着“出生年月”，建议只列姓名，按当地做法加性别",
                },
                {"code": "columns.forbidden", "blocking": True, "message": "公开的选民名单不得列出“身份证号”"},
            ],
        ),
    ],
    "papers.check_citations": [
        ({"text": "根据选举法第二十八条、第二十九条的规定公布选民名单，对名单可以申诉。", "on": E}, Codes()),
        ({"text": "依照选举法第二十八条公布选民名单；依照选举法第29条可以申诉", "on": E}, Codes()),
        (
            {"text": "有不同意见的，可以依照选举法第二十八条（申诉）向选举委员会提出", "on": E},
            [
                {
                    "code": "citation.wrong",
                    "blocking": True,
                    "message": "“选举法第二十八条”不是现行有效的规定所在的条文，应为第二十九条",
                    "citation": election(29),
                }
            ],
        ),
        (
            {"text": "《选举法》（2020年修正）第六十一条", "on": E},
            [{"code": "citation.none", "blocking": True, "message": "现行选举法没有第六十一条"}],
        ),
        ({"text": "依照选举法第一条开展工作", "on": E}, Codes()),
        # several articles after one 第, and paragraphs between them
        ({"text": "依照选举法第二十八、二十九条，对名单有不同意见的可以申诉", "on": E}, Codes()),
        ({"text": "依照选举法第二十七、二十八条，有不同意见的可以申诉", "on": E}, Codes("citation.wrong")),
        ({"text": "依照选举法第三十条第二款、第三十一条第二款推荐代表候选人", "on": E}, Codes()),
        ({"text": "依照选举法第四十一条第一款及第四十二条委托投票", "on": E}, Codes()),
        ({"text": "依照选举法第四十、四十一条委托投票", "on": E}, Codes("citation.wrong")),
        ({"text": "《选举法》第二十八、六十一条", "on": E}, Codes("citation.none")),
        ({"text": "选民登记依照组织法第二十条", "on": E}, Codes()),
    ],
}
