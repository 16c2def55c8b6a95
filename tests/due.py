"""A kind of deadline of the tests' own: its subjects are no rows, what is due is what a test says."""

import uuid
from dataclasses import dataclass, field
from datetime import date

from congress.law.finding import Citation
from congress.work import deadlines, sources

BASIS = Citation("deputies_law", 51, "2025年修正")


@dataclass(frozen=True)
class Due:
    """What the law would answer."""

    date: date
    formula: str = "交办后三个月"
    citation: Citation | None = BASIS


@dataclass(frozen=True)
class Subject:
    """Something due."""

    number: int
    due_on: date
    township_id: int
    pk: uuid.UUID = field(default_factory=uuid.uuid4)


def only_kind(monkeypatch, subjects, people, *, key="tests.reply", label="答复期限") -> deadlines.Deadline:
    """The only kind of deadline there is during a test, about these subjects as they are when a sweep looks."""
    source = sources.Source(
        "tests", lambda only: [one for one in subjects if only is None or str(one.pk) in map(str, only)], {}, daily=True
    )
    monkeypatch.setattr(deadlines, "_deadlines", {})
    monkeypatch.setattr(sources, "_sources", [source])
    kind = deadlines.Deadline(
        key=key,
        label=label,
        source=source,
        opened=lambda read: [deadlines.Opened(one, Due(one.due_on), lambda: people) for one in read],
        title=lambda one: f"第{one.number}号建议",
        url=lambda one: "/",
    )
    deadlines.register(kind)
    return kind
