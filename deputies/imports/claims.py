"""What a row says of its own seat: of which term, how it came, whether and when it ended. Nobody is seated against it."""

from datetime import date
from typing import Any

from congress import clock
from congress.guard.action import Refused
from congress.law.numerals import to_chinese
from deputies.actions import check_end
from deputies.imports import words
from deputies.imports.filling import elected_day
from deputies.imports.tables import SEAT_CODES
from deputies.imports.terms import Seat
from deputies.models import Mandate


def seated(seat: Seat, values: dict[str, Any]) -> bool:
    """Whether a row is to hold a seat of the term; a table we exported names the seats of everybody."""
    if "seats" not in values:
        return True
    said = values["seats"] or ""
    if said and not words.terms_named(said):
        return True
    return any(seat.words in each and not words.unseated(each) for each in said.split("、"))


def check_claims(seat: Seat, values: dict[str, Any]) -> list[tuple[str, str]]:
    """What a row says of its seat that does not go with registering it: (column key, message)."""
    term, wrong = seat.term, []
    numbers, levels = words.terms_in(values.get("terms") or ""), words.levels_in(values.get("levels") or "")
    if numbers and term.number not in numbers:
        named = "、".join(f"第{to_chinese(number)}届" for number in sorted(numbers))
        wrong.append(("terms", f"这一行写的是{named}，与所选的{term}不同"))
    if levels and term.level not in levels:
        wrong.append(("levels", f"这一行写的不是{term.get_level_display()}代表"))
    if not values.get("ended_on"):
        told = {name: values.get(name) or "" for name in ("standing", "seats", "remark")}
        if words.terms_named(told["seats"]):
            del told["seats"]  # each seat with its own end, which `seated` reads
        wrong += [(name, flagged(word)) for name, text in told.items() if (word := words.unseated(text))]
    return wrong + _check_days(seat, values)


def _check_days(seat: Seat, values: dict[str, Any]) -> list[tuple[str, str]]:
    said, common = values.get("elected_on"), seat.elected_on
    if values.get("how") == Mandate.How.BY_ELECTION.label and not said:
        where = "remark" if "补选" in (values.get("remark") or "") else "how"
        return [(where, "补选产生的要写明当选日期，如2023年5月20日补选")]
    if said and len(said) == 7 and not common.isoformat().startswith(said):
        return [("elected_on", "当选日期只有年月，请写成2021-10-20这样的完整日期")]
    elected = elected_day(said, common)
    if elected > clock.today():
        return [("elected_on", "当选日期不能晚于今天")]
    reason, ended = values.get("end_reason"), values.get("ended_on")
    if bool(reason) != bool(ended):
        return [
            ("end_reason", "写明终止原因的，要有终止日期") if reason else ("ended_on", "写明终止日期的，要有终止原因")
        ]
    return _check_end(seat, elected, ended, reason) if ended else []


def _check_end(seat: Seat, elected: date, ended: Any, reason: str) -> list[tuple[str, str]]:
    day = ended if isinstance(ended, date) else date.fromisoformat(ended)
    mandate = Mandate(township=seat.term.township, term=seat.term, level=seat.term.level, elected_on=elected)
    try:
        check_end(mandate, ended_on=day, reason=SEAT_CODES["end_reason"][reason])
    except Refused as refused:
        return [("ended_on", finding.message.rstrip("。")) for finding in refused.findings]
    return []


def flagged(word: str) -> str:
    """The sentence about a word by which somebody has no seat, or has it no longer."""
    return (
        f"写着“{word}”，不能登记为在任代表；已终止的请在备注写明完整日期（如2024年3月5日去世），"
        "与代表资格无关的请改写这句话，不是代表的请删去这一行"
    )
