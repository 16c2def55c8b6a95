"""The pages of lists taken along: who comes to which, what a device is given and sends, what the shell holds."""

import copy
import json
import uuid
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.guard.action import action
from congress.models import AuditEvent
from elections.actions import tablets as acts
from elections.forms.tablets import MOST_AT_ONCE, MergeForm
from elections.models import IssueConflict, IssueRegister, Registration, Tablet
from elections.queries import tablets as queries
from tests.cast import SET_UP
from tests.elections.campaigns import ELECTION_DAY
from tests.elections.desks import another_place, at_hour, desk, entrusted, handed, issued
from tests.elections.test_issue_pages import at, here, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def election(peopled_election, polling_day):
    """Two districts, the first votes arranged, half past eight on polling day; the township's scope is open."""
    with at_hour(8):
        yield peopled_election


@pytest.fixture
def register(election, open_register):
    return copy.deepcopy(open_register)


@pytest.fixture
def tablet(world, register) -> Tablet:
    return acts.take_along(world.clerk, register, "1号平板")


def entry(register, name: str) -> dict:
    """An entry as a device sends it."""
    line = Registration.objects.get(voter__name=name)
    vote = desk(register).rounds[0]
    told = {"key": uuid.uuid4(), "vote": vote.pk, "registration": line.pk, "way": "person", "on": ELECTION_DAY}
    return {name: str(value) for name, value in told.items()}


def sent(client, world, tablet, *entries: dict, **values):
    body = {"entries": json.dumps(entries)} | values
    return client.post(at(world, "elections-tablet-merge", tablet.pk), body)


def test_a_list_is_named_put_on_the_device_sent_back_and_its_conflict_decided(world, browse, election, register):
    client = browse(world.clerk)
    page = client.get(here(world, register))
    assert "离线名册" in page.text
    form = client.get(at(world, "elections-tablet-take", register.pk))
    assert "没有开启" in form.text, "without JavaScript it says so"
    key = str(form.context["form"]["key"].value())
    answer = client.post(at(world, "elections-tablet-take", register.pk), {"name": "1号平板", "key": key})
    tablet = Tablet.objects.get()
    assert answer.url == at(world, "elections-tablet", tablet.pk)
    assert "存到这台设备" in client.get(answer.url).text
    given = client.post(at(world, "elections-tablet-load", tablet.pk)).json()
    assert client.get(at(world, "elections-tablet-load", tablet.pk)).status_code == 405, "it is put there by a button"
    assert (given["id"], given["device"], given["list"]["place"]) == (str(tablet.pk), "1号平板", "东山村投票站")
    assert datetime.fromtimestamp(given["until"] / 1000, tz=UTC) == tablet.until
    assert "丁一" in [one["a"] for one in given["list"]["people"]]
    assert AuditEvent.objects.filter(verb="elections.load_tablet").count() == 1
    assert "1台未交回" in client.get(here(world, register)).text
    handed(register, election, "丁一")
    told = client.get(given["merge"]).json()
    assert told["gone"] is False
    assert len(told["token"]) == 64
    answer = sent(client, world, tablet, entry(register, "丁一"), entry(register, "王三"), back="on").json()
    assert (answer["taken"], answer["conflicts"]) == (1, 1)
    assert client.get(given["merge"]).json()["gone"] is True
    listed = client.get(answer["where"])
    assert "丁一" in listed.text
    assert "已经领过乡镇选票" in listed.text
    waits = "离线领票登记的冲突待处理"
    home = reverse("township_home", args=[world.township.code])
    assert waits in client.get(home).text
    conflict = IssueConflict.objects.get()
    decide = at(world, "elections-issue-conflict-decide", conflict.pk)
    assert "号丁一" in client.get(decide).text
    answer = client.post(decide, {"on": ELECTION_DAY, "decision": "mistake", "note": "选民只来过一次", "version": 0})
    assert answer.url == at(world, "elections-issue-tablets", register.pk)
    assert waits not in client.get(home).text
    assert "误点，没有发出选票" in client.get(answer.url).text
    assert "交回" in client.get(at(world, "elections-tablet", tablet.pk)).text


def test_a_device_hears_that_its_register_is_closed(world, browse, register, tablet):
    with action(SET_UP, actor=None):
        IssueRegister.objects.update(closed_on=ELECTION_DAY)
    assert browse(world.clerk).get(at(world, "elections-tablet-merge", tablet.pk)).json()["gone"] is True


def test_a_device_that_does_not_come_back_is_told_on_its_page(world, browse, register, tablet):
    client = browse(world.clerk)
    page = client.get(at(world, "elections-tablet-lose", tablet.pk))
    assert "照那里的纸质领票登记册" in page.text
    answer = client.post(at(world, "elections-tablet-lose", tablet.pk), {"on": ELECTION_DAY, "version": 0})
    assert "请写明原因" in answer.text
    client.post(at(world, "elections-tablet-lose", tablet.pk), {"on": ELECTION_DAY, "version": 0, "reason": "掉进河里"})
    assert "掉进河里" in client.get(at(world, "elections-tablet", tablet.pk)).text
    answer = client.post(at(world, "elections-tablet-load", tablet.pk))
    assert (answer.status_code, answer.json()["told"][0][:8]) == (409, "这份名册没有带回")


