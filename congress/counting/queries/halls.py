"""What is known of a secret vote of the hall: where it stands, how many voted, and, once it is over, the sums and what the law
makes of them."""

from dataclasses import dataclass
from functools import cache, cached_property

from django.db.models import Case, CharField, QuerySet, Value, When

from congress.counting.models import HallCode, HallQuestion, HallTotal, HallVote
from congress.crypto.sm3 import sm3
from congress.law.thresholds import VoteOutcome, passes, quorum
from congress.prepared import Around
from congress.staged import Staged

MARKS = {
    HallVote.Scale.VOTE: {"yes": "赞成", "no": "反对", "abstain": "弃权"},
    HallVote.Scale.RATING: {"good": "满意", "fair": "基本满意", "poor": "不满意", "abstain": "弃权"},
}
SILENT = "abstain"  # what nothing chosen counts as


class HallStage(Staged):
    """Where a secret vote of the hall stands."""

    PREPARED = "prepared", "未开启", "neutral", "印制表决码，洗乱后由到会的人抽取；一人提出开启"
    OPENING = "opening", "等待开启", "warning", "另一人确认开启"
    OPEN = "open", "正在表决", "info", "到会的人凭抽到的表决码在手机上表决"
    CLOSING = "closing", "等待结束", "warning", "另一人确认结束"
    CLOSED = "closed", "已结束", "good"


STANDS = (
    (HallStage.CLOSED, "closed_by"),
    (HallStage.CLOSING, "close_asked_by"),
    (HallStage.OPEN, "opened_by"),
    (HallStage.OPENING, "open_asked_by"),
)


def hall_stage(row: HallVote) -> HallStage:
    """The stage of a secret vote: what two people, or one of them, did last."""
    done = (stage for stage, field in STANDS if getattr(row, f"{field}_id") is not None)
    return next(done, HallStage.PREPARED)


def halls() -> QuerySet:
    """Those that stand, each with where it stands (`state`), for their list."""
    when = [When(**{f"{field}__isnull": False}, then=Value(str(stage))) for stage, field in STANDS]
    state = Case(*when, default=Value(str(HallStage.PREPARED)), output_field=CharField())
    return HallVote.objects.kept().annotate(state=state)


def with_facts(rows: QuerySet) -> QuerySet:
    """The same of any, with all their pages and steps read."""
    people = ("open_asked_by", "opened_by", "close_asked_by", "closed_by")
    return rows.select_related("township__county", *people).prefetch_related(*_around())


@cache
def _around() -> tuple[Around, ...]:
    totals = Around("totals", HallTotal.objects.all(), to_attr="counted")
    questions = HallQuestion.objects.kept().order_by("position").prefetch_related(totals)
    return Around("questions", questions, to_attr="asked"), Around("codes", HallCode.objects.kept(), to_attr="drawn")


@dataclass(frozen=True)
class Line:
    """The sums of one question, by mark, and whether it passes (of a vote on proposals)."""

    label: str
    numbers: dict[str, int]
    outcome: VoteOutcome | None = None


class HallFacts:
    """A secret vote with what follows from it; the row comes from `with_facts`."""

    def __init__(self, row: HallVote):
        self.row = row

    @property
    def stage(self) -> HallStage:
        """Where it stands."""
        return hall_stage(self.row)

    @property
    def marks(self) -> dict[str, str]:
        """The answers there are."""
        return MARKS[HallVote.Scale(self.row.scale)]

    @property
    def printed(self) -> int:
        """How many codes were printed."""
        return len(self.row.drawn)

    @property
    def cast(self) -> int:
        """How many have voted."""
        return sum(one.spent for one in self.row.drawn)

    @property
    def over(self) -> bool:
        """Whether nobody votes now; while it is only asked to close, that may be taken back."""
        return self.stage in (HallStage.CLOSING, HallStage.CLOSED)

    @cached_property
    def lines(self) -> list[Line]:
        """The sums; nothing while somebody may still vote, or may again, or each vote would be what two looks differ by."""
        return self._sums if self.stage == HallStage.CLOSED else []

    @cached_property
    def _sums(self) -> list[Line]:
        return [self._line(one) for one in self.row.asked]

    def _line(self, question: HallQuestion) -> Line:
        found = {one.mark: one.number for one in question.counted}
        numbers = {mark: found.get(mark, 0) for mark in self.marks}
        if self.row.scale != HallVote.Scale.VOTE:
            return Line(question.label, numbers)
        row = self.row
        return Line(question.label, numbers, passes(numbers["yes"], row.present, row.deputies, row.held_on))

    @property
    def holds(self) -> bool:
        """Whether what was closed reads as it was closed, and every question has as many answers as people voted (asked when nobody
        votes: a vote between two questions to the database would read as a fault)."""
        if not self.over:
            return True
        return all(sum(line.numbers.values()) == self.cast for line in self._sums) and (
            not self.row.fingerprint or self.row.fingerprint == self.fingerprint
        )

    @property
    def fingerprint(self) -> str:
        """The SM3 over the sums. With few voters whoever has it finds the sums by trying: it is told when they are."""
        row = self.row
        text = [f"{row.title}\t{row.held_on}\t{row.deputies}\t{row.present}\t{self.cast}"]
        text += ["\t".join([one.label, *(str(number) for number in one.numbers.values())]) for one in self._sums]
        return sm3("\n".join(text).encode()).hex()

    @property
    def enough(self) -> bool:
        """Whether so many are there that a session may be held (地方组织法)."""
        return self.row.present >= quorum(self.row.deputies, self.row.held_on).number
