"""How those vote who serve a sentence, are held or detained: as the committee and the executing body decided together."""

from datetime import date

import pytest

from congress import clock
from congress.guard import scope
from congress.guard.action import Refused, action
from elections.actions import proxies as acts
from elections.models import DetainedVoting
from tests.cast import SET_UP
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
    agreed = detained(election, row.principal)
    acts.DETAINED.record(world.clerk, agreed)
    assert acts.custody_findings(agreed) == []
    agree(world, row)


def detained(election, registration) -> DetainedVoting:
    """How somebody votes who is held, not kept yet."""
    given = {"situation": "held", "organ": "县看守所", "way": "proxy", "agreed_on": CAME, "paper": "商定函1号"}
    return DetainedVoting(township=election.township, election=election, registration=registration, **given)


def test_only_who_stands_on_the_list_of_the_level_has_a_way_to_vote(world, election):
    (elsewhere,) = voters(campaign(world, later=2, name="另一次"), "丁一")
    gone = election.registrations.get(voter__name="丁一")
    with action(SET_UP, actor=None):
        gone.on_roll = False
        gone.save()
    for row, words in ((elsewhere, "该选民不在这一级的名单上。"), (gone, "该选民已不在选民名单上。")):
        with pytest.raises(Refused) as refused:
            acts.DETAINED.record(world.clerk, detained(election, row))
        assert [(one.field, one.message) for one in refused.value.findings] == [("registration", words)]
    assert not DetainedVoting.objects.exists()


def test_prisoners_of_beijing_entrust_a_voter_of_another_district(world, election):
    """若干规定五、北京三十五 name no district; 北京五十一 speaks of those who are away."""
    in_province(world, "beijing")
    away = entered(world, election, "丁一", "周八")
    assert "proxy.other_district" in told(away)
    held = entered(world, election, "于二", "周八", acts.Authority(came_on=CAME, reason="detained"))
    assert told(held) == ["proxy.custody"]
