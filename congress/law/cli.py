"""Asking the law from a command line: list the rules, or answer one with JSON in and JSON out. No framework here."""

import json
from dataclasses import dataclass

from congress.law import registry
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


def listing() -> Reply:
    """Every rule with its title and its first ground, one a line."""
    rules = registry.load()
    lines = [f"{one.name}  {one.title}  {grounds(one)[0]}" for one in rules.values()]
    return Reply("\n".join([*lines, f"共{len(lines)}条规则"]))


def ask(name: str, payload: str) -> Reply:
    """Answers the rule `name` on a JSON object: {"rule", "title", "answer", "grounds"}; wrong input gives code 2."""
    try:
        one = registry.find(name)
        try:
            values = json.loads(payload)
        except (ValueError, RecursionError) as error:
            raise RuleInputError(f"不是有效的 JSON：{payload[:80]}") from error
        if not isinstance(values, dict):
            raise RuleInputError('参数应当是 JSON 对象，例如 {"assigned_on": "2025-03-12"}')
        answer = {"rule": one.name, "title": one.title, "answer": one.answer(values), "grounds": grounds(one)}
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
