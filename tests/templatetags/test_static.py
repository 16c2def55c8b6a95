"""Addresses of our own files, found once."""

import pytest
from django.contrib.staticfiles.storage import StaticFilesStorage, staticfiles_storage
from django.template import Context, Template

NAMES = ("img/mark.svg", "css/congress.css", "a b&c.css")


class Elsewhere(StaticFilesStorage):
    """Files that lie at another place, and count how often they are looked for."""

    asked = 0

    def url(self, name):
        type(self).asked += 1
        return f"/elsewhere/{name}"


def written(text: str, **said) -> str:
    return Template(f"{{% load static %}}{text}").render(Context(said))


@pytest.mark.parametrize("name", NAMES)
def test_a_file_has_the_address_that_its_place_gives(name):
    there = staticfiles_storage.url(name)
    assert written("{% static name %}", name=name) == there
    assert written("{% static name as found %}-{{ found }}", name=name) == f"-{there}"
    assert written("{% get_static_prefix %}").rstrip("/") in there


def test_it_is_looked_for_once_and_anew_where_files_come_from_another_place(settings):
    before = written("{% static 'img/mark.svg' %}")
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": f"{__name__}.Elsewhere"}}
    assert [written("{% static 'img/mark.svg' %}") for _ in range(3)] == ["/elsewhere/img/mark.svg"] * 3
    assert Elsewhere.asked == 1
    assert before != "/elsewhere/img/mark.svg"
