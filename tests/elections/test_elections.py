"""Elections by their certified totals."""

from datetime import date, time, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress import figures
from congress.guard import scope
from congress.guard.action import Conflict, Refused, action
from congress.models import AuditEvent
from deputies.models import Term
from elections import queries
from elections.actions import ELECTIONS, boxes, campaigns, committees, consultations, nominations, pool, work
from elections.models import Committee, Election
from tests.cast import SET_UP

CODE = "990101101000"
TOTALS = {
    "begun_on": date(2021, 7, 1),
    "election_day": date(2021, 10, 20),
    "districts": 21,
    "seats": 50,
    "registered": 10268,
    "took_part": 9857,
    "meetings": 6,
    "rules": 3,
}


@pytest.fixture
def here(world):
    with scope.township(world.township):
        yield world.township


def record(world, **values):
    given = {"term": world.term} | TOTALS | values
    return ELECTIONS.record(world.clerk, Election(township=world.township, **given))


def test_an_election_is_recorded_with_one_event(world, here):
    election = record(world)
    assert str(election) == "第十七届代表选举"
    assert AuditEvent.objects.get(verb="elections.record").subject_id == str(election.pk)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"took_part": 10269}, "took_part"),
        ({"begun_on": date(2021, 10, 21)}, "begun_on"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(world, here, values, field):
    with pytest.raises(Refused) as refused:
        record(world, **values)
    assert [finding.field for finding in refused.value.findings] == [field]


@pytest.mark.parametrize("took_part", [5135, 5134])
def test_totals_of_several_districts_judge_nothing(world, here, took_part):
    told = queries.findings(record(world, took_part=took_part))
    assert [(finding.code, finding.blocking) for finding in told] == [("tally.totals_only", False)]


@pytest.mark.parametrize(("took_part", "codes"), [(5135, []), (5134, ["tally.turnout"])])
def test_a_single_district_is_judged_by_its_totals(world, here, took_part, codes):
    told = queries.findings(record(world, took_part=took_part, districts=1, seats=3))
    assert [finding.code for finding in told] == codes


@pytest.mark.parametrize(("seats", "told"), [(63, False), (64, True), (20, True)])
def test_seats_the_districts_cannot_make_up_are_pointed_out(world, here, seats, told):
    codes = [finding.code for finding in queries.findings(record(world, seats=seats))]
    assert ("district.totals" in codes) == told


def test_a_term_has_one_election_and_a_withdrawn_one_does_not_count(world, here):
    election = record(world)
    with pytest.raises(Refused, match="已经登记"):
        record(world)
    with pytest.raises(Refused, match="原因"):
        ELECTIONS.withdraw(world.clerk, election, "", election.version)
    ELECTIONS.withdraw(world.clerk, election, "录错", election.version)
    assert record(world).pk != election.pk


def test_two_who_correct_the_totals_find_out(world, here):
    election = record(world)
    ELECTIONS.change(world.clerk, election, {"took_part": 9858}, election.version)
    with pytest.raises(Conflict):
        ELECTIONS.change(world.chair, election, {"took_part": 9000}, election.version)
    with pytest.raises(Refused, match="不能多于登记选民"):
        ELECTIONS.change(world.clerk, election, {"took_part": 99999}, election.version + 1)
    assert Election.objects.get().took_part == 9858


def test_a_by_election_is_an_election_of_its_own_and_no_part_of_the_general_one(world):
    with scope.township(world.township):
        general = record(world)
        with pytest.raises(Refused, match="换届选举已经登记"):
            record(world)
        later = [
            record(world, how="by_election", election_day=date(2021, 11, day), registered=900, took_part=700)
            for day in (20, 27)
        ]
        assert [str(row) for row in (general, *later)] == ["第十七届代表选举", *["第十七届代表补选"] * 2]
        told = figures.compute(["elections.registered"], world.township, 2021, date(2021, 12, 31))
    assert told["elections.registered"].value == general.registered


def test_the_pages(world, browse):
    with scope.township(world.township):
        election = record(world, took_part=5000)
    expected = {
        "clerk": (200, 200),
        "county_viewer": (200, 403),
        "deputy_user": (403, 403),
        "neighbour_clerk": (404, 404),
    }
    for who, (reads, edits) in expected.items():
        client = browse(world.users[who])
        for name, args, status in (
            ("list", [], reads),
            ("election", [election.pk], reads),
            ("new", [], edits),
            ("edit", [election.pk], edits),
            ("withdraw", [election.pk], edits),
        ):
            assert client.get(reverse(f"elections-{name}", args=[CODE, *args])).status_code == status, (who, name)
    page = browse(world.clerk).get(reverse("elections-election", args=[CODE, election.pk])).content.decode()
    assert "48.69%" in page
    assert "合计数不能判断" in page


def test_recorded_changed_and_withdrawn_through_the_forms(world, browse):
    client = browse(world.clerk)
    data = {"term": world.term.pk, "how": "general"} | {name: str(value) for name, value in TOTALS.items()}
    answer = client.post(reverse("elections-new", args=[CODE]), data, follow=True)
    assert "10268 人" in answer.content.decode()
    assert "已经登记" in client.post(reverse("elections-new", args=[CODE]), data).content.decode()
    with scope.township(world.township):
        election = Election.objects.get()
    changed = data | {"took_part": "9000", "version": election.version}
    assert client.post(reverse("elections-edit", args=[CODE, election.pk]), changed).status_code == 302
    assert client.post(reverse("elections-edit", args=[CODE, election.pk]), changed).status_code == 409
    answer = client.post(
        reverse("elections-withdraw", args=[CODE, election.pk]), {"reason": "录错", "version": "1"}, follow=True
    )
    assert "还没有选举记录" in answer.content.decode()


def test_the_list_asks_as_many_queries_for_three_rows_as_for_one(world, browse):
    client, address = browse(world.clerk), reverse("elections-list", args=[CODE])

    def add(number):
        with scope.township(world.township):
            with action(SET_UP, actor=None):
                term = Term.objects.create(township=world.township, number=number, started_on=date(2000, 1, 1))
            record(world, term=term)

    add(14)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    add(15)
    add(16)
    with CaptureQueriesContext(connection) as three:
        client.get(address)
    assert len(three) == len(one)


DAY = date(2026, 10, 14)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
HANDED = {"copies": 2, "handed_on": DAY, "due_on": DAY, "received_on": DAY, "received": 2}
VETTED = {
    "opinion": "advice",
    "asked_on": DAY,
    "answered_on": DAY,
    "due_on": DAY,
    "ground": "",
    "paper": "",
    "words": "请核",
}
VOTED = {"election": None, "district_id": None}
VOTED |= {"noticed_on": DAY, "held_on": DAY, "confirmed_on": DAY, "results": {"一": 1}, "registered": 9, "took_part": 5}
INSPECTED = {"problem": "缺人", "inspected_on": DAY, "mend_by": DAY, "mended_on": DAY, "mending": "补齐"}
BEGUN = {"begun_on": DAY, "day_decided_on": DAY, "election_day": DAY, "last_day": BEFORE}
UNDER_WAY = SimpleNamespace(begun_on=DAY, election_day=DAY + timedelta(days=2), closed_on=None)
OWN = SimpleNamespace(appointed_on=DAY, kind=Committee.Kind.OWN)
PLACED = {"place": object(), "mobile": None, "whose": None, "shown_at": time(7), "handed_at": time(7)}


@pytest.mark.parametrize(
    ("check", "values", "wrong"),
    [
        (boxes._check_handed, HANDED, {"due_on": BEFORE}),
        (boxes._check_handed, HANDED, {"received_on": BEFORE}),
        (boxes._check_handed, HANDED, {"received": 3}),
        (boxes._check_handed, HANDED | {"copies": 1, "received": 0}, {"copies": 0}),
        (boxes._check_box, PLACED, {"handed_at": time(6, 59)}),
        (nominations._check_vetting, VETTED, {"answered_on": BEFORE}),
        (nominations._check_vetting, VETTED, {"due_on": BEFORE}),
        (consultations._check_preliminary, VOTED, {"noticed_on": AFTER}),
        (consultations._check_preliminary, VOTED, {"confirmed_on": BEFORE}),
        (pool._check, {"campaign": UNDER_WAY, "due_on": DAY}, {"due_on": BEFORE}),
        (pool._check, {"campaign": UNDER_WAY, "due_on": AFTER}, {"due_on": UNDER_WAY.election_day}),
        (work._check_submission, {"submitted_on": DAY, "replied_on": DAY}, {"replied_on": BEFORE}),
        (work._check_inspection, INSPECTED, {"mend_by": BEFORE}),
        (work._check_inspection, INSPECTED, {"mended_on": BEFORE}),
        (campaigns._check, BEGUN, {"begun_on": AFTER}),
        (campaigns._check, BEGUN, {"day_decided_on": AFTER}),
        (campaigns._check, BEGUN, {"last_day": DAY}),
        (committees._check_decision, {"committee": OWN, "decided_on": DAY}, {"decided_on": BEFORE}),
    ],
)
def test_what_falls_on_the_same_day_stands_and_what_lies_a_step_beyond_is_told_at_its_field(
    monkeypatch, check, values, wrong
):
    monkeypatch.setattr(consultations, "day_of", lambda election, district: UNDER_WAY.election_day)
    check(SimpleNamespace(**values))
    with pytest.raises(Refused) as refused:
        check(SimpleNamespace(**values | wrong))
    assert [one.field for one in refused.value.findings] == list(wrong)
