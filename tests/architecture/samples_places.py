"""One row of everything kept of the places and people of polling day."""

from datetime import date, time

from elections.models import BallotBox, HandedForm, MobileBox, MobileVoter, PollingPlace, PollStaff, RoomCheck


def places(s, campaign, district) -> None:
    """A polling place of the district with who works there, a mobile box, and what is handed out."""
    _place(s, campaign, district)
    _mobile_box(s, campaign, district)
    _handed(s, campaign, district)


def _place(s, campaign, district) -> None:
    s.make(
        "polling_place",
        PollingPlace,
        campaign=campaign,
        district=district,
        name=f"东山村投票站{s.mark}",
        spot=f"东山村委会{s.mark}",
        opens_at=time(8),
        closes_at=time(16),
        area=f"一组至四组{s.mark}",
        voters=900,
        counted_at=f"镇中心小学{s.mark}",
    )
    s.make(
        "poll_staff",
        PollStaff,
        campaign=campaign,
        place=s["polling_place"],
        name=f"程监{s.mark}",
        role=PollStaff.Role.MONITOR,
        employer_post=f"东山村{s.mark}",
        chosen=PollStaff.Chosen.VOTERS,
        chosen_how=f"举手推选{s.mark}",
        relation=PollStaff.Relation.NONE,
    )


def _mobile_box(s, campaign, district) -> None:
    s.make(
        "mobile_box",
        MobileBox,
        campaign=campaign,
        district=district,
        number=1,
        route=f"东山五组{s.mark}",
        leaves_at=time(8),
        mixed_with=s["polling_place"],
        why_many=f"老人多{s.mark}",
    )


def _handed(s, campaign, district) -> None:
    """A box, the check of a room, a form that is due back."""
    s.make(
        "ballot_box",
        BallotBox,
        campaign=campaign,
        place=s["polling_place"],
        number=f"1{s.mark}",
        seals=f"0012{s.mark}",
        carriers=f"程甲、程乙{s.mark}",
    )
    s.make(
        "room_check",
        RoomCheck,
        place=s["polling_place"],
        checked_on=date(2026, 12, 18),
        checked_by=f"程查{s.mark}",
        booth=True,
        note=f"缺笔{s.mark}",
    )
    s.make(
        "handed_form",
        HandedForm,
        campaign=campaign,
        district=district,
        what=f"推荐表{s.mark}",
        copies=10,
        handed_to=f"东山村{s.mark}",
        handed_on=date(2026, 11, 20),
        due_on=date(2026, 11, 28),
    )


def mobile_voter(s, registration) -> None:
    """Who votes at the mobile box."""
    s.make(
        "mobile_voter",
        MobileVoter,
        box=s["mobile_box"],
        registration=registration,
        reason=MobileVoter.Reason.OTHER,
        said=f"看家{s.mark}",
    )
