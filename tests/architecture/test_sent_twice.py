"""Every form that makes a record: sent twice, by a double click, a retry or from two tabs, it makes one row and one event."""

import uuid
from dataclasses import dataclass, field
from datetime import date

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.urls import reverse

from congress import keeping, numbers
from congress.guard import scope
from congress.guard.action import action
from congress.guard.record import Record
from congress.models import AuditEvent, Category, Membership, User
from congress.web.codes import CODE_GONE
from congress.web.forms import RecordForm
from congress.web.keyed import Keyed
from congress.web.records import ALREADY
from deputies.models import Activity, Group
from reports.models import AnnualReport, Section
from tests.architecture.addressed import argument
from tests.architecture.samples import sample_pdf
from tests.architecture.test_free_text import FORMS, named
from tests.architecture.test_urls import patterns
from tests.cast import SET_UP

pytestmark = pytest.mark.usefixtures("sampled")

DAY = "2022-05-05"
TABLE = "甲\t乙\n东\t西"  # its columns are to be named by hand


@dataclass(frozen=True)
class Case:
    """The page of a form, what is entered beside what it shows at first, and who sends it."""

    page: str
    entered: dict = field(default_factory=dict)
    who: str = "clerk"
    first: int = 302  # a page that shows a code once is an answer of its own
    args: dict = field(default_factory=dict)  # of the address, where the samples' are others
    query: str = ""  # what the page wants to know before it shows the form


def _no_seat_of_the_county(samples):
    """A congress the sample deputy has no seat in yet."""
    term = samples["term"]
    values = {column.attname: getattr(term, column.attname) for column in term._meta.concrete_fields}
    return type(term).objects.create(**values | {"id": uuid.uuid4(), "level": "county", "number": 9})


def _a_report_to_issue(samples):
    """A draft that lacks nothing."""
    report = AnnualReport.objects.create(township=samples.town, year=2020, title="工作报告", cut_off=date(2020, 12, 20))
    Section.objects.create(township=samples.town, report=report, position=1, level=0, text="做了工作。")
    return report


def _an_item_not_met(samples):
    """An item of the check-list no station meets yet."""
    return Category.objects.create(township=samples.town, kind=Category.Kind.CHECKLIST, label="有牌子")


def _a_vice_chair(samples):
    """The membership of somebody to whom rights can be handed over."""
    user = User.objects.create(username="vice", display_name="程副")
    return Membership.objects.create(user=user, role="vice", township=samples.town)


def _a_station_to_entrust(samples):
    """A station, and somebody who may be entrusted with it."""
    user = User.objects.create(username="liaison", display_name="程联")
    Membership.objects.create(user=user, role="liaison", township=samples.town)
    return samples["station"]


def _who_waits(samples):
    """The membership of somebody who may get another code."""
    return Membership.objects.filter(township=samples.town, role="unit").first()


