"""The ways a matter goes after the reception, its result, and telling the voter."""

from collections.abc import Iterator
from datetime import date, timedelta

from congress import clock
from congress.law.finding import Finding
from congress.models import Unit
from congress.steps import Attempt, change
from congress.wording import chinese_date
from proposals.actions.suggestions import submit_suggestion
from proposals.models import Handing, Matter

ON_THE_SPOT = "当面"
ASK_AFTER = timedelta(days=30)  # the office's practice where it says no day
Channel = Matter.Channel

# -- the ways, as values of a matter: for the step, and for a matter whose way was clear when it was written down


def answered(answer: str, on: date, opinion: str = "") -> dict:
    """The deputy could answer at once: the voter is told, and may say what to think of it; the matter is resolved that day."""
    told = {"resolved_on": on, "told_on": on, "told_how": ON_THE_SPOT, "opinion": opinion}
    return {"channel": Channel.ON_THE_SPOT, "channelled_on": on, "answer": answer, **told}


def handed(unit: Unit, note: str, on: date) -> dict:
    """A unit of the town or the county deals with it."""
    return {"channel": Channel.UNIT, "channelled_on": on, "unit": unit, "answer": note, "delivered_on": None}


def proposed(unit: Unit, note: str) -> dict:
    """What a deputy thinks where the clerk hands over: the matter still waits for its way."""
    return {"proposed_unit": unit, "proposed_note": note}


def passed(passed_to: str, on: date, ask_on: date | None = None) -> dict:
    """Beyond the township's power: a higher body, which is named, has it, and is asked on a day what became of it."""
    values = {"channel": Channel.UPWARD, "channelled_on": on, "passed_to": passed_to}
    return {**values, "ask_on": ask_on or on + ASK_AFTER}


def declined(proper_channel: str, on: date) -> dict:
    """Not for the congress (lawsuits, arbitration, petitions of one's own …): the voter is told where to go instead."""
    told = {"told_on": on, "told_how": ON_THE_SPOT}
    return {"channel": Channel.DECLINED, "channelled_on": on, "proper_channel": proper_channel, **told}


# What has to be said with a way, and how much of it there is room for.
ASKED = {
    Channel.ON_THE_SPOT: "请写明当场答复的内容。",
    Channel.UPWARD: "请写明报送给谁，如上一级人大常委会。",
    Channel.DECLINED: "请写明告知选民的正当渠道，如信访、诉讼、行政复议、仲裁。",
}
LONGEST = {Channel.UPWARD: 60, Channel.DECLINED: 100}


def values(channel: str, text: str, unit: Unit | None, on: date, opinion: str = "") -> dict:
    """The values of a way with its text; none where the way is still open, or is decided on the suggestion's page."""
    made = {
        Channel.ON_THE_SPOT: lambda: answered(text, on, opinion),
        Channel.UNIT: lambda: handed(unit, text, on),
        Channel.UPWARD: lambda: passed(text, on),
        Channel.DECLINED: lambda: declined(text, on),
    }
    return made[channel]() if channel in made else {}


# -- the acts of the steps


def answer(attempt: Attempt) -> dict:
    """Answered on the spot."""
    change(attempt.record, **answered(attempt.data["answer"], attempt.on, attempt.data["opinion"]))
    return {}


def hand(attempt: Attempt) -> dict:
    """Hand the matter to a unit."""
    unit = attempt.data["unit"]
    change(attempt.record, **handed(unit, attempt.data["note"], attempt.on))
    return {"承办单位": str(unit)}


def propose(attempt: Attempt) -> dict:
    """A deputy says which unit should have it; the clerk hands it over, or decides otherwise."""
    unit = attempt.data["unit"]
    change(attempt.record, **proposed(unit, attempt.data["note"]))
    return {"拟转办单位": str(unit)}


def agree(attempt: Attempt) -> dict:
    """Hand the matter to the unit its deputy proposed."""
    matter = attempt.record
    change(matter, **handed(matter.proposed_unit, matter.proposed_note, attempt.on))
    return {"承办单位": str(matter.unit)}


