"""The papers of proxies: the letter to absent voters with the blank authority, the slip with which an agent fetches the
ballots, the register, and the list for the public where the place publishes it.

Why somebody is absent is told on no paper that leaves the office but for being away: illness and detention are nobody else's
business (个人信息保护法二十八).
"""

from collections.abc import Sequence
from datetime import date

from congress.documents.cards import Card, cards_pdf
from congress.documents.fonts import Typeface, replaced
from congress.documents.kit import DocumentKind, register, working_paper
from congress.documents.render import render
from congress.documents.text import Addressee, Block, Column, NewPage, Note, Paragraph, Table, Title
from congress.guard.refusal import refuse, refuse_where
from congress.law import proxies as law
from congress.law.numerals import to_chinese
from congress.law.provinces import pack
from congress.wording import cdatew, chinese_date
from elections.documents.common import (
    DAY_TO_COME,
    ELECTION_COMMITTEE,
    NOTICES,
    committee_name,
    compose_notice,
    congress_name,
    grounds,
    heading,
    metadata,
    paragraph,
    table,
)
from elections.documents.notices import notice
from elections.documents.tables import of_campaign, sheet, table_kind, tables
from elections.models import Campaign, Election, ProxyVote
from elections.queries import proxies as queries
from elections.queries.days import days_of, vote_day

ACROSS, DOWN = 2, 3
FOOT = ("受托人凭本证和委托书领取选票，按委托人的意愿投票。", "每人受托不超过三人，不得转委托。")


def slips_of(row: ProxyVote) -> list[dict]:
    """What stands on the slip of a proxy; none before it was agreed to."""
    if row.state != ProxyVote.State.AGREED:
        return []
    principal, agent = (replaced(name, Typeface.NAME)[0] for name in (row.principal.voter.name, row.agent_called))
    return [
        {
            "office": committee_name(row.township, row.election),
            "congress": congress_name(row.election),
            "principal": principal,
            "agent": agent,
            "rows": [
                ("编号", f"第{row.number}号"),
                ("委托人", principal),
                ("委托人选区", f"{row.principal.district}{row.principal.group or ''}"),
                *([("原因", "外出")] if row.reason == ProxyVote.Reason.AWAY else []),
                ("受托人", agent),
                ("受托第几份", f"第{row.place}份（最多三份）"),
                ("同意", f"{row.get_consent_by_display()}，{chinese_date(row.settled_on)}"),
                ("投票日", cdatew(vote_day(row.election, row.principal.district_id))),
            ],
        }
    ]


def compose_slips(context: dict, draft: bool) -> bytes:
    """The PDF of slips, six to a page."""
    cards = [
        Card(
            (f"{one['congress']}代表选举", "委托投票证"),
            tuple(tuple(row) for row in one["rows"]),
            FOOT,
            name=one["principal"],
            seal="（选举委员会章）",
            other_name=one["agent"],
        )
        for one in context["slips"]
    ]
    return cards_pdf(cards, title="委托投票证", across=ACROSS, down=DOWN, draft=draft)


SLIPS = register(
    DocumentKind("elections.proxy_slips", "委托投票证", compose_slips, issuer=ELECTION_COMMITTEE, numbering=None)
)


def printed_slips(slips: Sequence[dict]) -> bytes:
    """The slips in one file; nothing is stored. Raises Refused naming a character no font has."""
    return working_paper(SLIPS, {"slips": list(slips)})


# -- the letter to absent voters, with the authority to be filled in


