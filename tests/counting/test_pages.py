"""The pages of the counting room: typed as people type, nothing lost, each sees what is his to see; and the papers."""

import io
import re

import pytest
from django.apps import apps
from django.db.models import DateTimeField
from pdfminer.high_level import extract_text

from congress import permissions
from congress.counting import documents
from congress.counting.actions import Given, name_tellers
from congress.counting.life import COUNT, ENTRY, UNIT
from congress.counting.models import CountEntry
from congress.counting.stages import UnitStage
from congress.counting.tally import Sheet
from congress.guard import scope
from congress.guard.action import Refused, action
from congress.models import Role, Township, User
from tests.cast import SET_UP, _user
from tests.congress.walks.walking import sent
from tests.counting.room import begin, facts, good, opened, prepared, read, settled, unit_facts, unit_of

pytestmark = pytest.mark.django_db


def typed(entry: CountEntry, sheet: Sheet, **more) -> dict:
    """A sheet as a browser sends it."""
    values = sent(ENTRY.step("save"), ENTRY.find(entry.pk), {"sheet": sheet, "explanation": "对照过"})
    return {key: "" if value == "None" else value for key, value in (values | more).items()}


def page_of(entry: CountEntry, step: str) -> str:
    return ENTRY.url(ENTRY.find(entry.pk), step)


def test_a_sheet_is_typed_kept_gone_on_with_and_done(room, browse):
    count = opened(room)
    client, unit = browse(room.teller), unit_of(count)
    answer = client.post(UNIT.url(unit, "begin"), follow=True)
    entry = CountEntry.objects.get()
    assert answer.redirect_chain[-1][0] == page_of(entry, "save")
    half = Sheet({**good(count).cells, "blank": None, "valid": 200}, (("丁五", 2),))
    kept = client.post(page_of(entry, "save"), typed(entry, half), follow=True).content.decode()
    assert 'value="200"' in kept
    assert 'value="丁五"' in kept
    assert "“有效票中全部弃权的”空着" in kept
    again = client.get(page_of(entry, "save")).content.decode()  # another day, another computer
    assert 'value="120"' in again
    refused = client.post(page_of(entry, "finish"), typed(entry, half)).content.decode()
    assert "E206" in refused
    assert 'value="丁五"' in refused
    done = client.post(page_of(entry, "finish"), typed(entry, good(count)), follow=True)
    assert done.redirect_chain[-1][0] == ENTRY.url(ENTRY.find(entry.pk))
    assert unit_facts(unit).stage == UnitStage.ONE_FINAL
    assert client.get(page_of(entry, "save")).status_code == 409


def test_letters_and_strange_cells_are_refused_at_their_place_and_nothing_is_lost(room, browse):
    count = opened(room)
    entry = begin(room.teller, unit_of(count))
    wrong = {"sheet-valid": "二百", "sheet-w0-name": "丁五", "sheet-w0-votes": "x"}
    answer = browse(room.teller).post(page_of(entry, "save"), typed(entry, good(count), **wrong))
    said = answer.content.decode()
    assert "“有效票”请填写整数" in said
    assert "另选人丁五的票数" in said
    assert 'value="二百"' in said
    assert 'value="丁五"' in said
    assert ENTRY.find(entry.pk).sheet == {}
    right = typed(entry, good(count), **{"sheet-collected": "２１１", "sheet-zz": "1"})
    assert browse(room.teller).post(page_of(entry, "save"), right).status_code == 302
    assert ENTRY.find(entry.pk).sheet["cells"]["collected"] == 211
    assert "zz" not in ENTRY.find(entry.pk).sheet["cells"]


def test_a_number_of_a_person_is_no_name(room, browse):
    count = opened(room)
    entry = begin(room.teller, unit_of(count))
    sheet = Sheet(good(count).cells, (("丁五13912345678", 2),))
    answer = browse(room.teller).post(page_of(entry, "save"), typed(entry, sheet))
    assert answer.status_code == 200
    assert ENTRY.find(entry.pk).sheet == {}


def test_two_windows_of_one_typist_do_not_write_over_each_other(room, browse):
    count = opened(room)
    entry = begin(room.teller, unit_of(count))
    old = typed(entry, good(count))
    assert browse(room.teller).post(page_of(entry, "save"), old).status_code == 302
    assert browse(room.teller).post(page_of(entry, "save"), old).status_code == 409


