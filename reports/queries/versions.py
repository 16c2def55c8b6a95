"""What a draft said earlier: its moments by the trail, its text as of each, and two of them compared."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from congress import history
from congress.models import RowHistory
from reports.models import AnnualReport, Section

TOGETHER = timedelta(minutes=30)  # saves of one person within this time are one moment: a draft saves itself
MOST = 400  # events of one report that are looked at, the newest
FORMER = "corrected"  # the end of the report that is corrected, among the moments of its correction
# Of what happened to a report, that after which its text may read otherwise, or which one wants to compare with.
CHANGES = tuple(f"reports.{key}" for key in ("edit", "settle", "add_section", "remove_section", "move_section"))
TOLD = (*CHANGES, *(f"reports.{key}" for key in ("start", "correct", "submit", "sign", "reopen", "issue")))
EDIT = "reports.edit"


@dataclass(frozen=True)
class Moment:
    """A point of the trail: its number in the chain (as the address carries it), when, who, what."""

    key: str
    at: datetime
    actor: str
    words: str
    seq: int = 0
    verb: str = ""


@dataclass(frozen=True)
class Part:
    """A section as it read at a moment."""

    key: str
    position: int
    level: int
    heading: str
    text: str


@dataclass(frozen=True)
class Difference:
    """A section that reads otherwise; what was not there, or is there no more, is None."""

    before: Part | None
    after: Part | None

    @property
    def heading(self) -> str:
        """What it is called now, or was."""
        part = self.after or self.before
        return (part.heading if part else "") or "正文段落"


def moments(report: AnnualReport) -> list[Moment]:
    """The moments of a report, the newest first: a run of saves by one person is one. Two statements."""
    subjects = [str(report.pk), *(str(pk) for pk in report.sections.values_list("pk", flat=True))]
    rows = history.events().filter(subject_id__in=subjects, verb__in=TOLD, chain=report.township_id)
    found: list[Moment] = []
    for event in rows.order_by("-seq")[:MOST]:
        moment = Moment(
            str(event.seq), event.at, event.actor_name or "系统", history.sentence(event), event.seq, event.verb
        )
        if not (found and _goes_on(found[-1], moment)):
            found.append(moment)
    return found


def _goes_on(later: Moment, earlier: Moment) -> bool:
    """Whether both are saves of one text in one sitting, told by the later one."""
    return (
        earlier.verb == later.verb == EDIT
        and (earlier.actor, earlier.words) == (later.actor, later.words)
        and later.at - earlier.at <= TOGETHER
    )


class Past:
    """The sections of a report as they read earlier. Three statements, however many moments are asked for."""

    def __init__(self, report: AnnualReport):
        self.rows = list(report.sections.all())

    @cached_property
    def _images(self) -> dict[str, list[tuple[int, dict]]]:
        """What each row was before each change, with the number of the action that changed it, in their order."""
        ids = [str(row.pk) for row in self.rows]
        images = list(RowHistory.objects.filter(table_name=Section._meta.db_table, row_id__in=ids).order_by("at"))
        actions = {image.action_id for image in images}
        numbers = dict(history.events().filter(pk__in=actions).order_by().values_list("pk", "seq"))
        found: dict[str, list[tuple[int, dict]]] = defaultdict(list)
        for image in images:
            found[image.row_id].append((numbers.get(image.action_id, 0), image.before))
        return found

    def as_of(self, moment: Moment | None = None) -> list[Part]:
        """The sections as they read when a moment was over, in their order; None is now."""
        there = [(row, self._state(row, moment)) for row in self.rows if moment is None or row.created_at <= moment.at]
        parts = [
            Part(str(row.pk), state["position"], state["level"], state["heading"], state["text"])
            for row, state in there
            if state["withdrawn_at"] is None
        ]
        return sorted(parts, key=lambda part: part.position)

    def _state(self, row: Section, moment: Moment | None) -> dict:
        """A row as it was before the first action after the moment that changed it; as it stands where there is none."""
        now = {name: getattr(row, name) for name in ("position", "level", "heading", "text", "withdrawn_at")}
        if moment is None:
            return now
        return next((before for seq, before in self._images[str(row.pk)] if seq > moment.seq), now)


def _by_heading(parts: Iterable[Part]) -> list[Part]:
    turns: dict[tuple, int] = defaultdict(int)
    found = []
    for part in parts:
        name = (part.level, part.heading)
        turns[name] += 1
        found.append(Part(f"{name}{turns[name]}", part.position, part.level, part.heading, part.text))
    return found


def compared(before: Sequence[Part], after: Sequence[Part], *, same_report: bool = True) -> list[Difference]:
    """The sections that read otherwise, in the order of the later text; what is gone stands where it stood."""
    if not same_report:
        before, after = _by_heading(before), _by_heading(after)
    old, new = {part.key: part for part in before}, {part.key: part for part in after}
    found = [
        Difference(old.get(part.key), part)
        for part in after
        if part.key not in old or _said(old[part.key]) != _said(part)
    ]
    gone = [Difference(part, None) for part in before if part.key not in new]
    return sorted(found + gone, key=lambda one: (one.after or one.before).position)  # type: ignore[union-attr]


def _said(part: Part) -> tuple:
    return part.level, part.heading, part.text


def chosen(report: AnnualReport, found: Sequence[Moment], said: Mapping[str, str]) -> tuple[str, str]:
    """The keys of the two that are to be compared by the address: now, and what stood before the text was last changed,
    unless said."""
    known = {moment.key for moment in found} | ({FORMER} if report.corrects_id else set())
    newest = found[0].key if found else ""
    changed = next((at for at, moment in enumerate(found[:-1]) if moment.verb in CHANGES), None)
    before = newest if changed is None else found[changed + 1].key

    def by(name: str, usual: str) -> str:
        return said[name] if said.get(name) in known else usual

    return by("from", before), by("to", newest)
