"""A county that came under other rules from a day on: its past due days stay where they were."""

from datetime import date

import pytest
from django.urls import reverse

from congress.guard.action import action
from congress.law.provinces import PACKS, pack
from congress.models import County, Township
from congress.web.forms_places import CountyForm
from tests.cast import SET_UP
from tests.congress.test_keeping import typed

DAY, KEY = date(2025, 5, 1), "deputies.work_days"


def ruled(world, **values):
    with action(SET_UP, actor=None):
        County.objects.filter(pk=world.county.pk).update(**values)


def change(browse, world, **entries):
    client, address = browse(world.system), reverse("administration-county", args=[world.county.pk])
    answer = client.post(address, typed(client, address) | entries)
    return answer, County.objects.get(pk=world.county.pk)


def value_on(world, day: date):
    return pack(Township.objects.select_related("county").get(pk=world.township.pk).pack).value(KEY, day).value


def test_with_a_day_what_was_before_keeps_its_rules(world, browse):
    ruled(world, province="national")
    answer, county = change(browse, world, province="shandong", changed_on="2025-05-01")
    assert answer.status_code == 302
    assert (county.province, county.rules) == ("shandong", "shandong@2025-05-01@national")
    assert [value_on(world, day) for day in (date(2025, 4, 30), DAY)] == [None, 15]
    _, county = change(browse, world, province="national", changed_on="2026-01-01")
    assert county.rules == "national@2026-01-01@shandong@2025-05-01@national"
    assert [value_on(world, day) for day in (date(2025, 4, 30), DAY, date(2026, 1, 1))] == [None, 15, None]


def test_without_a_day_it_was_chosen_wrongly_from_the_beginning(world, browse):
    ruled(world, province="national")
    _, county = change(browse, world, province="shandong")
    assert county.rules == "shandong"
    assert value_on(world, date(2025, 4, 30)) == value_on(world, DAY) == 15


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ({"province": "shandong", "changed_on": "2025-05-01"}, "规则没有改变"),
        ({"province": "national", "changed_on": "2024-01-01"}, "应当晚于上一次改用规则的日期（2025年5月1日）"),
        ({"province": "national", "changed_on": "2025-05-01"}, "应当晚于上一次改用规则的日期（2025年5月1日）"),
    ],
)
def test_a_day_that_cannot_be_is_said_at_its_field(world, entries, says):
    ruled(world, province="shandong", former_rules="2025-05-01@national")
    row = County.objects.get(pk=world.county.pk)
    form = CountyForm({"code": row.code, "name": row.name, "kind": row.kind, **entries}, instance=row)
    assert says in str(form.errors["changed_on"])


def test_the_form_says_since_when_the_rules_of_now_apply(world):
    row = County.objects.get(pk=world.county.pk)
    assert "起适用" not in CountyForm(instance=row).fields["changed_on"].help_text
    row.former_rules = "2025-05-01@national"
    assert "现在的规则从2025年5月1日起适用" in CountyForm(instance=row).fields["changed_on"].help_text


def test_a_new_county_is_asked_for_no_day():
    assert "changed_on" not in CountyForm().fields


def test_the_list_of_counties_names_the_rules_in_words_and_finds_them(world, browse):
    ruled(world, province="shandong")
    client, address = browse(world.system), reverse("administration-counties")
    label = PACKS["shandong"].label
    answers = {word: client.get(address, {"q": word}).content.decode() for word in (label, "shandong")}
    assert (world.county.name in answers[label], f">{label}<" in answers[label]) == (True, True)
    assert world.county.name not in answers["shandong"]
