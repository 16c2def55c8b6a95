"""The election works of a county's townships, as its list shows them."""

from fractions import Fraction

from congress.web.records import at, url_of
from congress.web.table import Badge, Col, Listing
from congress.wording import percent
from elections.models import VoterList
from elections.queries.county import Line
from elections.stages import Stage


def _level(line: Line) -> str:
    return line.election.term.get_level_display() if line.election else "还没有登记级别"


def _stage(line: Line) -> Badge:
    return Badge(line.stage.label, line.stage.tone)


def _voters(line: Line) -> int | str:
    return line.roll.voters if line.roll else ""


def _share(line: Line) -> Fraction:
    return (
        Fraction(line.roll.voters, line.divided.population) if line.roll and line.divided.population else Fraction(-1)
    )


def _covered(line: Line) -> str:
    return percent(line.roll.voters if line.roll else None, line.divided.population)


def _frozen(line: Line):
    return line.voter_list.frozen_at if line.voter_list else ""


def _published(line: Line):
    return (line.election.listed_on if line.election else None) or ""


def _appeals(line: Line, name: str) -> int | str:
    return getattr(line.voter_list, name) if line.voter_list else ""


def _work(line: Line, _) -> str:
    return url_of(line.campaign, line.township)


def _districts(line: Line, _) -> str:
    return at(line.township, "elections-districts", line.election.pk) if line.divided.districts else ""


def _by_district(line: Line, _) -> str:
    return at(line.township, "elections-breakdown", line.election.pk, "district") if _voters(line) else ""


def _list(line: Line, _) -> str:
    return at(line.township, VoterList.url_name, line.voter_list.key) if line.voter_list and _published(line) else ""


def _appeal_list(line: Line, _) -> str:
    return at(line.township, "elections-appeals", line.voter_list.key) if _appeals(line, "appeals_open") else ""


def _calendar(line: Line, number: int) -> str:
    return at(line.township, "elections-calendar", line.campaign.pk) if number else ""


COUNTY_WORKS = Listing(
    title="各乡镇选举工作",
    name="county-elections",
    columns=[
        Col("township", "乡镇", lambda x: str(x.township), url=_work, by=lambda x: (x.township.code, _level(x))),
        Col("campaign", "选举工作", lambda x: x.campaign.name, width=20, screen=False),
        Col("level", "级别", _level),
        Col("stage", "阶段", _stage, by=lambda x: list(Stage).index(x.stage)),
        Col("election_day", "选举日", lambda x: x.campaign.election_day, width=12),
        Col("settled", "名单定稿", _frozen, width=16, screen=False),
        Col("published", "名单公布", _published, url=_list, width=12),
        Col("districts", "选区", lambda x: x.divided.districts, url=_districts, numeric=True),
        Col("voters", "登记选民", _voters, url=_by_district, numeric=True),
        Col("population", "人口", lambda x: x.divided.population, numeric=True, screen=False),
        Col("covered", "占人口", _covered, numeric=True, by=_share),
        Col(
            "issued", "已领票", lambda x: x.polled.issued_said, numeric=True, by=lambda x: x.polled.issued, screen=False
        ),
        Col("read", "已计票箱", lambda x: x.polled.read_said, by=lambda x: x.polled.read, screen=False),
        Col(
            "declared",
            "已宣布选区",
            lambda x: x.polled.declared_said,
            by=lambda x: x.polled.declared,
            screen=False,
        ),
        Col("open", "待决申诉", lambda x: _appeals(x, "appeals_open"), url=_appeal_list, numeric=True),
        Col("decided", "已决申诉", lambda x: _appeals(x, "appeals_decided"), numeric=True, screen=False),
        Col("to_receive", "待接收", lambda x: x.to_receive, numeric=True),
        Col("missed", "过期限", lambda x: x.missed, url=lambda x, _: _calendar(x, x.missed), numeric=True),
        Col("late", "过计划", lambda x: x.late, url=lambda x, _: _calendar(x, x.late), numeric=True),
        Col("taken_at", "选民数汇总时间", lambda x: x.roll.taken_at if x.roll else "", width=18, screen=False),
    ],
    default="township",
    search_hint="乡镇、选举工作、级别、阶段",
    empty=("没有正在进行的选举工作", "乡镇开始换届选举或者补选以后，在这里并列查看。"),
    empty_icon="calendar-event",
)
