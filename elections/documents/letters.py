"""Letters of the election committee to one person or place: the decision on an appeal, and the papers of a transfer."""

import re
from datetime import date

from congress.documents.kit import DocumentKind, register, working_paper
from congress.documents.numbering import Numbering
from congress.documents.render import render
from congress.documents.text import Addressee, Block, Column, NewPage, Paragraph, Subtitle, Table, Title, typed_lines
from congress.guard.refusal import refuse
from congress.law.sources import cite
from congress.numbers import series
from congress.wording import cdatew, chinese_date
from elections.actions.appeals import day_of_appeal
from elections.documents.common import (
    DAY_TO_COME,
    ELECTION_COMMITTEE,
    appeals_of,
    committee_name,
    congress_name,
    election_of,
    grounds,
    metadata,
    sue_by,
)
from elections.models import Appeal, Transfer

DECISIONS = Numbering(
    series(
        "elections.decision", "处理决定编号", lambda township, year, serial: f"处理决定第{serial}号", within=election_of
    ),
    re.compile(r"(?:处理决定)?第?(?P<serial>[1-9]\d{0,3})号?"),
    lambda township, day: "处理决定第3号",
)


def compose_letter(context: dict, draft: bool) -> bytes:
    """The PDF of a letter from its frozen values. Raises MissingGlyph naming characters no font has."""
    issued = context.get("issued_on", "")
    number = context.get("number", "")
    blocks: tuple[Block, ...] = (
        Title(tuple(context["title"])),
        *([Subtitle((f"（{number.removeprefix('处理决定')}）",))] if number else []),
        *([Addressee(f"{context['to']}：")] if context.get("to") else []),
        *(Paragraph.of(text, context.get("names", ())) for text in context["text"]),
        ELECTION_COMMITTEE.signature(context["office"], chinese_date(issued) if issued else DAY_TO_COME),
    )
    return render(blocks, title="".join(context["title"]), draft=draft, metadata=metadata(context))


APPEAL_DECISION = register(
    DocumentKind(
        "elections.appeal_decision", "申诉处理决定书", compose_letter, issuer=ELECTION_COMMITTEE, numbering=DECISIONS
    )
)


def decision_letter(appeal: Appeal, on: date) -> dict:
    """What the committee decided, on what ground, and until when one may sue (选举法二十九).

    Raises Refused while nothing was decided.
    """
    if appeal.decided_on is None:
        refuse("还没有作出处理决定。")
    voter_list = appeal.voter_list
    election = voter_list.election
    day = day_of_appeal(appeal)
    dates = appeals_of(voter_list.published_on, day)
    about = "" if appeal.subject == appeal.appellant else f"（涉及{appeal.subject}）"
    office = committee_name(election.township, election)
    result = "申诉成立" if appeal.upheld else "申诉不成立，维持公布的选民名单"
    text = [
        (
            f"你于{chinese_date(appeal.received_on)}对{chinese_date(voter_list.published_on)}公布的"
            f"{congress_name(election)}代表选举选民名单提出申诉{about}，申诉事项：{appeal.get_kind_display()}。"
            f"申诉理由：{sentence(appeal.words)}"
        ),
        f"经审查，根据{grounds(on, 'roll_appeal')}的规定，决定：{result}。{sentence(appeal.decision)}",
        (
            f"对本决定不服的，可以在{sue_by(dates)}向人民法院起诉"
            f"（{cite('civil_procedure_law', 'roll_suit', on).text}）。人民法院的判决为最后决定。"
            f"选举日为{cdatew(day)}。"
        ),
    ]
    people = [name for name in (appeal.appellant, appeal.subject) if name]
    return {
        "office": office,
        "title": [office, "关于选民名单申诉的处理决定书"],
        "to": appeal.appellant,
        "text": text,
        "names": people,
    }


def sentence(words: str) -> str:
    """Typed words with a full stop at their end, line by line as they were typed; nothing for none."""
    said = "\n".join(typed_lines(words))
    return said if not said or said[-1] in "。！？" else f"{said}。"


# -- transfers: one object, three papers. They are papers of daily work, numbered by the transfer; the numbers of identity that
# they need are written in by hand, so that they stand nowhere else.


