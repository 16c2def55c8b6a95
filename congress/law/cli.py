"""Asking the law from a command line: list the rules, or answer one with JSON in and JSON out. No framework here."""

import dataclasses
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from congress.law import registry, shapes
from congress.law.catalogue import LAWS
from congress.law.finding import Citation
from congress.law.provinces import laws_of
from congress.law.registry import Rule, RuleInputError
from congress.law.sources import UnknownFact, cite

OK, WRONG_INPUT = 0, 2


@dataclass(frozen=True, slots=True)
class Reply:
    """What to print and the exit code (0 answered, 2 the question could not be read)."""

    text: str
    code: int = OK


def grounds(one: Rule) -> list[str]:
    """The printed citations of a rule, newest editions."""
    found = []
    for source_key, fact in one.cites:
        try:
            found.append(cite(source_key, fact).text)
        except UnknownFact as error:
            raise RuleInputError(f"规则 {one.name} 的依据写错：{error}") from error
    return found


def grounds_asked(one: Rule, arguments: Mapping[str, Any], answer: Any) -> list[str]:
    """The printed grounds of one answer: those it cites itself, then the rule's own for the day and the place asked about.

    The day is the parameter `on`, else the first date given. A provincial ground is named only under a pack that rests on
    it, and a fact the edition of that day does not state is left out.
    """
    days = [value for value in arguments.values() if isinstance(value, date)]
    day = arguments.get("on") or (days[0] if days else None)
    local = laws_of(arguments.get("pack", "national"))
    found = [citation.text for citation in _citations(answer)]
    for source_key, fact in one.cites:
        if LAWS[source_key].place != "全国" and source_key not in local:
            continue
        try:
            found.append(cite(source_key, fact, day).text)
        except UnknownFact:
            continue
    return list(dict.fromkeys(found))


def _citations(value: Any) -> Iterator[Citation]:
    """Every citation in an answer, in order."""
    if isinstance(value, Citation):
        yield value
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from _citations(item)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from _citations(getattr(value, field.name))


def listing() -> Reply:
    """Every rule with its title and its first ground, one a line."""
    rules = registry.load()
    lines = [f"{one.name}  {one.title}  {grounds(one)[0]}" for one in rules.values()]
    return Reply("\n".join([*lines, f"共{len(lines)}条规则"]))


def ask(name: str, payload: str) -> Reply:
    """Answers the rule `name` on a JSON object: {"rule", "title", "answer", "grounds"}; wrong input gives code 2.

    `grounds` are those of the answer, in the editions of its day; see `grounds_asked`.
    """
    try:
        one = registry.find(name)
        try:
            values = json.loads(payload)
        except (ValueError, RecursionError) as error:
            raise RuleInputError(f"不是有效的 JSON：{payload[:80]}") from error
        if not isinstance(values, dict):
            raise RuleInputError('参数应当是 JSON 对象，例如 {"assigned_on": "2025-03-12"}')
        arguments, found = one.ask(values)
        answer = {
            "rule": one.name,
            "title": one.title,
            "answer": shapes.encode(found),
            "grounds": grounds_asked(one, arguments, found),
        }
    except RuleInputError as error:
        return Reply(f"无法回答：{error}", WRONG_INPUT)
    return Reply(json.dumps(answer, ensure_ascii=False, indent=2))


def describe(name: str) -> Reply:
    """What a rule takes: its title, first line, grounds and the JSON Schema of its input; unknown rules give code 2."""
    try:
        one = registry.find(name)
    except RuleInputError as error:
        return Reply(f"无法回答：{error}", WRONG_INPUT)
    shape = json.dumps(one.input_schema(), ensure_ascii=False, indent=2)
    return Reply("\n".join([f"{one.name}  {one.title}", one.summary, *grounds(one), "参数：", shape]))
