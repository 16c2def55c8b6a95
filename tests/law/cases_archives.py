"""Cases by rule: to whom the papers of an election go, and when they may be destroyed."""

from typing import Any

from tests.law.shapes_of_cases import Codes


def asked(paper: str, today: str = "2032-01-10", **more: Any) -> dict[str, Any]:
    """Papers of a work that was closed on 10 January 2027, whose congress first met in February."""
    return {"paper": paper, "today": today, "closed_on": "2027-01-10", "session_closed_on": "2027-02-11"} | more


CASES: dict[str, list[tuple[dict[str, Any], Any]]] = {
    "archives.hand_over": [
        ({"on": "2026-12-20"}, {"value": None}),
        (
            {"on": "2026-12-20", "pack": "zhejiang"},
            {"value": "选票、文件、表册、印章分别交县级人大常委会、乡级人大主席团", "force": "直接适用"},
        ),
    ],
    "archives.check_destroying": [
        (asked("report"), Codes("archive.lasting")),
        (asked("voter_list", closed_on=None), Codes("archive.lasting")),
        (asked("forms"), Codes()),
        (asked("forms", "2032-01-09"), Codes("archive.early")),
        (asked("ledger", closed_on=None), Codes("archive.open")),
        (asked("ballots", "2027-03-11"), Codes()),
        (asked("ballots", "2027-03-10"), Codes("archive.early")),
        (asked("ballots", session_closed_on=None), Codes("archive.session")),
        (asked("ballots", "2027-06-01", closed_on="2027-06-02"), Codes("archive.early")),
        (asked("ballots", closed_on=None, session_closed_on=None), Codes("archive.open")),
    ],
}
