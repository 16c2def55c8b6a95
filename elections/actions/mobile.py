"""What may be written about mobile boxes and those who vote there."""

from congress.guard.refusal import refuse_where
from congress.keeping import Keeping
from elections.actions.places import check_districts
from elections.models import MobileBox, MobileVoter


def _check_box(row: MobileBox) -> None:
    check_districts(row.campaign, row)
    mixed, back = row.mixed_with, row.returns_at
    refuse_where(
        [
            (row.number < 1, "箱号应为正整数。", "number"),
            (back is not None and back <= row.leaves_at, "返回时间应晚于出发时间。", "returns_at"),
            (
                mixed is not None and mixed.district_id != row.district_id,
                "只能与本选区的票箱混合计票。",
                "mixed_with",
            ),
        ]
    )


def _check_voter(row: MobileVoter) -> None:
    entry, other = row.registration, MobileVoter.Reason.OTHER
    there = (row.box.district_id, row.box.county_district_id)
    refuse_where(
        [
            (
                entry.district_id not in there or not entry.on_roll,
                f"{row.box}只收本选区选民册上的选民。",
                "registration",
            ),
            (row.reason == other and not row.said.strip(), "请写明是什么原因。", "said"),
            (row.reason != other and bool(row.said.strip()), "选了法律写明的原因，不用另写。", "said"),
        ]
    )


BOXES = Keeping(MobileBox, "elections.mobile_box", check=_check_box, route="elections-mobile-box")
VOTERS = Keeping(MobileVoter, "elections.mobile_voter", check=_check_voter, route="elections-mobile-voter")