def test_nobody_opens_anothers_sheet(room, browse):
    count = opened(room)
    entry = begin(room.teller, unit_of(count))
    for user in (room.teller2, room.clerk, room.chair):
        assert browse(user).get(page_of(entry, "save")).status_code == 404
        assert browse(user).post(page_of(entry, "save"), typed(entry, good(count))).status_code == 404


def test_the_third_sees_both_and_says_cell_by_cell_what_the_paper_says(room, browse):
    count = opened(room)
    unit = unit_of(count)
    read(room.teller, unit, good(count))
    read(room.teller2, unit, good(count, yes=(120, 78), write_ins={"丁五": 9}))
    client, url = browse(room.clerk), UNIT.url(unit, "decide")
    shown = client.get(url).content.decode()
    for said in ("87", "78", "丁五 9", "第一次录入", "第二次录入"):
        assert said in shown
    assert " checked" not in shown  # nothing is chosen beforehand
    found = unit_facts(unit)
    version = {"version": UNIT.find(unit.pk).version, "reason": "看了第二张计票单"}
    empty = client.post(url, version).content.decode()
    assert "还没有确定" in empty
    answers = {f"chosen-{key}": "second" for key in found.differing if key != "write_ins"}
    yes = next(key for key in found.differing if key.endswith("_yes"))
    paper = {f"chosen-{yes}": "paper", f"chosen-{yes}-paper": "78"}
    people = {"chosen-write_ins": "paper", "chosen-write_ins-paper": "丁五 8\n丁六 1"}
    assert client.post(url, version | answers | paper | people).status_code == 302
    assert unit_facts(unit).settled.write_ins == (("丁五", 8), ("丁六", 1))
    event = CountEntry.objects.get(reader__place=3)
    assert (event.over_first_id, event.over_second_id) == tuple(one.pk for one in unit_facts(unit).pair)


def test_who_is_asked_to_correct_sees_why_and_where_and_nothing_of_the_other(room, browse):
    count = opened(room)
    unit = unit_of(count)
    read(room.teller, unit, good(count))
    read(room.teller2, unit, good(count, yes=(120, 78)))
    look = unit_facts(unit).differing
    UNIT.take("send-back", room.clerk, unit, which="2", look_at=look, reason="请重数第二行")
    correction = unit_facts(unit).seats[2].entry
    shown = browse(room.teller2).get(page_of(correction, "save")).content.decode()
    assert "请重数第二行" in shown
    assert "乙：赞成" in shown
    assert 'value="78"' in shown
    assert 'value="87"' not in shown
    assert shown.count("is-invalid") == len(look)
    old = browse(room.teller2).get(ENTRY.url(correction.corrects)).content.decode()
    assert "已退回更正" in old


def test_sums_of_a_part_are_shown_nowhere(room, browse):
    count = opened(room, Given("一号票箱", 215, 211), Given("二号票箱", 50, 50))
    settled(room, unit_of(count), good(count))
    url = f"/t/{room.township.code}/counting/{count.pk}/"
    assert "每人得票合计" not in browse(room.chair).get(url).content.decode()
    settled(room, unit_of(count, 1), good(count, yes=(30, 20), valid=50, void=0))
    shown = browse(room.chair).get(url).content.decode()
    assert "每人得票合计" in shown
    assert ">150<" in shown
    assert "得票符合当选条件的" in shown


def test_the_county_sees_where_it_stands_and_no_unit(room, browse):
    count = opened(room)
    settled(room, unit_of(count), good(count, yes=(131, 77)))
    page = f"/t/{room.township.code}/counting/units/{unit_of(count).pk}/"
    page_of_the_county = browse(room.county_viewer).get(page).content.decode()
    assert not re.search("(?<![0-9a-f])131(?![0-9a-f])", page_of_the_county), "of a key it may be a part"
    assert ">131<" in browse(room.teller).get(page).content.decode()


def test_a_count_of_many_units_is_read_in_few_queries(room, browse, django_assert_max_num_queries):
    count = opened(room, *(Given(f"{at}号", 215, 211) for at in range(1, 31)))
    for at in range(3):
        settled(room, unit_of(count, at), good(count))
    client = browse(room.clerk)
    url = f"/t/{room.township.code}/counting/{count.pk}/"
    client.get(url)
    with django_assert_max_num_queries(30):
        client.get(url)


