"""What the product exports it imports again unchanged."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest
from django.urls import reverse

from congress import clock, imports
from congress.guard.action import action
from congress.imports.shown import lines_of
from congress.models import Unit
from deputies.models import District, Mandate, Station
from elections.actions.proxies import Agent, Authority, enter
from elections.models import (
    BallotBox,
    Consultation,
    DistrictTurnout,
    Election,
    MobileBox,
    MobileVoter,
    Nominee,
    PollingPlace,
    PollStaff,
    VoterGroup,
)
from tests.architecture.said import differing, without_what_passes
from tests.architecture.test_registers import told
from tests.cast import SET_UP, make_deputy
from tests.elections.campaigns import voters
from tests.elections.imports.rolls import election_under_way
from tests.imports.ledgers import (
    ACTIVITIES,
    ACTIVITY,
    CREATE,
    DAYS,
    HANDED,
    RECEPTIONS,
    SPOT,
    SUGGESTIONS,
    WHOLE,
    row,
    visit,
)
from tests.imports.ledgers import HEAD as SUGGESTION
from tests.spreadsheets.books import id_number
from tests.states import state

# The list of a roll leaves out what tells people apart, and other offices' lists are never exported.
NOT_OURS = ("elections.roll", "elections.police", "elections.deaths", "elections.judgments")
OURS = [kind.key for kind in imports.kinds() if kind.key not in NOT_OURS]
TOLD = Path(__file__).with_name("told.txt")
AT_ONCE = 3  # cells that are exchanged in one table
DAY, ANOTHER_DAY = re.compile(r"\d{4}-\d\d-\d\d"), "1971-02-03"
TODAY = date(2031, 5, 6)  # later than all that was exported
NONSENSE = ("", "甲乙", "0", "-3", "2031-05-06", "2031-05-07", "1950-02-30", "无此人（已故）")


def _fill(world):
    """Deputies of every sort: with numbers, namesakes, without a seat, with one that ended, with a remark."""
    town, term = world.township, world.term
    number = id_number(1, "19750812")
    make_deputy(
        town, "赵一", term=term, gender="male", id_number=number, birth_date=date(1975, 8, 12), phone="13800138000"
    )
    make_deputy(
        town,
        "钱二",
        term=term,
        birth_date=date(1980, 3, 5),
        employer_post="甲村会计",
        affiliation="民盟盟员",
        party="democratic",
    )
    make_deputy(town, "钱二", term=term, birth_date=date(1980, 3, 9), employer_post="乙村会计", remark="连任")
    make_deputy(town, "孙三", employer_post="只有基本信息", ethnicity="穿青人", education="senior")
    gone = make_deputy(town, "李四", term=term, birth_date=date(1960, 1, 1))
    Mandate.objects.filter(deputy=gone).update(ended_on=date(2024, 3, 5), end_reason="died")
    again = make_deputy(town, "周五", term=term, birth_date=date(1961, 1, 1))
    Mandate.objects.filter(deputy=again).update(ended_on=date(2023, 3, 5), end_reason="resigned")
    seat = {"township": town, "deputy": again, "term": term, "level": term.level}
    Mandate.objects.create(**seat, elected_on=date(2024, 5, 6), how="by_election")
    Unit.objects.filter(name="水利站").update(duties="管水", level="village")
    Station.objects.create(
        township=town, name="东山联络站", kind="代表之家", address="东山村", opened_on=date(2022, 1, 5)
    )
    District.objects.create(township=town, term=term, number=2, name="东山村", seats=1)


def _ledgers(world):
    """What the ledgers brought in."""

    def brought(*rows: list, kind: str) -> None:
        text = "\n".join("\t".join(str(cell or "") for cell in cells) for cells in rows)
        batch = imports.upload(world.clerk, world.township, imports.kind_of(kind), options=CREATE, text=text)
        imports.take(world.clerk, batch, only_good=True)

    brought(ACTIVITY, ["2022-03-01", "培训", "培训", "曾田、单木", "2", "3"], kind=ACTIVITIES)
    brought(ACTIVITY, ["2023-03-01", "走访", None, "曾田", None, None], kind=ACTIVITIES)
    counts = ["名称", "日期", "类别", "被评议单位数", "评议意见条数", "整改落实条数", "整改落实日期", "测评满意票"]
    brought(counts, ["评议", "2023-04-01", "工作评议", "2", "5", "3", "2023-06-01", "28"], kind=ACTIVITIES)
    brought(SUGGESTION, WHOLE, row(编号="13", 标题="修水渠"), kind=SUGGESTIONS)
    apart = row(编号="15", 标题="修两处", 承办单位="交通站、水利站")
    brought([*SUGGESTION, "办理方式"], [*apart, "分办"], kind=SUGGESTIONS)
    bad = row(编号="14", 标题="修桥", 代表评价="不满意")
    brought([*SUGGESTION, "不满意的理由"], [*bad, "没有修"], kind=SUGGESTIONS)
    brought(DAYS, SPOT, visit(HANDED, 接待日期="2022-03-16"), kind=RECEPTIONS)


def _election(world) -> Election:
    """An election with the numbers of two districts, one without its ballots."""
    days = {"begun_on": date(2021, 7, 1), "election_day": date(2021, 10, 20)}
    election = Election.objects.create(township=world.township, term=world.term, districts=2, **days)
    for number, recovered in ((1, 898), (2, None)):
        count = {"number": number, "registered": 1000, "took_part": 900, "recovered": recovered}
        DistrictTurnout.objects.create(township=world.township, election=election, **count)
    return election


def _polling_day(world, work) -> None:
    """Two places, who works there, a mobile box with two voters, and what two groups said of the candidates."""
    of = {"township": world.township, "campaign": work.campaign}
    for number, district in enumerate(work.districts, start=1):
        place = PollingPlace.objects.create(
            **of, district=district, name=f"第{number}投票站", spot="村委会一楼", opens_at=time(8), closes_at=time(16)
        )
        person = PollStaff(**of, place=place, name=f"程{'甲乙'[number - 1]}", role="host", phone="13800138000")
        person.save()
    box = MobileBox.objects.create(
        **of, district=work.districts[0], number=1, route="东山一组", leaves_at=time(8), returns_at=time(11)
    )
    for number in ("东山01", "东山02"):
        BallotBox.objects.create(**of, number=number, place=place, seals="0012")
    MobileBox.objects.create(
        **of, district=work.districts[1], number=2, route="西山五组", leaves_at=time(8), returns_at=time(11)
    )
    for name in ("李五", "赵六"):
        nominee = Nominee(township=world.township, election=work.election, district=work.districts[0], name=name)
        nominee.gender, nominee.birth_date, nominee.employer_post = "male", date(1980, 3, 4), "教师"
        nominee.save()
    for one in voters(work.election, "王三", "张四"):
        MobileVoter.objects.create(township=world.township, box=box, registration=one, reason="unwell")
    for group in VoterGroup.objects.filter(district__in=work.districts):
        Consultation.objects.create(
            township=world.township,
            election=work.election,
            group=group,
            held_on=date(2022, 3, 2),
            expected=30,
            present=26,
            recorder="程录",
        )


def _proxies(world, work) -> None:
    """One voter's proxy held by another, and one by somebody who is on no list."""
    principal, agent = (one.voter for one in voters(work.election, "丁一", "于二"))
    said = Authority(came_on=date(2022, 3, 1), where="外省务工", form="letter")
    outside = Agent(name="程亲", place="西山镇", relative=True)
    for one, to in ((principal, Agent(voter=agent)), (agent, outside)):
        enter(world.clerk, one, to, [work.election], said)


