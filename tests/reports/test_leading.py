"""The words of a county stand in the reports of its townships, and no township changes them."""

from datetime import date

import pytest
from django.urls import reverse

from congress import clock
from congress.guard import scope
from congress.guard.action import Refused
from reports import actions
from reports.actions.composing import GUIDINGS
from reports.actions.leading import end_guiding, set_guiding
from reports.models import CountyGuiding, Guiding
from reports.queries import annual, telling

CODE = "990101000000"


def in_county(world):
    return scope.county(world.county, world.county.townships.real(), by=world.county_viewer, writes=True)


def said(world, words="全县一盘棋", kind="work", from_on=date(2022, 1, 1), **more) -> CountyGuiding:
    with in_county(world):
        return set_guiding(world.county_viewer, world.county, kind=kind, words=words, from_on=from_on, **more)


def test_words_of_the_county_stand_before_those_of_the_township(world, year):
    said(world, "“县的部署”")
    said(world, "“旧部署”", from_on=date(2020, 1, 1), until_on=date(2021, 12, 31))
    with scope.township(world.township):
        own = Guiding(township=world.township, kind="work", words="“镇的部署”", from_on=date(2022, 3, 1))
        GUIDINGS.record(world.clerk, own)
        assert [row.words for row in telling.county_words(world.township)] == ["“旧部署”", "“县的部署”"]
        report = actions.start(
            world.clerk, world.township, year=2022, cut_off=date(2022, 12, 20), on=date(2022, 12, 21)
        )
        assert "贯彻落实“县的部署”、“镇的部署”工作总部署" in annual.sections(report)[0].text
        assert not CountyGuiding.objects.exists()  # its rows are the county's


@pytest.mark.parametrize(
    ("more", "field", "reason"),
    [
        *(({"words": f"甲{mark}"}, "words", "文字中不能用大括号和【】。") for mark in "{}【】"),
        ({"from_on": date(2022, 2, 2), "until_on": date(2022, 2, 1)}, "until_on", "结束日期不能早于开始日期。"),
        ({}, "words", "这一条已经登记过。"),
    ],
)
def test_words_that_cannot_be_are_refused_at_their_field(world, more, field, reason):
    said(world)
    with pytest.raises(Refused) as refused:
        said(world, **more)
    assert [(finding.field, finding.message) for finding in refused.value.findings] == [(field, reason)]
    with in_county(world):
        assert CountyGuiding.objects.count() == 1


def test_words_end_once_and_not_before_they_began(world):
    row = said(world)
    with clock.frozen(date(2022, 12, 21)), in_county(world):
        with pytest.raises(Refused, match="不能早于"):
            end_guiding(world.county_viewer, row, date(2021, 1, 1))
        end_guiding(world.county_viewer, row, date(2022, 12, 20))
        with pytest.raises(Refused, match="这一条已经结束"):
            end_guiding(world.county_viewer, row, date(2022, 12, 20))


def test_the_county_enters_and_ends_its_words_on_its_pages(world, browse):
    client = browse(world.county_viewer)
    new = reverse("reports-county-guiding-new", args=[CODE])
    key = client.get(new).context["form"]["key"].value()
    form = {"kind": "work", "words": "“全县部署”", "from_on": "2022-01-01", "until_on": "", "basis": "", "key": key}
    assert "不能早于" in client.post(new, form | {"until_on": "2021-01-01"}).content.decode()
    page = client.post(new, form, follow=True).content.decode()
    assert "“全县部署”" in page
    with in_county(world):
        row = CountyGuiding.objects.get()
    end = reverse("reports-county-guiding-end", args=[CODE, row.pk])
    assert client.get(end).status_code == 200
    assert client.post(end, {"until_on": "2022-12-31"}).status_code == 302
    with in_county(world):
        assert CountyGuiding.objects.get().until_on == date(2022, 12, 31)
    with clock.frozen(date(2023, 3, 1)):
        again = client.post(end, {"until_on": "2023-02-01"})
    assert again.context["form"].non_field_errors() == ["这一条已经结束。"]
    with in_county(world):
        assert CountyGuiding.objects.get().until_on == date(2022, 12, 31)
