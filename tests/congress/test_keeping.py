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
from tests.congress.toy import TOYS, Toy

pytestmark = pytest.mark.usefixtures("sampled")

# Kind → (its sample, a field of its form and another value, the list it stands in with the list's own arguments).
PAGES = {
    "congress.unit": ("unit", "duties", "管水库", "units"),
    "congress.category": ("category", "position", "7", "categories"),
    "deputies.term": ("term", "seats", "51", "deputies-terms"),
    "deputies.district": ("district", "seats", "3", "deputies-districts"),
    "deputies.group": ("group", "name", "东片小组", "deputies-groups"),
    "deputies.station": ("station", "reception_days", "每月五日", "deputies-stations"),
    "deputies.activity": ("activity", "people", "12", "deputies-activities"),
    "assembly.session": ("session", "present", "47", "assembly-sessions"),
    "assembly.officer": ("officer", "ended_on", "2023-01-05", "assembly-officers"),
    "assembly.credentials_member": ("credentials_member", "left_on", "2023-01-05", "assembly-credentials"),
    "assembly.meeting": ("meeting", "present", "7", "assembly-meetings"),
    "elections": ("election", "meetings", "4", "elections-list"),
    "elections.turnout": ("turnout", "recovered", "899", "elections-turnouts"),
    "elections.campaign": ("campaign", "last_day", "2021-10-21", "elections-campaigns"),
    "elections.committee": ("committee", "appointed_on", "2026-09-02", "elections-campaigns"),
    "elections.member": ("committee_member", "appointed_on", "2026-09-02", "elections-member-list"),
    "elections.decision": ("committee_decision", "decided_on", "2026-09-02", "elections-decision-list"),
    "elections.team": ("work_team", "duties", "联系东片", "elections-team-list"),
    "elections.task": ("campaign_task", "done_on", "2026-11-28", "elections-task-list"),
    "elections.submission": ("submission", "replied_on", "2026-09-02", "elections-submission-list"),
    "elections.coverage": ("coverage", "number", "120", "elections-coverage-list"),
    "elections.inspection": ("inspection", "mend_by", "2026-09-06", "elections-inspection-list"),
    "elections.progress": ("progress", "handled", "已处置", "elections-progress-list"),
    "elections.group": ("voter_group", "leader", "程组长", "elections-group-list"),
    "elections.district_day": ("district_day", "reason", "山洪", "elections-district-day-list"),
    "elections.mobile_box": ("mobile_box", "route", "东山六组", "elections-mobile-box-list"),
    "elections.mobile_voter": ("mobile_voter", "said", "看护家人", "elections-mobile-voter-list"),
    "elections.ballot_box": ("ballot_box", "carriers", "程丙、程丁", "elections-ballot-box-list"),
    "elections.room": ("room_check", "note", "补一支笔", "elections-room-list"),
    "elections.handed": ("handed_form", "note", "另送两份", "elections-handed-list"),
    "elections.staff": ("poll_staff", "employer_post", "东山小学", "elections-staff-list"),
    "elections.consultation": ("consultation", "held_on", "2026-12-08", "elections-consultation-list"),
    "elections.preliminary": ("preliminary", "held_on", "2026-12-11", "elections-preliminary-list"),
    "elections.meeting": ("candidate_meeting", "attended", "90", "elections-meeting-list"),
    "elections.voting_rules": ("voting_rules", "fixed_on", "2026-12-01", "elections-campaigns"),
    "elections.recall": ("recall", "reason", "另有理由", "elections-recalls"),
    "elections.breach": ("breach", "subject", "于二", "elections-breach-list"),
    "elections.annulment": ("annulment", "review", "年龄不到", "elections-annulment-list"),
    "elections.ledger": ("ledger_line", "left_over", "295", "elections-ledger-list"),
    "elections.archive": ("archive_item", "amount", "938", "elections-archive-list"),
    "elections.place": ("polling_place", "spot", "东山小学", "elections-place-list"),
    "elections.vacancy": ("vacancy", "reason", "辞职", "elections-vacancy-list"),
    "elections.nominee": ("nominee", "native_place", "浙江清江", "elections-nominee-list"),
    "elections.body": ("body", "name", "云溪镇妇联", "elections-body-list"),
    "elections.vetting_unit": ("vetting_unit", "days", "5", "elections-vetting-unit-list"),
    "elections.nomination": ("joint_nomination", "reason", "办事公道", "elections-nominations"),
    "elections.signer": ("signer", "struck", "本人没有签名", "elections-nomination"),
    "elections.vetting": ("vetting", "due_on", "2026-12-05", "elections-vettings"),
    "elections.origin": ("district_origin", "reason", "并村设选区", "elections-origin-list"),
    "elections.proxy_note": ("proxy_note", "noted_on", "2026-12-02", "elections-proxy-note-list"),
    "elections.detained": ("detained", "agreed_on", "2026-12-03", "elections-detained-list"),
    "elections.pool": ("pool_entry", "owner", "程新", "elections-pool"),
}
# Kinds that are changed and never withdrawn.
PLACES = {"congress.township", "congress.county", "congress.holiday"}
# The record on whose page a kind's list stands.
LISTED_OF = {
    "deputies.district": "term_id",
    "elections.turnout": "election_id",
    "elections.member": "committee_id",
    "elections.decision": "committee_id",
    "elections.team": "campaign_id",
    "elections.task": "campaign_id",
    "elections.submission": "campaign_id",
    "elections.coverage": "campaign_id",
    "elections.inspection": "campaign_id",
    "elections.progress": "campaign_id",
    "elections.group": "district.term.elections.latest.pk",
    "elections.district_day": "election_id",
    "elections.mobile_box": "campaign_id",
    "elections.mobile_voter": "box.campaign_id",
    "elections.ballot_box": "campaign_id",
    "elections.room": "place.campaign_id",
    "elections.handed": "campaign_id",
    "elections.staff": "campaign_id",
    "elections.place": "campaign_id",
    "elections.ledger": "round_id",
    "elections.breach": "campaign_id",
    "elections.annulment": "election_id",
    "elections.archive": "election_id",
    "elections.consultation": "election_id",
    "elections.preliminary": "election_id",
    "elections.meeting": "election_id",
    "elections.vacancy": "election_id",
    "elections.origin": "election_id",
    "elections.nominee": "election_id",
    "elections.body": "campaign_id",
    "elections.vetting_unit": "campaign_id",
    "elections.signer": "nomination_id",
    "elections.vetting": "nominee.election_id",
    "elections.proxy_note": "election_id",
    "elections.detained": "election_id",
}


