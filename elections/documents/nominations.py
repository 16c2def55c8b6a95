"""The forms of nomination: the form by which voters or bodies name somebody, and what the nominee states of him- or herself."""

from datetime import date
from urllib.parse import urlencode, urljoin

from django.db.models import QuerySet
from django.urls import reverse

from congress import clock
from congress.guard.refusal import refuse
from congress.law.elections import NOMINATION_VOTERS
from congress.law.sources import cite
from congress.printing import WorkingPaper
from congress.printing import register as offer
from congress.wording import cdatew, chinese_date
from deputies.models import District
from elections.documents.cards import BLANK
from elections.documents.common import (
    code,
    committee_name,
    congress_name,
    grounds,
    new_page,
    note,
    paragraph,
    table,
    title,
)
from elections.documents.sheets import levels, sheet_kind, sheets_in
from elections.models import Election, Nomination, Nominee
from elections.permissions import ISSUE, VIEW
from elections.queries.candidates import districts_of
from elections.queries.days import day_of

Kind = Nomination.Kind
SIGNERS = 12  # rows for signatures: two more than the law asks for
DAY, HAND = "　年　月　日", "　" * 3  # room to write in
BLANK_FORM = sheet_kind("elections.nomination_form", "代表候选人推荐表")
OWN_STATEMENT = sheet_kind("elections.nominee_statement", "代表候选人登记表")


def nomination_forms(election: Election, options: dict) -> dict:
    """The empty form of one `kind` for the `district` or for each, with a code that leads to where it is typed in, on the `site`
    through which it was asked for. Raises Refused while there is no district."""
    found = districts_of(election).select_related("term")
    if only := options.get("district"):
        found = found.filter(pk=only)
    parts: list[dict] = []
    for district in found:
        path = reverse("elections-nominee-new", args=[election.township.code, election.pk])
        address = urljoin(options["site"], f"{path}?{urlencode({'district': district.pk})}")
        form = _form(election, district, options["kind"], clock.today(), address)
        parts += [*([new_page()] if parts else []), *form]
    if not parts:
        refuse("这次选举还没有选区。", "district")
    return _sheets(election, BLANK_FORM.title, parts)


def _sheets(election, name: str, parts: list[dict]) -> dict:
    return {"title": name, "office": committee_name(election.township, election), "parts": parts}


def _form(election, district: District, kind: str, on: date, address: str) -> list[dict]:
    joint = kind == Kind.VOTERS
    cap = (
        f"选民{NOMINATION_VOTERS}人以上联名可以推荐；每一选民参加联名推荐的人数不得超过应选名额。"
        if joint
        else "各政党、各人民团体可以联合或者单独推荐；推荐的人数不得超过应选名额。"
    )
    return [
        title(congress_name(election), "代表候选人推荐表"),
        paragraph(f"选区：{district}，应选代表{district.to_elect}名"),
        code(address),  # as high as two lines, beside two that are short whatever the district is called
        paragraph(f"推荐方式：{Kind(kind).label}　编号：{BLANK}"),
        paragraph(f"收表人：{BLANK}　收到：{DAY}　时"),
        _pairs(
            ("姓名", "", "性别", ""),
            ("民族", "", "出生日期", ""),
            ("政治面貌", "", "文化程度", ""),
            ("单位和职务", "", "联系电话", ""),
            ("推荐理由", "", "籍贯", ""),
        ),
        _signatures() if joint else _seals(),
        paragraph(f"接受推荐、如实提供情况。签名：{HAND}{DAY}"),
        note(f"{cap}依据{cite('election_law', 'nomination', on).brief}"),
    ]


def _pairs(first: tuple, *rows: tuple) -> dict:
    """Labels with room beside them, two to a line; the table's head is its first line."""
    widths = (1.3, 2.4, 1.3, 2.4)
    return table([(label, width) for label, width in zip(first, widths, strict=True)], rows)


def _signatures() -> dict:
    columns = (("序号", 0.7), ("推荐人签名", 1.8), ("选民证号", 1.2)) * 2
    half = SIGNERS // 2
    return table(columns, [(str(at), "", "", str(at + half), "", "") for at in range(1, half + 1)])


def _seals() -> dict:
    columns = (("推荐的政党、人民团体", 3.0), ("盖章", 3.0), ("日期", 1.6))
    return table(columns, [("", "", "")] * 4)


def statement(nominee: Nominee) -> dict:
    """The sheet on which a nominee states the particulars and answers the three questions, what is known filled in; to be
    signed by hand."""
    election = nominee.election
    day = day_of(election, nominee.district_id)
    known = [
        ("姓名", nominee.name, "性别", nominee.get_gender_display()),
        ("民族", nominee.ethnicity, "出生日期", chinese_date(nominee.birth_date)),
        ("政治面貌", nominee.get_party_display(), "文化程度", nominee.get_education_display()),
        ("籍贯", nominee.native_place, "身份证号", ""),
        ("单位和职务", nominee.employer_post, "联系电话", ""),
    ]
    asked = (
        "是否担任其他行政区域的人民代表大会代表",
        "是否取得国（境）外长期居留许可",
        "是否直接或者间接接受境外机构、组织、个人与选举有关的资助",
    )
    parts = [
        title(congress_name(election), "代表候选人登记表"),
        paragraph(f"选区：{nominee.district}"),
        _pairs(*known),
        table((("简历和主要表现", 1.0, "left"),), [(nominee.resume or "\u3000",)]),
        table((("本人声明", 4.0, "left"), ("有或者没有；有的写明", 2.6)), [(one, "") for one in asked]),
        paragraph("以上情况由本人如实提供。本人（接受／不接受）推荐。"),
        paragraph(f"签名：{BLANK}　{DAY}"),
        note(
            "提供的基本情况不实的，选举委员会向选民通报；接受境外资助的，不列入代表候选人名单。"
            f"依据{grounds(day, 'nomination', 'foreign_funding')}，"
            f"选举日为{cdatew(day)}"
        ),
    ]
    return _sheets(election, OWN_STATEMENT.title, parts)


def _nominees() -> QuerySet:
    return Nominee.objects.select_related("election__township__county", "election__term", "district", "data_key")


FORM = offer(
    WorkingPaper(
        BLANK_FORM,
        levels,
        nomination_forms,
        sheets_in,
        VIEW,
        called=lambda _, options: f"（{Kind(options['kind']).label}）",
    )
)
STATEMENT = offer(WorkingPaper(OWN_STATEMENT, _nominees, lambda found, _: statement(found), sheets_in, ISSUE))
