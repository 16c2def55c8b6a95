"""A place that came under other rules: what happened before is judged as it was then."""

from datetime import date

import pytest

from congress.law.provinces import UnknownPack, laws_of, moved, pack

DAY, LATER = date(2025, 5, 1), date(2026, 3, 1)
KEY = "deputies.work_days"  # 15 in 山东, said nowhere in the national law


@pytest.mark.parametrize(("on", "value"), [(date(2025, 4, 30), None), (DAY, 15), (date(2026, 1, 1), 15)])
def test_each_day_has_the_rules_of_that_day(on, value):
    assert pack(moved("shandong", DAY, "national")).value(KEY, on).value == value


def test_rules_may_change_more_than_once_and_bear_the_name_of_now():
    name = moved("national", LATER, moved("shandong", DAY, "national"))
    place = pack(name)
    told = [place.value(KEY, on).value for on in (date(2025, 4, 30), date(2025, 6, 1), LATER)]
    assert told == [None, 15, None]
    assert (place.name, place.label) == ("national", "全国")
    assert [place.on(on).name for on in (date(2025, 4, 30), DAY, LATER)] == ["national", "shandong", "national"]
    assert place.values(date(2025, 6, 1))[KEY].value == 15


def test_the_laws_of_both_are_its_laws():
    assert laws_of(moved("national", DAY, "shandong")) == laws_of("shandong") != frozenset()


@pytest.mark.parametrize("name", ["nowhere@2025-05-01@national", "shandong@2025-05-01@nowhere"])
def test_rules_nobody_holds_are_refused(name):
    with pytest.raises(UnknownPack):
        pack(name)