CASES = {
    "congress.web.forms.UnitForm": Case("unit-new", {"name": "新设单位"}),
    "congress.web.forms.CategoryForm": Case("category-new", {"label": "新设类别", "position": 9}),
    "congress.web.forms_people.ChannelForm": Case("channel-new", {"kind": "sms", "address": "13912345678"}),
    "congress.web.attachments.UploadForm": Case("attach"),
    "congress.web.forms_people.AccountForm": Case(
        "member-new", {"username": "newclerk", "display_name": "程新", "role": "clerk"}, who="chair", first=200
    ),
    "congress.web.forms_people.CodesForm": Case("member-codes", {"never": "on", "members": _who_waits}),
    "congress.web.forms_people.DelegationForm": Case(
        "delegation-new",
        {"rights": ["proposals.assign"], "since": "2099-01-01", "until": "2099-02-01"},
        who="chair",
        args={"pk": _a_vice_chair},
    ),
    "congress.web.forms_people.NewUserForm": Case(
        "administration-user-new", {"username": "newuser", "display_name": "程新"}, who="system", first=200
    ),
    "congress.web.forms_people.GrantForm": Case(
        "administration-user", {"role": "chair", "township": lambda samples: samples.town}, who="system"
    ),
    "congress.web.forms_people.ErasureForm": Case(
        "erasure-new", {"reason": "任期届满已满五年"}, args={"pk": lambda samples: samples["pending"]}
    ),
    "congress.imports.kinds.UploadForm": Case("import-new", {"text": TABLE}, args={"kind": "congress.units"}),
    "congress.imports.ledgers.LedgerForm": Case("import-new", {"text": TABLE}, args={"kind": "proposals.receptions"}),
    "deputies.imports.roster_form.TermForm": Case("import-new", {"text": TABLE}, args={"kind": "deputies.districts"}),
    "deputies.imports.roster_form.RosterForm": Case("import-new", {"text": TABLE}),
    "elections.imports.ElectionForm": Case("import-new", {"text": TABLE}, args={"kind": "elections.turnouts"}),
    "congress.assembly.forms.SessionForm": Case(
        "assembly-session-new", {"number": 7, "opened_on": DAY, "entitled": 50, "present": 48}
    ),
    "congress.assembly.forms.OfficerForm": Case("assembly-officer-new", {"name": "程新", "elected_on": "2022-03-02"}),
    "congress.assembly.forms.MeetingForm": Case(
        "assembly-meeting-new", {"held_on": DAY, "topics": "听取汇报", "entitled": 9, "present": 8}
    ),
    "deputies.forms.DeputyForm": Case("deputies-new", {"name": "程新", "gender": "male", "ethnicity": "汉族"}),
    "deputies.forms.MandateForm": Case(
        "deputies-mandate-new",
        {"term": _no_seat_of_the_county, "elected_on": "2021-11-20", "district": ""},
    ),
    "deputies.forms.CorrectionForm": Case(
        "deputies-correct", {"field": "employer_post", "value": "云溪小学教师"}, who="deputy_user"
    ),
    "deputies.forms.AccountsForm": Case("deputies-accounts", {"everyone": "on"}),
    "deputies.forms.IssueForm": Case("deputies-roster-issue"),
    "deputies.forms.TermForm": Case("deputies-term-new", {"number": 30, "seats": 50, "started_on": "2026-11-10"}),
    "deputies.forms.DistrictForm": Case("deputies-district-new", {"number": 30, "name": "新村", "seats": 1}),
    "deputies.forms.GroupForm": Case("deputies-group-new", {"name": "新组"}),
    "deputies.forms.StationForm": Case("deputies-station-new", {"name": "新站", "opened_on": DAY}),
    "deputies.forms.LiaisonForm": Case("deputies-liaison-new", args={"pk": _a_station_to_entrust}),
    "deputies.forms.ItemForm": Case(
        "deputies-station-item", {"met_on": DAY, "evidence": "照片存站内"}, args={"item": _an_item_not_met}
    ),
    "deputies.forms.ActivityForm": Case(
        "deputies-activity-new",
        {"title": "走访选民", "held_on": DAY, "half_days": 1, "everybody": "on"},
        query="?kind=visit",
    ),
    "deputies.forms.own_activities.OwnActivityForm": Case(
        "deputies-own-activity-new", {"title": "走访选民", "held_on": DAY}, who="deputy_user", query="?kind=visit"
    ),
    "elections.forms.TurnoutForm": Case(
        "elections-turnout-new", {"number": 8, "registered": 900, "took_part": 600, "recovered": 600}
    ),
    "elections.forms.ElectionForm": Case(
        "elections-new",
        {
            "term": _no_seat_of_the_county,
            "begun_on": "2021-07-01",
            "election_day": "2021-10-20",
            "districts": 1,
            "seats": 2,
            "registered": 900,
            "took_part": 800,
            "meetings": 1,
        },
    ),
    "proposals.forms.receptions.MatterForm": Case("proposals-reception-add", {"words": "桥面坏了"}),
    "proposals.forms.receptions.ReceptionForm": Case(
        "proposals-reception-new",
        {"held_on": DAY, "words": "桥面坏了", "people": 1, "origin": "visit", "spot": "云溪村"},
    ),
    "proposals.forms.suggestions.SuggestionForm": Case(
        "proposals-suggestion-new",
        {"title": "关于修桥的建议", "situation": "桥坏了", "proposal": "请修", "submitted_on": DAY},
    ),
    "proposals.forms.suggestions.PeriodForm": Case(
        "proposals-period-new", {"value": 20, "effective_from": "2022-06-07", "basis": "主席团决定"}, who="chair"
    ),
    "reports.forms.StartForm": Case("reports-new", {"year": 2020, "cut_off": "2020-12-20"}),
    "reports.forms.NewSectionForm": Case("reports-add", {"text": "补写一段。"}),
    "reports.forms.IssueForm": Case("reports-issue", who="chair", args={"pk": _a_report_to_issue}),
    "reports.forms.CorrectForm": Case("reports-correct", {"reason": "数字有误"}),
}
# Forms that make nothing of their own: the bases.
BASES = {"congress.web.forms.KeyedForm", "congress.web.forms.RecordForm"}