@state
def everything_told(world):
    """Rows of every list that can be exported, and the two elections some of them are of."""
    with world.in_township():
        _ledgers(world)
    with world.in_township(), action(SET_UP, actor=None):
        _fill(world)
        election = _election(world)
    with world.in_township():
        work = election_under_way(world)
        with action(SET_UP, actor=None):
            group = VoterGroup(township=world.township, district=work.districts[1], number=1, name="西山一组")
            group.leader, group.leader_phone = "钱五", "13800138000"
            group.save()
        _proxies(world, work)
        with action(SET_UP, actor=None):
            _polling_day(world, work)
    return election, work.election


@pytest.fixture
def exported(world, browse, everything_told):
    """What the list of a kind gives when it is taken along, and the election it is about."""

    def fetch(kind: str, form: str) -> tuple[bytes, str]:
        old, new = everything_told
        about = old if kind == "elections.turnouts" else new
        lists = {
            "deputies.districts": reverse("deputies-districts", args=[world.township.code, world.term.pk]),
            "elections.turnouts": reverse("elections-turnouts", args=[world.township.code, old.pk]),
        }
        with world.in_township():
            url = lists.get(kind) or imports.kind_of(kind)(world.township, {"election": str(about.pk)}).seen_at()
        return b"".join(browse(world.clerk).get(url, {"format": form})), str(about.pk)

    return fetch


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("kind", OURS)
def test_an_exported_list_comes_back_unchanged(world, bring, exported, kind, form):
    data, election = exported(kind, form)
    with world.in_township():
        preview = imports.preview_of(bring(data, f"导出.{form}", kind, election=election))
        assert preview.errors == []
        assert [row.status for row in preview.rows if row.status != "unchanged"] == [], preview.rows
        assert len(preview.rows) > 1


