"""Every public rule: a legal ground that resolves, a docstring, cases for right and wrong input."""

import inspect
import json
from typing import Any

import pytest

from congress.law import cli, registry
from congress.law.registry import RuleInputError
from tests.law import (
    cases_archives,
    cases_campaigns,
    cases_candidates,
    cases_deputies,
    cases_elections,
    cases_marks,
    cases_nominations,
    cases_papers,
    cases_polling,
    cases_proxies,
    cases_recalls,
    cases_roll,
    cases_rounds,
    cases_sessions,
    cases_suggestion_steps,
    cases_suggestions,
    cases_tallies,
)
from tests.law.shapes_of_cases import Refused, assert_fits

CASES: dict[str, list[tuple[dict[str, Any], Any]]] = (
    cases_sessions.CASES
    | cases_deputies.CASES
    | cases_suggestions.CASES
    | cases_suggestion_steps.CASES
    | cases_elections.CASES
    | cases_nominations.CASES
    | cases_papers.CASES
    | cases_polling.CASES
    | cases_proxies.CASES
    | cases_recalls.CASES
    | cases_roll.CASES
    | cases_campaigns.CASES
    | cases_candidates.CASES
    | cases_rounds.CASES
    | cases_marks.CASES
    | cases_archives.CASES
    | cases_tallies.CASES
)
RULES = registry.load()
FLAT = [
    pytest.param(name, payload, expected, id=f"{name}-{index}")
    for name, cases in CASES.items()
    for index, (payload, expected) in enumerate(cases)
]


def test_every_public_rule_has_cases_and_every_case_a_rule() -> None:
    assert set(CASES) == set(RULES)
    assert all(CASES[name] for name in RULES)


@pytest.mark.parametrize("name", sorted(RULES))
def test_rule_names_grounds_that_resolve(name: str) -> None:
    texts = cli.grounds(RULES[name])
    assert texts
    assert all("《" in text and "条" in text and "依据未收录原文" not in text for text in texts)


@pytest.mark.parametrize("name", sorted(RULES))
def test_rule_is_documented_and_typed(name: str) -> None:
    rule = RULES[name]
    assert rule.title
    assert len(rule.summary) > 20
    signature = inspect.signature(rule.function)
    assert set(rule.hints) == {*signature.parameters, "return"}
    assert json.dumps([rule.input_schema(), rule.output_schema()])


def test_public_functions_of_rule_modules_are_registered() -> None:
    helpers = {
        "share_up",
        "more_than_half",
        "hundredths",
        "is_void",
        "body_of",
        "chair_falls",
        "rest_words",
        "satisfaction_of",
        "findings_before",
    }
    registered = {rule.function for rule in RULES.values()}
    for module_name in registry.MODULES:
        module = __import__(f"congress.law.{module_name}", fromlist=["*"])
        for name, member in inspect.getmembers(module, inspect.isfunction):
            own = member.__module__ == module.__name__ and not name.startswith("_")
            assert not own or member in registered or name in helpers, f"{module_name}.{name} is no rule"


@pytest.mark.parametrize(("name", "payload", "expected"), FLAT)
def test_rule_answers_as_the_law_says(name: str, payload: dict[str, Any], expected: Any) -> None:
    if isinstance(expected, Refused):
        with pytest.raises(RuleInputError) as refusal:
            RULES[name].answer(payload)
        assert expected.words in str(refusal.value)
        return
    answer = RULES[name].answer(payload)
    assert_fits(answer, expected)
    json.dumps(answer)


@pytest.mark.parametrize("name", sorted(RULES))
def test_rule_refuses_what_it_does_not_know(name: str) -> None:
    with pytest.raises(RuleInputError, match="没有参数"):
        RULES[name].answer({"nonsense": 1})
    required = RULES[name].input_schema()["required"]
    assert required
    with pytest.raises(RuleInputError, match="缺少参数"):
        RULES[name].answer({})
    with pytest.raises(RuleInputError):
        RULES[name].answer({field: {"wrong": "type"} for field in required})
