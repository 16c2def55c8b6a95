"""What the product exports it imports again unchanged."""

from datetime import date

import pytest
from django.urls import reverse

from congress import imports
from congress.guard.action import action
from congress.models import Unit
from deputies.models import District, Mandate, Station
from elections.models import DistrictTurnout, Election
from tests.cast import SET_UP, make_deputy
from tests.imports.test_ledgers import (
    ACTIVITIES,
    ACTIVITY,
    DAYS,
    HANDED,
    RECEPTIONS,
    SPOT,
    SUGGESTIONS,
    WHOLE,
    row,
    visit,
)
from tests.imports.test_ledgers import HEAD as SUGGESTION
from tests.spreadsheets.books import id_number


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


def _ledgers(bring, take):
    """What the ledgers brought in."""
    more = {"create": True, "term": None, "elected_on": None}
    take(bring([ACTIVITY, ["2022-03-01", "培训", "培训", "曾田、单木", "2", "3"]], kind=ACTIVITIES, **more))
    take(bring([ACTIVITY, ["2023-03-01", "走访", None, "曾田", None, None]], kind=ACTIVITIES, **more))
    take(bring([SUGGESTION, WHOLE, row(编号="13", 标题="修水渠")], kind=SUGGESTIONS, **more))
    apart = row(编号="15", 标题="修两处", 承办单位="交通站、水利站")
    take(bring([[*SUGGESTION, "办理方式"], [*apart, "分办"]], kind=SUGGESTIONS, **more))
    bad = row(编号="14", 标题="修桥", 代表评价="不满意")
    take(bring([[*SUGGESTION, "不满意的理由"], [*bad, "没有修"]], kind=SUGGESTIONS, **more))
    take(bring([DAYS, SPOT, visit(HANDED, 接待日期="2022-03-16")], kind=RECEPTIONS, **more))


def _election(world) -> Election:
    """An election with the numbers of two districts, one without its ballots."""
    days = {"begun_on": date(2021, 7, 1), "election_day": date(2021, 10, 20)}
    election = Election.objects.create(township=world.township, term=world.term, districts=2, **days)
    for number, recovered in ((1, 898), (2, None)):
        count = {"number": number, "registered": 1000, "took_part": 900, "recovered": recovered}
        DistrictTurnout.objects.create(township=world.township, election=election, **count)
    return election


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("kind", [kind.key for kind in imports.kinds()])
def test_an_exported_list_comes_back_unchanged(world, browse, bring, take, kind, form):
    found = imports.kind_of(kind)
    with world.in_township():
        _ledgers(bring, take)
    with world.in_township(), action(SET_UP, actor=None):
        _fill(world)
        election = _election(world)
    lists = {
        "deputies.districts": reverse("deputies-districts", args=[world.township.code, world.term.pk]),
        "elections.turnouts": reverse("elections-turnouts", args=[world.township.code, election.pk]),
    }
    url = lists.get(kind) or found.back(world.township)
    data = b"".join(browse(world.clerk).get(url, {"format": form}))
    with world.in_township():
        preview = imports.preview_of(bring(data, f"导出.{form}", kind, election=str(election.pk)))
        assert preview.errors == []
        assert [row.status for row in preview.rows if row.status != "unchanged"] == [], preview.rows
        assert len(preview.rows) > 1