def absent_letter(election: Election, on: date, return_by: date | None, to: str) -> dict:
    """What an absent voter may do, until when and where to. Who sends nothing back has given nothing up (选举法五).

    Raises Refused for a day of return that is not before the day on which the first district votes.
    """
    days = days_of(election)
    refuse_where(
        [
            (return_by is None or return_by >= days.first, "寄回的日期应在选举日以前。", "return_by"),
            (not to.strip(), "请填写寄送地点和电话。", "to"),
        ]
    )
    place = pack(election.township.pack)
    office = committee_name(election.township, election)
    by_wire = place.value("election.proxy_form", on).value == "verifiable"
    ways = "可以寄回、托人送回，也可以用传真或者其他可查核的方式" if by_wire else "请寄回或者托人送回"
    text = [
        (
            f"{congress_name(election)}代表选举的选举日为{days.said()}。选举期间您外出，不能回选区投票的，根据"
            f"{grounds(on, 'proxy')}的规定，经选举委员会同意，可以书面委托{agents_called(place, on)}代为投票。"
        ),
        f"需要委托的，请填写所附的委托书，{ways}，{cdatew(return_by)}以前送到下列地点。",
        f"寄送地点和电话：{to.strip()}。",
        "一人只能委托一人；受托人接受的委托不得超过三人，不得转委托，并应当按照您的意愿代为投票。",
        (
            "没有寄回委托书不是放弃选举权利：您回来的，仍可以在选举日到场投票；委托书迟到的，投票以前仍可以办理。"
            "已经委托、选票还没有发给受托人时您回来的，委托取消，由您本人投票。"
        ),
    ]
    return {
        "office": office,
        "title": [office, "致外出选民的信"],
        "to": "外出的选民",
        "text": text,
        "blank": {
            "title": "委托书",
            "text": f"{office}：本人在选举期间外出，不能参加{days.said(chinese_date)}的代表选举，现委托下列人员代为投票，"
            "按照本人的意愿填写选票。",
            "rows": [*_BLANK_ROWS[:1], ("委托哪一级", "　".join(_levels(election))), *_BLANK_ROWS[1:]],
            "notes": [
                "一人只能委托一人，受托人最多接受三份，不得转委托；受托人凭委托书和委托投票证领取选票。",
                "选民到场、自己不能写选票而请人代写的，不是委托投票，不填本表。",
            ],
        },
    }


_HAND = "　"
_BLANK_ROWS = [
    ("委托人（选区、小组）", _HAND),
    ("外出地点和时间", _HAND),
    ("受托人（选区、小组）", _HAND),
    ("委托人签名、日期", _HAND),
    ("受托人签名、日期", _HAND),
    ("选区工作组意见", _HAND),
    ("选举委员会意见", _HAND),
]


def agents_called(place, on: date) -> str:
    """Who may vote for others by the rule of a place, as papers call them."""
    scope = place.value("election.proxy_scope", on).value
    words = {"same_district": "本选区的其他选民", "voter_or_relative": "有选举权的亲属或者其他选民"}
    return words.get(str(scope), "其他选民")


def _levels(election: Election) -> list[str]:
    held = Election.objects.kept().filter(campaign=election.campaign_id).select_related("term").order_by("term__level")
    return [f"□{one.term.get_level_display()}人民代表大会代表" for one in held]


def compose_letter(context: dict, draft: bool) -> bytes:
    """The PDF of the letter, and on a page of its own the authority to be filled in."""
    blank, issued = context["blank"], context.get("issued_on", "")
    blocks: tuple[Block, ...] = (
        Title(tuple(context["title"])),
        Addressee(f"{context['to']}："),
        *(Paragraph.of(text) for text in context["text"]),
        ELECTION_COMMITTEE.signature(context["office"], chinese_date(issued) if issued else DAY_TO_COME),
        NewPage(),
        Title((blank["title"],)),
        Paragraph.of(blank["text"]),
        Table((Column("项目", 3.2), Column("内容", 6.8, align="left")), tuple(tuple(row) for row in blank["rows"])),
        *(Note(text) for text in blank["notes"]),
    )
    return render(blocks, title="".join(context["title"]), draft=draft, metadata=metadata(context))


LETTER = register(
    DocumentKind(
        "elections.absent_letter", "致外出选民的信和委托书", compose_letter, issuer=ELECTION_COMMITTEE, numbering=None
    )
)


# -- the register


COLUMNS = [
    ("编号", 0.8),
    ("级别", 0.9),
    ("选区、小组", 1.7),
    ("委托人", 1.2, "center", True),
    ("外出地、事由", 1.9, "left"),
    ("受托人", 1.4, "center", True),
    ("份", 0.5),
    ("方式", 1.1),
    ("收到", 1.3),
    ("审批人", 1.4),
    ("审批", 1.3),
    ("发证", 1.3),
    ("发票", 1.3),
    ("结果", 1.1),
]
_FORMS = {"written": "书面", "letter": "信函", "fax": "传真", "verifiable": "可查核", "other": "其他"}
_CONSENT = {"committee": "选委会", "group": "工作组"}


