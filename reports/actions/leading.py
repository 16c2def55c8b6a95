"""A county sets the words by which its townships' reports are led, and ends them."""

from datetime import date

from congress.guard.action import action, verb
from congress.guard.refusal import refuse_where
from congress.models import County
from reports.actions.composing import PLAIN, marked
from reports.models import CountyGuiding

SET = verb("reports.set_county_guiding", "登记了县级重要提法")
END = verb("reports.end_county_guiding", "结束了县级重要提法")


def set_guiding(
    actor,
    county: County,
    *,
    kind: str,
    words: str,
    from_on: date,
    until_on: date | None = None,
    basis: str = "",
    key=None,
) -> CountyGuiding:
    """Let the townships' reports be led by these words. Call in the county's scope that writes.

    Raises Refused for words that are no plain text, days in the wrong order, and what is there already.
    """
    there = CountyGuiding.objects.filter(county=county, kind=kind, words=words, from_on=from_on)
    refuse_where(
        [
            (marked(words), PLAIN, "words"),
            (until_on is not None and until_on < from_on, "结束日期不能早于开始日期。", "until_on"),
            (there.exists(), "这一条已经登记过。", "words"),
        ]
    )
    row = CountyGuiding(county=county, kind=kind, words=words, from_on=from_on, until_on=until_on, basis=basis)
    if key is not None:
        row.pk = key
    with action(SET, actor=actor, subject=row):
        row.save(force_insert=True)
    return row


def end_guiding(actor, row: CountyGuiding, until_on: date) -> CountyGuiding:
    """Say until which day words lead. Raises Refused for a day before they began, and for what has ended."""
    refuse_where(
        [
            (not row.open, "这一条已经结束。", ""),
            (until_on < row.from_on, "结束日期不能早于开始日期。", "until_on"),
        ]
    )
    with action(END, actor=actor, subject=row, detail={"结束日期": until_on}):
        row.until_on = until_on
        row.save(update_fields=["until_on"])
    return row
