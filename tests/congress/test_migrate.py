"""A model that comes with a migration is put beside the others, which lead to it and stay as they are."""

from django.core.management import load_command_class
from django.db import models
from django.db.migrations.state import ModelState, ProjectState

from congress.management.commands.migrate import Command, new_models_alone


def _model(name: str, *to: str) -> ModelState:
    links = [(one.lower(), models.ForeignKey(f"toys.{one}", models.CASCADE)) for one in to]
    return ModelState("toys", name, [("id", models.AutoField(primary_key=True)), *links])


def _found(state: ProjectState, name: str) -> type[models.Model]:
    return state.apps.get_model("toys", name)


def test_the_others_stay_and_lead_to_the_new_one():
    state = ProjectState()
    state.add_model(_model("Place"))
    place = _found(state, "Place")
    with new_models_alone():
        state.add_model(_model("Visit", "Place"))
        assert _found(state, "Place") is place
    visit = _found(state, "Visit")
    assert visit._meta.get_field("place").remote_field.model is place
    assert [one.related_model for one in place._meta.related_objects] == [visit]


def test_a_model_that_changes_is_made_anew_with_those_that_lead_to_it():
    state = ProjectState()
    for one in (_model("Place"), _model("Visit", "Place")):
        state.add_model(one)
    visit = _found(state, "Visit")
    with new_models_alone():
        state.add_field("toys", "place", "name", models.TextField(default=""), preserve_default=True)
    assert _found(state, "Place")._meta.get_field("name").name == "name"
    assert _found(state, "Visit") is not visit


def test_afterwards_all_is_as_ever():
    state = ProjectState()
    state.add_model(_model("Place"))
    place = _found(state, "Place")
    with new_models_alone():
        state.add_model(_model("Visit", "Place"))
    state.add_model(_model("Guest", "Place"))
    assert _found(state, "Place") is not place


def test_it_is_the_command_of_this_program():
    assert isinstance(load_command_class("congress", "migrate"), Command)
