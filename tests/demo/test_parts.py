"""Parts of the demonstration that need no database: people, words, and days."""

from datetime import date, timedelta
from random import Random
from types import SimpleNamespace

import pytest

from congress.law.periods import WorkCalendar
from congress.law.suggestions import reply_due
from congress.people.scrub import find_personal
from reports.demo import cast
from reports.demo.diary import Diary
from reports.demo.names import RARE, People
from reports.demo.places import COUNTY_UNITS, PLACES, TOWN_UNITS
from reports.demo.present import assigned_for
from reports.demo.words import TOPICS


def _diary(today: date) -> Diary:
    return Diary(today, Random(1), WorkCalendar())


def test_people_are_the_same_each_time_and_never_twice():
    first, second = (People(Random(7), 1) for _ in range(2))
    people = [first.next() for _ in range(120)]
    assert people == [second.next() for _ in range(120)]
    assert len({one.name for one in people}) == 120
    assert len({one.id_number for one in people}) == 120
    assert len({one.phone for one in people}) == 120
    assert {name for name, _, _ in RARE} <= {one.name for one in people}


def test_every_subject_names_units_that_exist():
    for topic in TOPICS:
        assert topic.unit in TOWN_UNITS
        assert topic.county_unit in COUNTY_UNITS


def test_every_subject_goes_to_the_department_of_the_county_that_answers_for_it():
    assert {topic.label: topic.county_unit for topic in TOPICS} == {
        "水利设施": "区水利局",
        "教育资源": "区教育体育局",
        "基层防控人员待遇": "区卫生健康委员会",
        "公路交通设施": "区交通运输局",
        "农贸商城改造": "区商务局",
        "环境卫生": "区城市管理局",
        "基层农村干部养老保险待遇": "区人力资源和社会保障局",
        "医疗卫生": "区卫生健康委员会",
        "养老服务": "区民政局",
        "农业生产": "区农业农村局",
        "公共文化设施": "区文化和旅游局",
        "供水供电和通信": "区发展和改革局",
    }


def test_words_are_different_and_hold_no_numbers_of_persons():
    texts = [complaint.words for topic in TOPICS for complaint in topic.complaints]
    texts += [proposal.title for topic in TOPICS for proposal in topic.proposals]
    assert len(texts) == len(set(texts))
    for topic in TOPICS:
        for part in (*topic.complaints, *topic.proposals):
            assert find_personal("".join(vars(part).values())) == []


def test_codes_and_accounts_are_unlike_any_real_place():
    assert all(place.code.startswith("9901") and len(place.code) == 12 for place in PLACES)
    names = [one.username for one in cast.everybody()]
    assert len(names) == len(set(names))
    assert [one for accounts in cast.by_place(set(names)).values() for one in accounts] == cast.everybody()


@pytest.mark.parametrize("days_left", [-13, 1, 7, 8, 30])
@pytest.mark.parametrize("month", range(1, 13))
def test_day_of_assigning_gives_the_wanted_due_day(month, days_left):
    today = date(2026, month, 28)
    town = SimpleNamespace(diary=_diary(today))
    left = (reply_due(assigned_for(town, days_left)).date - today).days
    assert min(0, days_left - 9) <= left <= days_left
    assert (left < 0) == (days_left < 0)


def test_diary_tells_in_order_and_stops_before_today():
    told = []

    def story(name, *waits):
        for wait in waits:
            told.append(name)
            yield wait
        told.append(f"{name} ends")

    today = date(2022, 3, 7)
    diary = _diary(today)
    diary.begin(date(2022, 3, 4), story("late"))
    diary.begin(date(2022, 3, 1), story("early", 1, today - timedelta(days=1)))
    diary.begin(today, story("never"))
    _play(diary)
    assert told == ["early", "early", "late ends", "early ends"]
    assert diary.workday(date(2022, 3, 5)) == today


def _play(diary: Diary) -> None:
    while diary._due():
        diary._step()
