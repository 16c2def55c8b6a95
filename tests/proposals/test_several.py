"""A step for many records of a list: each through the door on its own, what is refused says why and the others stand."""

import io
import re
import uuid
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pdfminer.high_level import extract_text

from congress import clock
from congress.models import AuditEvent
from congress.steps import lives
from proposals import queries, stages
from proposals.life import MATTER, SUGGESTION
from proposals.views import matters, suggestions
from tests.proposals.helpers import a_matter, at, day, registered, submit

SEVERAL = (suggestions.SEVERAL, matters.SEVERAL)
OFFERED = [(each.life, one) for each in SEVERAL for one in (*each.steps, *each.prints)]


def several(world, step: str, life=SUGGESTION) -> str:
    return reverse(f"{life.name}-several-{step}", args=[world.township.code])


@pytest.fixture
def june(world):
    with world.in_township(), clock.frozen(day(6, 1)):
        yield world


def sent(rows, world, **more) -> dict:
    versions = {f"version-{row.pk}": str(row.version) for row in rows}
    return {"sent": "1", "ticked": [str(row.pk) for row in rows], "way": "lead", "on": "2022-06-01"} | versions | more


def stage(row):
    return queries.stage_of(SUGGESTION.find(row.pk))


def test_twenty_suggestions_are_assigned_to_a_unit_in_six_clicks(june, browse):
    rows = [registered(june, title=f"关于修渠的建议{number}") for number in range(20)]
    client = browse(june.chair)
    listed = client.get(at(june, "suggestions"), {"stage": "registered", "ticked": "all"}).content.decode()
    ticked = re.findall(r'name="ticked" value="([^"]+)"[^>]*checked', listed)
    assert set(ticked) == {str(row.pk) for row in rows}
    # 1 the list, 2 the stage, 3 all of the page, 4 the step,
    asked = client.post(several(june, "assign"), {"ticked": ticked})
    assert [row.record.pk for row in asked.context["open"]] == [uuid.UUID(key) for key in ticked]
    # 5 the unit, 6 sending it.
    done = client.post(several(june, "assign"), sent(rows, june, lead=str(june.unit.pk)))
    assert len(done.context["done"]) == 20
    assert {stage(row) for row in rows} == {stages.Stage.ASSIGNED}
    assert AuditEvent.objects.filter(verb="proposals.assign").count() == 20


def test_one_that_refuses_says_why_and_stays_ticked_and_the_others_stand(june, browse):
    rows = [registered(june, title=f"关于修渠的建议{number}") for number in range(3)]
    late = rows[2]
    stale = sent(rows, june, lead=str(june.unit.pk)) | {f"version-{late.pk}": "7"}
    answer = browse(june.chair).post(several(june, "assign"), stale)
    assert [row.record.pk for row in answer.context["done"]] == [row.pk for row in rows[:2]]
    assert [row.against for row in answer.context["open"]] == [["刚刚被别人改动过，请核对后再办。"]]
    assert [stage(row) for row in rows] == [stages.Stage.ASSIGNED] * 2 + [stages.Stage.REGISTERED]
    page = answer.content.decode()
    assert f'value="{late.pk}" id="ticked-{late.pk}" checked' in page
    assert re.search(f'<option value="{june.unit.pk}"[^>]* selected', page)
    again = browse(june.chair).post(
        several(june, "assign"), sent([SUGGESTION.find(late.pk)], june, lead=str(june.unit.pk))
    )
    assert (len(again.context["done"]), stage(late)) == (1, stages.Stage.ASSIGNED)


def test_those_that_are_not_at_the_step_are_told_apart_before_anything_is_done(june, browse):
    ready, early = registered(june), submit(june, title="关于另一条渠的建议")
    answer = browse(june.chair).post(several(june, "assign"), {"ticked": [str(ready.pk), str(early.pk)]})
    assert [row.record.pk for row in answer.context["open"]] == [ready.pk]
    ((unable, reasons),) = [(row.record.pk, row.against) for row in answer.context["unable"]]
    assert unable == early.pk
    assert "登记" in reasons[0]
    nothing = browse(june.chair).post(several(june, "assign"), sent([early], june, lead=str(june.unit.pk)))
    assert (nothing.context["done"], stage(early)) == ([], stages.Stage.SUBMITTED)


def test_what_is_wrong_in_the_form_stops_all_and_loses_nothing(june, browse):
    rows = [registered(june), registered(june, title="关于另一条渠的建议")]
    answer = browse(june.chair).post(several(june, "assign"), sent(rows, june, on="2022-13-01", lead=str(june.unit.pk)))
    assert answer.context["form"].errors["on"]
    assert len(answer.context["open"]) == 2
    assert {stage(row) for row in rows} == {stages.Stage.REGISTERED}


