"""Between JSON and the typed values of the rules: schema, reading, writing. Driven by type hints only."""

import dataclasses
import types
import typing
from datetime import date
from typing import Any

from congress.law.finding import Citation
from congress.law.provinces import PACKS, Pack

_WORDS = {str: "文字", int: "整数", bool: "true 或 false", date: "日期（如 2026-03-10）"}


class ShapeError(ValueError):
    """A JSON value that does not have the shape a rule asks for; Chinese message naming the field."""


def _optional(hint: Any) -> tuple[Any, ...] | None:
    origin = typing.get_origin(hint)
    return typing.get_args(hint) if origin in (typing.Union, types.UnionType) else None


def _is_pack(hint: Any) -> bool:
    return Pack in (_optional(hint) or ())


def schema(hint: Any) -> dict[str, Any]:
    """JSON Schema of a type hint: scalars, dates, literals, optionals, tuples and dataclasses."""
    if _is_pack(hint):
        return {"type": "string", "enum": list(PACKS)}
    choices = _optional(hint)
    if choices is not None:
        return {"anyOf": [schema(choice) for choice in choices]}
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        return {"enum": list(arguments)}
    if origin in (tuple, list, frozenset):
        return {"type": "array", "items": schema(arguments[0])}
    if dataclasses.is_dataclass(hint):
        return _dataclass_schema(hint)
    scalars: dict[Any, dict[str, Any]] = {
        bool: {"type": "boolean"},
        int: {"type": "integer"},
        str: {"type": "string"},
        date: {"type": "string", "format": "date"},
        type(None): {"type": "null"},
    }
    return dict(scalars[hint])


def _dataclass_schema(hint: Any) -> dict[str, Any]:
    hints = typing.get_type_hints(hint)
    properties = {field.name: schema(hints[field.name]) for field in dataclasses.fields(hint)}
    if hint is Citation:
        properties |= {"text": {"type": "string"}, "held": {"type": "boolean"}}
    required = [field.name for field in dataclasses.fields(hint) if _no_default(field)]
    return {"type": "object", "title": hint.__name__, "properties": properties, "required": required}


def _no_default(field: Any) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def decode(hint: Any, value: Any, where: str) -> Any:
    """A JSON value as the typed value a rule takes; ShapeError names the field that does not fit."""
    if _is_pack(hint):
        return _scalar(str, value, where)
    choices = _optional(hint)
    if choices is not None:
        return _decode_choice(choices, value, where)
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        if value not in arguments:
            raise ShapeError(f"“{where}”只能是{'、'.join(map(str, arguments))}")
        return value
    if origin in (tuple, list, frozenset):
        if not isinstance(value, list):
            raise ShapeError(f"“{where}”应当是列表")
        return origin(decode(arguments[0], item, f"{where}[{index}]") for index, item in enumerate(value))
    if dataclasses.is_dataclass(hint):
        return _decode_dataclass(hint, value, where)
    return _scalar(hint, value, where)


def _decode_choice(choices: tuple[Any, ...], value: Any, where: str) -> Any:
    if value is None and type(None) in choices:
        return None
    hint = next(choice for choice in choices if choice is not type(None))
    return decode(hint, value, where)


def _decode_dataclass(hint: Any, value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise ShapeError(f"“{where}”应当是对象")
    hints = typing.get_type_hints(hint)
    fields = {field.name: field for field in dataclasses.fields(hint)}
    unknown = sorted(set(value) - set(fields))
    if unknown:
        raise ShapeError(f"“{where}”没有字段：{'、'.join(unknown)}")
    missing = [name for name, field in fields.items() if name not in value and _no_default(field)]
    if missing:
        raise ShapeError(f"“{where}”缺少字段：{'、'.join(missing)}")
    return hint(**{name: decode(hints[name], item, f"{where}.{name}") for name, item in value.items()})


def _scalar(hint: Any, value: Any, where: str) -> Any:
    if hint is date:
        if isinstance(value, str):
            try:
                return date.fromisoformat(value)
            except ValueError as error:
                raise ShapeError(f"“{where}”不是有效的日期：{value}（应为 2026-03-10 的样子）") from error
    elif type(value) is hint:
        return value
    raise ShapeError(f"“{where}”应当是{_WORDS.get(hint, '其他类型')}")


def encode(value: Any) -> Any:
    """A typed answer as JSON values; citations also carry their printed text and whether the text is held."""
    if isinstance(value, Citation):
        plain = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        return plain | {"text": value.text, "held": value.held}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: encode(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (tuple, list, frozenset)):
        return [encode(item) for item in value]
    return value
