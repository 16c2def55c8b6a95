"""How each life is walked, by real steps, through all its states; and what is entered at each step."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Model

from congress.guard import scope
from congress.guard.action import action
from congress.models import Role, Unit
from congress.steps import Life, Step
from deputies.actions import ask_correction
from deputies.life import CORRECTION, MANDATE
from proposals.forms.suggestions import UnitStepForm
from proposals.life import MATTER, RECEPTION, SUGGESTION
from proposals.models import Suggestion
from reports.actions import save_section
from reports.actions import start as begin_report
from reports.life import ANNUAL
from reports.models import AnnualReport
from reports.queries.annual import sections
from tests.cast import SET_UP, _user
from tests.proposals.helpers import a_matter, day, log, new_matter, submit

ON = day(6, 5)  # after every fact of the walks, and before anything runs out


@dataclass(frozen=True)
class Walk:
    """`states` yields (name, record) after each step; `samples` is what is entered, by step; `users` who look on."""

    states: Callable[..., Iterator[tuple[str, Model]]]
    samples: dict[str, Callable[..., dict]]
    users: tuple[str, ...] = ("clerk", "chair", "deputy_user", "deputy2", "handler", "other_handler", "county_viewer")


def people(world) -> None:
    """A second deputy with an account, and a unit nobody acts for."""
    with scope.accounts(), action(SET_UP, actor=None):
        world.users["deputy2"] = _user("deputy2", Role.DEPUTY, name="云溪代表二", township=world.township)
    with world.in_township(), action(SET_UP, actor=None):
        world.deputies[1].account = world.deputy2
        world.deputies[1].save()
        world.users["third_unit"] = Unit.objects.create(township=world.township, name="农业服务中心")


def entered(walk: Walk, step: Step, world, attempt) -> dict:
    """What is entered at a step, with the unit it is for where the form asks for one: the first it lets choose."""
    data = walk.samples[step.key](world)
    if issubclass(step.form, UnitStepForm) and not attempt.against():
        data["unit"] = Unit.objects.get(pk=step.options(attempt)["waiting"][0])
    return data


def sent(step: Step, record, data: dict) -> dict:
    """The same entries as a browser sends them."""

    def plain(value):
        if isinstance(value, Model):
            return str(value.pk)
        if isinstance(value, date):
            return value.isoformat()
        return [plain(one) for one in value] if isinstance(value, list) else str(value)

    values = {name: plain(value) for name, value in data.items() if value is not False}
    return {"version": str(record.version), step.day: ON.isoformat(), "confirmed": "on", **values}


def steps_of(life: Life, record) -> Callable:
    """Take a step of this record on a day: go("sign", user, day(3, 21), …)."""
    return lambda key, user, on, **data: life.take(key, user, record, on=on, **data)


# -- suggestions


def suggestions(world) -> Iterator[tuple[str, Model]]:
    """From the deputy's words to every end, through each branch."""
    yield from _handled_twice(world)
    yield from _returned(world)
    yield from _ended(world)
    yield from _apart(world)
    yield from _joined(world)


def _joined(world):
    main = submit(world, title=MAIN)
    SUGGESTION.take("register", world.clerk, main, on=day(3, 17))
    row = submit(world, title="关于同一条路的建议")
    go = steps_of(SUGGESTION, row)
    go("register", world.clerk, day(3, 17))
    yield "may be joined to another", row
    go("join", world.clerk, day(3, 18), main=main)
    yield "joined", row
    yield "another is joined to it", main
    SUGGESTION.take("assign", world.chair, main, lead=world.unit, assisting=[world.other_unit], on=day(3, 20))
    yield "assigned along with the main one", row
    SUGGESTION.take("sign", world.handler, main, on=day(3, 21))
    SUGGESTION.take("reply", world.handler, main, grade="A", text="已经修复。", on=day(4, 1))
    yield "the main one is replied to, the joined one not yet", row
    go("reply", world.handler, day(4, 2), grade="A")
    yield "both of them are replied to", row
    go("part", world.clerk, day(4, 3))
    yield "joined no longer", row


def _apart(world):
    row = submit(world, title="关于河道和校门的建议")
    go = steps_of(SUGGESTION, row)
    go("register", world.clerk, day(3, 17))
    go("assign", world.chair, day(3, 20), way="separate", separate=[world.unit, world.other_unit])
    yield "given to two that answer separately", row
    go("sign", world.handler, day(3, 21))
    go("ask-extension", world.handler, day(4, 1), new_due=day(8, 1), reason="汛期不能施工")
    yield "one of two has signed and asks for longer", row
    go("return", world.other_handler, day(4, 2), reason="不属于本单位职责")
    yield "the other has given its part back", row
    go("extension", world.chair, day(4, 3), decision="agree", unit=world.unit)
    go("reassign", world.chair, day(4, 3), lead=world.third_unit)
    go("reply", world.handler, day(4, 12), grade="A", text="河道已经清淤。")
    yield "one of two has replied", row
    go("sign", world.clerk, day(4, 13), signed_by="王五")
    go("reply", world.clerk, day(4, 20), grade="B", text="列入计划。", promised_on=day(9, 30))
    yield "both have replied", row
    go("rate", world.deputy_user, day(4, 22), attitude="good", result="good")
    yield "closed, and a promise is open", row


