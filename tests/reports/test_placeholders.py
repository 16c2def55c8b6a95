"""Placeholders in texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress import figures
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


NAMES = {"receptions.people": "接待人次", "suggestions.late": "逾期建议"}


def test_who_edits_sees_names_and_not_codes():
    kept = "共{{figure.suggestions.late}}件、{{ figure.receptions.people }}人次"
    edited = p.in_words(kept, NAMES)
    assert edited == "共{{逾期建议}}件、{{接待人次}}人次"
    assert p.in_keys(edited, NAMES) == "共{{figure.suggestions.late}}件、{{figure.receptions.people}}人次"


def test_what_names_no_figure_stays_as_typed_and_is_told():
    typed = "{{接待人数}}、{{ 接待人次 }}、{{figure.suggestions.late}}、{{"
    kept = p.in_keys(typed, NAMES)
    assert kept == "{{接待人数}}、{{figure.receptions.people}}、{{figure.suggestions.late}}、{{"
    assert p.unknown(kept, NAMES) == ["{{接待人数}}", "{{"]
    assert p.in_words("{{figure.gone.away}}", NAMES) == "{{figure.gone.away}}"


def test_no_two_figures_have_one_name():
    labels = [figure.label for figure in figures.registered().values()]
    assert len(labels) > 50
    assert len(set(labels)) == len(labels)
    assert not [label for label in labels if "{" in label or "}" in label or label != label.strip()]


def test_a_figure_of_what_is_not_kept_is_not_offered():
    """No motions are registered, so a text that asks for their number is told so instead of printing 0."""
    names = {key: figure.label for key, figure in figures.registered().items()}
    assert not any("议案" in name for name in names.values())
    kept = p.in_keys("收到代表议案{{代表议案}}件", names)
    assert p.unknown(kept, names) == ["{{代表议案}}"]
