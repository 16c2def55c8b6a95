"""A link is offered to whom its page opens: in lists, facts, the trail and wherever a template writes one."""

import uuid

import pytest
from django.template import Context, Template
from django.urls import reverse

from congress.permissions import Standing, standing_in_township
from congress.web.offered import offered

pytestmark = pytest.mark.django_db


def standing(world, who: str) -> Standing:
    return standing_in_township(getattr(world, who), world.township)


@pytest.mark.parametrize(
    ("who", "opens"),
    [("clerk", True), ("chair", True), ("county_viewer", False), ("deputy_user", False), ("handler", False)],
)
@pytest.mark.parametrize("name", ["category", "deputies-term", "deputies-district"])
def test_an_address_is_offered_to_whom_its_door_opens(world, who, opens, name):
    url = reverse(name, args=[world.township.code, uuid.uuid4()])
    assert offered(standing(world, who), url) == (url if opens else "")
    assert offered(standing(world, who), f"{url}?q=1") == (f"{url}?q=1" if opens else "")


@pytest.mark.parametrize("url", ["", "?sort=name", "/law/x/y/1/", "/no/such/page/", "https://example.org/"])
def test_what_no_right_of_a_place_closes_is_offered_as_it_is(world, url):
    assert offered(standing(world, "county_viewer"), url) == url
    assert offered(None, url) == url


def test_where_no_link_is_offered_the_words_stay(world):
    url = reverse("category", args=[world.township.code, uuid.uuid4()])
    for written, shown in (
        ("{% link url word %}", "&lt;水利&gt;"),
        ("{% offered url as there %}{{ there }}|", "|"),
        ("{% facts rows %}", "<dd>水利</dd>"),
        ("{% breadcrumbs items %}", "水利"),
    ):
        page = Template("{% load ui frame %}" + written)
        values = {"url": url, "word": "<水利>", "rows": [("类别", "水利", url)], "items": [("水利", url), ("此页", "")]}
        told = page.render(Context(values | {"standing": standing(world, "county_viewer")}))
        assert shown in told
        assert url not in told
        assert url in page.render(Context(values | {"standing": standing(world, "clerk")})), written