def test_a_register_is_closed_only_with_every_device_back(world, browse, register, tablet):
    page = browse(world.clerk).get(at(world, "elections-issue-register-close", register.pk))
    assert "还没有交回：1号平板" in page.text


@pytest.mark.parametrize(
    "entries",
    ["[", '{"key": 1}', "[1]", '[{"key": "x"}]', "9", "[" * 9999, json.dumps([{}] * (MOST_AT_ONCE + 1))],
)
def test_what_is_no_list_of_entries_is_refused_whole(world, browse, register, tablet, entries):
    answer = browse(world.clerk).post(at(world, "elections-tablet-merge", tablet.pk), {"entries": entries})
    assert (answer.status_code, issued(register)) == (422, [])
    assert "登记还在设备上" in answer.json()["told"][0]


@pytest.mark.parametrize("replaced", ["[]", '{"x": 1}', '{"%s": -1}', '{"%s": true}', '{"%s": 999999}', '{"%s": "2"}'])
def test_totals_that_are_none_are_refused(replaced):
    assert not MergeForm({"replaced": replaced.replace("%s", str(uuid.uuid4()))}).is_valid()


@pytest.mark.parametrize(("name", "value"), [("way", "bought"), ("on", "2026-13-01"), ("more", "x"), ("key", "k")])
def test_an_entry_with_anything_else_in_it_is_refused(name, value):
    given = dict.fromkeys(("key", "vote", "registration"), str(uuid.uuid4())) | {"way": "person", "on": "2026-12-20"}
    assert MergeForm({"entries": json.dumps([given])}).is_valid()
    assert not MergeForm({"entries": json.dumps([given | {name: value}])}).is_valid()


def test_entries_of_another_election_are_refused_whole(world, browse, register, tablet):
    answer = sent(browse(world.clerk), world, tablet, entry(register, "丁一") | {"vote": str(uuid.uuid4())})
    assert (answer.status_code, answer.json()["told"]) == (409, ["这些登记不是这次选举的，没有并入。"])


def test_neighbours_and_staff_of_another_place_come_to_no_list(world, browse, election, register, tablet):
    other = another_place(election)
    there = staff(world, election, "issuer", other)
    addresses = [
        ("elections-issue-tablets", register.pk),
        ("elections-tablet-take", register.pk),
        ("elections-tablet", tablet.pk),
        ("elections-tablet-merge", tablet.pk),
        ("elections-tablet-lose", tablet.pk),
    ]
    for who, status in ((world.neighbour_clerk, 404), (there, 404), (world.clerk, 200)):
        client = browse(who)
        assert {client.get(at(world, *address)).status_code for address in addresses} == {status}, who
        answers = [sent(client, world, tablet), client.post(at(world, "elections-tablet-load", tablet.pk))]
        assert {answer.status_code for answer in answers} == {status}, who
    assert browse(world.clerk).get(at(world, "elections-tablet-load", tablet.pk)).status_code == 405


def test_a_worker_of_the_place_sees_a_conflict_and_leaves_it_to_the_clerk(world, browse, election, register, tablet):
    handed(register, election, "丁一")
    worker = browse(staff(world, election, "issuer", register.place))
    sent(worker, world, tablet, entry(register, "丁一"))
    assert "等待登记选举的工作人员处理" in worker.get(at(world, "elections-issue-tablets", register.pk)).text
    row = IssueConflict.objects.get()
    assert worker.get(at(world, "elections-issue-conflict-decide", row.pk)).status_code == 403


def test_who_is_logged_in_is_the_actor_and_without_a_login_nothing_is_taken(world, client, browse, register, tablet):
    answer = sent(client, world, tablet, entry(register, "丁一"))
    assert (answer.status_code, issued(register)) == (302, [])
    sent(browse(world.chair), world, tablet, entry(register, "丁一"))
    last = AuditEvent.objects.filter(verb="elections.merge_tablet").get()
    assert (last.actor_id, Tablet.objects.get().taken_by) == (world.chair.pk, world.clerk)


def test_the_list_is_read_in_a_constant_number_of_statements(election, register):
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            queries.content(desk(register))
        return len(asked)

    entrusted(election, "于二", "丁一", 1)
    handed(register, election, "东甲")
    few = statements()
    entrusted(election, "王三", "丁一", 2)
    handed(register, election, "欧阳小明", "丁一")
    assert statements() == few


def test_the_shell_and_its_worker_hold_nothing_of_anybody(client, world, register, tablet):
    shell, worker = client.get(reverse("tablet")), client.get(reverse("tablet-worker"))
    assert "领票登记（离线）" in shell.text
    assert [word for word in ("东山村", "1号平板", "丁一") if word in shell.text] == []
    assert worker["Content-Type"].startswith("text/javascript")
    assert worker.text.startswith("const STOCKED = '")
    assert "http://" not in worker.text
    assert "https://" not in worker.text