def deliver(attempt: Attempt) -> dict:
    """The printed slip was given to the unit."""
    change(attempt.record, delivered_on=attempt.on)
    return {"承办单位": str(attempt.record.unit)}


def _let_go(matter: Matter, on: date, reason: str) -> str:
    """Keep in the thread that a unit had the matter; returns the unit's name."""
    Handing.objects.create(
        township_id=matter.township_id,
        matter=matter,
        unit_id=matter.unit_id,
        handed_on=matter.channelled_on,
        ended_on=on,
        reason=reason,
    )
    return str(matter.unit)


def give_back(attempt: Attempt) -> dict:
    """The unit says that the matter is not its business; it waits for another way."""
    unit = _let_go(attempt.record, attempt.on, attempt.data["reason"])
    change(attempt.record, channel="", channelled_on=None, unit=None, answer="", delivered_on=None)
    return {"承办单位": unit}


def hand_to_another(attempt: Attempt) -> dict:
    """The matter went to the wrong unit and is given to another one."""
    before = _let_go(attempt.record, attempt.on, attempt.data["note"] or "改由其他单位办理")
    unit = attempt.data["unit"]
    change(attempt.record, **handed(unit, attempt.data["note"], attempt.on))
    return {"原承办单位": before, "承办单位": str(unit)}


def check_another_unit(attempt: Attempt) -> Iterator[Finding]:
    """Another unit than the one that has it."""
    if attempt.data["unit"].pk == attempt.record.unit_id:
        yield Finding("units", "这件事项正由这个单位办理，请选择其他单位。", field="unit")


def pass_upward(attempt: Attempt) -> dict:
    """Pass the matter to a higher body."""
    change(attempt.record, **passed(attempt.data["passed_to"], attempt.on, attempt.data["ask_on"]))
    return {}


def check_asking(attempt: Attempt) -> Iterator[Finding]:
    """The day of asking lies ahead."""
    if attempt.data["ask_on"] and attempt.data["ask_on"] <= attempt.on:
        yield Finding("asking.day", "询问的日期应当在以后。", field="ask_on")


def ask(attempt: Attempt) -> dict:
    """The higher body was asked; what it said stands with the matter, and it is asked again on another day."""
    matter = attempt.record
    said = f"{chinese_date(attempt.on)}询问{matter.passed_to}：{attempt.data['note']}"
    change(matter, answer=f"{matter.answer}\n{said}".strip(), ask_on=attempt.data["ask_on"])
    return {"下次询问": str(attempt.data["ask_on"])}


def decline(attempt: Attempt) -> dict:
    """Tell the voter where to go instead."""
    change(attempt.record, **declined(attempt.data["proper_channel"], attempt.on))
    return {}


def turn(attempt: Attempt) -> dict:
    """Make a suggestion of the matter; each keeps the way to the other. Side effect: the suggestion's own event."""
    matter = attempt.record
    attempt.made = submit_suggestion(attempt.actor, matter.township, on=attempt.on, matter=matter, **attempt.data)
    change(matter, channel=Channel.SUGGESTION, channelled_on=attempt.on)
    return {}


def resolve(attempt: Attempt) -> dict:
    """Write down how a handed or passed matter was dealt with; a suggestion's result comes by itself."""
    matter = attempt.record
    change(matter, resolved_on=attempt.on, answer=f"{matter.answer}\n{attempt.data['answer']}".strip())
    return {}


def tell(attempt: Attempt) -> dict:
    """The voter was told the result: when, how, and what the voter thought of it."""
    change(attempt.record, told_on=attempt.on, told_how=attempt.data["how"], opinion=attempt.data["opinion"])
    return {}


def correct(attempt: Attempt) -> dict:
    """Correct how a matter was written down."""
    return {"项目": change(attempt.record, **attempt.data)}


def withdraw(attempt: Attempt) -> dict:
    """Take back a matter entered by mistake."""
    change(attempt.record, withdrawn_at=clock.now(), withdrawn_reason=attempt.data["reason"])
    return {}
