"""The life of a suggestion walked at random beside a simple model: legal steps succeed, illegal ones change nothing."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from congress.guard.action import Refused
from proposals import queries
from proposals.life import SUGGESTION
from proposals.queries.summaries import SUGGESTIONS
from proposals.stages import Stage
from tests.proposals.helpers import day, submit

pytestmark = pytest.mark.django_db

AHEAD = st.integers(0, 20)
BEHIND = st.integers(1, 60)
LAST = day(12, 31)


class Life(RuleBasedStateMachine):
    """The model knows the stage, the last dated fact, who has it and the ratings given; nothing of the law's clocks."""

    world = None
    seen: set = set()

    def __init__(self):
        super().__init__()
        self.point = transaction.savepoint()
        self.row = submit(self.world)
        self.stage, self.last, self.round = Stage.SUBMITTED, day(3, 16), 0
        self.assigned_on, self.handler, self.ratings = None, None, []

    def teardown(self):
        transaction.savepoint_rollback(self.point)

    # -- helpers

    def unit(self):
        return self.world.unit if self.handler is self.world.handler else self.world.other_unit

    def takes(self, legal, stage, days, act):
        """Do it `days` after the last fact: succeeds and moves on if the model says so, else is refused."""
        on = min(self.last + timedelta(days=days), LAST)
        if legal:
            with transaction.atomic():
                act(on)
            self.stage, self.last = stage, on
            self.seen.add((stage, self.round))
            return True
        with pytest.raises(Refused), transaction.atomic():
            act(on)
        return False

    # -- steps

    @initialize(far=st.integers(0, 14), satisfied=st.booleans(), direct=st.booleans())
    def begin_somewhere(self, far, satisfied, direct):
        for _ in range(far):
            self.onward(1, satisfied, direct)

    @rule(days=AHEAD, satisfied=st.booleans(), direct=st.booleans())
    def onward(self, days, satisfied, direct):
        """The step that is expected now, so that walks get far."""
        mark = "good" if satisfied else "bad"
        expected = {
            Stage.SUBMITTED: lambda: self.register(days),
            Stage.REGISTERED: lambda: self.assign(days, satisfied),
            Stage.ASSIGNED: lambda: self.give_back(days) if direct and days > 15 else self.sign(days),
            Stage.RETURNED: lambda: self.reassign(days, False),
            Stage.SIGNED: lambda: self.reply(days, "C") if direct else self.talk(days),
            Stage.TALKED: lambda: self.reply(days, "A"),
            Stage.REPLIED: lambda: self.rate(days, "good", mark),
            Stage.REOPENED: lambda: self.reopen(days),
        }
        if self.stage in expected:
            expected[self.stage]()

    @rule(days=AHEAD)
    def register(self, days):
        legal = self.stage is Stage.SUBMITTED
        self.takes(
            legal, Stage.REGISTERED, days, lambda on: SUGGESTION.take("register", self.world.clerk, self.row, on=on)
        )

    @rule(days=AHEAD, first=st.booleans())
    def assign(self, days, first):
        unit = self.world.unit if first else self.world.other_unit
        legal = self.stage is Stage.REGISTERED
        if self.takes(
            legal,
            Stage.ASSIGNED,
            days,
            lambda on: SUGGESTION.take("assign", self.world.chair, self.row, lead=unit, on=on),
        ):
            self.handler = self.world.handler if first else self.world.other_handler
            self.assigned_on, self.round = self.last, 1

    @rule(days=AHEAD)
    def sign(self, days):
        legal = self.stage is Stage.ASSIGNED
        user = self.handler or self.world.handler
        self.takes(legal, Stage.SIGNED, days, lambda on: SUGGESTION.take("sign", user, self.row, on=on))

    @precondition(lambda self: self.handler)
    @rule(days=AHEAD)
    def stranger_replies(self, days):
        other = self.world.other_handler if self.handler is self.world.handler else self.world.handler
        self.takes(
            False, None, days, lambda on: SUGGESTION.take("reply", other, self.row, text="答复", grade="A", on=on)
        )

    @precondition(lambda self: self.handler)
    @rule(days=AHEAD)
    def give_back(self, days):
        legal = self.stage in (Stage.ASSIGNED, Stage.SIGNED, Stage.TALKED)
        act = partial(SUGGESTION.take, "return")
        self.takes(legal, Stage.RETURNED, days, lambda on: act(self.handler, self.row, reason="不属本单位", on=on))

    @precondition(lambda self: self.handler)
    @rule(days=AHEAD, same=st.booleans())
    def reassign(self, days, same):
        other = self.world.other_handler if self.handler is self.world.handler else self.world.handler
        before, self.handler = self.handler, self.handler if same else other
        legal = self.stage is Stage.RETURNED and not same
        unit = self.unit()
        if not self.takes(
            legal,
            Stage.ASSIGNED,
            days,
            lambda on: SUGGESTION.take("reassign", self.world.chair, self.row, lead=unit, on=on),
        ):
            self.handler = before

    @precondition(lambda self: self.handler)
    @rule(days=AHEAD)
    def talk(self, days):
        legal = self.stage in (Stage.SIGNED, Stage.TALKED)
        act = partial(SUGGESTION.take, "talk")
        self.takes(legal, Stage.TALKED, days, lambda on: act(self.handler, self.row, way="phone", summary="谈", on=on))

    @precondition(lambda self: self.handler)
    @rule(days=AHEAD, grade=st.sampled_from("ABCD"))
    def reply(self, days, grade):
        legal = self.stage in (Stage.SIGNED, Stage.TALKED)
        act = partial(SUGGESTION.take, "reply")
        self.takes(legal, Stage.REPLIED, days, lambda on: act(self.handler, self.row, text="答复", grade=grade, on=on))

    @rule(
        days=AHEAD, attitude=st.sampled_from(["good", "fair", "bad"]), result=st.sampled_from(["good", "fair", "bad"])
    )
    def rate(self, days, attitude, result):
        legal = self.stage is Stage.REPLIED
        bad = "bad" in (attitude, result)
        after = Stage.REOPENED if bad else Stage.CLOSED
        values = {"attitude": attitude, "result": result, "reason": "没有解决" if bad else ""}
        if self.takes(
            legal, after, days, lambda on: SUGGESTION.take("rate", self.world.deputy_user, self.row, on=on, **values)
        ):
            self.ratings.append((self.round, attitude, result))

    @rule(days=AHEAD)
    def somebody_else_rates(self, days):
        act = partial(SUGGESTION.take, "rate")
        self.takes(False, None, days, lambda on: act(self.world.clerk, self.row, attitude="good", result="good", on=on))

    @precondition(lambda self: self.handler)
    @rule(days=AHEAD)
    def reopen(self, days):
        legal = self.stage is Stage.REOPENED
        unit = self.unit()
        if self.takes(
            legal,
            Stage.ASSIGNED,
            days,
            lambda on: SUGGESTION.take("reopen", self.world.chair, self.row, lead=unit, on=on),
        ):
            self.round += 1

    @rule(days=AHEAD)
    def close(self, days):
        legal = self.stage is Stage.REPLIED or (self.stage is Stage.REOPENED and self.round > 1)
        self.takes(
            legal,
            Stage.CLOSED,
            days,
            lambda on: SUGGESTION.take("close", self.world.chair, self.row, note="办结", on=on),
        )

    @precondition(lambda self: self.stage in (Stage.REPLIED, Stage.REOPENED, Stage.CLOSED))
    @rule(days=AHEAD)
    def withdraw(self, days):
        legal = self.stage is not Stage.CLOSED
        act = partial(SUGGESTION.take, "withdraw")
        self.takes(
            legal, Stage.WITHDRAWN, days, lambda on: act(self.world.deputy_user, self.row, reason="已解决", on=on)
        )

    @rule(back=BEHIND, step=st.sampled_from(["register", "assign", "sign", "reply", "rate", "reopen", "close"]))
    def a_day_before_the_last_fact_is_refused(self, back, step):
        on = self.last - timedelta(days=back)
        row, world = self.row, self.world
        acts = {
            "register": lambda: SUGGESTION.take("register", world.clerk, row, on=on),
            "assign": lambda: SUGGESTION.take("assign", world.chair, row, lead=world.unit, on=on),
            "sign": lambda: SUGGESTION.take("sign", self.handler or world.handler, row, on=on),
            "reply": lambda: SUGGESTION.take("reply", self.handler or world.handler, row, text="答", grade="A", on=on),
            "rate": lambda: SUGGESTION.take("rate", world.deputy_user, row, attitude="good", result="good", on=on),
            "reopen": lambda: SUGGESTION.take("reopen", world.chair, row, lead=world.unit, on=on),
            "close": lambda: SUGGESTION.take("close", world.chair, row, note="办结", on=on),
        }
        if step == "reply" and self.stage is Stage.TALKED:
            return  # a reply may lie before a talk that was entered later: the law asks for contact, in no order
        with pytest.raises(Refused), transaction.atomic():
            acts[step]()

    # -- what always holds

    @invariant()
    def the_facts_agree_with_the_model(self):
        row = queries.fresh(self.row)
        facts = queries.facts_of(row)
        assert queries.stage_of(row) is self.stage
        assert [one.number for one in facts.rounds] == list(range(1, self.round + 1))
        if facts.rounds:
            assert facts.rounds[0].assigned_on == self.assigned_on == row.assigned_on
        for one in facts.rounds:
            days = [one.assigned_on, one.signed_on, one.replied_on, one.rated_on]
            known = [found for found in days if found]
            assert known == sorted(known)
        kept = row.summary
        assert (kept.stage, kept.round, kept.due_on) == (
            self.stage,
            self.round,
            getattr(queries.due_of(row), "date", None),
        )
        assert [len(changes) for changes in SUGGESTIONS.changes([row.pk])] == [0, 0]
        # Ratings are only ever added.
        assert [(one.round, one.attitude, one.result) for one in row.ratings.all()] == self.ratings


def test_any_walk_through_the_life_of_a_suggestion(town):
    Life.world = town
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=14,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
            derandomize=True,
        ),
    )
    # Walks that never get anywhere would prove nothing.
    assert {Stage.CLOSED, Stage.RETURNED, Stage.REOPENED} <= {stage for stage, _ in Life.seen}
    assert (Stage.REPLIED, 2) in Life.seen
