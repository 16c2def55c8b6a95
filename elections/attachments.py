"""Scans and photographs that prove what was done: of a task, a decision, a request or report; the form of a
nomination and the answer of a unit; registers, sheets of hand-over and check-lists of polling day."""

from congress.permissions import Standing
from congress.web.attachments import Holder, register
from congress.web.records import url_of
from elections import permissions as may
from elections.models import (
    ArchiveItem,
    BallotBox,
    CampaignTask,
    CandidateMeeting,
    CommitteeDecision,
    Consultation,
    MobileBox,
    Nomination,
    PreliminaryVote,
    RoomCheck,
    Submission,
    Vetting,
    VotingRules,
)


def _sees(standing: Standing, row) -> bool:
    return standing.allows(may.VIEW) and row.township_id == standing.township.pk


def _adds(standing: Standing, row) -> bool:
    return standing.allows(may.EDIT) and row.withdrawn_at is None


for model in (
    ArchiveItem,
    BallotBox,
    CampaignTask,
    CandidateMeeting,
    CommitteeDecision,
    Consultation,
    MobileBox,
    Nomination,
    PreliminaryVote,
    RoomCheck,
    Submission,
    Vetting,
    VotingRules,
):
    register(model._meta.label_lower, Holder(see=_sees, add=_adds, page=url_of))
