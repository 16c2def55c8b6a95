"""How far an election has come where many tests begin (`tests/states.py`); all of them hold the township's scope open."""

from congress.guard import scope
from elections.models import Voter
from tests.elections.campaigns import campaign, peopled, voters
from tests.elections.desks import numbered, opened, polling
from tests.elections.large import township
from tests.elections.rounds import begun
from tests.states import state


@state
def six_voters(world):
    """Six voters in two districts."""
    with scope.township(world.township):
        found = campaign(world)
        voters(found, "丁一", "于二", "王三", "欧阳小明")
        voters(found, "张四", "李五", district=2, gender=Voter.Gender.MALE)
        return found


@state(on=six_voters)
def six_districts(world, _):
    """A campaign of six districts with three places each: a hundred and eight who work there."""
    with scope.township(world.township):
        return township(world, districts=6)


@state(on=six_voters)
def their_register(world, election):
    """The register of the first district's place, opened on the morning of polling day."""
    with scope.township(world.township):
        polling(world, election)
        return opened(world, election)


@state
def few_voters(world):
    """Two districts with a few voters."""
    with scope.township(world.township):
        return peopled(world)


@state(on=few_voters)
def first_vote(world, election):
    """The first vote of the first of them, arranged."""
    with scope.township(world.township):
        return begun(world, election)


@state(on=first_vote)
def polling_day(world, row):
    """The same where its voters have numbers."""
    with scope.township(world.township):
        numbered(row.election)
    return row


@state(on=polling_day)
def open_register(world, row):
    """The register of its place, opened in the morning."""
    with scope.township(world.township):
        return opened(world, row.election)
