"""Placeholders in texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import placeholders as p

KNOWN = {"receptions.people", "suggestions.late"}


def test_known_figures_are_found_in_order_and_once():
    text = "共{{figure.suggestions.late}}件、{{ figure.receptions.people }}人次、{{figure.suggestions.late}}件"
    assert p.keys(text) == ["suggestions.late", "receptions.people"]
    assert p.unknown(text, KNOWN) == []


@pytest.mark.parametrize(
    "text",
    [
        "{{figure.receptions.persons}}",
        "{{receptions.people}}",
        "{{figure.people}}",
        "{{ }}",
        "{{figure.receptions.people",
        "}}",
    ],
)
def test_anything_that_looks_like_a_placeholder_and_is_none_is_told(text):
    assert p.unknown(f"共{text}人次", KNOWN)


def test_filling_puts_the_figures_in():
    assert p.fill("共{{figure.receptions.people}}人次。", {"receptions.people": "42"}) == "共42人次。"


def test_filling_refuses_a_figure_that_was_not_computed():
    with pytest.raises(KeyError):
        p.fill("{{figure.suggestions.late}}", {})


@given(st.text(alphabet="{}figure.people a人\n", max_size=60))
def test_cutting_at_figures_loses_nothing(text):
    assert "".join(piece.text for piece in p.pieces(text)) == text
