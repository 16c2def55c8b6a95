"""What the papers of an election share: whose they are, how they are numbered, which articles they rest on, how a notice is set.

A notice is posted, not sent: title, number of the notice, text, signature with room for the seal; no heading in red. Its text is
frozen as parts (paragraph, heading, table, names), from which it can be made again.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Q

from congress.documents.issuers import Issuer, issuer
from congress.documents.numbering import Numbering
from congress.documents.render import Metadata, render
from congress.documents.text import (
    Addressee,
    Block,
    Code,
    Column,
    Heading,
    Names,
    NewPage,
    Note,
    Paragraph,
    Subtitle,
    Table,
    Title,
)
from congress.guard.refusal import refuse
from congress.law import papers as law
from congress.law.catalogue import LAWS
from congress.law.elections import AppealDates, appeal_dates
from congress.law.finding import Finding
from congress.law.numerals import to_chinese
from congress.law.sources import cite
from congress.models import Document, Township
from congress.numbers import series
from congress.wording import cdatew, chinese_date
from deputies.models import Level
from elections.models import Committee, Election, VoterList
from elections.queries.committees import leading_name

DAY_TO_COME = "　年　月　日"
SAMPLE = "sample"  # of a paper of many pages only the first district is set, to be looked at before it is issued


def election_of(subject) -> Election:
    """The election a paper is about: its subject itself, or what that belongs to."""
    if isinstance(subject, Election):
        return subject
    above = next((name for name in ("voter_list", "candidate_list") if hasattr(subject, name)), "")
    found: Election = (getattr(subject, above) if above else subject).election
    return found


def committee_name(township: Township, subject) -> str:
    """The full name of the committee that leads the election (选举法九), as it was entered; the county's for the county's
    congress. Of a by-election the name of who leads it there."""
    election = election_of(subject)
    if committee := Committee.objects.kept().filter(election=election).first():
        return str(committee.name)
    return leading_name(election)


def congress_name(election: Election) -> str:
    """The congress that is elected: 云溪镇第十八届人民代表大会."""
    town = election.township
    place = town.county.name if election.term.level == Level.COUNTY else town.name
    return f"{place}{election.term}人民代表大会"


ELECTION_COMMITTEE = issuer("election", "选举委员会", committee_name)
NOTICES = Numbering(
    series("elections.notice", "公告编号", lambda township, year, serial: f"公告第{serial}号", within=election_of),
    re.compile(r"(?:公告)?第?(?P<serial>[1-9]\d{0,3})号?"),
    lambda township, day: "公告第3号",
)


def grounds(on: date, *facts: str, law_key: str = "election_law") -> str:
    """《全称》第九条、第十条: the articles that hold these facts in the edition in force on that day.

    Raises Refused when that edition is not held: nobody is told an article that nobody has read.
    """
    cited = [cite(law_key, fact, on) for fact in facts]
    if not all(one.held for one in cited):
        refuse(f"{chinese_date(on)}适用的{LAWS[law_key].short}版本没有收录，不能据以行文。", "issued_on")
    articles = dict.fromkeys(one.article for one in cited)
    return f"《{LAWS[law_key].title}》" + "、".join(f"第{to_chinese(number)}条" for number in sorted(articles))


def appeals_of(published_on: date | None, election_day: date) -> AppealDates:
    """The days of appeal of a list published on a day. Raises Refused where that is none, or not before election day."""
    if published_on is None or published_on >= election_day:
        refuse("选民名单应在选举日以前公布，请核对印发日期、公布日期和选举日。", "issued_on")
    return appeal_dates(published_on, election_day)


def sue_by(dates: AppealDates) -> str:
    """Until when one may sue over the list: by the strict count, which both readings of 以前 accept."""
    return f"选举日的五日以前（{cdatew(dates.sue_by_strict)}以前；怎样计算有不同理解，请尽早提出）"


def typed_findings(text: str, on: date) -> list[Finding]:
    """What stands against words typed into a paper: articles of the election law that do not say it."""
    return list(law.check_citations(text, on))


def held_back(document: Document) -> str:
    """Why a list of voters or what supplements it is not put on the public pages: the township publishes it on paper alone, or
    the work is over, with which the names left them (个人信息保护法十九)."""
    lists = VoterList.objects.kept().filter(Q(pk=document.subject_id) | Q(supplements__pk=document.subject_id))
    found = lists.select_related("election__campaign").first()
    if found is None or not found.online:
        return "这次的选民名单登记为不在公开页面公布，公告也不在公开页面公布。"
    if found.published_on is None:
        return "请先登记名单的公布。"
    return "选举工作已经结束，选民名单不再公开。" if found.election.campaign.closed_on else ""


# -- parts of a notice, as they are frozen


def title(*lines: str) -> dict:
    """The title of a sheet."""
    return {"is": "title", "lines": list(lines)}


def subtitle(*lines: str) -> dict:
    """What stands under a title."""
    return {"is": "subtitle", "lines": list(lines)}


def paragraph(text: str, names: Sequence[str] = ()) -> dict:
    """Running text with the personal names in it."""
    return {"is": "paragraph", "text": text, "names": list(names)}


def heading(text: str) -> dict:
    """A heading with its number: 一、选举日."""
    return {"is": "heading", "text": text}


def note(text: str) -> dict:
    """A note at the end, set in brackets."""
    return {"is": "note", "text": text}


def table(columns: Sequence[tuple], rows: Iterable[Sequence]) -> dict:
    """A table: columns are (label, width) or (label, width, alignment)."""
    return {
        "is": "table",
        "columns": [list(one) for one in columns],
        "rows": [[str(cell) for cell in row] for row in rows],
    }


def names(entries: Iterable[tuple[str, str]]) -> dict:
    """Names in columns, each with what stands behind it."""
    return {"is": "names", "entries": [list(one) for one in entries]}


def code(text: str) -> dict:
    """A code for a phone's camera."""
    return {"is": "code", "text": text}