def test_nothing_ticked_or_nonsense_leads_back_with_a_word(june, browse):
    client = browse(june.chair)
    for ticked in ([], ["x"], [str(uuid.uuid4())], ["\x00", "1" * 5000]):
        answer = client.post(several(june, "assign"), {"ticked": ticked}, follow=True)
        assert answer.redirect_chain[0][0] == at(june, "suggestions")
        assert "请先在列表里勾选" in answer.content.decode()
    assert client.get(several(june, "assign")).status_code == 302


def test_every_step_for_many_is_offered_in_a_list():
    many = {(life.name, step.key) for life in lives().values() for step in life.steps if step.many}
    for name, key in many:
        assert reverse(f"{name}-several-{key}", args=["000000000000"])
    here = {one for one in many if one[0].startswith("proposals-")}
    assert here == {(life.name, one.key) for life, one in OFFERED if one in life.steps}


@pytest.mark.parametrize(("life", "step"), OFFERED, ids=[f"{life.name}-{one.key}" for life, one in OFFERED])
def test_a_role_without_the_right_neither_sees_it_in_the_list_nor_gets_it(june, browse, life, step):
    row = registered(june) if life is SUGGESTION else a_matter(june)
    url = several(june, step.key, life)
    for name in ("clerk", "chair", "deputy_user", "handler", "county_viewer", "neighbour_clerk"):
        client = browse(june.users[name])
        answer = client.get(reverse(f"{life.name}s", args=[june.township.code]))
        shown = answer.status_code == 200 and url in {one.url for one in answer.context["several"]}
        taken = client.post(url, {"ticked": [str(row.pk)]})
        may = step.permission.roles & {m.role for m in june.users[name].memberships.filter(township=june.township)}
        assert shown == bool(may), name
        assert (taken.status_code in (200, 302)) == bool(may), name


def test_a_step_with_something_of_its_own_for_each_record_is_not_for_many():
    with pytest.raises(ValueError, match="of its own"):
        replace(SUGGESTION.step("assign"), confirm=lambda attempt: None)


def pages_of(answer) -> list[str]:
    assert answer["Content-Type"] == "application/pdf"
    return ["".join(page.split()) for page in extract_text(io.BytesIO(answer.content)).split("\f")[:-1]]


def assigned(world, title: str, **units):
    return SUGGESTION.take("assign", world.chair, registered(world, title=title), **units, on=day(5, 20))


def test_the_slips_of_ticked_suggestions_come_in_one_file_each_on_its_page(june, browse):
    rows = [assigned(june, f"关于修渠的建议{number}", lead=june.unit) for number in range(3)]
    SUGGESTION.take("sign", june.handler, rows[1], on=day(5, 21))
    ticked = [str(row.pk) for row in (rows[2], rows[0])]
    pages = pages_of(browse(june.clerk).post(several(june, "slips"), {"ticked": ticked}))
    assert [f"关于修渠的建议{number}" in page for page, number in zip(pages, (2, 0), strict=True)] == [True, True]


def test_what_has_no_slip_is_told_before_the_others_are_printed(june, browse):
    given, ours = assigned(june, "关于修渠的建议", lead=june.unit), registered(june, title="关于另一条渠的建议")
    client, ticked = browse(june.chair), [str(given.pk), str(ours.pk)]
    asked = client.post(several(june, "slips"), {"ticked": ticked})
    assert [key for _, key, _ in asked.context["papers"]] == [given.pk]
    assert "还没有交办" in asked.content.decode()
    kept = re.findall(r'name="ticked" value="([^"]+)"', asked.content.decode())
    assert len(pages_of(client.post(several(june, "slips"), {"ticked": kept, "sent": "1"}))) == 1
    none = client.post(several(june, "slips"), {"ticked": [str(ours.pk)], "sent": "1"})
    assert (none.status_code, none.context["papers"]) == (200, [])


def test_the_slips_of_ticked_matters_come_in_one_file(june, browse):
    rows = [a_matter(june), a_matter(june)]
    for row in rows:
        MATTER.take("unit", june.clerk, row, unit=june.unit, on=day(5, 20), note="请看现场")
    url = several(june, "slips", MATTER)
    assert len(pages_of(browse(june.clerk).post(url, {"ticked": [str(row.pk) for row in rows]}))) == 2


def test_printing_many_asks_the_database_no_more_than_printing_one(june, browse, django_assert_num_queries):
    rows = [assigned(june, f"关于修渠的建议{number}", lead=june.unit) for number in range(3)]
    client, url = browse(june.clerk), several(june, "slips")
    client.post(url, {"ticked": [str(rows[0].pk)]})
    with CaptureQueriesContext(connection) as one:
        client.post(url, {"ticked": [str(rows[0].pk)]})
    with django_assert_num_queries(len(one)):
        client.post(url, {"ticked": [str(row.pk) for row in rows]})
