"""The outside judge of a PDF, which stands beside the repository or not at all. It is asked within this process: as a program
of its own it would read its libraries anew for each paper."""

import importlib.util
from functools import lru_cache
from pathlib import Path
from types import ModuleType

from congress.documents.fonts import BASE_DIR

SHARED = Path(BASE_DIR).parent / "shared"
PROGRAM = SHARED / "tools" / "check_gbt9704.py"
STANDS = PROGRAM.is_file()


@lru_cache(maxsize=1)
def _judge() -> ModuleType:
    spec = importlib.util.spec_from_file_location("outside_judge", PROGRAM)
    assert spec is not None and spec.loader is not None  # noqa: PT018 one question: can it be loaded
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def objections(pdf: bytes, profile: str, folder: Path) -> dict[str, str]:
    """What the judge finds wrong, with what it measured; nothing where it does not stand. `folder` takes the paper meanwhile."""
    if not STANDS:
        return {}
    paper = folder / "judged.pdf"
    paper.write_bytes(pdf)
    rows = _judge().check(str(paper), profile)
    assert len(rows) > 5, rows  # it looked
    return {row["check"]: f"{row['value']}（{row['want']}）" for row in rows if not row["ok"]}
