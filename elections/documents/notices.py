"""The notices that open an election: who leads it, its districts and seats, its day and the registration of voters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from congress.documents.fonts import Typeface, replaced
from congress.documents.kit import DocumentKind, register
from congress.guard.refusal import refuse
from congress.law.elections import born_by
from congress.law.provinces import pack
from congress.law.sources import cite
from congress.wording import cdatew, chinese_date
from deputies.models import District
from elections.documents.common import (
    ELECTION_COMMITTEE,
    NOTICES,
    committee_name,
    compose_notice,
    congress_name,
    grounds,
    heading,
    notice_blocks,
    paragraph,
    table,
)
from elections.models import Committee, CommitteeMember, Election
from elections.queries.committees import led_by
from elections.queries.days import days_of


def kind(key: str, title: str) -> DocumentKind:
    """A notice of the election committee, numbered within its election."""
    return register(
        DocumentKind(
            f"elections.{key}",
            title,
            compose_notice,
            issuer=ELECTION_COMMITTEE,
            numbering=NOTICES,
            public=True,
            blocks=notice_blocks,
        )
    )


COMMITTEE = kind("committee", "选举委员会名单公告")
DISTRICTS = kind("districts", "选区划分和代表名额分配公告")
REGISTRATION = kind("registration", "选举日和选民登记公告")


def notice(election: Election, subject: str, parts: Sequence[dict]) -> dict:
    """The context of a notice about something (关于…的公告), signed by the committee that leads the election."""
    office = committee_name(election.township, election)
    return {"office": office, "title": [office, f"关于{subject}的公告"], "parts": list(parts)}


def committee_notice(election: Election, on: date) -> dict:
    """① The names of the committee (选举法九、十). Raises Refused when none is entered, or nobody is in it."""
    committee = Committee.objects.kept().filter(election=election).first()
    if committee is None:
        refuse("还没有登记选举委员会。")
    members = CommitteeMember.objects.kept().filter(committee=committee).exclude(left_on__lte=on)
    by_post: dict[str, list[str]] = {post: [] for post in CommitteeMember.Post.values}
    for member in members.order_by("created_at"):
        by_post[member.post].append(replaced(member.name, Typeface.NAME)[0])
    if not any(by_post.values()):
        refuse("还没有登记选举委员会组成人员。")
    paper = f"（{committee.paper}）" if committee.paper else ""
    leading = led_by(election) if committee.kind == Committee.Kind.BY_LAW else None
    if leading and not leading.appointed:
        refuse(f"本地的补选{leading.words}，不设选举委员会，没有名单要公布。")
    ground = leading.citation.text if leading else grounds(on, "committee_appointed")
    lead = (
        f"根据{ground}的规定，经{committee.appointed_by}{chinese_date(committee.appointed_on)}"
        f"任命{paper}，设立{committee.name}，主持{congress_name(election)}代表的{'补选' if leading else '选举'}。现将组成人员名单公告如下："
    )
    parts = [paragraph(lead)]
    parts += [
        paragraph(f"{_wide(CommitteeMember.Post(post).label)}：{'　'.join(people)}", people)
        for post, people in by_post.items()
        if people
    ]
    if committee.office_place:
        parts.append(paragraph(f"办公地点和公开电话：{committee.office_place}。"))
    return notice(election, f"公布{committee.name if leading else '选举委员会'}组成人员名单", parts)


def _wide(post: str) -> str:
    """A post of two characters as wide as one of three."""
    return "　".join(post) if len(post) == 2 else post


def districts_notice(election: Election, on: date) -> dict:
    """② The districts with their seats (选举法二十五、二十六). Raises Refused where none is entered or no seats are given."""
    districts = list(District.objects.kept().filter(term=election.term_id).order_by("number"))
    if not districts:
        refuse("还没有登记选区。")
    seats = sum(one.seats for one in districts)
    lead = (
        f"根据{grounds(on, 'district_size', 'equal_population')}的规定，{congress_name(election)}代表名额"
        f"{election.term.seats or seats}名，分配到{len(districts)}个选区，由选民直接选举产生。"
        "现将选区划分和代表名额分配情况公告如下："
    )
    rows = [(one.number, _title_of(one), one.villages or one.name, _people(one), one.seats) for one in districts]
    columns = (
        ("选区号", 1.1),
        ("选区名称", 2.2),
        ("所辖村（社区）、单位", 4.4, "left"),
        ("人口数", 1.3),
        ("应选名额", 1.3),
    )
    whole = sum(one.population or 0 for one in districts)
    rows.append(("合计", "", f"{len(districts)}个选区", whole or "", seats))
    return notice(election, "选区划分和代表名额分配", [paragraph(lead), table(columns, rows)])


def _title_of(district: District) -> str:
    number = f"第{district.number}选区"
    return number if district.name in ("", number) else district.name


def _people(district: District) -> str:
    return "" if district.population is None else str(district.population)


@dataclass(frozen=True)
class RegistrationPlan:
    """When and where voters register, as the notice tells it."""

    since: date
    until: date
    stations: tuple[tuple[str, str, str], ...]  # (district or village, place, hours or telephone)
    phone: str
    more: str = ""


def registration_notice(election: Election, plan: RegistrationPlan, on: date) -> dict:
    """③ The day of the election and the registration of voters (选举法四、二十七; 若干规定九 for those from elsewhere)."""
    days = days_of(election)
    if plan.until >= days.first:
        refuse(f"选民登记应在选举日（{chinese_date(days.first)}）以前结束，请核对登记结束的日期。", "until")
    born = days.said(lambda day: chinese_date(born_by(day)))
    lead = (
        f"根据{grounds(on, 'registration', 'voting_age')}的规定，现将{congress_name(election)}代表选举的选举日和选民登记"
        "有关事项公告如下："
    )
    parts = [
        paragraph(lead),
        heading("一、选举日"),
        paragraph(f"选举日为{days.said()}。"),
        heading("二、选民登记时间"),
        paragraph(f"自{cdatew(plan.since)}起，至{cdatew(plan.until)}止。"),
        heading("三、登记对象"),
        paragraph(
            f"{born}（含当日）以前出生、没有被剥夺政治权利的中华人民共和国公民。经登记确认的选民资格长期有效；"
            "上次登记以后新满十八周岁的、被剥夺政治权利期满后恢复政治权利的、迁入本选区的，予以登记。"
        ),
        heading("四、登记时携带的证件"),
        paragraph("本人居民身份证或者户口簿。"),
        paragraph(outsiders_paper(election, on)),
    ]
    if plan.stations:
        parts += [
            heading("五、登记地点"),
            table((("选区（村）", 2.4), ("登记站地点", 4.2, "left"), ("时间、电话", 2.6)), plan.stations),
        ]
    parts += [paragraph(f"咨询电话：{plan.phone}。")]
    parts += [paragraph(line) for line in plan.more.splitlines() if line.strip()]
    return notice(election, "选举日和选民登记", parts)


def outsiders_paper(election: Election, on: date) -> str:
    """What those bring who live here and are registered elsewhere (若干规定九; the province's own rule where it has one)."""
    value = pack(election.township.pack).value("election.outsider_papers", on)
    permit = "居住证和" if value.value == "permit_and_certificate" else ""
    ground = value.citation or cite("direct_election_rules", "moved_voters", on)
    return (
        f"户籍在外地、现居住在本地要求在本地登记的，依照{ground.text}，还应携带{permit}户籍所在地选区出具的选民资格证明。"
        "登记选民不作为迁移户口的依据。"
    )
