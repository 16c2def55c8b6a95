"""Who somebody elected is: written in by voters, or of the same name as a deputy of the roster."""

from datetime import date

import pytest

from congress.guard.action import Refused, action
from deputies.models import Deputy
from elections.life import ENTRY
from elections.models import Winner
from elections.queries import credentials as queries
from tests.cast import SET_UP
from tests.elections.campaigns import voters
from tests.elections.credentials import (
    DECIDED,
    OPENED,
    answered,
    confirmed,
    elected,
    entries,
    judge,
    opened,
    published,
    reported,
    won,
)
from tests.elections.rounds import begun

pytestmark = pytest.mark.django_db


def test_somebody_of_the_same_name_and_birthday_with_another_number_is_somebody_else(world, election):
    winner = elected(world, election).row.winners.get(name="丁一")
    born, numbers = winner.nominee.birth_date, ("110105198003040021", "110105198003040048")
    with action(SET_UP, actor=None):
        same = Deputy.objects.create(township=world.township, name="丁一", gender="female", birth_date=born)
        assert queries.known_as(winner) == same
        winner.nominee.id_number, same.id_number = numbers
        winner.nominee.save()
        same.save()
    assert queries.known_as(winner) is None


def test_of_whom_voters_wrote_in_the_particulars_are_typed_once(world, election):
    row = begun(world, election)
    answered("丁一", "于二")
    won(world, row, (15, 3, 2), write_ins={"欧阳小明": 13}, identified=["欧阳小明"])
    row = opened(world, election)
    entry = entries(row)["欧阳小明"]
    assert entry.winner.nominee is None
    assert [one.code for one in queries.disputes(entry)] == [
        "reviewed.particulars"
    ]  # on the roll, once, in this district
    judge(world.clerk, entry)
    reported(world, row)
    confirmed(world, row)
    with pytest.raises(Refused, match=r"欧阳小明：选民另选的.*请登记性别和出生日期"):
        published(world, row)
    given = {"gender": "female", "birth_date": date(1979, 5, 6), "employer_post": "村民", "party": "masses"}
    with pytest.raises(Refused, match="不能晚于今天"):
        ENTRY.take("who", world.clerk, entry, on=DECIDED, **given | {"birth_date": date(2027, 5, 6)})
    ENTRY.take("who", world.clerk, entry, on=DECIDED, **given)
    published(world, row)
    deputy = Deputy.objects.get(name="欧阳小明")
    assert (deputy.birth_date, deputy.ethnicity, deputy.employer_post) == (date(1979, 5, 6), "汉族", "村民")
    entry = entries(row)["欧阳小明"]
    assert (entry.deputy, entry.gender, entry.birth_date, entry.employer_post) == (deputy, "", None, "")


def test_somebody_written_in_is_a_voter_of_age(world, election):
    row = begun(world, election)
    won(world, row, (15, 3, 2), write_ins={"欧阳小明": 13}, identified=["欧阳小明"])
    found = opened(world, election)
    entry = entries(found)["欧阳小明"]

    def told(name: str) -> list[str]:
        Winner.objects.filter(pk=entry.winner_id).update(name=f"{name}（东山）")  # as two people told one from another
        return [one.code for one in queries.disputes(entries(found)[name])]

    with action(SET_UP, actor=None):
        assert told("赵无") == ["reviewed.no_voter", "reviewed.particulars"]
        assert told("张四") == ["reviewed.elsewhere", "reviewed.particulars"]
        elsewhere = queries.disputes(entries(found)["张四"])[0]
        assert (elsewhere.message, elsewhere.blocking) == ("选民册上这个姓名在别的选区，请核对", False)
        assert told("王三") == ["reviewed.particulars"]
    voters(election, "欧阳小明", district=2)
    with action(SET_UP, actor=None):
        assert told("欧阳小明") == ["reviewed.namesakes", "reviewed.particulars"]
    ENTRY.take("who", world.clerk, entry, on=OPENED, gender="male", birth_date=date(2010, 1, 1))
    with pytest.raises(Refused, match="不满十八周岁"):
        judge(world.clerk, entries(found)["欧阳小明"])


def test_a_namesake_of_the_roster_is_somebody_or_nobody(world, election, two_elected):
    with action(SET_UP, actor=None):
        same = Deputy.objects.create(township=world.township, name="丁一", gender="male", state="approved")
    row = opened(world, election)
    entry = entries(row)["丁一"]
    judge(world.clerk, entry)
    with pytest.raises(Refused, match="就不是新登记的人"):
        ENTRY.take("who", world.clerk, entry, on=OPENED, deputy=same, newcomer=True)
    ENTRY.take("who", world.clerk, entry, on=OPENED, newcomer=True)
    reported(world, row)
    confirmed(world, row)
    published(world, row)
    assert Deputy.objects.filter(name="丁一").count() == 2
    assert entries(row)["丁一"].deputy != same
