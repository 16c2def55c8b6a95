"""Plain records: each kind is recorded, changed and withdrawn in one way, with true events and a history."""

from datetime import date

import pytest
from django.test import override_settings
from django.urls import reverse

from congress import clock
from congress.assembly.actions import SESSIONS
from congress.assembly.models import Session
from congress.guard.action import Conflict, Refused, action, words_of
from congress.keeping import differences, keeping_of, keepings, version_of
from congress.models import AuditEvent, Category, County, Holiday, Township, Unit
from congress.upkeep import CATEGORIES, COUNTIES, HOLIDAYS, TOWNSHIPS, UNITS
from congress.web.records import url_of
from deputies.models import Activity, District
from tests.cast import SET_UP
from tests.congress.kept import LISTED_OF, NEEDED, PAGES, PLACES, alone, listed_of
from tests.congress.toy import TOYS, Toy

pytestmark = pytest.mark.usefixtures("sampled")


@pytest.fixture
def samples(samples):
    return samples[0]


def kinds():
    return {key: keeping for key, keeping in keepings().items() if not key.startswith("tests.")}


def typed(client, address: str) -> dict:
    """What the form of a page would send if nothing were changed."""
    form = client.get(address).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def step(keeping, world, row, name: str) -> str:
    return reverse(f"{keeping.route}-{name}", args=[world.township.code, row.pk])


def last_event(world, verb) -> AuditEvent:
    with world.in_township():
        return AuditEvent.objects.filter(verb=verb.key).latest("seq")


def test_every_kind_is_listed_here():
    assert set(kinds()) == {*PAGES, *PLACES}
    assert {key for key, keeping in kinds().items() if not keeping.withdrawable} == PLACES


@pytest.mark.parametrize("key", PAGES)
def test_a_form_sent_as_it_was_shown_or_from_an_old_page_changes_nothing_and_else_what_differs(
    world, browse, samples, key
):
    """Nothing typed is lost with an old page or one without version; and the event names what differs and nothing else."""
    name, field, value, _ = PAGES[key]
    keeping, row, client = keepings()[key], samples[name], browse(world.clerk)
    address = step(keeping, world, row, "edit")
    shown = typed(client, address)
    answer = client.post(address, shown)
    assert answer.status_code == 302, answer.context["form"].errors
    with world.in_township():
        assert keeping.model.objects.get(pk=row.pk).version == row.version
        assert not AuditEvent.objects.filter(verb=keeping.verbs["change"].key).exists()
    for version in ("99", "", "x"):
        answer = client.post(address, shown | {field: value, "version": version})
        assert answer.status_code == 409, version
        assert value in answer.content.decode(), version
        with world.in_township():
            assert keeping.model.objects.get(pk=row.pk).version == row.version, version
    answer = client.post(address, shown | {field: value})
    assert answer.status_code == 302, answer.context["form"].errors
    event = last_event(world, keeping.verbs["change"])
    assert set(event.detail) <= {"项目", "自"}
    assert list(event.detail["项目"]) == [field]
    with world.in_township():
        row.refresh_from_db()
    page = client.get(url_of(row, world.township)).content.decode()
    assert "修改历史" in page
    assert f"修改了{keeping.words}" in page
    assert str(keeping.model._meta.get_field(field).verbose_name) in page


@pytest.mark.parametrize("key", PAGES)
def test_a_record_is_withdrawn_with_a_reason_and_stands_in_no_list(world, browse, samples, key):
    name, _, _, listed = PAGES[key]
    keeping, client = keepings()[key], browse(world.clerk)
    with world.in_township(), action(SET_UP, actor=None):
        row = alone(samples[name])
    address = step(keeping, world, row, "withdraw")
    assert "撤回误录" in client.get(url_of(row, world.township)).content.decode()
    assert "请写明原因" in str(client.post(address, {"reason": " ", "version": row.version}).context["form"].errors)
    assert client.post(address, {"reason": "登错了", "version": ""}).status_code == 409
    assert client.post(address, {"reason": "登错了", "version": row.version}).status_code == 302
    assert last_event(world, keeping.verbs["withdraw"]).subject_id == str(row.pk)
    with world.in_township():
        assert keeping.model.objects.get(pk=row.pk).withdrawn_reason == "登错了"
    assert client.get(url_of(row, world.township)).status_code == 404
    with world.in_township():
        args = [world.township.code, *([listed_of(row, LISTED_OF[key])] if key in LISTED_OF else [])]
    assert str(row.pk) not in client.get(reverse(listed, args=args)).content.decode()