def test_the_papers_show_what_was_read_with_its_fingerprint(room):
    count = opened(room)
    unit = unit_of(count)
    with pytest.raises(Refused, match="这一单元还没有确定，不能打印结果；唱票时用空白的计票单。"):
        documents.of_unit(unit_facts(unit))
    with pytest.raises(Refused, match="还有单元没有确定，不能打印计票汇总。"):
        documents.of_whole(facts(count))
    settled(room, unit, good(count, write_ins={"丁五": 1}))
    one, whole = unit_facts(unit), facts(count)
    said = extract_text(io.BytesIO(documents.of_unit(one))).replace("\n", "").replace(" ", "")
    assert one.fingerprint in said
    assert "丁五" in said
    said = extract_text(io.BytesIO(documents.of_whole(whole))).replace("\n", "").replace(" ", "")
    assert whole.fingerprint in said
    assert "计票汇总表" in said


def test_the_empty_sheet_stands_in_the_order_in_which_it_is_entered(room, browse):
    count = opened(room)
    unit = unit_of(count)
    said = extract_text(io.BytesIO(documents.blank(unit_facts(unit)))).replace("\n", "").replace(" ", "")
    for words in ("赞成（正字）", "废票所选多于应选", "甲", "另选", "发出215张", "不超过100张"):
        assert words in said
    url = f"/t/{room.township.code}/counting/units/{unit.pk}/"
    assert "空白计票单" in browse(room.teller).get(url).content.decode()
    assert browse(room.teller).get(f"{url}blank/")["Content-Type"] == "application/pdf"
    settled(room, unit, good(count))
    assert "空白计票单" not in browse(room.teller).get(url).content.decode()


def test_the_list_tells_what_two_people_did_last(room, browse):
    prepared(room, title="第二选区投票")
    opened(room)
    shown = browse(room.clerk).get(f"/t/{room.township.code}/counting/").content.decode()
    assert "未开启" in shown
    assert "正在计票" in shown


def test_facts_asked_of_a_unit_and_of_its_count_are_the_same(room):
    count = opened(room)
    settled(room, unit_of(count), good(count))
    assert facts(count).read[0].fingerprint == unit_facts(unit_of(count)).fingerprint


def test_of_the_election_staff_only_who_is_named_sees_and_reads_a_count(room, browse, monkeypatch):
    monkeypatch.setitem(permissions._tenures, "poll", lambda membership: True)  # how long they stay is not asked here
    with scope.accounts(), action(SET_UP, actor=None):
        staff = _user("staff", Role.POLL, name="云溪计票员", township=room.township)
    count = opened(room)
    unit = unit_of(count)
    pages = [f"/t/{room.township.code}/counting/{count.pk}/", f"/t/{room.township.code}/counting/units/{unit.pk}/"]
    for url in pages:
        assert browse(staff).get(url).status_code == 404
    assert str(count) not in browse(staff).get(f"/t/{room.township.code}/counting/").content.decode()
    with pytest.raises(Refused, match="您没有列为这次计票的计票人员"):
        begin(staff, unit)
    name_tellers(room.clerk, count, [staff])
    for url in pages:
        assert browse(staff).get(url).status_code == 200
    assert str(count) in browse(staff).get(f"/t/{room.township.code}/counting/").content.decode()
    read(staff, unit, good(count))
    assert unit_facts(unit).stage == UnitStage.ONE_FINAL


def test_what_waits_is_on_the_first_page_of_who_does_it(room, browse):
    home = f"/t/{room.township.code}/"
    count = prepared(room)
    COUNT.take("open", room.clerk, count)
    assert "待另一人确认" in browse(room.chair).get(home).content.decode()
    assert "待另一人确认" not in browse(room.clerk).get(home).content.decode()
    COUNT.take("confirm", room.chair, count)
    begin(room.teller, unit_of(count))
    assert "没有录完的计票单" in browse(room.teller).get(home).content.decode()
    assert "没有录完的计票单" not in browse(room.teller2).get(home).content.decode()


def test_no_row_of_the_room_leads_to_a_voter_or_stands_for_a_ballot():
    """Every reference out of these tables is to the room itself, to the place, or to who works there; times of single ballots,
    counters and orders of a pile there are none."""
    models = list(apps.get_app_config("counting").get_models())
    leads = {field.related_model for model in models for field in model._meta.concrete_fields if field.is_relation}
    assert leads - {*models} == {User, Township}
    moments = {
        field.name for model in models for field in model._meta.concrete_fields if isinstance(field, DateTimeField)
    }
    assert moments == {"created_at", "withdrawn_at"}  # of rows, each of which stands for a unit or the whole
