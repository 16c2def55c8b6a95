"""What the tests of the papers of an election share: a roll of six, its published list, and how a paper is read and judged."""

import io
from datetime import date

from pdfminer.high_level import extract_text

from congress.documents.inspection import check
from congress.guard.action import action
from congress.models import County
from elections.documents import notices
from elections.life import VOTER_LIST
from elections.models import VoterList
from tests.cast import SET_UP
from tests.elections.campaigns import freeze
from tests.elections.test_lists import PLACES, PUBLISHED
from tests.judge import objections

PLAN = notices.RegistrationPlan(
    date(2026, 10, 20), date(2026, 11, 20), (("东山村", "村委会一楼", "8时至17时，0571-88880001"),), "0571-88880000"
)


def frozen(world, election) -> VoterList:
    made = freeze(world, election)
    VOTER_LIST.take("publish", world.clerk, made, on=PUBLISHED, **PLACES)
    return VoterList.objects.select_related("election__term", "township__county").get(pk=made.pk)


def said(parts) -> str:
    """The words of a notice's parts."""
    lines = []
    for part in parts:
        match part["is"]:
            case "table":
                lines += ["\t".join(row) for row in part["rows"]]
            case "names":
                lines.append("　".join(name + behind for name, behind in part["entries"]))
            case _:
                lines.append(part["text"])
    return "\n".join(lines)


def text_of(pdf: bytes) -> str:
    return "".join(extract_text(io.BytesIO(pdf)).split())


def judged(pdf: bytes, profile: str, tmp_path) -> list[str]:
    """What the project's own inspection and, where it stands, the outside judge find wrong."""
    found = [f"{row.title}：{row.measured}" for row in check(pdf, profile) if not row.ok]
    outside = objections(pdf, "table" if profile == "names" else profile, tmp_path)
    return [*found, *(f"{title}：{measured}" for title, measured in outside.items())]


def place(world, **county):
    with action(SET_UP, actor=None):
        County.objects.filter(pk=world.county.pk).update(**county)
    world.township.refresh_from_db()