@pytest.mark.parametrize(
    ("key", "wrong", "field"),
    [
        ("assembly.session", {"entitled": "50", "present": "51"}, "present"),
        ("elections", {"registered": "900", "took_part": "901"}, "took_part"),
        ("elections.turnout", {"registered": "900", "took_part": "901"}, "took_part"),
        ("congress.unit", {"name": "教育办"}, "name"),
        ("deputies.district", {"number": "9"}, "number"),
    ],
)
def test_what_the_table_forbids_is_said_at_the_field_it_speaks_of(world, browse, samples, key, wrong, field):
    keeping, row, client = keepings()[key], samples[PAGES[key][0]], browse(world.clerk)
    if key == "deputies.district":
        with world.in_township(), action(SET_UP, actor=None):
            District.objects.create(township=world.township, term=row.term, number=9, name="别村", seats=1)
    address = step(keeping, world, row, "edit")
    form = client.post(address, typed(client, address) | wrong).context["form"]
    assert list(form.errors) == [field]
    assert form[field].value() == wrong[field]


@pytest.mark.parametrize("key", NEEDED)
def test_what_others_depend_on_stays_and_the_refusal_names_them(world, browse, samples, key):
    keeping, row, client = keepings()[key], samples[PAGES[key][0]], browse(world.clerk)
    with world.in_township():
        row.refresh_from_db()
    data = {"reason": "登错了", "version": row.version}
    answer = client.post(step(keeping, world, row, "withdraw"), data)
    assert answer.status_code == 200
    told = str(answer.context["form"].errors)
    assert NEEDED[key] in told
    assert "不能撤回" in told
    assert "登错了" in answer.content.decode()
    with world.in_township():
        assert keeping.model.objects.get(pk=row.pk).withdrawn_at is None


def test_a_withdrawn_name_may_be_entered_again(world):
    with world.in_township():
        for keeping, make in (
            (UNITS, lambda: Unit(township=world.township, name="新站")),
            (CATEGORIES, lambda: Category(township=world.township, kind="matter", label="新类")),
        ):
            first = keeping.record(world.clerk, make())
            keeping.withdraw(world.clerk, first, "登错了", first.version)
            assert keeping.record(world.clerk, make()).pk != first.pk


def test_a_withdrawn_record_is_neither_changed_nor_withdrawn_again(world):
    with world.in_township():
        unit = UNITS.record(world.clerk, Unit(township=world.township, name="新站"))
        gone = UNITS.withdraw(world.clerk, unit, "登错了", unit.version)
        for again in (
            lambda: UNITS.change(world.clerk, gone, {"name": "又一站"}, gone.version),
            lambda: UNITS.withdraw(world.clerk, gone, "再来", gone.version),
        ):
            with pytest.raises(Refused, match="已经撤回"):
                again()


def test_the_check_is_asked_for_a_change_as_for_a_recording(world):
    with world.in_township():
        given = {"term": world.term, "number": 1, "opened_on": date(2021, 11, 10), "entitled": 50, "present": 48}
        session = SESSIONS.record(world.clerk, Session(township=world.township, **given))
        with pytest.raises(Refused, match="不能多于应到"):
            SESSIONS.change(world.clerk, session, {"present": 51}, session.version)
        assert Session.objects.get(pk=session.pk).present == 48


def test_words_of_people_stay_out_of_the_event_and_dates_and_numbers_are_told(world):
    with world.in_township():
        activity = Activity(township=world.township, kind="visit", title="走访丁一", held_on=date(2022, 5, 1))
        new = {"title": "走访戊二", "note": "丁一家", "held_on": date(2022, 5, 2), "kind": "study", "households": 3}
        assert differences(activity, new) == {
            "title": [],
            "note": [],
            "held_on": ["2022-05-01", "2022-05-02"],
            "kind": ["走访", "理论学习"],
            "households": ["0", "3"],
        }
        district = District.objects.select_related("term").get(term=world.term)
        assert differences(district, {"term": district.term, "seats": district.seats}) == {}


