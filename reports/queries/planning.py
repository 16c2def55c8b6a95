"""What is planned for a year: what is offered for it, and what became of it, in the words of a report."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from congress import figures
from congress.law.sources import cite, states
from congress.models import Township
from reports.models import AnnualReport, PlanItem
from reports.placeholders import token
from reports.queries.telling import renewal_due
from reports.story import NOTHING, Value

DUTIES = Path(__file__).parent.parent / "texts" / "duties.txt"


@dataclass(frozen=True)
class Offer:
    """Something that may be planned for a year, with its ground."""

    year: int
    words: str
    source: str
    basis: str = ""
    figure: str = ""
    target: int | None = None

    @property
    def key(self) -> str:
        """By which it is chosen."""
        return f"{self.source}:{self.words}"


def items(township: Township, year: int) -> list[PlanItem]:
    """What is planned for a year, in the order of its last days."""
    return list(PlanItem.objects.kept().filter(township=township, year=year))


def duties(township: Township, year: int) -> list[Offer]:
    """What the law asks of every year, in the edition in force when it begins; the election where the term ends in it."""
    day, found = date(year, 1, 1), []
    for line in DUTIES.read_text(encoding="utf-8").splitlines():
        ground, number, words, *only = (part.strip() for part in line.split("|"))
        law, fact = ground.split()
        if not states(law, fact, day) or (only and not renewal_due(township, year - 1)):
            continue
        figure, target = number.split() if number else ("", None)
        basis = str(cite(law, fact, day))
        found.append(Offer(year, words, PlanItem.Source.DUTY, basis, figure, int(target) if target else None))
    return found


def standing(item: PlanItem, values: Mapping[str, Value]) -> str:
    """What became of an item: by its figure where it has one, else as the office says; empty when nobody said."""
    if not item.figure:
        return item.outcome
    reached = values.get(item.figure, NOTHING).value
    if reached >= item.target:
        return PlanItem.Outcome.DONE
    return PlanItem.Outcome.PARTLY if reached else PlanItem.Outcome.NOT


def offers(township: Township, year: int, values: Mapping[str, Value]) -> list[Offer]:
    """What may be planned for a year: what the year before left unfinished (`values` are its figures), and the duties by law.

    What is planned already is not offered again.
    """
    left = [
        Offer(year, one.words, PlanItem.Source.CARRIED, f"{year - 1}年计划事项", one.figure, one.target)
        for one in items(township, year - 1)
        if standing(one, values) != PlanItem.Outcome.DONE and one.source != PlanItem.Source.DUTY
    ]
    planned = {one.words for one in items(township, year)}
    return [one for one in (*left, *duties(township, year)) if one.words not in planned]


def aims(township: Township, year: int) -> list[str]:
    """The paragraph of a report that names what is planned for the year; none without items."""
    planned = [f"{one.words}{_number(one)}" for one in items(township, year)]
    return [f"重点办好以下事项：{'；'.join(planned)}。"] if planned else []


def _number(item: PlanItem) -> str:
    return f"不少于{item.target}{_unit(item)}" if item.figure else ""


def _unit(item: PlanItem) -> str:
    figure = figures.registered().get(item.figure)
    return figure.unit if figure else ""


def became(township: Township, year: int, values: Mapping[str, Value]) -> list[str]:
    """The paragraph of a report that says what became of what was planned for its year; none without items.

    An item of which nobody said what became of it is left out here and named to the clerk.
    """
    told = [words for one in items(township, year) if (words := _told(one, values))]
    return [f"上次报告安排的事项，落实情况是：{'；'.join(told)}。"] if told else []


def _told(item: PlanItem, values: Mapping[str, Value]) -> str:
    how, more = standing(item, values), f"，{item.outcome_words.rstrip('。')}" if item.outcome_words else ""
    done, partly = PlanItem.Outcome.DONE, PlanItem.Outcome.PARTLY
    if not item.figure:
        return f"{item.words}，{PlanItem.Outcome(how).label}{more}" if how else ""
    unit, planned = _unit(item), f"{item.words}计划{item.target}{_unit(item)}"
    reached = f"、实际{token(item.figure)}{unit}"
    return {done: f"{planned}{reached}，已完成", partly: f"{planned}{reached}，没有全部完成"}.get(
        how, f"{planned}，没有完成"
    )


def unfinished(report: AnnualReport, values: Mapping[str, Value]) -> list[str]:
    """The paragraph of a report within the year that names what of the year's plan is still to be done; none without."""
    left = [one for one in items(report.township, report.year) if one.due_on > report.cut_off]
    words = [_ahead(one, values) for one in left if standing(one, values) != PlanItem.Outcome.DONE]
    return [f"年度计划中还要办好以下事项：{'；'.join(words)}。"] if words else []


def _ahead(item: PlanItem, values: Mapping[str, Value]) -> str:
    """An item of which something is still to be done, with how much there is already."""
    reached = values.get(item.figure, NOTHING).value
    return f"{item.words}{_number(item)}{f'（已完成{token(item.figure)}{_unit(item)}）' if reached else ''}"


def hints(report: AnnualReport, told: Container[str]) -> list[str]:
    """What the clerk has to say about the plan of a report's year before the report can tell what became of it; `told` is what
    its structure wants to have put in."""
    if "上年安排落实情况" not in told:
        return []
    waiting = [one for one in items(report.township, report.year) if not one.figure and not one.outcome]
    named = "、".join(one.words for one in waiting[:3]) + ("等" if len(waiting) > 3 else "")
    return [f"{report.year}年计划事项有{len(waiting)}项没有写明落实情况：{named}。"] if waiting else []
