"""Every list that is narrowed by days finds what lies within them, the first and the last included, and nothing else."""

from datetime import datetime, timedelta

import pytest

from congress.clock import SHANGHAI
from congress.web.table import PAGE_SIZE
from tests.architecture.listed import WITHOUT_FRAME, each_list, read_whole, routes
from tests.architecture.test_urls import address

pytestmark = pytest.mark.usefixtures("sampled")


def test_a_list_is_narrowed_to_the_days_from_and_until(world, browse, samples):
    """Each list is looked at on the day of its first row, on the day before and on the day after."""
    seen, found = set(), []
    for name, url, client in each_list(browse, world, samples):
        whole = client.get(url, headers=WITHOUT_FRAME)
        listing = whole.context["listing"]
        if not listing.days:
            continue
        value = next(one for one in listing.columns if one.key == listing.days).value
        days = {row.pk: _day(value(row)) for row in read_whole(whole)}
        day = next(day for day in days.values() if day)
        before = day - timedelta(days=1)
        for first, last in ((day, day), (before, before), (day, None), (None, day)):
            between = {"from": first or "", "until": last or ""}
            shown = read_whole(client.get(url, between, headers=WITHOUT_FRAME))
            if not all(_within(_day(value(row)), first, last) for row in shown):
                found.append(f"{name} {first} {last}: too many")
            known = {pk for pk, one in days.items() if _within(one, first, last)}
            if len(shown) < PAGE_SIZE and known - {row.pk for row in shown}:
                found.append(f"{name} {first} {last}: too few")
        seen.add(name)
    assert found == []
    assert {"proposals-receptions", "proposals-suggestions", "administration-audit", "deliveries"} <= seen


def _day(value):
    return value.astimezone(SHANGHAI).date() if isinstance(value, datetime) else value or None


def _within(day, first, last) -> bool:
    return day is not None and (not first or day >= first) and (not last or day <= last)


def test_the_days_are_shown_and_go_along_into_the_table(world, browse, samples):
    route, item = routes()["proposals-receptions"]
    url, client = address(route, item, world, samples[0]), browse(world.clerk)
    html = client.get(url, {"from": "2022-01-01", "until": "2022-02-30", "sort": "people"}).content.decode()
    assert 'name="from" value="2022-01-01" aria-label="日期从"' in html
    assert 'name="until" value="" aria-label="日期至"' in html, "there is no such day"
    assert "from=2022-01-01" in html.split('id="take-along"')[1], "the file holds what is shown"
    none = client.get(url, {"from": "2050-01-01"}).content.decode()
    assert "没有符合条件的记录" in none
    assert '<details class="more-filters" open>' in none


def test_days_the_wrong_way_round_are_said_to_be(world, browse, samples):
    route, item = routes()["proposals-receptions"]
    url = address(route, item, world, samples[0])
    answer = browse(world.clerk).get(url, {"from": "2022-05-02", "until": "2022-05-01"})
    assert "起始日期在截止日期之后" in answer.content.decode()
