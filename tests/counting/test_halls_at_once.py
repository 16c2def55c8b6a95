"""A secret vote of the hall where two things happen in the same moment: a code used twice, a vote while somebody asks to close."""

import time
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from congress import clock
from congress.counting.actions import halls as acts
from congress.counting.life import HALL
from congress.guard import scope
from congress.guard.action import Refused
from tests.counting.test_halls import facts, opened, prepared

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def slow(monkeypatch):
    """Everybody has looked at the code before anybody votes; and who votes takes time between the last look and the vote."""
    ready, looked, look = Barrier(2, timeout=20), set(), acts.hall_of

    def hall_of(township, code):
        found = look(township, code)
        me = connection.connection.info.backend_pid
        if me in looked:
            time.sleep(0.3)
        else:
            looked.add(me)
            ready.wait()
        return found

    monkeypatch.setattr(acts, "hall_of", hall_of)
    return ready


def both(world, *acts_) -> list[str]:
    """What came of each, tried in a transaction and a connection of its own."""
    answers = []

    def run(act):
        try:
            with clock.frozen(clock.today()), scope.township(world.township), transaction.atomic():
                act()
            answers.append("taken")
        except Refused as refused:
            answers.append(str(refused))
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts_]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)
    return sorted(answers, key=len)


def test_a_code_sent_twice_in_the_same_moment_counts_once(world, slow):
    with world.in_township():
        row = prepared(world)
        code = opened(world, row)[0]
        (question, _) = HALL.find(row.pk).asked

    def vote():
        acts.cast(world.township, code, {question.pk: "yes"})

    told = both(world, vote, vote)
    assert (len(told), told[0]) == (2, "taken")
    assert "已经用过" in told[1]
    with world.in_township():
        HALL.take("close", world.clerk, row)
        HALL.take("confirm", world.chair, row)
        assert [sum(line.numbers.values()) for line in facts(row).lines] == [1, 1]
        assert facts(row).holds


def test_nobody_votes_behind_the_first_word_of_closing(world, slow):
    with world.in_township():
        row = prepared(world)
        code = opened(world, row)[0]

    def vote():
        acts.cast(world.township, code, {})

    def close():
        HALL.take("close", world.clerk, row)
        slow.wait()  # the vote has looked, and found the hall open
        time.sleep(0.3)

    told = both(world, vote, close)
    assert (len(told), told[0]) == (2, "taken")
    assert "表决已经结束" in told[1]
    with world.in_township():
        assert facts(row).cast == 0
