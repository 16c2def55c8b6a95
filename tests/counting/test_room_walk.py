"""A unit of a counting room walked at random by five people, beside what must hold whatever they do and in whatever order."""

from collections import Counter
from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from congress.counting.actions import Given
from congress.counting.life import ENTRY, UNIT
from congress.counting.models import CountEntry, CountReader, CountSignature
from congress.counting.queries import UnitFacts
from congress.counting.tally import WRITE_INS, Chosen, Sheet
from congress.guard import scope
from congress.guard.action import Refused
from tests.counting.room import good, opened, people, unit_facts, unit_of
from tests.walks import Walk

pytestmark = pytest.mark.django_db

PEOPLE = st.sampled_from(("teller", "teller2", "clerk", "clerk2", "chair"))
YES = st.sampled_from((120, 119))  # two numbers, so that readings agree about as often as not
PLACES = st.sampled_from(("1", "2"))
SIGNED = {"capacity": "scrutineer", "note": "已查明"}


class Room(Walk):
    """All the model knows is what was ever typed as final, and by whom."""

    world = count = unit = None
    seen: Counter = Counter()

    def __init__(self):
        super().__init__()
        self.point = transaction.savepoint()
        self.relieved = False
        self._known: UnitFacts | None = None
        self.typed: dict = {}  # key of a final reading → what it said when it became final

    def teardown(self):
        transaction.savepoint_rollback(self.point)

    def take(self, key: str, who: str, **entered) -> None:
        with suppress(Refused):
            UNIT.take(key, self.world.users[who], self.unit, **entered)
            self.seen[key] += 1
            self._known, self.looked_at = None, False

    @property
    def now(self) -> UnitFacts:
        """The unit as it stands, read once after each step."""
        self._known = self._known or unit_facts(self.unit)
        return self._known

    @rule(who=PEOPLE)
    def sit_down(self, who):
        self.take("begin", who)

    @rule(yes=YES)
    def finish(self, yes):
        draft = CountEntry.objects.filter(reader__withdrawn_at=None, final=False).order_by("created_at").first()
        if draft is None:
            return
        sheet = good(self.count, yes=(yes, 80))
        ENTRY.take("finish", draft.reader.user, draft, sheet=sheet, explanation="核对过")
        self.typed[draft.pk] = CountEntry.objects.get(pk=draft.pk).sheet
        self.seen["finish"] += 1
        self._known, self.looked_at = None, False

    @rule(who=PEOPLE, side=st.sampled_from((0, 1)))
    def decide(self, who, side):
        facts = self.now
        if facts.sheets is None:
            return
        sheet = facts.sheets[side]
        cells = {key: sheet.cells[key] for key in facts.differing if key != WRITE_INS}
        self.take("decide", who, chosen=Chosen(cells), reason="看了计票单")

    @rule(who=PEOPLE, which=PLACES)
    def send_back(self, who, which):
        self.take("send-back", who, which=which, look_at=[], reason="请重数")

    @rule(who=PEOPLE, which=PLACES)
    def release(self, who, which):
        facts = self.now
        if self.relieved or int(which) not in facts.seats:
            return  # whoever is relieved comes back to no place: five people would soon be used up
        self.take("release", who, which=which, reason="身体不适")
        self.relieved = int(which) not in self.now.seats

    @rule(who=PEOPLE)
    def sign(self, who):
        self.take("sign", who, **SIGNED)

    def what_holds(self):
        self.nobody_ever_held_two_places()
        self.what_was_typed_is_what_it_was()
        self.what_stands_was_read_alike_by_two_or_decided_by_a_third_over_these_very_readings()
        self.nothing_is_told_of_a_reading_while_the_other_is_not_final()
        self.a_signature_holds_only_for_what_stands()

    def nobody_ever_held_two_places(self):
        held = Counter(CountReader.objects.filter(unit=self.unit).values_list("user", flat=True))
        assert max(held.values(), default=1) == 1

    def what_was_typed_is_what_it_was(self):
        rows = dict(CountEntry.objects.filter(pk__in=self.typed).values_list("pk", "sheet"))
        assert rows == self.typed

    def what_stands_was_read_alike_by_two_or_decided_by_a_third_over_these_very_readings(self):
        facts = self.now
        if facts.settled is None:
            return
        one, other = facts.pair
        assert one.reader.user_id != other.reader.user_id
        if one.sheet != other.sheet:
            assert facts.decision.reader.user_id not in (one.reader.user_id, other.reader.user_id)
            assert (facts.decision.over_first_id, facts.decision.over_second_id) == (one.pk, other.pk)
        assert Sheet.of(facts.settled.as_json()).as_json() in (one.sheet, other.sheet)

    def nothing_is_told_of_a_reading_while_the_other_is_not_final(self):
        facts = self.now
        if facts.pair is None:
            assert (facts.differing, facts.settled, facts.fingerprint) == ([], None, "")
            assert facts.whole.counted is None

    def a_signature_holds_only_for_what_stands(self):
        facts = self.now
        assert len(facts.holding) + len(facts.fallen) == CountSignature.objects.filter(unit=self.unit).count()
        self.seen["fallen"] += bool(facts.fallen)


@pytest.mark.slow
def test_a_unit_may_be_walked_in_any_order(world):
    people(world)
    Room.world, Room.seen = world, Counter()
    with scope.township(world.township):
        Room.count = opened(world, Given("一号票箱", 215, 211))
        Room.unit = unit_of(Room.count)
        run_state_machine_as_test(
            Room,
            settings=settings(
                max_examples=20,
                stateful_step_count=60,
                deadline=None,
                derandomize=True,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )
    wanted = {"begin", "finish", "decide", "send-back", "release", "sign", "fallen"}
    assert wanted - set(+Room.seen) == set(), "these were never walked"