def compose_transfer(context: dict, draft: bool) -> bytes:
    """The PDF of the papers of a transfer, each on a page of its own."""
    blocks: list[Block] = []
    for at, paper in enumerate(context["papers"]):
        if at:
            blocks.append(NewPage())
        blocks += [
            Title(tuple(paper["title"])),
            Subtitle((paper["number"],)),
            *([Addressee(f"{paper['to']}：")] if paper["to"] else []),
            *(Paragraph.of(text, context["names"]) for text in paper["text"]),
            *([Table(FACTS, tuple(tuple(row) for row in paper["rows"]))] if paper["rows"] else []),
            ELECTION_COMMITTEE.signature(context["office"], context["day"]),
        ]
    return render(blocks, title=context["papers"][0]["title"][-1], draft=draft, metadata=metadata(context))


FACTS = (Column("项目", 1.6), Column("内容", 8.4, align="left"))
TRANSFER = register(
    DocumentKind("elections.transfer", "选民转移文书", compose_transfer, issuer=ELECTION_COMMITTEE, numbering=None)
)
BY_HAND = "　"
RECEIPT = "（接收后填写）"


def _person(transfer: Transfer) -> list[tuple[str, str]]:
    return [
        ("姓名", transfer.name),
        ("性别", transfer.get_gender_display()),
        ("民族", transfer.ethnicity),
        ("出生日期", chinese_date(transfer.birth_date)),
        ("身份证号", BY_HAND),
        ("现住址、电话", BY_HAND),
    ]


def transfer_papers(transfer: Transfer) -> dict:
    """The papers practice knows for how far a transfer goes: 划拨登记表 within the county, 划拨通知 within the city, 参选联系单
    with 选民资格证明 beyond it (若干规定九).

    Raises Refused for one that comes in: its papers come from the other side.
    """
    if transfer.direction != Transfer.Direction.OUT:
        refuse("转入的选民，文书由转出地开具。")
    township, campaign = transfer.township, transfer.campaign
    office = f"{township.name}选举委员会"
    there = str(transfer.other_township or transfer.other_place)
    number = f"第{transfer.number}号"
    day = campaign.election_day

    def paper(title: str, to: str, text: list[str], rows: list[tuple[str, str]]) -> dict:
        return {"title": [office, title], "number": number, "to": to, "text": text, "rows": rows}

    common = f"{campaign}的选举日为{cdatew(day)}。登记选民不作为迁移户口的依据。"
    answer = [("接收地选区", RECEIPT), ("接收地意见（章）", RECEIPT)]
    cause = [("转移原因", transfer.get_cause_display()), ("转往", there)]
    match transfer.reach:
        case Transfer.Reach.COUNTY:
            lead = f"下列选民划拨到{there}登记、参加选举。接收以前，仍列在本地选民名单上。{common}"
            papers = [paper("选民划拨登记表", there, [lead], [*_person(transfer), *cause, *answer])]
        case Transfer.Reach.CITY:
            lead = (
                f"我处选民{transfer.name}（{transfer.get_gender_display()}，{chinese_date(transfer.birth_date)}出生）"
                f"因{transfer.get_cause_display()}，划拨到你处登记、参加选举，请接收后将回执退回。"
            )
            papers = [paper("选民划拨通知", f"{there}选举委员会", [lead, common], [*cause, *answer])]
        case _:
            ground = cite("direct_election_rules", "moved_voters", transfer.sent_on).text
            lead = f"我处选民{transfer.name}现居住在你处，要求在你处登记、参加选举，依照{ground}，请予联系办理，并将结果告知我处。"
            proof = (
                f"兹证明{transfer.name}（{transfer.get_gender_display()}，{transfer.ethnicity}，"
                f"{chinese_date(transfer.birth_date)}出生）具有选民资格，没有被剥夺政治权利，在我处不再参加本次选举。"
                f"依照{ground}，可以在现居住地的选区登记、参加选举。"
            )
            papers = [
                paper("选民参选联系单", f"{there}选举委员会", [lead, common], [*_person(transfer), *cause, *answer]),
                paper("选民资格证明", "", [proof, f"本证明只用于{campaign}，{common}"], []),
            ]
    return {"office": office, "names": [transfer.name], "day": chinese_date(transfer.sent_on), "papers": papers}


def printed_transfer(transfer: Transfer) -> bytes:
    """The PDF of a transfer's papers; nothing is stored. Raises Refused naming a character no font has."""
    return working_paper(TRANSFER, transfer_papers(transfer))
