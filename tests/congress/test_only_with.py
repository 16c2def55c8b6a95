"""What was entered in a field that does not apply beside another answer is said there: nothing typed is dropped in silence."""

import html

import pytest
from django import forms

from congress.web.forms import PlainForm
from congress.web.only_with import Only, answered
from tests.architecture.sending import CASES
from tests.architecture.test_free_text import FORMS, dressed, named
from tests.architecture.test_sent_twice import (  # noqa: F401  the samples' rows are used by them
    address_of,
    counted,
    filled,
    model_of,
    samples,
    send,
)

TOLD = "另一种"


class Toy(PlainForm):
    kind = forms.ChoiceField(choices=[("a", "甲"), ("b", "乙")])
    words = forms.CharField(required=False)
    chosen = forms.CharField(required=False, initial="原来的")
    only = {"words": Only("kind", answered("a"), TOLD), "chosen": Only("kind", answered("a"), TOLD)}


@pytest.mark.parametrize(
    ("entered", "wrong"),
    [
        ({"kind": "a", "words": "话", "chosen": "改过的"}, set()),
        ({"kind": "b", "words": "话", "chosen": "原来的"}, {"words"}),  # what stood there before is no entry
        ({"kind": "b", "words": " ", "chosen": "改过的"}, {"chosen"}),
        ({"kind": "b", "words": "", "chosen": ""}, set()),
        ({"kind": "c", "words": "话", "chosen": "原来的"}, {"kind"}),  # nothing is known of an answer that is none
    ],
)
def test_what_applies_with_another_answer_alone_is_said_at_its_field(entered, wrong):
    form = Toy(entered)
    assert set(form.errors) == wrong
    assert all(form.errors[name] == [TOLD] for name in wrong - {"kind"})


RULED = [kind for kind in FORMS if getattr(kind, "only", None)]


@pytest.mark.parametrize("kind", RULED, ids=named)
def test_every_rule_is_of_fields_there_are(kind):
    assert {name for one, rule in kind.only.items() for name in (one, rule.beside)} <= set(dressed(kind).fields)


# The form → what is entered beside its sample, and the field at which it is said.
DROPPED = {
    "proposals.forms.receptions.MatterForm": ({"channel": "suggestion", "text": "建议镇里修桥"}, "text"),
    "proposals.forms.receptions.ReceptionForm": ({"channel": "suggestion", "text": "建议镇里修桥"}, "text"),
    "congress.web.forms_people.AccountForm": ({"unit": lambda world: world.unit.pk}, "unit"),
    "congress.web.forms_people.GrantForm": ({"county": lambda world: world.county.pk}, "county"),
    "elections.forms.transfers.AskTransferForm": (
        {"other_township": lambda world: world.neighbour.pk},
        "other_township",
    ),
    "elections.forms.voters.VoterForm": ({"county_only": "on", "card_no": 17}, "card_no"),
    "elections.forms.nominations.NominationForm": ({"kind": "bodies", "lines": "程签"}, "lines"),
    "deputies.forms.ActivityForm": ({"opinions": 3}, "opinions"),
    "deputies.imports.roster_form.TermForm": ({"seats": 45}, "seats"),
    "reports.forms_kept.PlanItemForm": ({"figure": "trainings.count", "target": 2, "outcome": "done"}, "outcome"),
}


@pytest.mark.usefixtures("sampled")
@pytest.mark.parametrize("name", DROPPED)
def test_it_is_said_on_the_page_and_nothing_is_written(world, browse, samples, name):  # noqa: F811
    case, model, (more, field) = CASES[name], model_of(name), DROPPED[name]
    more = {key: value(world) if callable(value) else value for key, value in more.items()}
    client = browse(getattr(world, case.who))
    address = address_of(case, world, samples)
    sent = filled(client, address, case, world, samples) | more
    before = counted(world, model)
    answer = send(client, address, sent)
    form = answer.context["form"]
    assert answer.status_code == 200
    assert set(form.errors) == {field}
    assert html.escape(form.errors[field][0]) in answer.content.decode()
    assert str(form[field].value()) == str(more[field])
    assert counted(world, model) == before


@pytest.mark.usefixtures("sampled")
def test_a_place_beside_a_station_and_a_station_beside_a_visit_are_said(world, browse, samples):  # noqa: F811
    case = CASES["proposals.forms.receptions.ReceptionForm"]
    client = browse(world.clerk)
    address = address_of(case, world, samples)
    sent = filled(client, address, case, world, samples)
    station = {"station": str(world.station.pk)}
    at_station = send(client, address, sent | station | {"origin": "station"})
    assert "spot" in at_station.context["form"].errors
    stations = client.get(address).context["form"]
    stood = str(stations["station"].value() or "")
    visit = send(client, address, sent | station)
    # One station there is stands on the form before anybody chose it.
    assert visit.status_code == (302 if stood == station["station"] else 200)