def _listed_of(row, path: str):
    """The key at the end of a path of attributes; a manager gives its newest row."""
    for name in path.split("."):
        row = getattr(row, name)
        row = row("created_at") if callable(row) and name == "latest" else row
    return row


# Samples to which other rows point, and what the refusal names.
NEEDED = {
    "congress.unit": "承办单位",
    "congress.category": "事项",
    "deputies.term": "选区1条（第1选区",
    "deputies.station": "接待选民1条",
    "assembly.session": "选举产生的人员1条（政府正职）",
    "elections": "选区投票情况1条（第1选区）",
    "elections.campaign": "选举1条",
    "elections.nominee": "推荐表2条",
    "elections.body": "推荐者1条",
    "elections.vetting_unit": "联审意见1条",
    "elections.committee": "选举委员会成员1条（主任）",
}


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
def test_a_change_through_the_form_names_what_differs_and_nothing_else(world, browse, samples, key):
    name, field, value, _ = PAGES[key]
    keeping, row, client = keepings()[key], samples[name], browse(world.clerk)
    with world.in_township():
        row.refresh_from_db()
    address = step(keeping, world, row, "edit")
    answer = client.post(address, typed(client, address) | {field: value})
    assert answer.status_code == 302, answer.context["form"].errors
    event = last_event(world, keeping.verbs["change"])
    assert set(event.detail) <= {"项目", "自"}
    assert list(event.detail["项目"]) == [field]
    page = client.get(url_of(row, world.township)).content.decode()
    assert "修改历史" in page
    assert f"修改了{keeping.words}" in page
    assert str(keeping.model._meta.get_field(field).verbose_name) in page


@pytest.mark.parametrize("key", PAGES)
def test_a_change_that_changes_nothing_leaves_nothing(world, browse, samples, key):
    keeping, row, client = keepings()[key], samples[PAGES[key][0]], browse(world.clerk)
    address = step(keeping, world, row, "edit")
    answer = client.post(address, typed(client, address))
    assert answer.status_code == 302, answer.context["form"].errors
    with world.in_township():
        assert keeping.model.objects.get(pk=row.pk).version == row.version
        assert not AuditEvent.objects.filter(verb=keeping.verbs["change"].key).exists()


@pytest.mark.parametrize("key", PAGES)
@pytest.mark.parametrize("version", ["99", "", "x"])
def test_an_old_page_or_one_without_version_changes_nothing_and_loses_nothing_typed(
    world, browse, samples, key, version
):
    name, field, value, _ = PAGES[key]
    keeping, row, client = keepings()[key], samples[name], browse(world.clerk)
    address = step(keeping, world, row, "edit")
    answer = client.post(address, typed(client, address) | {field: value, "version": version})
    assert answer.status_code == 409
    assert value in answer.content.decode()
    with world.in_township():
        assert keeping.model.objects.get(pk=row.pk).version == row.version


@pytest.mark.parametrize("key", PAGES)
def test_a_record_is_withdrawn_with_a_reason_and_stands_in_no_list(world, browse, samples, key):
    name, _, _, listed = PAGES[key]
    keeping, client = keepings()[key], browse(world.clerk)
    with world.in_township(), action(SET_UP, actor=None):
        row = _alone(samples[name])
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
        args = [world.township.code, *([_listed_of(row, LISTED_OF[key])] if key in LISTED_OF else [])]
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


# What there is one row of: its copy is of another one.
ONE_OF = {
    "election": "term",
    "committee": "election",
    "vacancy": "district",
    "consultation": "group",
    "preliminaryvote": "district",
    "votingrules": "election",
    "districtday": "district",
    "districtorigin": "district",
    "vetting": "unit",
    "nominationsigner": "nomination",
    "proxynote": "district",
    "detainedvoting": "registration",
    "mobilevoter": "registration",
    "roomcheck": "place",
    "ledgerline": "place",
    "annulment": "mandate",
    "mandate": "term",
    "registration": "voter",
}


def _alone(row):
    """Another row like this one, to which nothing points."""
    values = {column.attname: getattr(row, column.attname) for column in row._meta.concrete_fields}
    for name in ("number", "name", "label", "line"):
        if name in values:
            values[name] = values[name] + ("甲" if isinstance(values[name], str) else 8)
    if other := ONE_OF.get(row._meta.model_name):
        values[f"{other}_id"] = _alone(getattr(row, other)).pk
    return type(row).objects.create(**{name: value for name, value in values.items() if name != "id"})


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
