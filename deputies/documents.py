"""The roster as a document: one table in the order of strokes, public columns only."""

from datetime import date

from congress.documents import kit
from congress.documents.fonts import MissingGlyph
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


def members(term: Term, on: date) -> list[Deputy]:
    """The deputies who hold a mandate of the term on a day, in the order of strokes, with `seat` their mandate."""
    mandates = {mandate.deputy_id: mandate for mandate in seated(term, on).select_related("district")}
    found = list(roster().filter(pk__in=mandates, state=Deputy.State.APPROVED).order_by("stroke_key", "pk"))
    for deputy in found:
        deputy.seat = mandates[deputy.pk]
    return found


def roster_context(township: Township, term: Term, on: date) -> dict:
    """What the roster of a term says on a day, as JSON-able values."""
    people = members(term, on)
    women = sum(person.gender == Deputy.Gender.FEMALE for person in people)
    return {
        "title": f"{township}第{str(term)[1:-1]}届人民代表大会代表花名册",
        "office": township.presidium_name,
        "rows": [_row(number, person) for number, person in enumerate(people, start=1)],
        "notes": [
            f"注：本届代表名额{term.seats}名，截至{chinese_date(on)}实有代表{len(people)}名，其中妇女代表{women}名；",
            f"　　{CONVENTIONS['xingming']}。",
        ],
    }


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


def to_check_by_hand(term: Term, on: date) -> list[str]:
    """Names whose place in the order of strokes a person must check."""
    return [person.name for person in members(term, on) if uncertain(person.name)]


def draft_roster(township: Township, term: Term, on: date) -> bytes:
    """The roster as it stands, marked as a draft. Raises Refused when a font lacks a character."""
    try:
        return kit.draft(ROSTER, roster_context(township, term, on))
    except MissingGlyph as missing:
        refuse(str(missing))


def issue_roster(actor, township: Township, term: Term, issued_on: date, number: str = "") -> Document:
    """Issue the roster of a term, under the number that stands on paper if there is one already.

    Raises Refused when nobody is on it or a font lacks a character.
    """
    context = roster_context(township, term, issued_on)
    if not context["rows"]:
        refuse("本届没有已审核的在任代表，不能印发花名册。")
    try:
        return kit.issue(
            actor,
            ROSTER,
            township,
            title=context["title"],
            context=context,
            subject=term,
            issued_on=issued_on,
            number=number,
        )
    except MissingGlyph as missing:
        refuse(str(missing))
