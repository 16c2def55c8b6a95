"""Findings about many rows in few lines: what is said of several is said once, with the first of them by name."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from congress.law.finding import Finding

NAMED, LINES = 3, 5  # rows told by name in a line, and lines that say the like of single rows


def some(names: list[str], unit: str = "处") -> str:
    """The first of many by name, and how many there are."""
    return "、".join(names[:NAMED]) + (f"等{len(names)}{unit}" if len(names) > NAMED else "")


def gathered(told: Iterable[tuple[object, Finding]], unit: str = "处") -> list[Finding]:
    """One line for what is found alike of several rows, with their names; of one code no more than LINES."""
    alike: dict[tuple[str, str], list[tuple[str, Finding]]] = defaultdict(list)
    for row, finding in told:
        alike[finding.code, finding.message].append((str(row), finding))
    found, lines = [], defaultdict(list)
    for (code, message), rows in alike.items():
        line = replace(rows[0][1], message=f"{some([name for name, _ in rows], unit)}：{message}", field="")
        lines[code].append(line)
    for same in lines.values():
        found += same[:LINES]
        if len(same) > LINES:
            found.append(replace(same[LINES], message=f"同样的情况另有{len(same) - LINES}条，见各条的页面"))
    return found
