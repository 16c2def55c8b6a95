"""What leads the reports of a township, entered when it begins, and what it plans for each year and comes to at its end."""

from datetime import date, time

from reports.actions.composing import GUIDINGS, PLAN
from reports.demo.diary import Story
from reports.demo.places import FIRST_DAY
from reports.demo.town import Town
from reports.demo.words.leading import OF_A_TOWNSHIP, OF_ALL, PROMISES
from reports.models import Guiding, PlanItem

AT = time(17, 45)  # at the end of a day, and without a throw of the dice
MONTH, DAY, LAST = 12, 15, 8


def guidings(town: Town) -> Story:
    """Each is entered on its first day, what was said before on the first day of the platform."""
    entries = sorted((*OF_ALL, *OF_A_TOWNSHIP.get(town.place.series, ())), key=lambda entry: entry[2])
    for kind, words, from_on, until_on, basis in entries:
        yield max(from_on, FIRST_DAY)
        row = Guiding(township=town.township, kind=kind, words=words, from_on=from_on, until_on=until_on, basis=basis)
        GUIDINGS.record(town.clerk, row)


def plans(town: Town) -> Story:
    """In December the office says what became of the year's plan, and plans the next."""
    year, planned = 2022, []
    while True:
        yield date(year, MONTH, LAST)
        for row, outcome, more in planned:
            if outcome:
                PLAN.change(town.clerk, row, {"outcome": outcome, "outcome_words": more}, row.version)
        yield date(year, MONTH, DAY)
        planned = [(_item(town, year + 1, *promise[:3]), *promise[3:]) for promise in PROMISES]
        year += 1


def _item(town: Town, year: int, words: str, figure: str, target: int | None) -> PlanItem:
    village = town.place.villages[year % len(town.place.villages)]
    row = PlanItem(
        township=town.township,
        year=year,
        words=words.format(v=village),
        basis="主席团会议",
        figure=figure,
        target=target,
        due_on=date(year, 11, 30),
    )
    return PLAN.record(town.clerk, row)