def makes_a_record(kind: type[forms.BaseForm]) -> bool:
    """Whether a form makes a row that is known by the form's key; places and days off are there once by themselves."""
    if not issubclass(kind, Keyed) or named(kind) in BASES:
        return False
    model = kind._meta.model if issubclass(kind, RecordForm) else kind.makes
    return isinstance(model._meta.pk, models.UUIDField) or hasattr(model, "form_key")


KEYED = {named(kind): kind for kind in FORMS if makes_a_record(kind)}


def model_of(name: str) -> type[Record]:
    """What a form makes."""
    kind = KEYED[name]
    return kind._meta.model if issubclass(kind, RecordForm) else kind.makes


def test_every_form_that_makes_a_record_is_sent_twice_here():
    assert set(KEYED) == set(CASES)


def test_every_kind_of_plain_record_is_made_by_such_a_form():
    kept = {each.model for key, each in keeping.keepings().items() if not key.startswith("tests.")}
    made = {model_of(name) for name in KEYED}
    assert {model for model in kept if issubclass(model, Record)} <= made
    for model in kept - made:
        assert any(column.unique and not column.primary_key for column in model._meta.concrete_fields), model


@pytest.fixture
def samples(samples, world):
    with world.in_township(), action(SET_UP, actor=None):
        numbers.used(world.township, "matter", 2022, 99)  # those of the samples
    return samples[0]


def address_of(case: Case, world, samples) -> str:
    """The page with the numbers of the samples in it."""
    taken = {item.name: item.pattern.converters for _, item in patterns()}[case.page]
    kwargs = {} if case.who == "system" else {"code": world.township.code}
    kwargs |= {name: argument(case.page, name, samples, world) for name in taken if name != "code"}
    with world.in_township(), action(SET_UP, actor=None):
        other = {name: value(samples).pk if callable(value) else value for name, value in case.args.items()}
    return reverse(case.page, kwargs=kwargs | other) + case.query


def shown(form) -> dict:
    """What the form sends as it stands, with the first choice where one must be made."""
    found = {}
    for name, each in form.fields.items():
        value = form[name].value()
        if value in (None, "", []) and each.required and hasattr(each, "choices"):
            value = next(str(key) for key, _ in each.choices if str(key))
            value = [value] if isinstance(each, forms.ModelMultipleChoiceField | forms.MultipleChoiceField) else value
        if value is not None and value is not False:
            found[name] = value
    return found


def filled(client, address: str, case: Case, world, samples) -> dict:
    """Everything that is sent, the key of the page with it."""
    form = client.get(address).context["form"]
    with world.in_township():
        sent = shown(form)
    for name, value in case.entered.items():
        if callable(value):
            with world.in_township(), action(SET_UP, actor=None):
                value = value(samples).pk
        sent[name] = value
    return sent


def send(client, address: str, sent: dict):
    """Send it; a file, where one is asked for, anew each time."""
    file = {"file": SimpleUploadedFile("桥.pdf", sample_pdf(), "application/pdf")} if "/attach/" in address else {}
    return client.post(address, sent | file)


def counted(world, model) -> tuple[int, int]:
    """(rows of the kind, events of all chains)."""
    with world.in_township() if issubclass(model, Record) else scope.accounts():
        rows = model._default_manager.count()
    with scope.audit():
        return rows, AuditEvent.objects.count()


@pytest.mark.parametrize("name", CASES)
def test_a_form_sent_twice_makes_one_row_and_leads_to_the_same_page(world, browse, samples, name):
    case, model = CASES[name], model_of(name)
    client = browse(getattr(world, case.who))
    address = address_of(case, world, samples)
    sent = filled(client, address, case, world, samples)
    assert sent["key"]
    before, _ = counted(world, model)
    first = send(client, address, sent)
    assert first.status_code == case.first, first.context["form"].errors
    made = counted(world, model)
    assert made[0] == before + 1
    second = send(client, address, sent)
    assert second.status_code == 302
    assert case.first != 302 or second["Location"] == first["Location"]
    assert counted(world, model) == made


def test_the_second_answer_says_that_it_is_there_already(world, browse, samples):
    client, address = browse(world.clerk), reverse("deputies-group-new", args=[world.township.code])
    sent = filled(client, address, Case("", {"name": "新组"}), world, samples)
    send(client, address, sent)
    again = send(client, address, sent)
    assert str(list(get_messages(again.wsgi_request))[-1]) == ALREADY


