"""The roster as a document: one table in the order of strokes, public columns only."""

from datetime import date
from uuid import UUID

from congress.documents import kit
from congress.documents.fonts import GETA, replaced
from congress.documents.render import Metadata, render
from congress.documents.text import Column, TableDoc
from congress.guard.refusal import refuse
from congress.models import Document, Township
from congress.names.strokes import CONVENTIONS, uncertain
from congress.wording import chinese_date
from deputies.models import Deputy, Term
from deputies.queries import roster, seated

COLUMNS = (
    Column("序号", 1.2),
    Column("姓名", 2.0, name=True),
    Column("性别", 1.2),
    Column("民族", 1.5),
    Column("出生年月", 2.1),
    Column("政治面貌", 2.2),
    Column("文化程度", 2.9),
    Column("工作单位及职务", 4.6, align="left"),
    Column("选区", 2.3),
    Column("代表小组", 2.9),
)


def compose(context: dict, draft: bool) -> bytes:
    """The PDF of a frozen roster. Raises MissingGlyph naming characters no font has."""
    number = context.get("number", "")
    issued = chinese_date(context["issued_on"]) if context.get("issued_on") else ""
    table = TableDoc(
        title=context["title"],
        subtitle=number,
        columns=COLUMNS,
        rows=context["rows"],
        notes=tuple(context["notes"]),
        foot=(context["office"], issued or "（草稿）"),
        landscape=True,
    )
    created = date.fromisoformat(context["issued_on"]) if issued else None
    return render(table, profile="table", draft=draft, metadata=Metadata(author=context["office"], created=created))


ROSTER = kit.register(kit.DocumentKind("deputies.roster", "代表花名册", compose, profile="table"))


def members(term: Term, on: date, convention: str = "xingming") -> list[Deputy]:
    """The deputies who hold a mandate of the term on a day, in the order of strokes, with `seat` their mandate.

    `convention` is one of `congress.names.strokes.CONVENTIONS`. Raises KeyError for another one.
    """
    mandates = {mandate.deputy_id: mandate for mandate in seated(term, on).select_related("district")}
    rows = roster().filter(pk__in=mandates, state=Deputy.State.APPROVED)
    found = list(rows.order_by({"xingming": "stroke_key", "xingshi": "surname_key"}[convention], "pk"))
    for deputy in found:
        deputy.seat = mandates[deputy.pk]
    return found


def roster_context(township: Township, term: Term, on: date, convention: str = "xingming") -> dict:
    """What the roster of a term says on a day, as JSON-able values. A character no font has is left to be written in by
    hand, with a note that says whose it is: one name never stops the roster."""
    people = members(term, on, convention)
    women = sum(person.gender == Deputy.Gender.FEMALE for person in people)
    drawn = [[replaced(cell) for cell in _row(number, person)] for number, person in enumerate(people, start=1)]
    return {
        "title": f"{township}第{str(term)[1:-1]}届人民代表大会代表花名册",
        "office": township.presidium_name,
        "rows": [[text for text, _ in row] for row in drawn],
        "notes": [
            f"注：本届代表名额{term.seats}名，截至{chinese_date(on)}实有代表{len(people)}名，其中妇女代表{women}名；",
            f"　　{CONVENTIONS[convention]}。",
            *(f"　　{words}。" for words in _by_hand(drawn)),
        ],
    }


def _by_hand(rows: list[list[tuple[str, list[str]]]]) -> list[str]:
    """For each row with characters no font has, which they are."""
    return [
        f"第{number}号{row[1][0]}：“{GETA}”处{'、'.join(f'U+{ord(c):04X}' for c in missing)}，现有字体没有该字，请手写填入"
        for number, row in enumerate(rows, start=1)
        if (missing := [c for _, absent in row for c in absent])
    ]


def _row(number: int, person: Deputy) -> list[str]:
    return [
        str(number),
        person.name,
        person.get_gender_display(),
        person.ethnicity,
        f"{person.birth_date:%Y.%m}" if person.birth_date else "",
        person.get_party_display(),
        person.get_education_display(),
        person.employer_post,
        f"第{person.seat.district.number}选区" if person.seat.district else "",
        person.group.name if person.group else "",
    ]


def to_check_by_hand(term: Term, on: date) -> tuple[list[str], list[str]]:
    """Names whose place in the order of strokes a person must check, and those with a character no font has."""
    names = [person.name for person in members(term, on)]
    return [name for name in names if uncertain(name)], [name for name in names if replaced(name)[1]]


def draft_roster(township: Township, term: Term, on: date, convention: str = "xingming") -> bytes:
    """The roster as it stands, marked as a draft."""
    return kit.draft(ROSTER, roster_context(township, term, on, convention))


def issue_roster(
    actor,
    township: Township,
    term: Term,
    issued_on: date,
    number: str = "",
    convention: str = "xingming",
    *,
    again: bool = False,
    key: UUID | None = None,
) -> Document:
    """Issue the roster of a term, under the number that stands on paper if there is one already; `key` becomes the
    document's id.

    Raises Refused when nobody is on it, when it was issued that day and is not asked for `again`, or a font lacks a
    character of its title.
    """
    context = roster_context(township, term, issued_on, convention)
    if not context["rows"]:
        refuse("本届没有已审核的在任代表，不能印发花名册。")
    return kit.issue(
        actor,
        ROSTER,
        township,
        title=context["title"],
        context=context,
        subject=term,
        issued_on=issued_on,
        number=number,
        again=again,
        key=key,
    )
