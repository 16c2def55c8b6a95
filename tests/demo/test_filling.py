"""A demonstration is filled while its pages are up: township by township, each whole or not at all, and the pages say so."""

from datetime import date
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse

from congress.models import Township, User
from congress.web import filling
from reports.demo import cast, seeding
from reports.demo.places import PLACES
from tests.demo.conftest import TODAY

LINE = "云砚镇已写到2023年5月"


@pytest.fixture
def demonstration(settings):
    settings.DEMO = True
    yield settings
    cache.clear()


class Killed(Exception):
    """The process ended in the middle."""


def story_of(town, *, killed: str = "") -> None:
    """No history at all, or an end in the middle of a township's."""
    if town.place.key == killed:
        raise Killed


def opened() -> set[str]:
    return set(User.objects.values_list("username", flat=True))


@pytest.mark.usefixtures("nobody", "db")
def test_a_filling_that_was_killed_goes_on_with_the_township_it_was_at(demonstration, monkeypatch):
    monkeypatch.setattr(seeding, "plan", lambda town: story_of(town, killed=PLACES[1].key))
    with pytest.raises(Killed):
        seeding.seed(TODAY)
    assert seeding.is_there()
    assert [seeding.is_filled(place) for place in PLACES] == [True, False, False, False]
    assert not seeding.is_whole()
    assert not Township.objects.filter(code=PLACES[1].code).exists(), "no sweep and nobody else sees half a township"
    assert opened() == cast.names_there()
    assert {name.partition("-")[0] for name in opened()} == {"yunyan", "qingyan", "xitong", "anquan", "shenji"}

    monkeypatch.setattr(seeding, "plan", story_of)
    said = StringIO()
    call_command("seed_demo", "--demo-today", TODAY.isoformat(), stdout=said)
    assert seeding.is_whole()
    assert all(place.name in said.getvalue() for place in PLACES)  # the list of accounts
    assert f"{PLACES[0].name}：" not in said.getvalue(), "what was whole is left alone"
    assert Township.objects.filter(code__startswith=PLACES[0].code[:6]).count() == len(PLACES)


@pytest.mark.usefixtures("nobody", "db")
def test_pages_say_how_far_it_is_and_who_can_log_in_already(demonstration, monkeypatch, client):
    seen = []

    def look(place, month):
        filling.tell(LINE)
        seen.append(client.get(reverse("account_login")).content.decode())

    monkeypatch.setattr(seeding, "plan", story_of)
    seeding.seed(TODAY, places=PLACES[:2], tell=look)
    assert [("yunyan-ganshi" in page, "qihe-ganshi" in page) for page in seen[-1:]] == [(True, True)]
    assert all(f"演示数据正在写入（{LINE}）" in page and "every 5s" in page for page in seen)
    filling.done()
    page = client.get(reverse("account_login")).content.decode()
    assert "演示数据正在写入" not in page
    assert "every 5s" not in page
    assert client.get(reverse("filling")).content.strip() == b"", "the line goes away by itself"


def test_an_office_is_never_told_of_a_filling(client, db, settings):
    settings.DEMO = False
    filling.tell(LINE)
    try:
        assert filling.told() == ""
        assert LINE not in client.get(reverse("filling")).content.decode()
    finally:
        filling.done()


def test_the_terminal_hears_of_years_and_the_pages_of_months(demonstration, nobody, db, monkeypatch):
    heard = []
    monkeypatch.setattr(filling, "tell", heard.append)

    def seed(today, *, small, tell):
        for month in (date(2023, 1, 1), date(2023, 2, 1), None):
            tell(PLACES[0], month)

    monkeypatch.setattr(seeding, "seed", seed)
    said = StringIO()
    call_command("seed_demo", stdout=said)
    assert said.getvalue().splitlines()[:2] == ["云砚镇：正在写入2023年", "云砚镇：正在推算期限"]
    assert heard == ["云砚镇已写到2023年1月", "云砚镇已写到2023年2月", "云砚镇正在推算期限"]
