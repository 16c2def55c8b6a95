"""The steps of one reading: kept as far as it is typed, and done. It is its own typist's and nobody else sees it."""

from congress.counting import forms
from congress.counting import permissions as may
from congress.counting.actions import readings as acts
from congress.counting.models import CountEntry, CountReader
from congress.counting.queries import UnitFacts, entries_with_facts, words_of
from congress.counting.stages import UnitStage
from congress.counting.tally import Sheet
from congress.guard.action import verb
from congress.guard.record import kept
from congress.law.finding import Finding
from congress.steps import Attempt, Life, Step, Words, register, who

SAVE = verb("counting.save_draft", "保存了录入的草稿")
FINISH = verb("counting.finish", "录完了一份计票单")


def _typing(attempt: Attempt) -> list[Finding]:
    entry: CountEntry = attempt.record
    if entry.final:
        return [Finding("order.final", "这一份已经录完，不能再改；有错的由复核人退回更正。")]
    facts = attempt.once(acts.facts_of)
    if not facts.whole.open:
        return [Finding("E305", f"E305 计票现在是“{facts.whole.stage.label}”，不能录入。")]
    if entry.reader.withdrawn_at:
        return [Finding("order.relieved", "您已被换下，不能再录入这一单元。")]
    return []


@who("每一份只由录入人自己录入。")
def _own(standing, entry) -> bool:
    return standing.user is not None and entry.reader.user_id == standing.user.pk


def _options(attempt: Attempt) -> dict:
    """The ballot, and the cells of which something is to be said."""
    facts = attempt.once(acts.facts_of)
    entry: CountEntry = attempt.record
    asked = [*entry.corrects.look_at] if entry.corrects else []
    wrong = [one.cell for one in facts.check(Sheet.of(entry.sheet))] if entry.sheet else []
    return {"paper": facts.whole.paper, "marked": [*asked, *wrong]}


def _kept(attempt: Attempt) -> dict:
    entry: CountEntry = attempt.record
    return {"sheet": Sheet.of(entry.sheet), "explanation": entry.explanation}


def _said(attempt: Attempt) -> list[Finding]:
    """What is wrong with what is kept so far, and why a correction is asked for: at once, and to its own typist alone."""
    entry: CountEntry = attempt.record
    facts = attempt.once(acts.facts_of)
    found = []
    if entry.corrects:
        words = words_of(facts.whole.paper)
        cells = "、".join(words[key] for key in entry.corrects.look_at if key in words)
        said = f"退回更正：{entry.corrects.sent_back_why}" + (f"；请核对：{cells}" if cells else "")
        found.append(Finding("sent_back", said, blocking=False))
    if entry.sheet:
        notices = facts.check(Sheet.of(entry.sheet))
        direct, on = facts.whole.paper.direct, facts.whole.count.held_on
        told = [one.finding(direct, on, typist=True) for one in notices]
        found += [Finding(one.code, one.message, one.citation, blocking=False) for one in told]
    return found


def _done(attempt: Attempt) -> str:
    """That it is done, and nothing of the other reading but what everybody sees."""
    unit: UnitFacts = acts.facts_of(attempt.after)
    return {
        UnitStage.READ: "已录完。两份一致，这一单元已确定。",
        UnitStage.DIFFERENT: "已录完。两份不一致，由第三人看纸确定。",
    }.get(unit.stage, "已录完。")


ENTRY = register(
    Life(
        name="counting-entry",
        kind="counting.entry",
        model=CountEntry,
        read=entries_with_facts,
        visible=lambda standing: CountEntry.objects.kept().filter(
            kept("reader"),
            reader__user=standing.user,
            reader__place__in=(CountReader.Place.FIRST, CountReader.Place.SECOND),
        ),
        called=lambda entry: f"{entry.reader.unit.count.title}　{entry.reader.unit.name}",
        about=lambda entry: entry.reader.unit,
        inside="reader__unit__count",
        steps=(
            Step(
                "save",
                Words("保存草稿", "录入计票单", "保存草稿"),
                said="已保存。有需要核对的，写在计票单上面。",
                verb=SAVE,
                form=forms.SheetForm,
                permission=may.ENTER,
                act=acts.save,
                who=_own,
                when=_typing,
                check=acts.check_draft,
                hints=_said,
                options=_options,
                initial=_kept,
                then=lambda attempt: attempt.life.url(attempt.record, "save"),
                main=False,
            ),
            Step(
                "finish",
                Words("录完", "录完计票单", "录完，不再修改", "check-circle"),
                said=_done,
                verb=FINISH,
                form=forms.SheetForm,
                permission=may.ENTER,
                act=acts.finish,
                who=_own,
                when=_typing,
                check=acts.check_done,
                hints=_said,
                options=_options,
                initial=_kept,
            ),
        ),
    )
)
