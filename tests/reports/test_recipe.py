"""The recipe of docs/architecture.md followed once: a toy figure, from its rows to the text and back to what changed it."""

from datetime import date

import pytest

from congress import clock, figures
from congress.figures import THIS_YEAR, Figure, Row
from congress.guard import scope
from congress.guard.action import action
from congress.web.records import url_for
from congress.wording import chinese_date
from proposals.models import Reception
from reports import actions
from reports.content import content_of
from reports.life import ANNUAL
from reports.queries import annual
from reports.queries.missing import missing
from tests.reports.year import CUT_OFF, FILL

TOKEN = "{{figure.toys.crowded}}"


def _crowded(asked):
    """Receptions of more than forty people."""
    rows = asked.kept(Reception).filter(people__gt=40, **asked.within("held_on")).select_related("station")
    return [Row.of(row, str(row), row.held_on) for row in rows]


@pytest.fixture
def toy(monkeypatch):
    monkeypatch.setattr(figures, "_figures", figures.registered())
    figures.register(
        Figure(
            "toys.crowded", "试验", "人多的接待", "次", "本年度四十人次以上的接待，按接待日期计", THIS_YEAR, _crowded
        )
    )


def test_a_figure_needs_its_definition_and_its_rows_and_nothing_else(world, year, toy):
    with scope.township(world.township):
        report = actions.start(world.clerk, world.township, year=2022, cut_off=CUT_OFF, on=CUT_OFF)
        section = annual.sections(report)[0]
        actions.save_section(world.clerk, section, version=section.version, heading="", text=f"人多的接待{TOKEN}次。")
        content = content_of(report, annual.sections(report), annual.kept_figures(report))
        assert content["body"][0]["paragraphs"] == ["人多的接待1次。"]
        [row] = annual.kept_figures(report)["toys.crowded"].rows
        assert url_for(row["subject"], row["id"], world.township)
        assert chinese_date(row["on"]) == "2022年5月15日"
        with action(FILL, actor=None), clock.frozen(date(2023, 2, 1)):
            Reception.objects.filter(pk=row["id"]).update(withdrawn_at=clock.now(), withdrawn_reason="重复登记")
        told = next(item for item in missing(report) if item.figure == "toys.crowded")
        assert "由1变为0：不再计入“2022年5月15日云溪联络站”（已撤回：重复登记）" in told.message
        ANNUAL.take("recompute", world.clerk, report)
        assert annual.kept_figures(report)["toys.crowded"].value == 0
