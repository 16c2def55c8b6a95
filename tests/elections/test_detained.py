"""How those vote who serve a sentence, are held or detained: as the committee and the executing body decided together."""

from datetime import date

import pytest

from congress import clock
from congress.guard import scope
from congress.guard.action import Refused
from elections.actions import proxies as acts
from elections.models import DetainedVoting
from tests.elections.campaigns import campaign, voters
from tests.elections.test_proxies import CAME, agree, entered, in_province, told


@pytest.fixture
def election(world, monkeypatch):
    """Two voters of the first district and one of the second; the township's scope is open."""
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 1))
    with scope.township(world.township):
        found = campaign(world)
        voters(found, "丁一", "于二")
        voters(found, "周八", district=2)
        yield found


def test_prisoners_entrust_somebody_once_the_way_was_agreed_x_e02(world, election):
    row = entered(world, election, "丁一", "于二", acts.Authority(came_on=CAME, reason="detained"))
    with pytest.raises(Refused, match="共同决定"):
        agree(world, row)
    agreed = DetainedVoting(
        township=world.township,
        election=election,
        registration=row.principal,
        situation="held",
        organ="县看守所",
        way="proxy",
        agreed_on=CAME,
        paper="商定函1号",
    )
    acts.DETAINED.record(world.clerk, agreed)
    assert acts.custody_findings(agreed) == []
    agree(world, row)


def test_prisoners_of_beijing_entrust_a_voter_of_another_district(world, election):
    """若干规定五、北京三十五 name no district; 北京五十一 speaks of those who are away."""
    in_province(world, "beijing")
    away = entered(world, election, "丁一", "周八")
    assert "proxy.other_district" in told(away)
    held = entered(world, election, "于二", "周八", acts.Authority(came_on=CAME, reason="detained"))
    assert told(held) == ["proxy.custody"]