def _given(world, **values):
    row = submit(world, **values)
    go = steps_of(SUGGESTION, row)
    go("register", world.clerk, day(3, 17))
    go("assign", world.chair, day(3, 20), lead=world.unit, assisting=[world.other_unit])
    return row, go


def _handled_twice(world):
    row = submit(world, cosigners=[world.deputies[1]])
    go = steps_of(SUGGESTION, row)
    yield "submitted, a cosigner waits", row
    go("confirm", world.deputy2, day(3, 17), deputy=world.deputies[1])
    yield "submitted, all have confirmed", row
    go("register", world.clerk, day(3, 17))
    yield "registered", row
    go("assign", world.chair, day(3, 20), lead=world.unit, assisting=[world.other_unit])
    yield "assigned", row
    go("sign", world.handler, day(3, 21))
    yield "the lead has signed", row
    go("urge", world.chair, day(3, 25))
    yield "pressed", row
    go("ask-extension", world.handler, day(4, 1), new_due=day(8, 1), reason="汛期不能施工")
    yield "an extension is asked", row
    go("sign", world.other_handler, day(4, 2))
    yield "both have signed", row
    go("extension", world.chair, day(4, 3), decision="agree", new_due=day(9, 20))
    yield "extended to the last day", row
    go("advise", world.other_handler, day(4, 4), advice="学校一段由我们配合。")
    yield "advised", row
    go("talk", world.handler, day(4, 10), way="visit", summary="看了现场。")
    yield "talked", row
    go("reply", world.handler, day(4, 12), grade="A", text="已经修复。")
    yield "replied", row
    go("rate", world.deputy_user, day(4, 14), attitude="fair", result="bad", reason="水没到地头")
    yield "dissatisfied", row
    go("reopen", world.chair, day(4, 16), lead=world.unit, assisting=[world.other_unit])
    yield "handled again", row
    go("sign", world.clerk, day(4, 17))
    yield "signed again", row
    go("reply", world.clerk, day(4, 20), grade="C", text="条件所限。")
    yield "replied again", row
    go("rate", world.deputy_user, day(4, 22), attitude="fair", result="bad", reason="仍未解决")
    yield "dissatisfied again", row
    go("close", world.clerk, day(4, 24), note="主席团研究，列入明年计划")
    yield "closed by the presidium", row


def _returned(world):
    row, go = _given(world, title="关于修路的建议")
    go("sign", world.other_handler, day(3, 21))
    yield "only the assisting unit has signed", row
    row, go = _given(world, title="关于路灯的建议")
    go("return", world.handler, day(3, 22), reason="不属于本站职责")
    yield "returned", row
    go("reassign", world.chair, day(3, 24), lead=world.third_unit)
    yield "given to another unit", row
    go("deliver", world.clerk, day(3, 24))
    yield "the slip was delivered to that unit", row
    go("sign", world.clerk, day(3, 25), signed_by="王五")
    yield "that unit has signed", row


def _ended(world):
    row, go = _given(world, title="关于桥梁的建议", confidential=True)
    yield "confidential", row
    go("sign", world.handler, day(3, 21))
    go("reply", world.handler, day(4, 12), grade="A", text="已经修复。")
    yield "replied, the assisting unit has not signed", row
    go("rate", world.deputy_user, day(4, 14), attitude="good", result="fair")
    yield "closed by its rating", row
    row = submit(world, title="关于家事的建议")
    SUGGESTION.take("decline", world.chair, row, on=day(3, 18), grounds=["personal"])
    yield "declined", row
    row, go = _given(world, title="关于水塔的建议")
    go("withdraw", world.deputy_user, day(4, 1), reason="已经解决")
    yield "withdrawn", row


MAIN = "关于同一条路的另一件建议"


def _text(world) -> dict:
    values = {"title": "新标题", "situation": "情况", "proposal": "建议", "scale": "township", "confidential": False}
    return {**values, "category": world.category}


