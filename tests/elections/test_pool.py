"""Who is looked for: until a day before the election, and looked for again."""

from datetime import date

import pytest

from congress.guard import scope
from congress.guard.action import Refused
from elections.actions.pool import POOL
from elections.life import POOL_ENTRY
from elections.models import PoolEntry
from tests.elections.campaigns import ELECTION_DAY, campaign

pytestmark = pytest.mark.django_db


def test_who_is_looked_for_again_is_looked_for_until_the_election_alone(world):
    with scope.township(world.township):
        work = campaign(world).campaign
        given = {"name": "赵外", "owner": "程管", "due_on": date(2026, 11, 20)}
        row = POOL.record(world.clerk, PoolEntry(township=world.township, campaign=work, **given))
        POOL_ENTRY.take("unfound", world.clerk, row, on=date(2026, 11, 18), note="电话停机")
        with pytest.raises(Refused, match="办结日期应在选举日以前"):
            POOL_ENTRY.take("look-on", world.clerk, row, on=date(2026, 11, 19), owner="程管", due_on=ELECTION_DAY)
        POOL_ENTRY.take("look-on", world.clerk, row, on=date(2026, 11, 19), owner="程管", due_on=date(2026, 12, 19))
        row.refresh_from_db()
        assert (row.state, row.due_on) == (PoolEntry.State.WAITING, date(2026, 12, 19))
        POOL_ENTRY.take("found", world.clerk, row, on=date(2026, 11, 20), outcome="here", note="")
        with pytest.raises(Refused, match="这名选民已经联系上。"):
            POOL_ENTRY.take("look-on", world.clerk, row, on=date(2026, 11, 21), owner="程管", due_on=date(2026, 12, 1))
        row.refresh_from_db()
        assert (row.state, row.due_on) == (PoolEntry.State.FOUND, date(2026, 12, 19))
