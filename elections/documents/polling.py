"""The notice of when, where and how one votes (选举法三十七、三十八、四十、四十二), and the papers of polling day."""

from collections import Counter
from datetime import date

from congress.guard.refusal import refuse, refuse_blocking
from congress.law.numerals import to_chinese
from congress.law.provinces import NATIONAL, pack
from congress.wording import chinese_date
from elections.documents.cards import credential
from elections.documents.common import congress_name, grounds, heading, paragraph, table
from elections.documents.notices import kind, notice
from elections.documents.proxies import agents_called
from elections.models import CommitteeDecision, Election, MobileBox, PollingPlace
from elections.queries import places as queries
from elections.queries.days import days_of
from elections.queries.districts import spans

PLACES = kind("places", "投票时间和地点公告")
CREDENTIALS = {"card": "选民证", "id_or_card": "本人居民身份证或者选民证"}


def places_notice(election: Election, on: date, more: str = "") -> dict:
    """When, where and how the voters of one level vote. Raises Refused while a district has no place, or a place is open on
    other days than the law allows."""
    campaign = election.campaign
    rows = list(queries.of_level(queries.places(campaign), election))
    if lacking := queries.of_term(queries.without_place(campaign, rows), election):
        refuse(f"还没有设投票站或者选举大会的选区：{spans(lacking)}。")
    refuse_blocking(queries.days_findings(campaign, rows))
    lead = (
        f"根据{grounds(on, 'ballot_credential', 'mobile_box', 'secret_ballot', 'proxy')}的规定{_decided(election)}，"
        f"现将{congress_name(election)}代表选举的投票时间、地点和方式公告如下："
    )
    sections = [
        ("投票日期", [paragraph(f"选举日为{days_of(election).said()}。")]),
        ("投票时间和地点", [_places(election, rows)]),
        ("领取选票", [paragraph(_credential(election, on))]),
        ("投票方式", [paragraph(text) for text in (*_ways(election, on), *_mobile(election))]),
    ]
    if more.strip():
        sections.append(("其他事项", [paragraph(line) for line in more.splitlines() if line.strip()]))
    parts = [paragraph(lead)]
    for number, (title, found) in enumerate(sections, start=1):
        parts += [heading(f"{to_chinese(number)}、{title}"), *found]
    return notice(election, "投票时间、地点和方式", parts)


def _decided(election: Election) -> str:
    subject = CommitteeDecision.Subject.POLL
    found = CommitteeDecision.objects.kept().filter(committee__election=election, subject=subject)
    decision = found.order_by("-decided_on").first()
    return f"和选举委员会{chinese_date(decision.decided_on)}的决定" if decision else ""


def _places(election: Election, rows: list[PollingPlace]) -> dict:
    ordered = sorted(rows, key=lambda row: (queries.district_at(row, election).number, row.name))
    several = any(row.closes_on for row in rows)
    columns = (
        ("选区", 1.4),
        ("投票站（选举大会）", 2.2),
        ("地点", 3.85, "left"),  # 东山村村委会一楼会议室 on one line: a row of two is as high as two of one
        ("投票时间", 1.85),
        ("选民", 1.7, "left"),
    )
    lines = [
        (
            f"第{queries.district_at(row, election).number}选区",
            row.name,
            row.spot,
            f"{row.hours}{f'，至{chinese_date(row.closes_on)}止' if several and row.closes_on else ''}",
            row.area or "全选区",
        )
        for row in ordered
    ]
    return table(columns, lines)


def _credential(election: Election, on: date) -> str:
    value = credential(election.township, on)
    local = "" if value.force == NATIONAL or value.citation is None else f"（{value.citation.text}）"
    return f"选民凭{CREDENTIALS[str(value.value)]}领取选票{local}。"


def _ways(election: Election, on: date) -> list[str]:
    others = agents_called(pack(election.township.pack), on)
    return [
        "选举采用无记名投票的方法，设有秘密写票处。选民是文盲或者因残疾不能写选票的，可以委托他信任的人代写。",
        "因患有疾病等原因行动不便，或者居住分散并且交通不便的选民，可以在流动票箱投票，请向选民小组组长提出。",
        f"选民在选举期间外出的，经选举委员会同意，可以书面委托{others}代为投票，每一选民接受的委托不得超过三人。",
    ]


def _mobile(election: Election) -> list[str]:
    """How many mobile boxes each district has; where they go would tell who is ill."""
    rows = queries.of_level(MobileBox.objects.kept().filter(campaign=election.campaign), election)
    numbers = Counter(
        queries.district_at(row, election).number for row in rows.select_related("district", "county_district")
    )
    told = "、".join(f"第{number}选区{numbers[number]}个" for number in sorted(numbers))
    return [f"设流动票箱{sum(numbers.values())}个：{told}；流动票箱与本选区的其他票箱一起开箱计票。"] if numbers else []
