"""What stands above and below a report's text: title, whom it addresses, and the official form it goes out in."""

import re

from congress.law.finding import Finding
from congress.steps import Attempt, change
from reports import placeholders
from reports.queries.missing import against_form

LONGEST_NAME = 20


def names_of(signers: str) -> tuple[str, ...]:
    """The names among the signers, however they were parted."""
    return tuple(name for name in re.split(r"[、，,；;\s]+", signers) if name)


def check(attempt: Attempt) -> list[Finding]:
    """What a paper of this way has to say: one that goes up says to whom and who signs it (GB/T 9704 7.2.6, 7.3.2)."""
    data, way = attempt.data, attempt.data["way"]
    names = names_of(data["signers"])
    found = against_form(way, "、".join(names), data["salutation"])
    if any(len(name) > LONGEST_NAME for name in names):
        found.append(Finding("heading", "签发人写姓名，多人用顿号分开。", field="signers"))
    return found


def act(attempt: Attempt) -> dict:
    """Set what stands above the text: title and lines under it (one a line), whom it addresses; and its official form."""
    data = attempt.data
    values = {name: "\n".join(placeholders.paragraphs(data[name])) for name in ("title", "subtitle")}
    values |= {name: data[name].strip() for name in ("salutation", "copies", "printed_by")}
    values["signers"] = "、".join(names_of(data["signers"]))
    return {"项目": change(attempt.record, way=data["way"] or attempt.record.of.ways[0], **values)}
