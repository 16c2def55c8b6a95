"""What may be written about the places of polling day."""

from congress.guard.refusal import refuse_where
from congress.keeping import Keeping
from deputies.models import Level
from elections.models import Campaign, PollingPlace
from elections.queries.places import electing


def check_districts(campaign: Campaign, row) -> None:
    """Raises Refused unless a place or box stands for districts that vote in the campaign, each at its level."""
    voting = {one.pk: one for one in electing(campaign)}
    county = row.county_district
    beside = county is not None
    refuse_where(
        [
            (
                row.district_id not in voting,
                "这个选区不在这次选举工作中投票，请核对选区（补选的先登记补选选区）。",
                "district",
            ),
            (
                beside and (county.pk not in voting or county.term.level != Level.COUNTY),
                "请选这次选举工作中投票的县级选区。",
                "county_district",
            ),
            (
                beside and row.district.term.level == Level.COUNTY,
                "选区已是县级的，不用另填县级选区。",
                "county_district",
            ),
        ]
    )


def _check_place(row: PollingPlace) -> None:
    check_districts(row.campaign, row)
    same_day = row.closes_at is not None and row.closes_on is None
    refuse_where(
        [
            (same_day and row.closes_at <= row.opens_at, "结束时间应晚于开始时间。", "closes_at"),
            (
                row.closes_at is None and row.kind == PollingPlace.Kind.STATION,
                "投票站请填写结束时间；到时停止发票。",
                "closes_at",
            ),
        ]
    )


PLACES = Keeping(PollingPlace, "elections.place", check=_check_place, route="elections-place")