SUGGESTIONS = Walk(
    suggestions,
    {
        "register": lambda world: {},
        "assign": lambda world: {"lead": world.unit, "assisting": [world.other_unit], "difficult": False},
        "join": lambda world: {"main": Suggestion.objects.filter(title=MAIN).first()},
        "part": lambda world: {},
        "reassign": lambda world: {"lead": world.third_unit},
        "reopen": lambda world: {"lead": world.unit},
        "deliver": lambda world: {},
        "sign": lambda world: {"signed_by": "王五"},
        "urge": lambda world: {},
        "supervise": lambda world: {"demand": "请抓紧办理。", "answer_by": day(6, 20), "number": ""},
        "fulfil": lambda world: {"note": "已经建成。"},
        "explain": lambda world: {"note": "资金没有到位。", "new_due": day(12, 31)},
        "talk": lambda world: {"way": "phone", "summary": "说明了情况。"},
        "reply": lambda world: {"grade": "A", "text": "已经修复。"},
        "advise": lambda world: {"advice": "我们配合。"},
        "rate": lambda world: {"attitude": "good", "result": "good"},
        "paper-rating": lambda world: {"attitude": "good", "result": "good", "signed_by": "曾田"},
        "extension": lambda world: {"decision": "agree"},
        "confirm": lambda world: {"deputy": world.deputies[1]},
        "ask-extension": lambda world: {"new_due": day(9, 1), "reason": "汛期"},
        "return": lambda world: {"reason": "不属于本单位职责"},
        "correct": _text,
        "decline": lambda world: {"grounds": ["personal"]},
        "close": lambda world: {"note": "经催促代表未反馈意见"},
        "withdraw": lambda world: {"reason": "已经解决"},
    },
)

# -- matters and receptions


def matters(world) -> Iterator[tuple[str, Model]]:
    """Each of the five ways, and what becomes of it."""
    row = a_matter(world)
    yield "no way yet", row
    MATTER.take("answer", world.deputy_user, row, on=day(3, 16), answer="已经清淤。")
    yield "answered on the spot", row
    row = a_matter(world)
    MATTER.take("unit", world.chair, row, on=day(3, 16), unit=world.unit)
    yield "handed to a unit", row
    MATTER.take("resolve", world.handler, row, on=day(3, 20), answer="修好了。")
    yield "resolved", row
    MATTER.take("tell", world.deputy_user, row, on=day(3, 22), how="电话", opinion="good")
    yield "told", row
    row = log(world, matter=new_matter(world, channel="unit", unit=world.third_unit)).matters.get()
    yield "its deputy proposed a unit", row
    MATTER.take("agree", world.clerk, row, on=day(3, 16))
    yield "handed over as proposed", row
    MATTER.take("deliver", world.clerk, row, on=day(3, 17))
    yield "its slip was delivered", row
    row = a_matter(world)
    MATTER.take("upward", world.clerk, row, on=day(3, 16), passed_to="县人大常委会")
    yield "passed upward", row
    row = a_matter(world)
    MATTER.take("decline", world.clerk, row, on=day(3, 16), proper_channel="向法院起诉")
    yield "declined", row
    row = a_matter(world)
    made = MATTER.take("suggestion", world.deputy_user, row, on=day(3, 17), **_of_a_matter(world))
    yield "became a suggestion", row
    SUGGESTION.take("withdraw", world.deputy_user, made, on=day(3, 18), reason="已经解决")
    yield "its suggestion was withdrawn", row
    MATTER.take("withdraw", world.clerk, row, reason="误录")
    yield "withdrawn", row


def receptions(world) -> Iterator[tuple[str, Model]]:
    """As it was written down, with what came of it, and taken back."""
    row = log(world, actor=world.clerk)
    yield "written down by the clerk", row
    row = log(world, actor=world.deputy2, deputies=world.deputies, matter=new_matter(world))
    yield "written down by one of two who received", row
    made = MATTER.take("suggestion", world.clerk, row.matters.get(), on=day(3, 17), **_of_a_matter(world))
    yield "a suggestion came of it", row
    SUGGESTION.take("decline", world.clerk, made, on=day(3, 18), grounds=["personal"])
    yield "the suggestion was declined", row
    RECEPTION.take("withdraw", world.clerk, row, reason="误录")
    yield "withdrawn", row


def _of_a_matter(world) -> dict:
    return {**_text(world), "lead": world.deputies[0], "situation": "渠塌了。"}


MATTERS = Walk(
    matters,
    {
        "answer": lambda world: {"answer": "已经清淤。", "opinion": "good"},
        "unit": lambda world: {"unit": world.unit, "note": ""},
        "propose": lambda world: {"unit": world.unit, "note": "请水利站看看"},
        "agree": lambda world: {},
        "deliver": lambda world: {},
        "urge": lambda world: {},
        "ask": lambda world: {"note": "正在研究", "ask_on": day(8, 1)},
        "suggestion": lambda world: {**_of_a_matter(world), "key": uuid.uuid4()},
        "upward": lambda world: {"passed_to": "县人大常委会"},
        "decline": lambda world: {"proper_channel": "向法院起诉"},
        "resolve": lambda world: {"answer": "修好了。"},
        "return": lambda world: {"reason": "不属于本单位职责"},
        "redirect": lambda world: {"unit": world.other_unit, "note": ""},
        "tell": lambda world: {"how": "电话", "opinion": "good"},
        "correct": lambda world: {"words": "渠塌了两段。", "category": world.category, "confidential": True},
        "withdraw": lambda world: {"reason": "误录"},
    },
)
RECEPTIONS = Walk(
    receptions,
    {
        "correct": lambda world: {"held_on": day(3, 14), "people": 5, "batches": 2, "note": ""},
        "withdraw": lambda world: {"reason": "误录"},
    },
)


