"""The list of public rules: name, title, legal ground, and the shape of input and output.

`@rule` registers a function and returns it unchanged. The same list feeds `manage.py law`, the generated
`docs/law-api.md`, and the tests that demand a citation and a case for every rule.
"""

import difflib
import inspect
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from congress.law import shapes
from congress.law.finding import Citation
from congress.law.sources import PLACES

Function = TypeVar("Function", bound=Callable[..., Any])
MODULES = (
    "periods",
    "thresholds",
    "suggestions",
    "suggestion_steps",
    "deputies",
    "sessions",
    "elections",
    "offences",
    "recalls",
    "nominations",
    "roll",
    "papers",
    "polling",
    "proxies",
    "rounds",
    "campaigns",
    "ballots",
    "marks",
    "candidates",
    "tallies",
    "archives",
)


class RuleInputError(ValueError):
    """Input a rule cannot take, or a rule nobody defined; the message is Chinese and fit for the person typing."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One public rule: `cites` are (law, fact) pairs; `function` is the rule itself."""

    name: str
    title: str
    cites: tuple[tuple[str, str], ...]
    function: Callable[..., Any]

    @property
    def hints(self) -> dict[str, Any]:
        """Type hints of the parameters and of `return`."""
        return typing.get_type_hints(self.function)

    @property
    def summary(self) -> str:
        """First line of the docstring."""
        return (inspect.getdoc(self.function) or "").splitlines()[0]

    def input_schema(self) -> dict[str, Any]:
        """JSON Schema of the parameters."""
        hints = self.hints
        properties, required = {}, []
        for name, parameter in inspect.signature(self.function).parameters.items():
            properties[name] = shapes.schema(hints[name])
            if parameter.default is inspect.Parameter.empty:
                required.append(name)
        return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}

    def output_schema(self) -> dict[str, Any]:
        """JSON Schema of the answer."""
        return shapes.schema(self.hints["return"])

    def answer(self, payload: Mapping[str, Any]) -> Any:
        """Runs the rule on JSON values and answers in JSON values; RuleInputError for anything that does not fit."""
        return shapes.encode(self.ask(payload)[1])

    def ask(self, payload: Mapping[str, Any]) -> tuple[dict[str, Any], Any]:
        """The typed arguments read from JSON values, and the rule's answer to them; RuleInputError as for `answer`."""
        hints = self.hints
        parameters = inspect.signature(self.function).parameters
        unknown = sorted(set(payload) - set(parameters))
        if unknown:
            raise RuleInputError(f"规则 {self.name} 没有参数：{'、'.join(unknown)}；可用：{'、'.join(parameters)}")
        missing = [
            name
            for name, parameter in parameters.items()
            if parameter.default is inspect.Parameter.empty and name not in payload
        ]
        if missing:
            raise RuleInputError(f"规则 {self.name} 缺少参数：{'、'.join(missing)}")
        try:
            arguments = {name: shapes.decode(hints[name], value, name) for name, value in payload.items()}
            return arguments, self.function(**arguments)
        except (ValueError, LookupError, OverflowError) as error:
            raise RuleInputError(f"规则 {self.name}：{_words(error)}") from error


RULES: dict[str, Rule] = {}


def _words(error: Exception) -> str:
    if isinstance(error, OverflowError):
        return "日期或者数字超出可以计算的范围"
    return str(error.args[0]) if error.args else type(error).__name__


def rule(name: str, title: str, cites: list[tuple[str, str]]) -> Callable[[Function], Function]:
    """Registers a public rule under `name` with its Chinese title and its grounds; a rule without ground is refused."""
    if not cites:
        raise ValueError(f"rule {name} names no legal ground")

    def register(function: Function) -> Function:
        if name in RULES:
            raise ValueError(f"rule {name} is defined twice")
        RULES[name] = Rule(name, title, tuple(cites), function)
        return function

    return register


def load() -> dict[str, Rule]:
    """Imports every rule module once and returns all rules by name, sorted."""
    for module in MODULES:
        __import__(f"congress.law.{module}")
    return dict(sorted(RULES.items()))


def resting_on(citation: Citation) -> list[Rule]:
    """The rules that rest on the cited article in the cited edition, by name."""
    wanted = (citation.source_key, citation.article)

    def names(law: str, fact: str) -> bool:
        place = PLACES.get((law, fact, citation.edition))
        return place is not None and (law, place.article) == wanted

    return [one for one in load().values() if any(names(*ground) for ground in one.cites)]


def find(name: str) -> Rule:
    """The rule of that name; RuleInputError when there is none."""
    rules = load()
    if name not in rules:
        near = difflib.get_close_matches(name, rules, n=5)
        hint = f"；相近的有：{'、'.join(near)}" if near else "；可用 --list 查看全部规则"
        raise RuleInputError(f"没有名为“{name}”的规则{hint}")
    return rules[name]
