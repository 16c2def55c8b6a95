"""A township in the middle of its general election, and rows of rolls of voters; all people are invented."""

from dataclasses import dataclass
from datetime import date

from congress import imports
from congress.guard import scope
from congress.guard.action import action
from deputies.models import District, Level, Term
from elections.models import Campaign, Election, Registration, VoterGroup
from tests.cast import SET_UP
from tests.spreadsheets.books import id_number

HEAD = "选区 选民小组 户号 姓名 性别 出生日期 民族 身份证号 住址 户籍地 工作单位 登记类型 备注".split()
ELECTION_DAY = date(2026, 12, 20)


@dataclass
class Under:
    """The election under way and its places."""

    campaign: Campaign
    election: Election
    districts: list[District]
    group: VoterGroup


def election_under_way(world, town=None) -> Under:
    """Two districts; the first has a group already. In the township, or in another one."""
    town = town or world.township
    with scope.township(town), action(SET_UP, actor=None):
        term = Term.objects.create(township=town, level=Level.TOWNSHIP, number=18, seats=50)
        districts = [
            District.objects.create(township=town, term=term, number=number, name=name, seats=2)
            for number, name in enumerate(("东山村", "西山村"), start=1)
        ]
        campaign = Campaign.objects.create(
            township=town,
            name="2026年换届选举",
            begun_on=date(2026, 9, 1),
            election_day=ELECTION_DAY,
            last_day=date(2021, 12, 20),
        )
        election = Election.objects.create(
            township=town, campaign=campaign, term=term, begun_on=date(2026, 9, 1), election_day=ELECTION_DAY
        )
        group = VoterGroup(township=town, district=districts[0], number=1, name="东山一组")
        group.save()
    return Under(campaign, election, districts, group)


def line(name: str, **cells) -> list:
    """A row of a roll; cells by heading replace the usual ones."""
    usual = {
        "选区": "1",
        "选民小组": "1",
        "姓名": name,
        "性别": "女",
        "出生日期": "1980-03-05",
        "民族": "汉",
        "户籍地": "本镇",
    }
    values = usual | cells
    return [values.get(heading) for heading in HEAD]


def citizen(serial: int, born: str = "19750812", **cells) -> list:
    """A row with an identity number: odd ones are men."""
    number = id_number(serial, born)
    day = f"{born[:4]}-{born[4:6]}-{born[6:]}"
    return line(
        "赵" + "甲乙丙丁戊己庚辛壬癸"[serial % 10],
        性别="男" if serial % 2 else "女",
        出生日期=day,
        身份证号=number,
        **cells,
    )


def options_of(under: Under) -> dict:
    """What is said for a whole table."""
    return {
        "election": str(under.election.pk),
        "source": "village",
        "registered_on": "2026-11-01",
        "district": None,
        "create": True,
    }


def said(batch) -> list[tuple[str, list[str]]]:
    """What the preview says of each row."""
    return [(row.status.value, [*map(str, row.errors), *row.notes]) for row in imports.preview_of(batch).rows]


def roll_of(under) -> list[tuple[str, int, str]]:
    """Who stands on the roll: name, district, group."""
    rows = (
        Registration.objects.kept()
        .filter(election=under.election, on_roll=True)
        .select_related("voter", "district", "group")
    )
    return sorted((row.voter.name, row.district.number, row.group.name if row.group else "") for row in rows)