# -- mandates and corrections


def mandates(world) -> Iterator[tuple[str, Model]]:
    """A seat confirmed, at rest and taken up again, ended; one that others rest on; one registered by mistake."""
    row = world.deputies[1].mandates.get()
    go = steps_of(MANDATE, row)
    yield "elected", row
    go("confirm", world.clerk, day(3, 1))
    yield "confirmed", row
    go("suspend", world.clerk, day(3, 10), ground="detained")
    yield "suspended", row
    go("resume", world.chair, day(4, 10))
    yield "resumed", row
    go("suspend", world.clerk, day(4, 20), ground="serving")
    go("unsuspend", world.chair, day(4, 21), reason="登错了人")
    go("end", world.clerk, day(5, 1), reason="moved")
    yield "ended", row


MANDATES = Walk(
    mandates,
    {
        "confirm": lambda world: {},
        "end": lambda world: {"reason": "resigned", "is_chair_or_vice": False},
        "suspend": lambda world: {"ground": "serving"},
        "resume": lambda world: {},
        "unsuspend": lambda world: {"reason": "登错了人"},
        "withdraw": lambda world: {"reason": "登错了人"},
    },
)


def corrections(world) -> Iterator[tuple[str, Model]]:
    """Asked and accepted; asked and declined."""
    row = ask_correction(world.deputy_user, world.deputies[0], "education", "本科")
    yield "asked", row
    CORRECTION.take("accept", world.clerk, row)
    yield "accepted", row
    row = ask_correction(world.deputy_user, world.deputies[0], "education", "研究生")
    CORRECTION.take("decline", world.chair, row, answer="请提供证书")
    yield "declined", row


CORRECTIONS = Walk(corrections, {"accept": lambda world: {"answer": ""}, "decline": lambda world: {"answer": "不是"}})


# -- annual reports


def reports(world) -> Iterator[tuple[str, Model]]:
    """Begun, lacking a text, complete, issued, being corrected, corrected, and a draft that is given up."""
    row = begin_report(world.clerk, world.township, year=2021, cut_off=day(5, 1), on=day(5, 2))
    go = steps_of(ANNUAL, row)
    for section in sections(row)[1:]:
        go("remove", world.clerk, day(5, 2), section=section)
    save_section(world.clerk, sections(row)[0], version=0, heading="总结", text="")
    yield "a text is missing", row
    save_section(world.clerk, sections(row)[0], version=1, heading="总结", text="做了工作。")
    yield "draft", row
    go("issue", world.chair, day(5, 10))
    yield "issued", row
    new = go("correct", world.clerk, day(5, 12), reason="数字有误")
    yield "draft of a correction", new
    yield "being corrected", row
    ANNUAL.take("issue", world.chair, new, on=day(5, 20))
    yield "corrected", row
    last = ANNUAL.take("correct", world.chair, new, on=day(5, 21), reason="文字有误")
    ANNUAL.take("discard", world.clerk, last, on=day(5, 22), reason="不更正了")
    yield "draft given up", last


def _a_section(world):
    """A section of the report that is written last."""
    return sections(AnnualReport.objects.order_by("-edition").first())[0]


REPORTS = Walk(
    reports,
    {
        "issue": lambda world: {"number": ""},
        "recompute": lambda world: {},
        "cut-off": lambda world: {"cut_off": day(5, 2)},
        "heading": lambda world: {"title": "工作报告"},
        "add": lambda world: {"level": 0, "text": "开头", "key": uuid.uuid4()},
        "up": lambda world: {"section": _a_section(world)},
        "down": lambda world: {"section": _a_section(world)},
        "remove": lambda world: {"section": _a_section(world)},
        "correct": lambda world: {"reason": "数字有误", "key": uuid.uuid4()},
        "discard": lambda world: {"reason": "年度选错"},
    },
)

WALKS = {
    SUGGESTION.name: SUGGESTIONS,
    MATTER.name: MATTERS,
    RECEPTION.name: RECEPTIONS,
    MANDATE.name: MANDATES,
    CORRECTION.name: CORRECTIONS,
    ANNUAL.name: REPORTS,
}
