"""Writes `docs/law-api.md` from the registry: every rule with its grounds, input and output."""

import json
from typing import Any

from congress.law import registry
from congress.law.cli import grounds
from congress.law.packs_national import KEYS
from congress.law.provinces import PACKS
from congress.law.registry import Rule
from congress.law.sources import PACK_ROWS, cite

HEAD = """# 法律规则接口

本页由 `manage.py law --write-docs` 生成，不要手改；`tests/law` 检查它与代码一致。

问一条规则：`python -m congress.law 规则名 'JSON'`；列出规则：`python -m congress.law --list`；看一条规则要什么：
`python -m congress.law 规则名`。在任何地方都能用，不要数据库和设置。服务器上的 `script/manage law …` 答复相同。
日期写作 `2026-03-10`；地方规则包写作 {packs}。答复带依据；所引文本未收录的，写明“依据未收录原文”。
"""


def _type(shape: dict[str, Any]) -> str:
    if "anyOf" in shape:
        return " 或 ".join(_type(choice) for choice in shape["anyOf"])
    if "enum" in shape:
        return " / ".join(str(choice) for choice in shape["enum"])
    if shape["type"] == "array":
        return f"列表（{_type(shape['items'])}）"
    if shape["type"] == "object":
        return str(shape.get("title", "对象"))
    if shape.get("format") == "date":
        return "日期"
    return {"integer": "整数", "string": "文字", "boolean": "真假", "null": "空"}[shape["type"]]


def _section(one: Rule) -> list[str]:
    shape = one.input_schema()
    lines = [f"## {one.name}", "", f"**{one.title}** · {one.summary}", ""]
    lines += [f"- 依据：{text}" for text in grounds(one)]
    lines += ["", "| 参数 | 类型 | 必填 |", "| --- | --- | --- |"]
    for name, field in shape["properties"].items():
        lines.append(f"| `{name}` | {_type(field)} | {'是' if name in shape['required'] else '否'} |")
    lines += ["", f"答复：{_type(one.output_schema())}", ""]
    schemas = {"input": shape, "output": one.output_schema()}
    text = json.dumps(schemas, ensure_ascii=False, sort_keys=True)
    return [*lines, "<details><summary>JSON Schema</summary>", "", "```json", text, "```", "", "</details>", ""]


def _packs() -> list[str]:
    lines = ["## 地方规则包", "", "| 规则包 | 键 | 名称 | 值 | 依据 | 效力 |", "| --- | --- | --- | --- | --- | --- |"]
    for row in PACK_ROWS:
        key = KEYS[row.key]
        value = ("是" if row.value else "否") if isinstance(row.value, bool) else f"{row.value}{key.unit}"
        place = PACKS[row.pack].label
        lines.append(f"| {place} | `{row.key}` | {key.label} | {value} | {cite(row.law, row.key).text} | {row.force} |")
    lines += ["", "全国没有规定的键，值为空并说明理由：", "", "| 键 | 名称 | 理由 |", "| --- | --- | --- |"]
    lines += [f"| `{key.key}` | {key.label} | {key.reason} |" for key in KEYS.values() if key.value is None]
    return [*lines, ""]


def render() -> str:
    """The whole page; the same code gives the same text every time."""
    lines = [HEAD.format(packs="、".join(f"`{name}`" for name in PACKS))]
    for one in registry.load().values():
        lines += _section(one)
    return "\n".join([*lines, *_packs()])
