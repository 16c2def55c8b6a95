"""Meetings of the presidium: what is recorded, changed and refused."""

import pytest

from congress.assembly import queries
from congress.assembly.actions import MEETINGS
from congress.assembly.models import PresidiumMeeting
from congress.guard.action import Refused
from tests.assembly.held import meeting


def test_a_meeting_is_recorded_changed_and_withdrawn(world, here):
    held = meeting(world)
    held = MEETINGS.change(world.clerk, held, {"decisions": "同意。"}, held.version)
    MEETINGS.withdraw(world.clerk, held, "误登", held.version)
    assert not queries.meetings().exists()
    assert PresidiumMeeting.objects.get().decisions == "同意。"


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [({"topics": " "}, "topics", "请填写议题。"), ({"present": 10}, "present", "实到人数不能多于应到人数。")],
)
def test_a_meeting_without_topics_or_with_too_many_present_is_refused(world, here, values, field, words):
    with pytest.raises(Refused) as refused:
        meeting(world, **values)
    assert [(finding.field, finding.message) for finding in refused.value.findings] == [(field, words)]
    held = meeting(world)
    with pytest.raises(Refused, match=words):
        MEETINGS.change(world.clerk, held, values, held.version)
    assert PresidiumMeeting.objects.get().version == held.version
