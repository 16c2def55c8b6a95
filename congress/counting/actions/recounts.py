"""Recounts of units drawn by lot in public: the seed is entered by two, the units are drawn, and counted again as a count of its own."""

from dataclasses import dataclass

from congress import clock
from congress.counting import tally
from congress.counting.actions.counts import Given, name_tellers, open_count, units_from
from congress.counting.models import Count, CountUnit, Recount
from congress.counting.queries import CountFacts, UnitFacts, counts, rules_of
from congress.counting.stages import CountStage
from congress.counting.tally.draw import drawn, otherwise
from congress.counting.tally.packed import canonical
from congress.crypto.sm3 import sm3
from congress.guard.record import Record
from congress.law.finding import PRACTICE, Finding
from congress.models import User
from congress.steps import Attempt, change


def waiting(count: Count) -> Recount | None:
    """A draw that waits for its second person."""
    return next((one for one in count.checked if one.second_by_id is None), None)


def is_recount(count: Count) -> bool:
    """Whether a count is itself the recount of another."""
    return bool(count.subject_type == Count._meta.label_lower)


def ask(attempt: Attempt) -> dict:
    """The first of two: the seed as it was read aloud, and how many units are drawn."""
    count, said = attempt.record, attempt.data
    Recount(
        township=count.township,
        count=count,
        number=Recount.objects.filter(count=count).count() + 1,
        seed=said["seed"],
        size=said["size"],
        fingerprint=attempt.once(CountFacts).fingerprint,
        drawn_on=attempt.on,
        first_by=attempt.actor,
    ).save(force_insert=True)
    return {"抽取的单元": said["size"]}


def check_asked(attempt: Attempt) -> list[Finding]:
    """As many units as are there can be drawn, and no more."""
    there = len(attempt.once(CountFacts).read)
    if attempt.data["size"] <= there:
        return []
    message = f"只有{there}个计票单元，请填1到{there}。"
    return [Finding("recount.size", message, field="size", force=PRACTICE)]


def check_same(attempt: Attempt) -> list[Finding]:
    """Both people entered what was read aloud."""
    if attempt.data["seed"] == waiting(attempt.record).seed:
        return []
    message = "与第一人录入的不同，没有抽取。请再听一遍、再录一遍；是第一人录错的，先撤销抽查再重新提出。"
    return [Finding("recount.seed", message, field="seed", force=PRACTICE)]


def draw(attempt: Attempt) -> dict:
    """The second of two: the units are drawn, and their recount is prepared."""
    count, facts = attempt.record, attempt.once(CountFacts)
    row = waiting(count)
    numbers = drawn(row.seed, row.fingerprint, [one.unit.number for one in facts.read], row.size)
    change(row, drawn=list(numbers), second_by=attempt.actor, again=_prepared(attempt.actor, row, facts, numbers))
    attempt.made = row.again
    return {"抽出": "、".join(map(str, numbers)), "SM3": bound(row)}


def bound(row: Recount) -> str:
    """The digest by which the trail holds what was drawn, and from which seed."""
    said = {"drawn": row.drawn, "fingerprint": row.fingerprint, "seed": row.seed, "size": row.size}
    return sm3(canonical(said)).hex()


def _prepared(actor: User, row: Recount, facts: CountFacts, numbers: tuple[int, ...]) -> Count:
    count: Count = facts.count
    made = open_count(
        actor,
        count.township,
        title=f"{count.title[:80]}抽查复核{row.number}",
        kind=count.kind,
        held_on=count.held_on,
        names=[(one.subject_id, one.label) for one in count.listed],
        seats=count.seats,
        registered=count.registered,
        present=count.present,
        write_ins=count.write_ins,
        rules=rules_of(count),
        subject=count,
    )
    units_from(actor, made, [_given(one.unit) for one in facts.read if one.unit.number in numbers])
    name_tellers(actor, made, User.objects.filter(pk__in=count.tellers))
    return made


def _given(unit: CountUnit) -> Given:
    kind = CountUnit.Kind.BOX if unit.kind == CountUnit.Kind.MIXED else unit.kind
    return Given(unit.name, unit.issued, unit.took_part, kind, unit.pk)


def take_back(attempt: Attempt) -> dict:
    """Nothing is drawn from the seed that was entered."""
    row = waiting(attempt.record)
    change(row, withdrawn_at=clock.now(), withdrawn_reason=attempt.data["reason"])
    return {"次序": row.number}


# -- what came of it


@dataclass(frozen=True)
class Checked:
    """A recount with what it reads otherwise: (unit, what, first, again). `differences` is None while it is not closed."""

    row: Recount
    differences: list[tuple[str, str, int, int]] | None

    @property
    def words(self) -> str:
        """Where it stands."""
        if self.row.second_by_id is None:
            return "等待另一人录入种子数字"
        if self.differences is None:
            return "正在复核"
        return f"与原来不同的{len(self.differences)}处" if self.differences else "与原来一致"


def checked(facts: CountFacts) -> list[Checked]:
    """The recounts of a count."""
    return [Checked(one, _differences(facts, one)) for one in facts.count.checked]


def _differences(facts: CountFacts, row: Recount) -> list[tuple[str, str, int, int]] | None:
    if row.again_id is None:
        return None
    again = CountFacts(counts().get(pk=row.again_id))
    if again.stage != CountStage.CLOSED or again.counted is None:
        return None
    first = {one.unit.pk: one for one in facts.read}
    found = []
    for unit in again.read:
        before = _settled(first.get(unit.unit.source_id))
        for what, one, other in otherwise(facts.paper, before, again.paper, unit.settled) if before else ():
            found.append((unit.unit.name, what, one, other))
    return found


def _settled(facts: UnitFacts | None) -> tally.Sheet | None:
    return facts.settled if facts else None


def findings(record: Record) -> list[Finding]:
    """Why a count is not drawn from: it is itself a recount."""
    return [Finding("recount.of_recount", "这本身就是抽查复核，不能再从中抽取。")] if is_recount(record) else []