def exchanged(head: list[str], first: list[str], second: list[str]) -> Iterator[tuple[str, list[list[str]]]]:
    """The first row with nonsense, today and tomorrow in each cell in turn; and both with a few cells of the one exchanged for
    those of the other, a day that both have for another day."""
    for said in NONSENSE:
        yield f"“{said}”", [[*first[:at], said, *first[at + 1 :]] for at in range(len(head))]
    for begin in range(0, len(head), AT_ONCE):
        one, other = list(first), list(second)
        for at in range(begin, min(begin + AT_ONCE, len(head))):
            one[at], other[at] = second[at], first[at]
            if DAY.fullmatch(first[at]) and first[at] == second[at]:
                other[at] = ANOTHER_DAY
        yield "、".join(head[begin : begin + AT_ONCE]), [one, other]


@pytest.mark.parametrize("kind", OURS)
def test_what_is_said_of_a_row_is_what_is_written(world, bring, exported, kind):
    """Whoever changes how cells are read, checked or compared sees here what changes for who brings a table in."""
    data, election = exported(kind, "csv")
    head, *rows = (row for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) if len(row) > 1)
    first, second, *_ = sorted(rows, key=lambda row: row[1:])  # rows alike stand in the order of their keys
    seen = []
    with world.in_township(), clock.frozen(TODAY):
        for what, rows in exchanged(head, first, second):
            batch = bring([head, *rows], kind=kind, election=election)
            preview = imports.preview_of(batch)
            kind_of = imports.kind_of(kind)(world.township, batch.mapping["options"])
            _, lines = lines_of(kind_of, preview, list(preview.rows))
            cells = [", ".join(words for _, words in line["cells"]) for line in lines]
            said = (
                f"{line['row']} {line['status']} ({shown}) {' '.join(line['notes'])}".strip()
                for line, shown in zip(lines, cells, strict=True)
            )
            seen.append(without_what_passes(f"{kind} | {what} | {' | '.join(said)}"))
    assert differing(TOLD, seen, f"{kind} | ") == [], "SAID=write pytest …"


def test_the_columns_of_every_table_are_those_that_are_written(world, options, everything_told):
    """What each is called, takes and looks like; some follow from what the township has."""
    old, new = everything_told
    with world.in_township():
        for kind in imports.kinds():
            about = old if kind.key == "elections.turnouts" else new
            columns = kind(world.township, options | {"election": str(about.pk)}).columns()
            said = [without_what_passes(f"{kind.key} takes | {told(column)}") for column in columns]
            assert differing(TOLD, said, f"{kind.key} takes | ") == [], "SAID=write pytest …"
