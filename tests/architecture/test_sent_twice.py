"""Every form that makes a record: sent twice, by a double click, a retry or from two tabs, it makes one row and one event."""

import re
import uuid

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.urls import reverse

from congress import keeping, numbers, printing
from congress.guard import scope
from congress.guard.action import action
from congress.guard.record import Record
from congress.models import AuditEvent
from congress.web.codes import CODE_GONE
from congress.web.forms import RecordForm
from congress.web.keyed import Keyed
from congress.web.records import ALREADY
from deputies.models import Activity, Group
from tests.architecture import said
from tests.architecture.addressed import argument
from tests.architecture.listed import routes
from tests.architecture.samples import sample_pdf
from tests.architecture.sending import CASES
from tests.architecture.sending_case import Case
from tests.architecture.sending_imports import TABLE
from tests.architecture.test_free_text import FORMS, named
from tests.cast import SET_UP

pytestmark = pytest.mark.usefixtures("sampled")

FILE = re.compile("/(attach|signed)/")  # pages that ask for one

# Forms that make nothing of their own: the bases, and what only changes what is there.
BASES = {
    "congress.web.forms.KeyedForm",
    "congress.web.forms.RecordForm",
    "elections.forms.proxies.ForLevels",
    "elections.forms.boxes.HandoverForm",
}


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


@pytest.fixture(autouse=True)
def all_papers_are_large(monkeypatch):
    """A paper of a few pages is answered with itself and makes nothing: here every one is left to a job."""
    monkeypatch.setattr(printing, "AT_ONCE", 0)


@pytest.fixture
def samples(samples, world):
    with world.in_township(), action(SET_UP, actor=None):
        numbers.used(world.township, "matter", 2022, 99)  # those of the samples
    return samples[0]


def address_of(case: Case, world, samples) -> str:
    """The page with the numbers of the samples in it."""
    taken = routes()[case.page][1].pattern.converters
    place = world.county if case.who == "county_viewer" else world.township
    kwargs = {} if case.who == "system" else {"code": place.code}
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
    return typed_in(client.get(address), case, world, samples)


def typed_in(opened, case: Case, world, samples) -> dict:
    """What the form of a page sends with what is entered."""
    form = opened.context["form"]
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
    file = {"file": SimpleUploadedFile("桥.pdf", sample_pdf(), "application/pdf")} if FILE.search(address) else {}
    return client.post(address, sent | file)


def counted(world, model) -> tuple[int, int]:
    """(rows of the kind, events of all chains)."""
    with world.in_township() if issubclass(model, Record) else scope.every_row("how many there are"):
        rows = model._default_manager.count()
    with scope.audit():
        return rows, AuditEvent.objects.count()


def ends() -> dict[int, int]:
    """How far each chain of the trail goes."""
    with scope.audit():
        return dict(AuditEvent.objects.values_list("chain").annotate(models.Max("seq")))


def telling(heads: dict[int, int]) -> str:
    """What the trail tells since its chains went so far."""
    with scope.audit():
        now = AuditEvent.objects.order_by("chain", "seq")
        new = [one for one in now.filter(seq__gt=min(heads.values(), default=0)) if one.seq > heads.get(one.chain, 0)]
    told = (f"{one.verb} {one.subject_type} {one.subject_label} {one.detail}" for one in new)
    return said.without_what_passes("; ".join(told))


@pytest.mark.parametrize("name", CASES)
def test_a_form_sent_twice_makes_one_row_and_leads_to_the_same_page(world, browse, samples, name):
    case, model = CASES[name], model_of(name)
    client = browse(getattr(world, case.who))
    address = address_of(case, world, samples)
    opened = client.get(address)
    sent = typed_in(opened, case, world, samples)
    assert sent["key"]
    heads = ends()
    before, _ = counted(world, model)
    first = send(client, address, sent)
    assert first.status_code == case.first, first.context["form"].errors
    made = counted(world, model)
    assert made[0] == before + 1
    second = send(client, address, sent)
    assert second.status_code == 302
    assert case.first != 302 or second["Location"] == first["Location"]
    assert counted(world, model) == made
    told = [f"{name} asks {said.held(opened.content.decode())}", f"{name} leaves {telling(heads)} {said.reply(first)}"]
    assert said.differing(said.HERE / "sent.txt", told, f"{name} ") == [], "SAID=write pytest …"


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
