"""What the county reads of its townships is told anew: by the clock, when somebody asks, and where records have changed."""

from collections.abc import Iterable

from congress import clock
from congress.guard import scope
from congress.guard.action import action, verb
from congress.kept_figures import last_event
from congress.models import Township
from reports.models import TownshipFigures
from reports.queries import recount
from reports.queries.county import cut_off_of, digest_of

TAKE = verb("reports.take_figures", "汇总了供县级查看的数据")


def refresh(township: Township, years: Iterable[int]) -> int:
    """Tell anew the figures of these years that would be told otherwise by now; returns how many years. Safe to repeat."""
    today, taken = clock.today(), 0
    with scope.township(township):
        digest = digest_of(township)
        kept = {row.year: row for row in TownshipFigures.objects.with_behind()}
    for year in years:
        row, cut_off = kept.get(year), cut_off_of(year, today)
        if row is None or row.behind or (row.cut_off, row.digest) != (cut_off, digest):
            with scope.township(township):
                _take(township, year, digest)
            taken += 1
    return taken


def _take(township: Township, year: int, digest: str) -> None:
    cut_off = cut_off_of(year, clock.today())
    with action(TAKE, actor=None, detail={"年度": year}):
        seq, at = last_event(township), clock.now()
        told, parts = recount.told(township, year, cut_off)
        values = {"cut_off": cut_off, "taken_at": at, "seq": seq, "digest": digest, "told": told, "parts": parts}
        TownshipFigures.objects.update_or_create(township=township, year=year, defaults=values)
