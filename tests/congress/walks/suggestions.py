"""Suggestions: led, apart, joined, handled twice, returned, ended."""

from collections.abc import Iterator

from django.db.models import Model

from proposals.life import SUGGESTION
from proposals.models import Suggestion
from tests.congress.walks.walking import Walk, steps_of
from tests.proposals.helpers import day, submit


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


def text_of_suggestion(world) -> dict:
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
        "correct": text_of_suggestion,
        "decline": lambda world: {"grounds": ["personal"]},
        "close": lambda world: {"note": "经催促代表未反馈意见"},
        "withdraw": lambda world: {"reason": "已经解决"},
    },
)
