"""Reads of mobile boxes with those who vote and go with them, and what the law says of each box and each district."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from congress import clock
from congress.law import polling
from congress.law.finding import PRACTICE, Finding
from congress.law.sources import cite
from congress.together import number_of
from elections.models import Campaign, DistrictDay, MobileBox, MobileVoter, PollStaff, ProxyVote, Registration
from elections.queries.gathered import gathered
from elections.queries.staff import WATCHING

ESCORTS = 2  # who go with a box; no national text says how many


def boxes(campaign: Campaign | None = None) -> QuerySet:
    """Mobile boxes with how many vote there (`listed`), for which reasons outside 选举法 38 (`outside`), who votes by
    proxy as well (`proxied`), who goes with them (`escorts`, of them `monitors`), and the district's own day where it
    votes on another than the campaign (`own_day`)."""
    voters, staff = MobileVoter.objects.kept(), PollStaff.objects.kept()
    days = DistrictDay.objects.kept().filter(election__campaign=OuterRef("campaign"), district=OuterRef("district"))
    rows = MobileBox.objects.kept()
    rows = rows.filter(campaign=campaign) if campaign else rows
    return rows.select_related(
        "campaign", "district__term", "county_district__term", "mixed_with", "township__county"
    ).annotate(
        listed=number_of(voters, "box"),
        outside=number_of(voters.filter(reason=MobileVoter.Reason.OTHER), "box"),
        proxied=number_of(voters.filter(_by_proxy()), "box"),
        escorts=number_of(staff, "mobile"),
        monitors=number_of(staff.filter(role__in=WATCHING), "mobile"),
        own_day=Subquery(days.values("day")[:1]),
    )


def _by_proxy() -> Exists:
    """Whether a mobile voter's proxy at this election has been agreed to, so that two would vote for one."""
    rows = ProxyVote.objects.kept().filter(state=ProxyVote.State.AGREED, election__campaign=OuterRef("box__campaign"))
    return Exists(rows.filter(principal__voter=OuterRef("registration__voter")))


def voters(campaign: Campaign) -> QuerySet:
    """Those who vote at the mobile boxes of a campaign, with what the roll says of them."""
    rows = MobileVoter.objects.kept().filter(box__campaign=campaign)
    return rows.select_related(
        "box__campaign", "box__district", "registration__voter", "registration__group", "township"
    )


def voters_of(box: MobileBox) -> QuerySet:
    """Those of one box, group by group."""
    return (
        voters(box.campaign).filter(box=box).order_by("registration__group__number", "registration__voter__stroke_key")
    )


def box_findings(row: MobileBox) -> list[Finding]:
    """What the law says of a box, which is read with its numbers where it was not."""
    if not hasattr(row, "listed"):
        row = boxes().get(pk=row.pk)
    day, pack = row.own_day or row.campaign.election_day, row.township.pack
    signed = row.signed or clock.today() <= day  # the register is signed when one votes
    found = list(polling.check_mobile_box(row.monitors, signed, day, pack))
    if row.escorts < ESCORTS:
        message = f"随流动票箱的工作人员{row.escorts}名，应有{ESCORTS}名以上同行"
        found.append(Finding("mobile_box.escorts", message, None, False, force=PRACTICE))
    if row.listed:
        found += polling.check_small_box(row.listed, row.mixed_with is not None, day)
    if row.proxied:
        message = f"有{row.proxied}名选民的委托投票已经同意；一人只投一次，请取消委托，或者不在流动票箱投票"
        found.append(Finding("mobile_box.proxied", message, cite("election_law", "one_vote", day)))
    if row.outside:
        found += [replace(one, message=f"{row.outside}名选民：{one.message}") for one in _outside(day)]
    return found


def _outside(day) -> Iterable[Finding]:
    return polling.check_mobile_voter("other", day)


def voter_findings(row: MobileVoter) -> list[Finding]:
    """What the law says of the reason of a voter."""
    return [
        replace(one, field="reason") for one in polling.check_mobile_voter(row.reason, row.box.campaign.election_day)
    ]


def all_findings(campaign: Campaign) -> list[Finding]:
    """What the law says of all mobile boxes of a campaign, each by its name, and of the share of each district."""
    rows = list(boxes(campaign))
    found = gathered(((row, one) for row in rows for one in box_findings(row)), "个")
    return [*found, *_shares(campaign, rows)]


def _shares(campaign: Campaign, rows: list[MobileBox]) -> list[Finding]:
    by_district: dict[object, list[MobileBox]] = defaultdict(list)
    for row in rows:
        by_district[row.district_id].append(row)
    on_roll = Registration.objects.kept().filter(election__campaign=campaign, district__in=by_district, on_roll=True)
    registered = dict(on_roll.order_by().values_list("district").annotate(n=Count("pk")))
    found: list[tuple[object, Finding]] = []
    for pk, there in by_district.items():
        mobile, explained = sum(row.listed for row in there), any(row.why_many.strip() for row in there)
        whole = max(registered.get(pk, 0), mobile)
        for one in polling.check_mobile_share(mobile, whole, explained, campaign.election_day):
            found.append((there[0].district, one))
    return gathered(found, "个")


def of_district(box: MobileBox) -> QuerySet:
    """Who may vote at a box: the voters on the roll of its district."""
    rows = Registration.objects.kept().filter(
        election__campaign=box.campaign_id, district=box.district_id, on_roll=True
    )
    return rows.select_related("voter", "group")


def named(
    box: MobileBox, text: str, known: Mapping[str, list[Registration]] | None = None
) -> tuple[Registration | None, str]:
    """The voter of the box's district that a text names, or what is wrong with it: a name, and where several bear it behind a
    slash the number of the group or the birthday (陈立春/2, 陈立春/1970-05-06). `known` are the district's by name, where they
    were read for many."""
    name, _, more = (part.strip() for part in text.partition("/"))
    rows = of_district(box).filter(voter__name=name) if known is None else known.get(name, [])
    found = [row for row in rows if not more or more in _tells(row)]
    if len(found) == 1:
        return found[0], ""
    if not found:
        return None, f"{box.district}的选民册上没有“{text}”"
    groups = "、".join(str(row.group.number) if row.group else "没有编组" for row in found)
    return None, f"{box.district}有{len(found)}名“{name}”（小组：{groups}），请写成“{name}/小组号”或者“{name}/出生日期”"


def _tells(row: Registration) -> tuple[str, ...]:
    return (str(row.group.number) if row.group else "", row.voter.birth_date.isoformat())
