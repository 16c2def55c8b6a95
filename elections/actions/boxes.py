"""What may be written about boxes, rooms and forms handed out."""

from collections.abc import Sequence

from congress.guard.refusal import refuse_where
from congress.keeping import Keeping
from elections.models import BallotBox, HandedForm, PollingPlace, RoomCheck


def _check_box(row: BallotBox) -> None:
    one = (row.place is None) != (row.mobile is None)
    handed, shown = row.handed_at, row.shown_at
    whose = row.whose
    refuse_where(
        [
            (not one, "请选投票站（选举大会）或者流动票箱，只选一项。", "place"),
            (
                whose is not None and whose.campaign_id != row.campaign_id,
                "请选这次选举工作的投票站、流动票箱。",
                "place",
            ),
            (
                handed is not None and shown is not None and handed < shown and row.mobile is None,
                "移交时间不能早于检查空箱的时间。",
                "handed_at",
            ),
        ]
    )


def _check_handed(row: HandedForm) -> None:
    back, received = row.received_on, row.received
    refuse_where(
        [
            (row.copies < 1, "发放份数应为正整数。", "copies"),
            (row.due_on is not None and row.due_on < row.handed_on, "应交回日期不能早于发放日期。", "due_on"),
            (back is not None and back < row.handed_on, "交回日期不能早于发放日期。", "received_on"),
            ((back is None) != (received is None), "交回份数和交回日期一起填写。", "received"),
            (received is not None and received > row.copies, "交回份数不能多于发放份数。", "received"),
        ]
    )


BOXES = Keeping(BallotBox, "elections.ballot_box", check=_check_box, route="elections-ballot-box")
ROOMS = Keeping(RoomCheck, "elections.room", route="elections-room")


def at_places(actor, row: RoomCheck, places: Sequence[PollingPlace]) -> dict:
    """Record beside a check, inside its action, the same of these places as well: each has its own, to be mended alone."""
    names = ("township", "checked_on", "checked_by", "note", *RoomCheck.ITEMS)
    for place in places:
        ROOMS.record(actor, RoomCheck(**{name: getattr(row, name) for name in names}, place=place))
    return {}


HANDED = Keeping(HandedForm, "elections.handed", check=_check_handed, route="elections-handed")
