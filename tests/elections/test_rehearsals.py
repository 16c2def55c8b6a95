"""Between a rehearsal and the real townships nothing is found and nothing handed over."""

from datetime import date

import pytest

from congress.guard import scope
from congress.guard.action import Refused, action
from congress.models import Township
from elections import actions
from elections.forms.transfers import AskTransferForm
from elections.models import Transfer
from tests.cast import SET_UP
from tests.elections.work import registered, set_up
from tests.spreadsheets.books import id_number

WOMAN = id_number(2, "19800305")


@pytest.fixture
def both(world):
    """The same person on the rolls of two neighbours, of whom the second may become a rehearsal."""
    here, there = set_up(world.township), set_up(world.neighbour)
    for work, clerk in ((here, world.clerk), (there, world.neighbour_clerk)):
        with scope.township(work.township):
            registered(clerk, work, "林小满", gender="", birth_date=None, id_number=WOMAN)
    return here, there


def rehearse(town) -> Township:
    with action(SET_UP, actor=None):
        Township.objects.filter(pk=town.pk).update(rehearsal=True)
    return Township.objects.get(pk=town.pk)


def test_who_stands_on_the_roll_of_a_rehearsal_stands_nowhere_twice(world, both):
    here, _ = both
    with world.in_township():
        assert [one.township for one in actions.elsewhere(world.clerk, here.campaign, WOMAN)] == [world.neighbour]
        rehearse(world.neighbour)
        assert actions.elsewhere(world.clerk, here.campaign, WOMAN) == []
        assert actions.elsewhere(world.clerk, here.campaign) == []


def test_nobody_is_handed_over_to_a_rehearsal_nor_out_of_one(world, both):
    here, there = both
    practice = rehearse(world.neighbour)
    assert practice not in AskTransferForm(township=world.township).fields["other_township"].queryset
    assert world.township not in AskTransferForm(township=practice).fields["other_township"].queryset
    for work, clerk, other in ((here, world.clerk, practice), (there, world.neighbour_clerk, world.township)):
        with scope.township(work.campaign.township):
            work.campaign.refresh_from_db()  # and with it what its township is now
            voter = work.campaign.elections.first().registrations.first().voter
            said = {"reach": Transfer.Reach.COUNTY, "cause": Transfer.Cause.HOME, "sent_on": date(2026, 11, 1)}
            with pytest.raises(Refused, match="演练的内容不能转到正式的乡镇"):
                actions.ask(clerk, voter, work.campaign, other_township=other, **said)
            assert not Transfer.objects.exists()
