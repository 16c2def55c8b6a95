"""A second entry with the same words, day and person asks first, and loses nothing; the same form sent again is not asked."""

import pytest
from django.contrib.messages import get_messages

from congress.web.alike import ANSWER
from congress.web.once import ALREADY
from tests.architecture.sending import CASES
from tests.architecture.test_sent_twice import (  # noqa: F401  the samples' rows are used by them
    address_of,
    counted,
    filled,
    model_of,
    samples,
    send,
)

pytestmark = pytest.mark.usefixtures("sampled")

# The form → what is typed otherwise, for another entry that is none of these.
ASKING = {
    "proposals.forms.receptions.ReceptionForm": {"words": "桥栏杆断了"},
    "proposals.forms.receptions.MatterForm": {"words": "桥栏杆断了"},
    "proposals.forms.suggestions.SuggestionForm": {"title": "关于修路的建议", "proposal": "请修路"},
    "deputies.forms.ActivityForm": {"title": "走访老党员"},
}


@pytest.mark.parametrize("name", ASKING)
def test_the_same_words_on_the_same_day_are_asked_about_and_others_are_not(world, browse, samples, name):  # noqa: F811
    case, model = CASES[name], model_of(name)
    client = browse(getattr(world, case.who))
    address = address_of(case, world, samples)
    first = filled(client, address, case, world, samples)
    made = send(client, address, first)["Location"]
    rows, events = counted(world, model)

    second = filled(client, address, case, world, samples)
    asked = send(client, address, second)
    shown = asked.content.decode()
    assert asked.status_code == 200
    assert "已登记一件相同的，是否继续？" in shown
    assert f'name="{ANSWER}"' in shown
    with world.in_township():
        twin = asked.context["form"].twin
        assert f"/{twin.pk}/" in made or f"/{twin.reception_id}/" in made
    assert f"/{twin.pk}/" in shown, "the one that stands is a link away"
    assert all(str(second[each]) in shown for each in ("words", "title") if each in second)
    assert counted(world, model) == (rows, events)

    again = send(client, address, first)
    assert again["Location"] == made
    assert str(list(get_messages(again.wsgi_request))[-1]) == ALREADY

    assert send(client, address, second | {ANSWER: "on"}).status_code == 302
    other = filled(client, address, case, world, samples) | ASKING[name]
    assert send(client, address, other).status_code == 302
    assert counted(world, model)[0] == rows + 2


def test_an_answered_question_is_not_asked_again_when_something_else_was_wrong(world, browse, samples):  # noqa: F811
    case = CASES["proposals.forms.suggestions.SuggestionForm"]
    client = browse(world.clerk)
    address = address_of(case, world, samples)
    sent = filled(client, address, case, world, samples) | {ANSWER: "on", "title": ""}
    assert f'<input type="hidden" name="{ANSWER}"' in send(client, address, sent).content.decode()
