"""Rows of a preview as a page shows them: personal cells under their masks."""

import re
from typing import Any

from congress.imports.kinds import ImportKind
from congress.people import masks
from congress.spreadsheets.columns import Column
from congress.spreadsheets.preview import Preview, PreviewRow, Status
from congress.spreadsheets.write import cell_text

DAY = re.compile(r"\d{4}-\d{2}(-\d{2})?")
TONES = {
    Status.NEW: "good",
    Status.CHANGED: "info",
    Status.MOVED: "info",
    Status.UNCHANGED: "neutral",
    Status.JOINED: "info",
    Status.DUPLICATE: "warning",
    Status.WRONG: "bad",
    Status.ABSENT: "warning",
    Status.UNKNOWN: "warning",
}


def spoken(column: Column, value: Any) -> str:
    """A value as a cell of the preview; of personal ones only enough to recognise them."""
    text = cell_text(value)
    if not column.personal or not text:
        return text
    if DAY.fullmatch(text):
        return text[:7]  # of a day of birth the month is enough to recognise somebody
    kind = next((name for name in (column.kind, column.key) if name in masks.MASKS and name != "name"), "text")
    return masks.mask(kind, text)


def lines_of(kind: ImportKind, preview: Preview, rows: list[PreviewRow]) -> tuple[list[str], list[dict]]:
    """Headings of the columns shown, and each row with its state, cells and what is to be said about it."""
    columns = {column.key: column for column in kind.columns()}
    keys = [key for key in kind.shown if key in preview.places and key in columns]
    lines = [
        {
            "row": row.row,
            "status": row.status.label,
            "tone": TONES[row.status],
            "cells": [(columns[key].label, spoken(columns[key], row.values.get(key))) for key in keys],
            "notes": [*_notes(row, columns), *row.notes],
            "name": row.name,
            "sheet": preview.parts[row.part].sheet if len({part.sheet for part in preview.parts}) > 1 else "",
            "question": row.question,
        }
        for row in rows
    ]
    return [columns[key].label for key in keys], lines


def _notes(row: PreviewRow, columns: dict[str, Column]) -> list[str]:
    if row.errors:
        return [str(error) for error in row.errors]
    return [
        f"{columns[key].label}：{spoken(columns[key], old) or '空'} → {spoken(columns[key], new)}"
        if key in columns
        else f"{key}：{new}"
        for key, (old, new) in row.changes.items()
    ]
