"""The cases that were collected in the field with their right values, where they are at hand (the product needs none of them)."""

import json
from pathlib import Path

SHARED = next((up / "shared/cases" for up in Path(__file__).resolve().parents if (up / "shared/cases").is_dir()), None)


def cases(file: str, *areas: str) -> list[dict]:
    """The cases of these areas, all where none is named; none where the folder is not there."""
    if SHARED is None:
        return []
    rows = json.loads((SHARED / file).read_text("utf-8"))
    return [row for row in rows if not areas or row.get("area", row.get("part")) in areas]


def named(file: str, *ids: str) -> list[dict]:
    """The cases of these names."""
    return [row for row in cases(file) if row["id"] in ids]