def register_of(campaign: Campaign) -> dict:
    """The register of a campaign (委托登记册), a level after the other. Raises Refused while there is none."""
    rows = queries.proxies().filter(election__campaign=campaign).order_by("election__term__level", "number")
    lines = [_line(row) for row in rows]
    if not lines:
        refuse("还没有登记委托投票。")
    agreed = sum(row.state == ProxyVote.State.AGREED for row in rows)
    subtitle = f"选举日：{cdatew(campaign.election_day)}　共{len(lines)}份，已同意{agreed}份"
    notes = ["注：每一选民接受的委托不得超过三人；代写选票不是委托投票，不列入本册。"]
    return tables(campaign, [sheet(f"{campaign}委托登记册", COLUMNS, lines, subtitle=subtitle, notes=notes)])


def _line(row: ProxyVote) -> list[str]:
    names = [replaced(name, Typeface.NAME)[0] for name in (row.principal.voter.name, row.agent_called)]
    group = f"{row.principal.group.number}组" if row.principal.group else ""
    return [
        str(row.number),
        row.election.term.get_level_display(),
        f"{row.principal.district.number}选区{group}",
        names[0],
        row.where or row.get_reason_display(),
        names[1],
        str(row.place or ""),
        _FORMS[row.form],
        _short(row.came_on),
        row.approver or _CONSENT.get(row.consent_by, ""),
        _short(row.settled_on),
        _short(row.slip_on),
        _short(row.ballot_on),
        row.get_state_display(),
    ]


def _short(day: date | None) -> str:
    return f"{day.month}.{day.day}" if day else ""


REGISTER = of_campaign(table_kind("proxy_register", "委托登记册"), register_of)


# -- the list for the public


# Posted until election day; on no public page, where it would be read long afterwards.
PUBLIC = register(
    DocumentKind(
        "elections.proxies_notice",
        "委托人和受委托人名单公告",
        compose_notice,
        issuer=ELECTION_COMMITTEE,
        numbering=NOTICES,
    )
)


def proxies_notice(election: Election, on: date) -> dict:
    """Who entrusts whom, district by district, and why nobody: where the place publishes it, before election day.

    Raises Refused elsewhere, on election day and later, and while nothing was agreed to.
    """
    refuse_where([(on >= election.election_day, "公示应在选举日以前。", "issued_on")])
    if found := law.may_publish(on, election.township.pack):
        refuse(found[0].message)
    rows = queries.proxies().filter(election=election, state=ProxyVote.State.AGREED)
    by_district: dict = {}
    for row in rows.order_by("principal__district__number", "number"):
        by_district.setdefault(row.principal.district, []).append(row)
    if not by_district:
        refuse("还没有同意的委托投票。")
    lead = (
        f"{congress_name(election)}代表选举的选举日为{days_of(election).said()}。根据"
        f"{grounds(on, 'proxy')}和{_local_ground(election, on)}的规定，经选举委员会同意，下列选民委托他人代为投票，现予公示："
    )
    parts = [paragraph(lead)]
    for number, (district, found_rows) in enumerate(by_district.items(), start=1):
        parts += [
            heading(f"{to_chinese(number)}、{district}"),
            table((("委托人", 5.0), ("受委托人", 5.0)), [_pair(row) for row in found_rows]),
        ]
    return notice(election, "公示委托人和受委托人名单", parts)


def _local_ground(election: Election, on: date) -> str:
    value = pack(election.township.pack).value("election.proxy_publication", on)
    return value.citation.text if value.citation else ""


def _pair(row: ProxyVote) -> tuple[str, str]:
    agent = row.agent.voter.name if row.agent else row.agent_name
    principal, other = (replaced(name, Typeface.NAME)[0] for name in (row.principal.voter.name, agent))
    return principal, other