def new_page() -> dict:
    """Another sheet of the same file."""
    return {"is": "new page"}


def block_of(part: dict) -> Block:
    """A part as it is set."""
    match part["is"]:
        case "title":
            return Title(tuple(part["lines"]))
        case "subtitle":
            return Subtitle(tuple(part["lines"]))
        case "code":
            return Code(part["text"])
        case "new page":
            return NewPage()
        case "paragraph":
            return Paragraph.of(part["text"], part["names"])
        case "heading":
            return Heading(1, part["text"])
        case "note":
            return Note(part["text"])
        case "names":
            return Names(tuple((name, behind) for name, behind in part["entries"]))
    columns = tuple(Column(label, width, *rest) for label, width, *rest in part["columns"])
    return Table(columns, tuple(tuple(row) for row in part["rows"]))


def blocks_of(context: Mapping, parts: Iterable[dict], whose: Issuer = ELECTION_COMMITTEE) -> tuple[Block, ...]:
    """The blocks of a paper of the committee, or whose it is: title, number in brackets, to whom, parts, signature with room
    for the seal."""
    number = context.get("number", "").removeprefix("公告")
    issued = context.get("issued_on", "")
    under = [f"（{number}）"] if number else []
    return (
        Title(tuple(context["title"])),
        *([Subtitle((*under, *context.get("under", ())))] if under or context.get("under") else []),
        *([Addressee(f"{context['to']}：")] if context.get("to") else []),
        *(block_of(part) for part in parts),
        whose.signature(context["office"], chinese_date(issued) if issued else DAY_TO_COME),
    )


def notice_blocks(context: Mapping, whose: Issuer = ELECTION_COMMITTEE) -> tuple[Block, ...]:
    """What a notice consists of."""
    return blocks_of(context, context["parts"], whose)


def compose_notice(context: dict, draft: bool, whose: Issuer = ELECTION_COMMITTEE) -> bytes:
    """The PDF of a notice from its frozen values. Raises MissingGlyph naming characters no font has."""
    blocks = notice_blocks(context, whose)
    return render(blocks, title="".join(context["title"]), draft=draft, metadata=metadata(context))


def metadata(context: dict) -> Metadata:
    """What the file says of itself."""
    issued = context.get("issued_on", "")
    return Metadata(author=context["office"], created=date.fromisoformat(issued) if issued else None)
