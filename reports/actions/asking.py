"""A county asks a township, the township answers: each writes its own row and nothing of the other's."""

from datetime import date

from congress import clock
from congress.guard import scope
from congress.guard.action import action, verb
from congress.guard.refusal import refuse
from congress.models import County, Township
from congress.work import outbox
from congress.work.outbox import Note
from reports.models import CountyAnswer, CountyQuestion

ASK = verb("reports.ask", "询问了乡镇")
ASKED = verb("reports.asked_by_county", "收到上级询问")
ANSWER = verb("reports.answer_county", "答复了上级询问")
ANSWERED = verb("reports.answered_by_township", "收到乡镇的答复")


def ask(actor, county: County, township: Township, *, about: str, text: str, page: str, due_on: date | None, key=None):
    """Put a question to a township of the county and return it; an event in the county's trail and one in the township's.

    Call in the county's scope that writes. Raises Refused for a township of another county or a rehearsal, a page outside it,
    and a day that is over.
    """
    if township.county_id != county.pk or township.rehearsal or township.closed_on:
        refuse("只能询问所辖的乡镇。", "township")
    if page and not page.startswith(f"/t/{township.code}/"):
        refuse("询问的页面应当是这个乡镇的页面。", "township")
    if due_on is not None and due_on < clock.today():
        refuse("希望答复的日期已经过去。", "due_on")
    values = {
        "about": about,
        "text": text,
        "page": page,
        "due_on": due_on,
        "asked_by": actor,
        "asked_on": clock.today(),
    }
    question = CountyQuestion(township=township, county=county, **values)
    if key is not None:
        question.pk = key
    with (
        action(ASK, actor=actor, subject=county, detail={"乡镇": str(township)}),
        action(ASKED, actor=actor, subject=question),
    ):
        question.save(force_insert=True)
    return question


def answer(actor, question: CountyQuestion, text: str) -> CountyAnswer:
    """Answer a question of the county and tell who asked; an event in the township's trail and one in the county's.

    Call in the township's scope. Raises Refused where it was answered before.
    """
    if question.answers.kept().exists():
        refuse("这个询问已经答复。", "text")
    written = CountyAnswer(township=question.township, question=question, answered_by=actor, text=text)
    with action(ANSWER, actor=actor, subject=written, detail={"询问": question.audit_label}):
        written.save()
        title = f"{question.township}答复了询问：{question.about}"[:120]
        url = f"/t/{question.township.code}/questions/{question.pk}/"
        note = Note(question.asked_by, f"county-answer:{question.pk}", "reports.county_answer", title, text, url)
        outbox.send(question.township, [note])
    county, told = question.county, {"乡镇": str(question.township)}
    with scope.reading([question.township]), action(ANSWERED, actor=actor, subject=county, detail=told):
        return written  # in the county's trail as well, after the township's: always in this order