def test_two_pages_make_two_rows(world, browse, samples):
    """Two activities of one day are two: what counts is the page, not what was typed."""
    case = CASES["deputies.forms.ActivityForm"]
    client, address = browse(world.clerk), address_of(case, world, samples)
    before, _ = counted(world, Activity)
    for title in ("走访选民", "走访老党员"):
        typed = filled(client, address, case, world, samples) | {"title": title}
        assert send(client, address, typed).status_code == 302
    assert counted(world, Activity)[0] == before + 2


def test_what_was_withdrawn_may_be_entered_again_from_the_same_page_and_then_once(world, browse, samples):
    client, address = browse(world.clerk), reverse("deputies-group-new", args=[world.township.code])
    sent = filled(client, address, Case("", {"name": "新组"}), world, samples)
    send(client, address, sent)
    with world.in_township():
        row = Group.objects.get(name="新组")
        keeping.keeping_of(Group).withdraw(world.clerk, row, "登错了", row.version)
    assert [send(client, address, sent).status_code for _ in range(2)] == [302, 302]
    with world.in_township():
        assert Group.objects.kept().filter(name="新组").count() == 1
        assert Group.objects.filter(name="新组").count() == 2


@pytest.mark.parametrize("key", ["", "x", "0" * 40, "' OR 1=1"])
def test_a_key_that_is_none_breaks_nothing(world, browse, samples, key):
    client, address = browse(world.clerk), reverse("deputies-group-new", args=[world.township.code])
    sent = filled(client, address, Case("", {"name": "新组"}), world, samples) | {"key": key}
    answer = send(client, address, sent)
    assert answer.status_code == (302 if not key else 200)
    if key:
        assert "这张表单已经失效" in answer.content.decode()
        assert "新组" in answer.content.decode()


def test_a_key_of_another_township_or_another_kind_finds_nothing_and_stands_in_nobodys_way(world, browse, samples):
    sent = {"name": "新组", "key": str(uuid.uuid4())}
    for user, town in ((world.neighbour_clerk, world.neighbour), (world.clerk, world.township)):
        answer = browse(user).post(reverse("deputies-group-new", args=[town.code]), sent)
        assert answer.status_code == 302
        assert f"/t/{town.code}/" in answer["Location"]
        assert str(list(get_messages(answer.wsgi_request))[-1]) != ALREADY
        with scope.township(town):
            assert Group.objects.filter(name="新组").count() == 1
    unit = browse(world.clerk).post(reverse("unit-new", args=[world.township.code]), sent | {"level": "township"})
    assert unit.status_code == 302, unit.context["form"].errors
    assert str(list(get_messages(unit.wsgi_request))[-1]) != ALREADY


def test_the_number_of_a_row_is_no_key(world, browse, samples):
    """Whoever knows the address of a neighbour's record learns and hits nothing by sending it as a key."""
    with scope.township(world.neighbour), action(SET_UP, actor=None):
        row = Group.objects.create(township=world.neighbour, name="邻组")
    url = reverse("deputies-group-new", args=[world.township.code])
    answer = browse(world.clerk).post(url, {"name": "新组", "key": str(row.pk)})
    assert answer.status_code == 302
    assert str(row.pk) not in answer["Location"]
    with world.in_township():
        assert Group.objects.filter(name="新组").count() == 1


def test_a_table_that_was_mended_or_given_up_is_another_batch_from_the_same_page(world, browse, samples):
    """Who goes back and sends another table under the same key means another; the same one once more only when the first
    was given up."""
    case = CASES["congress.imports.kinds.UploadForm"]
    client, address = browse(world.clerk), address_of(case, world, samples)
    sent = filled(client, address, case, world, samples)
    first = send(client, address, sent)["Location"]
    mended = send(client, address, sent | {"text": TABLE + "\n南\t北"})["Location"]
    assert mended != first
    client.post(first + "drop/")
    again = send(client, address, sent)["Location"]
    assert again not in (first, mended)
    assert send(client, address, sent)["Location"] == again


def test_who_opens_an_account_twice_is_told_where_the_code_went(world, browse, samples):
    case = CASES["congress.web.forms_people.AccountForm"]
    client, address = browse(world.chair), address_of(case, world, samples)
    sent = filled(client, address, case, world, samples)
    shown_once = send(client, address, sent).content.decode()
    assert "一次性口令" in shown_once
    again = client.post(address, sent, follow=True)
    assert CODE_GONE in again.content.decode()
    assert "newclerk" in again.content.decode()