def test_the_trail_says_what_a_value_was_and_is(world, browse):
    with world.in_township():
        category = CATEGORIES.record(world.clerk, Category(township=world.township, kind="matter", label="水"))
        CATEGORIES.change(world.clerk, category, {"position": 3, "active": False, "label": "水利"}, category.version)
    page = browse(world.chair).get(reverse("trail", args=[world.township.code])).content.decode()
    assert "名称、在用由“是”改为“否”、次序由“0”改为“3”" in page


def test_places_and_days_off_are_changed_with_the_version_that_was_shown(world, browse):
    system = browse(world.system)
    holiday = Holiday(day=date(2031, 1, 1), name="元旦", basis="通知")
    with action(SET_UP, actor=None):
        holiday.save()
    for row, name, field, value in (
        (world.township, "administration-township", "population", "30001"),
        (world.county, "administration-county", "congress_name", "清江县人民代表大会常务委员会"),
        (holiday, "administration-holiday", "basis", "国办通知"),
    ):
        keeping, address = keeping_of(type(row)), reverse(name, args=[row.pk])
        shown = typed(system, address)
        assert system.post(address, shown | {field: value, "version": ""}).status_code == 409
        assert system.post(address, shown | {field: value}).status_code == 302
        late = system.post(address, shown | {field: f"{value}9"})
        assert late.status_code == 409
        assert f"{value}9" in late.content.decode()
        assert str(getattr(keeping.model.objects.get(pk=row.pk), field)) == value


def test_a_place_has_its_events_in_its_own_chain(world):
    with world.in_township():
        town = TOWNSHIPS.change(world.clerk, world.township, {"population": 5}, version_of(world.township))
        event = AuditEvent.objects.get(verb="congress.change_township")
        assert (event.chain, event.detail["项目"]["population"][1]) == (town.pk, "5")
        with pytest.raises(Conflict):
            TOWNSHIPS.change(world.clerk, world.township, {"population": 6}, version_of(Township(code="0")))
    assert (COUNTIES.model, HOLIDAYS.model) == (County, Holiday)


def test_older_events_keep_their_words():
    assert words_of("congress.unit") == "维护了承办单位"
    assert words_of("deputies.withdraw_place") == "撤回了误登的记录"
    assert words_of("assembly.elect_officer") == "登记了选举产生的人员"


@override_settings(ROOT_URLCONF="tests.congress.toy")
def test_a_new_plain_record_made_by_the_recipe_has_everything(world, browse):
    client, code = browse(world.clerk), world.township.code
    refused = client.post(reverse("toy-new", args=[code]), {"name": "坏玩具", "level": "township"})
    assert "不能有" in str(refused.context["form"].errors["name"])
    assert client.post(reverse("toy-new", args=[code]), {"name": "陀螺", "level": "township"}).status_code == 302
    with world.in_township():
        toy = Toy.objects.get(name="陀螺")
    address = reverse("toy-edit", args=[code, toy.pk])
    shown = typed(client, address)
    assert client.post(address, shown | {"level": "county"}).status_code == 302
    assert client.post(address, shown | {"level": "village"}).status_code == 409
    page = client.get(reverse("toy", args=[code, toy.pk])).content.decode()
    assert "修改了玩具" in page
    assert "撤回误录的玩具" in page
    assert "陀螺" in client.get(reverse("toys", args=[code]), {"q": "陀"}).content.decode()
    assert client.get(reverse("toys", args=[code]), {"format": "xlsx"}).content[:2] == b"PK"
    answer = client.post(reverse("toy-withdraw", args=[code, toy.pk]), {"reason": "登错了", "version": "1"})
    assert answer.status_code == 302
    assert client.get(reverse("toy", args=[code, toy.pk])).status_code == 404
    with world.in_township():
        assert Toy.objects.get(pk=toy.pk).withdrawn_at <= clock.now()
        assert AuditEvent.objects.get(verb="tests.change_toy").detail == {"项目": {"level": ["本级", "县级部门"]}}
    assert TOYS.words == "玩具"
