"""What is not told of a handful of people, and what would tell it after all."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from congress import figures
from congress.guard import scope
from congress.guard.action import action
from reports.models import TownshipFigures
from reports.queries import county as queries
from reports.queries import shown
from reports.queries.county import summed
from reports.queries.shown import FEW
from reports.tasks import take_figures
from tests.reports.cockpits import CODE, TODAY, read, told
from tests.reports.year import FILL

pytestmark = pytest.mark.usefixtures("december")


@pytest.mark.parametrize(
    ("value", "whole", "few"),
    [(0, 0, False), (0, 19, True), (0, 20, False), (1, 40, True), (19, 40, True), (20, 40, False), (20, 20, False)],
)
def test_of_fewer_than_twenty_people_nothing_personal_is_told(value, whole, few):
    one = told("deputies.women", value, whole)
    assert one.few is few
    assert (one.shown == f"不足{FEW}") is few
    assert (one.rank == -1) is (few or whole == 0)
    assert not told("receptions.count", value).few
    assert shown.few("sessions.attendance", value, whole) is False


def test_a_sum_does_not_tell_the_few_that_are_hidden():
    many, one, other, third = (told("deputies.women", value, 60) for value in (30, 5, 6, 15))
    assert summed([many, many]).shown == "50%"
    assert summed([many, one]).shown == "从略"
    assert summed([many, one, other]).shown == "从略"  # eleven together
    assert summed([many, one, third]).few is False
    assert summed([one]).shown == "不足20"


def test_the_rows_of_a_sum_are_not_shown_where_they_would_tell_a_hidden_part():
    many, one, other = (told("deputies.women", value, 60) for value in (30, 5, 6))
    assert many.opens
    assert summed([many, many]).opens
    assert not one.opens
    assert not summed([many, one]).opens
    assert not summed([many, one, other]).opens


def test_two_hidden_townships_are_not_told_by_the_rows_of_all_together(world, year, browse):
    take_figures(2022)
    for place in (world.township, world.neighbour):
        with scope.township(place), action(FILL, actor=None):
            row = TownshipFigures.objects.get(township=place, year=2022)
            row.told["deputies.women"] = [15, 60]
            row.save()
    client, address = browse(world.county_viewer), reverse("reports-county-figure", args=[CODE, "deputies.women"])
    page = client.get(reverse("reports-county", args=[CODE]), {"theme": "deputies"})
    whole = next(cell for cell in page.context["lines"][-1]["cells"] if cell["key"] == "deputies.women")
    assert (whole["shown"], whole["url"]) == ("25%", "")
    assert client.get(address).status_code == 404
    with read(world):
        assert queries.behind([world.township], "deputies.women", 2022, TODAY) is None
        assert queries.behind([world.township], "receptions.count", 2022, TODAY).value == 2


def test_what_is_hidden_leads_nowhere(world, year, browse):
    client = browse(world.county_viewer)
    page = client.get(reverse("reports-county", args=[CODE]), {"theme": "deputies"})
    hidden = [cell for line in page.context["lines"] for cell in line["cells"] if cell["told"].few]
    assert hidden != []
    assert {cell["url"] for cell in hidden} == {""}
    label = figures.registered()["deputies.women"].label
    assert f'aria-label="云溪镇{label}"' not in page.content.decode()  # no bar as long as what is not told
    rates = client.get(reverse("reports-county", args=[CODE]), {"theme": "suggestions"}).content.decode()
    assert 'aria-label="云溪镇' in rates
    sheet = client.get(reverse("reports-county", args=[CODE]), {"theme": "deputies", "format": "xlsx"})
    values = [cell.value for row in load_workbook(io.BytesIO(sheet.content)).active.iter_rows() for cell in row]
    assert "不足20" in values
    assert client.get(reverse("reports-county-figure", args=[CODE, "deputies.women"])).status_code == 404
