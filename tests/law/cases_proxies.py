"""Cases by rule: proxies, and how those vote who are in prison or detained."""

from typing import Any

from tests.law.cases_sessions import election
from tests.law.shapes_of_cases import Codes, Refused

E = "2026-12-16"

CASES: dict[str, list[tuple[dict[str, Any], Any]]] = {
    "proxies.check_reason": [
        ({"reason": "away", "on": E}, Codes()),
        ({"reason": "away", "on": E, "pack": "zhejiang"}, Codes()),
        # no local text held: other provinces name more, so the committee is asked and nobody refused
        ({"reason": "ill", "on": E}, Codes("~proxy.reason")),
        ({"reason": "ill", "on": E, "pack": "henan"}, Codes("~proxy.reason")),
        ({"reason": "ill", "on": E, "pack": "zhejiang"}, Codes()),
        ({"reason": "special", "on": E, "pack": "zhejiang"}, Codes("proxy.reason")),
        ({"reason": "special", "on": E, "pack": "shanghai"}, Codes()),
        (
            {"reason": "ill", "on": E, "pack": "shandong"},
            [{"code": "proxy.reason", "blocking": True, "field": "reason", "citation": {"article": 44}}],
        ),
        ({"reason": "detained", "on": E, "pack": "beijing"}, Codes()),
    ],
    "proxies.check_consent": [
        ({"by": "committee", "deed_on": None, "consented_on": "2026-12-10", "election_day": E}, Codes()),
        (
            {"by": "committee", "deed_on": None, "consented_on": "2026-12-17", "election_day": E},
            [{"code": "proxy.consent_late", "citation": election(42)}],
        ),
        ({"by": "group", "deed_on": None, "consented_on": "2026-12-10", "election_day": E}, Codes("proxy.no_deed")),
        (
            {"by": "group", "deed_on": "2026-12-11", "consented_on": "2026-12-10", "election_day": E},
            Codes("proxy.no_deed"),
        ),
        (
            {"by": "group", "deed_on": "2026-12-01", "consented_on": "2026-12-10", "election_day": E},
            Codes("~proxy.by_group"),
        ),
        (
            {
                "by": "group",
                "deed_on": "2026-12-01",
                "consented_on": "2026-12-10",
                "election_day": E,
                "pack": "shandong",
            },
            Codes(),
        ),
    ],
    "proxies.check_away": [
        ({"since": None, "until": None, "voting_day": E}, Codes()),
        ({"since": E, "until": E, "voting_day": E}, Codes()),
        ({"since": "2026-11-01", "until": "2026-12-16", "voting_day": E}, Codes()),
        (
            {"since": "2026-11-01", "until": "2026-12-15", "voting_day": E},
            [{"code": "proxy.not_away", "blocking": True, "field": "until", "citation": election(42)}],
        ),
        (
            {"since": "2026-12-17", "until": None, "voting_day": E},
            [{"code": "proxy.not_away", "blocking": True, "field": "since", "citation": election(42)}],
        ),
    ],
    "proxies.check_onward": [
        ({"principal": "乙", "principal_holds": 0, "agent": "丙", "agent_delegated": False, "on": E}, Codes()),
        # X-Q02: 乙 holds the proxy of 甲 and goes away himself: nothing is passed on, 甲 entrusts somebody else
        (
            {"principal": "乙", "principal_holds": 1, "agent": "丙", "agent_delegated": False, "on": E},
            [
                {
                    "code": "proxy.onward",
                    "message": "乙受托为1人投票，受托的票不能转委托：先取消这些委托，由委托人另行委托，再办理乙本人的委托",
                    "citation": election(42),
                }
            ],
        ),
        (
            {"principal": "甲", "principal_holds": 0, "agent": "乙", "agent_delegated": True, "on": E},
            Codes("proxy.agent_away"),
        ),
    ],
    "proxies.check_total": [
        ({"proxies": 405, "attended": 135, "on": E}, Codes()),
        (
            {"proxies": 406, "attended": 135, "on": E},
            [{"code": "proxy.impossible", "blocking": False, "citation": {"article": 42}}],
        ),
        ({"proxies": 1, "attended": 0, "on": E}, Codes("~proxy.impossible")),
    ],
    "proxies.check_share": [
        ({"proxies": 29, "registered": 100, "noted": False, "on": E}, Codes()),
        # 湘潭 2016: 33 proxies of 152 voters are 21.7 %; 锡铁山: 161 of 296
        ({"proxies": 33, "registered": 152, "noted": False, "on": E}, Codes()),
        ({"proxies": 161, "registered": 296, "noted": False, "on": E}, Codes("~proxy.share")),
        ({"proxies": 30, "registered": 100, "noted": False, "on": E}, Codes("~proxy.share")),
        ({"proxies": 30, "registered": 100, "noted": True, "on": E}, Codes()),
        ({"proxies": 0, "registered": 0, "noted": False, "on": E}, Codes()),
    ],
    "proxies.may_publish": [
        ({"on": E, "pack": "zhejiang"}, Codes()),
        ({"on": E}, Codes("proxy.not_published")),
    ],
    "proxies.ways_of": [
        # X-E02: 若干规定 5, held and on trial, nothing decided: mobile box or proxy
        ({"situation": "held", "on": E}, ["mobile_box", "proxy"]),
        ({"situation": "held", "on": E, "pack": "shandong"}, ["mobile_box", "proxy"]),
        ({"situation": "custody", "on": E}, ["mobile_box", "proxy", "home"]),
        ({"situation": "bail", "on": E}, ["mobile_box", "proxy", "station"]),
        # X-E01: 浙江 30, 44: registered and votes where the sentence is executed
        ({"situation": "imprisoned", "on": E, "pack": "zhejiang"}, ["there"]),
        ({"situation": "control", "on": E, "pack": "zhejiang"}, ["station", "mobile_box"]),
        ({"situation": "imprisoned", "on": E, "pack": "shanghai"}, ["there"]),
        ({"situation": "imprisoned", "on": E, "pack": "beijing"}, ["there", "proxy"]),
        ({"situation": "abroad", "on": E}, Refused("没有这种情形")),
    ],
    "proxies.check_custody": [
        ({"situation": "held", "way": "proxy", "agreed": True, "paper": True, "on": E}, Codes()),
        (
            {"situation": "held", "way": "home", "agreed": True, "paper": True, "on": E},
            [{"code": "custody.way", "blocking": True, "citation": {"article": 5, "clause": "第二款"}}],
        ),
        # the national text names the proxy, 浙江 44 does not for prisoners: open, told and not refused
        (
            {"situation": "imprisoned", "way": "proxy", "agreed": True, "paper": True, "on": E, "pack": "zhejiang"},
            [{"code": "custody.way", "blocking": False, "citation": {"article": 44, "clause": "第一款"}}],
        ),
        (
            {"situation": "custody", "way": "mobile_box", "agreed": False, "paper": True, "on": E},
            Codes("custody.not_agreed"),
        ),
        (
            {"situation": "custody", "way": "mobile_box", "agreed": True, "paper": False, "on": E},
            Codes("custody.not_agreed"),
        ),
    ],
}
