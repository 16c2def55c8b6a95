"""What a voter thinks of an answer given at once is written down with it."""

import pytest

from congress.guard import scope
from congress.guard.action import Refused
from proposals.models import Matter
from tests.proposals.helpers import at, log, new_matter


def test_the_form_takes_the_opinion_on_an_answer_given_at_once(world, browse):
    sent = {
        "held_on": "2022-03-15",
        "station": world.station.pk,
        "deputies": [world.deputies[0].pk],
        "people": 3,
        "words": "水渠漏水",
        "category": world.category.pk,
        "channel": "on_the_spot",
        "text": "明天去补",
        "opinion": "good",
    }
    client, new = browse(world.clerk), at(world, "reception-new")
    refused = client.post(new, sent | {"channel": "", "text": ""})
    assert "选民评价只在当场答复时填写" in str(refused.context["form"].errors["opinion"])
    assert client.post(new, sent).status_code == 302
    with scope.township(world.township):
        matter = Matter.objects.get()
        assert (matter.opinion, matter.told_on, matter.channel) == ("good", matter.resolved_on, "on_the_spot")


@pytest.mark.parametrize("channel", ["", "unit", "declined"])
def test_no_opinion_stands_before_the_voter_was_told_what_came_of_it(world, channel):
    with scope.township(world.township), pytest.raises(Refused, match="选民评价"):
        log(
            world,
            matter=new_matter(world, channel=channel, opinion="good", unit=world.unit, text="文字" if channel else ""),
        )
