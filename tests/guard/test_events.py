"""What an event may hold: never a number of a person, whatever the record is called and whoever writes it."""

import contextlib
import uuid
from datetime import date

import pytest
from django.db import connection, transaction

from congress.guard import action as guard
from congress.guard import scope
from congress.guard.action import action, all_verbs, verb, words_of
from congress.models import AuditEvent, RowHistory, Unit
from tests.cast import SET_UP

PHONE, ID_NUMBER = "13800138000", "11010519491231002X"
TELL = verb("tests.tell", "说了")


@pytest.fixture
def town(world):
    with world.in_township():
        yield world


def told() -> AuditEvent:
    return AuditEvent.objects.filter(verb="tests.tell").latest("seq")


def test_numbers_in_the_name_of_a_record_are_masked(town):
    with action(TELL, actor=None) as act:
        act.subject = Unit.objects.create(township=town.township, name=f"王某{PHONE}和{ID_NUMBER}")
    label = told().subject_label
    assert label == "王某138****8000和110***********002X"[: len(label)] or (
        PHONE not in label and ID_NUMBER not in label
    )
    assert label.startswith("王某138")


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (f"电话{PHONE}", False),
        ([f"{PHONE}", "x"], False),
        ({"甲": {"乙": [PHONE]}}, False),
        ({PHONE: 1}, False),
        ((PHONE,), False),
        ({PHONE}, False),
        ("138 0013 8000", False),
        (int(PHONE), True),
        (True, True),
        (None, True),
        (1.5, True),
        ("a" * 20 + PHONE + "b" * 33, True),  # a digest, digits by chance
        (f"{uuid.UUID(int=13800138000)}", True),
    ],
)
def test_detail_is_looked_through_to_its_depth(town, value, kept):
    with action(TELL, actor=None, detail={"值": value}):
        pass
    assert (told().detail == {"值": value}) is kept
    if not kept:
        assert PHONE not in str(told().detail)
        assert "138****8000" in str(told().detail)


def test_what_json_does_not_know_is_told_in_words(town):
    with action(TELL, actor=None, detail={"日": date(2022, 3, 2), "号": uuid.UUID(int=1)}):
        pass
    assert told().detail == {"日": "2022-03-02", "号": "00000000-0000-0000-0000-000000000001"}


def test_without_a_scrubber_nothing_is_written(town, monkeypatch):
    monkeypatch.setattr(guard, "_scrub", None)
    with pytest.raises(RuntimeError, match="scrub_with"), action(TELL, actor=None):
        pass
    assert not AuditEvent.objects.filter(verb="tests.tell").exists()


def test_the_chain_is_the_township_named_else_the_subjects_else_the_one_written_else_the_systems(world):
    def chain_of(**given) -> int:
        with action(TELL, actor=None, **given) as act:
            pass
        with scope.audit():
            return AuditEvent.objects.get(pk=act.id).chain

    with scope.township(world.township):
        assert chain_of(township=world.neighbour, subject=world.station) == world.neighbour.pk
        assert chain_of() == world.township.pk
    with scope.township(world.neighbour):
        assert chain_of(subject=world.station) == world.township.pk
    with scope.reading([world.township]):
        assert chain_of() == 0
    assert chain_of() == 0
    assert chain_of(subject=world.clerk) == 0


@pytest.mark.parametrize("forged", ["", "(0,1)", "(4000000,7)"])
def test_an_event_follows_the_last_of_its_chain_whatever_was_rolled_back_or_told_elsewhere_before(world, forged):
    def left() -> AuditEvent:
        with action(TELL, actor=None) as act:
            pass
        with scope.audit():
            return AuditEvent.objects.get(pk=act.id)

    first = left()
    with contextlib.suppress(ZeroDivisionError), transaction.atomic():
        left()
        raise ZeroDivisionError
    with scope.township(world.township):
        elsewhere = left()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.chain_head', %s, true)", [forged])
    last, after = left(), left()
    assert (last.chain, last.seq, bytes(last.prev)) == (0, first.seq + 1, bytes(first.hash))
    assert (after.seq, bytes(after.prev)) == (last.seq + 1, bytes(last.hash))
    assert elsewhere.chain == world.township.pk


def test_an_event_names_actor_verb_and_subject(town):
    with action(TELL, actor=town.clerk, subject=town.station, detail={"一": 1}):
        pass
    event = told()
    assert (event.actor_id, event.verb, event.outcome) == (town.clerk.pk, "tests.tell", "ok")
    assert (event.subject_type, event.subject_id, event.subject_label) == (
        "deputies.station",
        str(town.station.pk),
        "云溪联络站",
    )
    with action(TELL, actor=None):
        pass
    assert (told().actor_id, told().subject_type, told().subject_id, told().subject_label) == (None, "", "", "")


def test_an_inner_action_gives_the_outer_one_back(town):
    with action(TELL, actor=None) as outer:
        with action(SET_UP, actor=None):
            pass
        town.station.name = "改"
        town.station.save()
    assert RowHistory.objects.get(table_name="deputies_station").action_id == outer.id
    assert [e.verb for e in AuditEvent.objects.filter(verb__startswith="tests.").order_by("-seq")[:2]] == [
        "tests.tell",
        "tests.set_up",
    ]


def test_a_verb_has_its_words_for_ever():
    assert words_of("tests.tell") == "说了"
    assert words_of("tests.never") == "tests.never"
    assert verb("tests.tell", "说了") is not None
    with pytest.raises(ValueError, match=r"tests\.tell"):
        verb("tests.tell", "别的话")
    all_verbs().clear()
    assert words_of("tests.tell") == "说了"
